"""发放批次: freezing, checking by other hands, closing; tried by the application and below it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.audit.models import Event
from opendibao.payment.actions import approve_run, check_run, close_run, compute_run
from opendibao.payment.models import Attempt, LedgerLeg, PayLine, PayRun
from opendibao.payment.refusal import PaymentRefused
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, approved, paid, sent

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

    def test_the_due_day_is_the_tenth_or_the_working_day_before(self) -> None:
        family("A1")
        assert compute().due_on == date(2024, 1, 10)  # a Wednesday
        PayRun.objects.update(state="closed")
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

    def test_a_household_without_an_account_is_named_and_nothing_is_written(self) -> None:
        family("A1")
        family("B9", has_account=False)
        with pytest.raises(PaymentRefused, match="B9"):
            compute()
        assert not PayRun.objects.exists()

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
        run = check_run(compute().pk, on=FREEZE, at=at(FREEZE), checker="李复核")
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

    def test_approval_binds_the_budget_by_area(self) -> None:
        family("A1", fen=62000)
        family("B1", fen=31550, area="urban")
        approved(JANUARY)
        legs = LedgerLeg.objects.order_by("account", "area").values_list("account", "area", "fen")
        assert list(legs) == [
            ("budget", "rural", -62000),
            ("budget", "urban", -31550),
            ("payable", "rural", 62000),
            ("payable", "urban", 31550),
        ]


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
        assert (event.subject, event.payload["owner"]) == ("家庭 B1", "张经办")


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
        assert "只能追加" in refused_by_the_database("DELETE FROM payment_payline")

    def test_no_second_run_of_a_month(self) -> None:
        said = refused_by_the_database(
            "INSERT INTO payment_payrun (month, division, due_on, frozen_on, state, maker, checker, finance,"
            " lines_count, total_fen, file_name, file_sha256)"
            " SELECT month, division, due_on, frozen_on, state, maker, '', '', 0, 0, '', '' FROM payment_payrun"
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
