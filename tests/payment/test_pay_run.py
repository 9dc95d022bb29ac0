"""发放批次: freezing, checking by other hands, closing; tried by the application and below it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.payment import freezing
from opendibao.payment.actions import (
    approve_run,
    check_run,
    close_run,
    compute_run,
    confirm_township,
    look_again,
    return_run,
    settle_findings,
    sign_checks,
)
from opendibao.payment.models import Attempt, Hold, LedgerLeg, PayLine, PayRun
from opendibao.payment.queries import findings, gates, verify
from opendibao.payment.refusal import PaymentRefused
from opendibao.registry.actions import record_death
from tests.payment.builders import FAR_VILLAGE, VILLAGE, Family, at, family
from tests.payment.months import FOLLOWER, JANUARY, approved, checked, confirmed, paid, ready, sent

FREEZE = date(2024, 1, 3)


def compute(month: date = JANUARY, on: date = FREEZE) -> PayRun:
    return compute_run(month, on=on, at=at(on), maker="张经办")


@pytest.mark.usefixtures("county")
class TestComputing:
    def test_every_household_with_a_decision_for_the_month_gets_one_line_of_its_amount(self) -> None:
        family("A1", fen=62000, persons=2)
        family("B1", fen=31550, area="urban")
        run = compute()
        assert (run.lines_count, run.total_fen, run.state) == (2, 93550, "computed")
        assert sorted(run.lines.values_list("household__number", "amount_fen", "persons", "area")) == [
            ("A1", 62000, 2, "rural"),
            ("B1", 31550, 1, "urban"),
        ]

    @pytest.mark.parametrize("size", [1, 2, 3, 4, 7])
    def test_a_long_list_is_frozen_slice_by_slice_and_nobody_is_left_out(
        self, monkeypatch: pytest.MonkeyPatch, size: int
    ) -> None:
        monkeypatch.setattr(freezing, "SLICE", size)
        for place in range(6):
            family(f"A{place}", fen=10000 + place, persons=1 + place % 2)
        run = compute()
        assert (run.lines_count, run.total_fen) == (6, 60015)
        lines = PayLine.objects.order_by("household__number").values_list("household__number", "snapshot")
        assert [(number, len(kept["members"]), kept["account"]["number"]) for number, kept in lines] == [
            (f"A{place}", 1 + place % 2, f"62A{place}") for place in range(6)
        ]

    @pytest.mark.parametrize("day", [date(2024, 1, 11), date(2024, 1, 30)])
    def test_before_the_freeze_day_nothing_is_computed(self, day: date) -> None:
        family("A1")
        with pytest.raises(PaymentRefused, match=r"2024-02的名册从2024-01-31起冻结，今天是2024-01-\d\d，还不能编制"):
            compute(date(2024, 2, 1), day)
        assert not PayRun.objects.exists()
        assert compute(date(2024, 2, 1), date(2024, 1, 31)).state == "computed"

    def test_a_late_list_goes_out_all_the_same(self) -> None:
        family("A1")
        run = compute(JANUARY, date(2024, 2, 20))
        assert (run.frozen_on, run.due_on) == (date(2024, 2, 20), date(2024, 1, 10))

    def test_the_due_day_is_the_tenth_or_the_working_day_before(self) -> None:
        family("A1")
        assert compute().due_on == date(2024, 1, 10)  # a Wednesday

    def test_the_due_day_falls_before_a_holiday(self) -> None:
        family("A1")
        # in 2024 the spring festival lasts from 02-10 to 02-17
        assert compute(date(2024, 2, 1), date(2024, 2, 2)).due_on == date(2024, 2, 9)

    def test_a_household_stopped_in_december_is_not_paid_in_january(self) -> None:
        family("A1")
        family("B1").decide("stop", date(2023, 12, 20))
        assert compute().lines_count == 1

    def test_a_household_stopped_in_the_month_is_still_paid_for_it(self) -> None:
        family("A1").decide("stop", date(2024, 1, 2))
        assert compute().lines_count == 1

    def test_the_snapshot_holds_the_household_as_it_was_on_the_freeze_day(self) -> None:
        made = family("A1", persons=2)
        made.leave(made.people[1], date(2024, 1, 1), known=at(date(2024, 1, 2)))
        compute()
        snapshot = PayLine.objects.get().snapshot
        assert [member["name"] for member in snapshot["members"]] == ["成员1"]
        assert snapshot["head"] == "成员1"
        assert snapshot["account"] == {"holder": "户主A1", "bank": "农商银行", "number": "62A1"}
        assert (snapshot["decision"], snapshot["amount_fen"], snapshot["rule_set"]) == ("旧A1", 62000, "r1")

    def test_a_household_without_an_account_stands_on_the_list_and_is_found(self) -> None:
        family("A1")
        family("B9", has_account=False)
        run = compute()
        assert run.lines_count == 2
        line = PayLine.objects.get(household__number="B9")
        assert (line.amount_fen, line.snapshot["account"]) == (62000, None)
        assert list(run.findings.filter(kind="account_missing").values_list("household__number", "outcome")) == [
            ("B9", "")
        ]

    def test_a_second_run_of_the_month_is_refused(self) -> None:
        family("A1")
        compute()
        with pytest.raises(PaymentRefused, match="一个月只发一次"):
            compute()

    def test_a_month_waits_for_the_former_one_to_close(self) -> None:
        family("A1")
        compute()
        with pytest.raises(PaymentRefused, match="2024-01还没有关账"):
            compute(date(2024, 2, 1), date(2024, 2, 2))

    def test_a_month_cannot_be_skipped(self) -> None:
        family("A1")
        paid(JANUARY)
        with pytest.raises(PaymentRefused, match="2024-02还没有关账"):
            compute(date(2024, 3, 1), date(2024, 3, 4))

    def test_a_month_without_decisions_is_refused(self) -> None:
        Family("A1").enter()
        with transaction.atomic(), pytest.raises(PaymentRefused, match="没有一户"):
            compute()

    def test_the_day_of_a_month_is_refused_as_month(self) -> None:
        with pytest.raises(PaymentRefused, match="当月第一天"):
            compute(date(2024, 1, 15))

    def test_the_step_leaves_an_audit_event(self) -> None:
        family("A1")
        compute()
        event = Event.objects.get(action="编制发放")
        assert (event.subject, event.payload["total_fen"]) == ("发放批次 2024-01", 62000)


@pytest.mark.usefixtures("county")
class TestOtherHands:
    def test_the_maker_cannot_check(self) -> None:
        family("A1")
        run = compute()
        with pytest.raises(PaymentRefused, match="三人"):
            check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="张经办")

    @pytest.mark.parametrize("finance", ["张经办", "李复核", ""])
    def test_finance_is_a_third_person(self, finance: str) -> None:
        family("A1")
        run = compute()
        ready(run.pk, FREEZE)
        check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="李复核")
        with pytest.raises(PaymentRefused, match="三人"):
            approve_run(run.pk, on=FREEZE, at=at(FREEZE), finance=finance)

    def test_an_unchecked_run_cannot_be_approved(self) -> None:
        family("A1")
        run = compute()
        with pytest.raises(PaymentRefused, match="不能直接变为"):
            approve_run(run.pk, on=FREEZE, at=at(FREEZE), finance="王财政")

    def test_a_run_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(PaymentRefused, match="没有这个发放批次"):
            check_run(999, on=FREEZE, at=at(FREEZE), checker="李复核")

    def test_approval_binds_the_budget_of_every_treasury_by_area(self) -> None:
        """62 % central, 18 % province, 5 % city, the rest the county, in whole fen and without a fen lost."""
        family("A1", fen=62001)
        family("B1", fen=31550, area="urban")
        approved(JANUARY)
        legs = LedgerLeg.objects.filter(account="budget").values_list("area", "level", "fen")
        assert set(legs) == {
            ("rural", "central", -38440),  # 38440.62
            ("rural", "province", -11160),  # 11160.18
            ("rural", "city", -3100),  # 3100.05
            ("rural", "county", -9301),  # what is left of 62001
            ("urban", "central", -19561),
            ("urban", "province", -5679),
            ("urban", "city", -1577),  # 1577.5
            ("urban", "county", -4733),
        }
        payable = LedgerLeg.objects.filter(account="payable").order_by("area").values_list("area", "level", "fen")
        assert list(payable) == [("rural", "", 62001), ("urban", "", 31550)]


@pytest.mark.usefixtures("county")
class TestTwoOfFinance:
    """A batch above the line (8,000,000 yuan) needs two of finance; at the line one is enough."""

    @staticmethod
    def checked(fen: int) -> PayRun:
        family("A1", fen=fen)
        run = compute()
        ready(run.pk, FREEZE)
        return check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="李复核")

    @staticmethod
    def approve(run: PayRun, finance: str) -> PayRun:
        return approve_run(run.pk, on=FREEZE, at=at(FREEZE), finance=finance)

    def test_at_the_line_one_approves(self) -> None:
        assert self.approve(self.checked(800000000), "王财政").state == "approved"

    def test_above_the_line_the_first_reviews_and_another_approves(self) -> None:
        run = self.approve(self.checked(800000001), "王财政")
        assert (run.state, run.finance, run.second_finance) == ("reviewed", "王财政", "")
        assert not LedgerLeg.objects.exists()
        for same in ("王财政", "张经办", "李复核", ""):
            with pytest.raises(PaymentRefused, match="另一人"):
                self.approve(run, same)
        run = self.approve(run, "赵财政")
        assert (run.state, run.finance, run.second_finance) == ("approved", "王财政", "赵财政")
        assert LedgerLeg.objects.filter(account="payable").get().fen == 800000001


@pytest.mark.usefixtures("county")
class TestGates:
    def test_a_list_waits_for_findings_signatures_and_townships_in_this_order(self) -> None:
        family("A1")
        family("F1", division=FAR_VILLAGE)
        family("B9", has_account=False)
        run = compute()

        def check() -> PayRun:
            return check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="李复核")

        assert gates(run.pk).next_step == "settle"
        with pytest.raises(PaymentRefused, match="没有处理"):
            check()
        ids = {
            kind: [row.id for row in findings(run.pk) if row.kind == kind]
            for kind in ("name_differs", "account_missing")
        }
        settle_findings(ids["name_differs"], outcome="accepted", reason="监护人代领", on=FREEZE, at=at(FREEZE))
        settle_findings(ids["account_missing"], outcome="held", reason="正在开户", on=FREEZE, at=at(FREEZE))
        assert gates(run.pk).next_step == "sign"
        with pytest.raises(PaymentRefused, match="没有签认"):
            check()
        sign_checks(run.pk, on=FREEZE, at=at(FREEZE))
        stand = gates(run.pk)
        assert (stand.next_step, stand.towns, stand.confirmed, stand.signed) == ("confirm", 2, 0, 11)
        with acting("镇确认", "360429100", {Duty.ACCEPT}):
            confirm_township(run.pk, VILLAGE, on=FREEZE, at=at(FREEZE))
        with pytest.raises(PaymentRefused, match="镇101"):
            check()
        confirmed(run.pk, FREEZE)
        assert gates(run.pk).is_ready
        assert check().state == "checked"
        assert gates(run.pk).next_step == "approve"

    def test_a_death_learnt_after_the_freeze_stops_the_list(self) -> None:
        made = family("A1", persons=2)
        family("B1")
        run = compute()
        ready(run.pk, FREEZE)
        record_death(made.people[1].pk, died=date(2024, 1, 1), at=at(date(2024, 1, 4)))
        with pytest.raises(PaymentRefused, match=r"登记了死亡.*A1"):
            check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="李复核")
        assert look_again(run.pk, on=FREEZE, at=at(FREEZE)) == 1
        ready(run.pk, FREEZE)
        assert check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="李复核").state == "checked"

    def test_a_list_sent_back_is_open_again_and_nothing_of_it_is_held(self) -> None:
        family("A1")
        family("B9", has_account=False)
        run = compute()
        ready(run.pk, FREEZE)
        checked = check_run(run.pk, on=FREEZE, at=at(FREEZE), checker="李复核")
        assert (checked.held_count, checked.held_fen) == (1, 62000)
        with pytest.raises(PaymentRefused, match="退回原因"):
            return_run(run.pk, reason=" ", on=FREEZE, at=at(FREEZE))
        back = return_run(run.pk, reason="有一户账户登记了", on=FREEZE, at=at(FREEZE))
        assert (back.state, back.checker, back.held_count, back.held_fen) == ("computed", "", 0, 0)
        assert not Hold.objects.exists()
        assert Event.objects.get(action="退回发放经办").payload["reason"] == "有一户账户登记了"
        assert run.findings.get(kind="account_missing").outcome == "held"

    def test_what_finance_approved_is_not_sent_back(self) -> None:
        family("A1")
        run = approved(JANUARY)
        with pytest.raises(PaymentRefused, match="不能直接变为"):
            return_run(run.pk, reason="改", on=FREEZE, at=at(FREEZE))


@pytest.mark.usefixtures("county")
class TestClosing:
    def test_a_run_without_the_banks_answer_cannot_close(self) -> None:
        family("A1")
        run = sent(JANUARY)
        with pytest.raises(PaymentRefused, match="A1"):
            close_run(run.pk, on=date(2024, 1, 11), at=at(date(2024, 1, 11)))

    def test_a_returned_line_gets_a_person_who_follows_it_up(self) -> None:
        family("A1")
        family("B1")
        paid(JANUARY, returned={"B1": "账户已销户"})
        event = Event.objects.get(action="退回款交人跟进")
        assert (event.subject, event.payload["owner"]) == ("家庭 B1", FOLLOWER)


def refused_by_the_database(sql: str, *parameters: object) -> str:
    """Run SQL as the app's role and return the database's words; the attempt must fail."""
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(fault.value)


LINE = """
INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division, area, persons,
  amount_fen, supplement_fen, snapshot)
SELECT run_id, household_id, {decision}, {month}, kind, {no}, division, area, persons, {fen}, 0, '{{}}'
FROM payment_payline
"""


def line(decision: str = "decision_id", month: str = "month", no: str = "0", fen: str = "amount_fen") -> str:
    return LINE.format(decision=decision, month=month, no=no, fen=fen)


@pytest.mark.usefixtures("county")
class TestBelowTheApplication:
    @pytest.fixture(autouse=True)
    def one_run(self, county: None) -> None:
        self.family = family("A1")
        self.run = compute()

    def test_one_line_per_household_and_month(self) -> None:
        assert "one_line_per_household_and_month" in refused_by_the_database(line())

    def test_no_payment_without_a_decision(self) -> None:
        assert "有效决定不符" in refused_by_the_database(line(decision="999999", no="1"))

    def test_no_payment_for_a_month_the_decision_does_not_cover(self) -> None:
        assert "有效决定不符" in refused_by_the_database(line(month="'2023-01-01'"))

    def test_no_amount_but_the_decisions(self) -> None:
        assert "有效决定不符" in refused_by_the_database(line(no="1", fen="amount_fen + 1"))

    def test_no_negative_amount(self) -> None:
        said = refused_by_the_database(line(no="1", fen="-amount_fen"))
        assert "有效决定不符" in said or "line_amount_is_positive" in said

    def test_a_line_cannot_be_changed_or_deleted(self) -> None:
        assert "只能追加" in refused_by_the_database("UPDATE payment_payline SET amount_fen = 1")
        ready(self.run.pk, FREEZE)
        check_run(self.run.pk, on=FREEZE, at=at(FREEZE), checker="李复核")
        assert "不能删去" in refused_by_the_database("DELETE FROM payment_payline")

    def test_no_second_run_of_a_month(self) -> None:
        said = refused_by_the_database(
            "INSERT INTO payment_payrun (month, division, due_on, frozen_on, state, maker, checker, finance,"
            " second_finance, lines_count, total_fen, held_count, held_fen, file_name, file_sha256)"
            " SELECT month, division, due_on, frozen_on, state, maker, '', '', '', 0, 0, 0, 0, '', ''"
            " FROM payment_payrun"
        )
        assert "payment_payrun_month_key" in said

    def test_a_run_belongs_to_a_first_day(self) -> None:
        assert "run_month_is_first_day" in refused_by_the_database("UPDATE payment_payrun SET month = '2024-01-02'")

    def test_the_maker_is_not_the_checker(self) -> None:
        assert "run_maker_is_not_checker" in refused_by_the_database("UPDATE payment_payrun SET checker = maker")

    def test_finance_is_neither(self) -> None:
        assert "run_finance_is_neither" in refused_by_the_database("UPDATE payment_payrun SET finance = maker")
        assert "run_finance_is_neither" in refused_by_the_database(
            "UPDATE payment_payrun SET checker = '李复核', finance = '李复核'"
        )

    def test_a_run_cannot_be_deleted(self) -> None:
        assert "不能修改或删除" in refused_by_the_database("DELETE FROM payment_payrun")


@pytest.mark.usefixtures("county")
def test_a_closed_run_stays_as_it_is() -> None:
    family("A1")
    paid(JANUARY)
    assert "已关账" in refused_by_the_database("UPDATE payment_payrun SET total_fen = 0")
    assert Attempt.objects.get().state == "paid"


def test_a_stop_that_comes_between_the_second_look_and_finance_is_not_paid(county: None) -> None:
    frozen = date(2024, 1, 31)
    one, _other = family("A1"), family("B1")
    run = checked(date(2024, 2, 1), frozen)
    one.decide("stop", frozen)

    assert verify().fault == ""  # the list was right when it was frozen
    with pytest.raises(PaymentRefused, match="本月不再发放，请重新编制：A1"):
        approve_run(run.pk, on=frozen, at=at(frozen), finance="王财政")
