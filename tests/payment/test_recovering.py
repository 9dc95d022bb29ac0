"""追缴: counted from what was paid and decided, approved by another, given back, set off or waived, to the fen."""

import pathlib
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.claiming import approve_claim, ask_claim, overpaid, refuse_claim
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, Finding, LedgerLeg, Offset, PayLine, Receivable
from opendibao.payment.offsetting import place_offsets
from opendibao.payment.ordering import order_supplement
from opendibao.payment.pay_run import check_run, recompute_run, return_run
from opendibao.payment.prechecks import settle_findings
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.repaying import (
    agree_way,
    approve_waiver,
    ask_waiver,
    balance_of,
    enter_cash_return,
    refuse_waiver,
)
from opendibao.payment.sending import reissue
from opendibao.payment.tracing import mismatches
from opendibao.registry.models import Household
from tests.payment.builders import Family, at, family, new_account
from tests.payment.months import JANUARY, approved, checked, computed, paid, ready, sent

FEBRUARY, MARCH, APRIL = date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)
DAY = date(2024, 2, 20)
pytestmark = pytest.mark.usefixtures("county")


def overpaid_family(number: str = "A1", *, fen: int = 30000) -> Family:
    """620.00 a month in January and February; what was found in February says that `fen` was due (0: nothing)."""
    one = family(number)
    family(f"Z{number}")
    paid(JANUARY)
    paid(FEBRUARY)
    if fen:
        one.decide("reduce", DAY, fen=fen, first_month=MARCH)
    else:
        one.decide("stop", DAY)
    return one


def last_decision(of: Family) -> int:
    return int(of.household.decisions.order_by("-decided_on").values_list("pk", flat=True)[0])


def claim(of: Family, since: date = JANUARY) -> Receivable:
    return ask_claim(
        of.household.pk, decision_id=last_decision(of), since_month=since, cause="fraud", words="隐瞒了工资", on=DAY,
        at=at(DAY),
    )  # fmt: skip


def claimed(of: Family, since: date = JANUARY) -> Receivable:
    made = claim(of, since)
    with acting("李复核", "360429", EVERY_DUTY):
        return approve_claim(made.pk, on=DAY, at=at(DAY))


def set_off(made: Receivable, monthly_fen: int | None = None) -> None:
    agree_way(made.pk, way="offset", monthly_fen=monthly_fen, on=DAY, at=at(DAY))


def account(name: str) -> int:
    return LedgerLeg.objects.filter(account=name).aggregate(fen=Sum("fen"))["fen"] or 0


def cash(made: Receivable, fen: int, receipt: str = "收1") -> None:
    enter_cash_return(made.pk, fen=fen, receipt=receipt, on=DAY, at=at(DAY))


class TestClaiming:
    def test_the_amount_is_what_was_paid_less_what_was_due(self) -> None:
        made = claim(overpaid_family())
        assert made.amount_fen == 2 * (62000 - 30000)
        assert [(m.month, m.paid_fen, m.due_fen) for m in made.months.order_by("month")] == [
            (JANUARY, 62000, 30000),
            (FEBRUARY, 62000, 30000),
        ]

    def test_a_stop_makes_all_of_it_too_much(self) -> None:
        assert claim(overpaid_family(fen=0), FEBRUARY).amount_fen == 62000

    def test_an_approved_claim_is_owed_and_booked(self) -> None:
        made = claimed(overpaid_family())
        assert (made.due_on, balance_of(made.pk)) == (date(2024, 3, 21), 64000)
        assert (account("to_recover"), account("claimed"), account("recovered")) == (64000, -64000, 0)
        assert verify().fault == ""

    def test_one_that_waits_is_not_owed(self) -> None:
        made = claim(overpaid_family())
        assert account("to_recover") == 0
        with pytest.raises(PaymentRefused, match="还没有批准"):
            cash(made, 100)
        assert verify().fault == ""

    def test_who_claims_does_not_approve(self) -> None:
        made = claim(overpaid_family())
        with pytest.raises(PaymentRefused, match="两人分别办理"):
            approve_claim(made.pk, on=DAY, at=at(DAY))

    def test_a_month_is_claimed_once_and_again_only_after_a_refusal(self) -> None:
        one = overpaid_family()
        made = claim(one, FEBRUARY)
        assert claim(one).amount_fen == 32000  # January alone
        with pytest.raises(PaymentRefused, match="都已提出追缴"):
            claim(one)
        with acting("李复核", "360429", EVERY_DUTY):
            refuse_claim(made.pk, note="先听取意见", on=DAY, at=at(DAY))
        assert claim(one).amount_fen == 32000
        assert verify().fault == ""

    def test_without_a_decision_that_lowers_nothing_is_claimed(self) -> None:
        one = family("A1")
        paid(JANUARY)
        with pytest.raises(PaymentRefused, match="请先作出决定"):
            claim(one)

    def test_money_under_way_is_waited_for(self) -> None:
        one = family("A1")
        family("B1")
        run = sent(JANUARY)
        one.decide("stop", date(2024, 1, 20))
        with pytest.raises(PaymentRefused, match="2024-01的钱还在银行，没有到账"):
            claim(one)
        assert run.state == "sent"

    def test_the_claimed_month_gets_no_supplement(self) -> None:
        one = overpaid_family(fen=0)
        claimed(one, FEBRUARY)
        with pytest.raises(PaymentRefused, match=r"足额|正在追缴"):
            order_supplement(one.household.pk, month=FEBRUARY, cause="补", on=DAY, at=at(DAY))

    def test_what_is_too_much_can_be_looked_at_before_it_is_claimed(self) -> None:
        one = overpaid_family()
        found = overpaid(one.household.pk, decision_id=last_decision(one), since_month=JANUARY)
        assert [(month.month, month.fen) for month in found] == [(JANUARY, 32000), (FEBRUARY, 32000)]


class TestRepaying:
    def test_cash_lowers_the_balance_and_a_receipt_counts_once(self) -> None:
        made = claimed(overpaid_family())
        cash(made, 24000)
        assert balance_of(made.pk) == 40000
        with pytest.raises(PaymentRefused, match="收1已经登记过"):
            cash(made, 100)
        with pytest.raises(PaymentRefused, match=r"不超过还没有退回的400\.00元"):
            cash(made, 40001, "收2")
        cash(made, 40000, "收2")
        with pytest.raises(PaymentRefused, match="已经结清"):
            cash(made, 1, "收3")
        assert (account("to_recover"), account("recovered")) == (0, 64000)
        assert verify().fault == ""

    def test_hardship_is_waived_by_finance_for_all_that_is_left(self) -> None:
        made = claimed(overpaid_family())
        cash(made, 4000)
        asked = ask_waiver(made.pk, cause="重病住院", on=DAY, at=at(DAY))
        assert asked.fen == 60000
        with pytest.raises(PaymentRefused, match="两人分别办理"):
            approve_waiver(asked.pk, on=DAY, at=at(DAY))
        with acting("王财政", "360429", EVERY_DUTY):
            approve_waiver(asked.pk, on=DAY, at=at(DAY))
        assert balance_of(made.pk) == 0
        assert (account("to_recover"), account("claimed"), account("recovered")) == (0, -4000, 4000)
        assert verify().fault == ""

    def test_a_waiver_of_another_rest_is_asked_anew(self) -> None:
        made = claimed(overpaid_family())
        asked = ask_waiver(made.pk, cause="重病住院", on=DAY, at=at(DAY))
        with pytest.raises(PaymentRefused, match="正在等待审批"):
            ask_waiver(made.pk, cause="重病住院", on=DAY, at=at(DAY))
        cash(made, 4000)
        with acting("王财政", "360429", EVERY_DUTY):
            with pytest.raises(PaymentRefused, match=r"申请640\.00元，现余600\.00元"):
                approve_waiver(asked.pk, on=DAY, at=at(DAY))
            refuse_waiver(asked.pk, note="余额已变", on=DAY, at=at(DAY))
        assert balance_of(made.pk) == 60000
        ask_waiver(made.pk, cause="重病住院", on=DAY, at=at(DAY))


class TestOffsets:
    def test_a_fifth_of_the_month_goes_against_it_and_the_rest_is_sent(self) -> None:
        made = claimed(overpaid_family())
        set_off(made)
        run = paid(MARCH)
        line = PayLine.objects.get(run=run, household=made.household)
        assert (line.amount_fen, line.offset.fen) == (30000, 6000)
        assert Attempt.objects.get(line=line).amount_fen == 24000
        assert run.total_fen == 30000 + 62000
        assert balance_of(made.pk) == 58000
        assert (account("to_recover"), account("recovered"), account("claimed")) == (58000, 6000, -58000)
        assert (verify().fault, mismatches()) == ("", [])

    def test_no_more_than_agreed_and_no_more_than_left(self) -> None:
        made = claimed(overpaid_family())
        set_off(made, monthly_fen=5000)
        cash(made, 57000)
        paid(MARCH)
        assert Offset.objects.get().fen == 5000
        paid(APRIL)
        assert list(Offset.objects.order_by("pk").values_list("fen", flat=True)) == [5000, 2000]
        paid(date(2024, 5, 1))
        assert Offset.objects.count() == 2
        assert (balance_of(made.pk), verify().fault) == (0, "")

    def test_cash_is_never_set_off(self) -> None:
        claimed(overpaid_family())
        paid(MARCH)
        assert not Offset.objects.exists()

    def test_a_held_line_is_not_set_off(self) -> None:
        one = overpaid_family()
        made = claimed(one)
        set_off(made)
        run, day = computed(MARCH), date(2024, 3, 3)
        assert Offset.objects.filter(run=run).count() == 1
        finding = Finding.objects.create(
            run=run, household=one.household, division=one.division, kind="other_county", detail="住处待核"
        )
        settle_findings([finding.pk], outcome="held", reason="先核实", on=day, at=at(day))
        ready(run.pk, day)
        check_run(run.pk, on=day, at=at(day), checker="李复核")
        assert not Offset.objects.exists()
        return_run(run.pk, reason="再看", on=day, at=at(day))
        recompute_run(run.pk, on=day, at=at(day), maker="张经办")
        assert Offset.objects.count() == 1

    def test_cash_paid_between_freeze_and_check_lowers_what_is_set_off(self) -> None:
        made = claimed(overpaid_family())
        set_off(made)
        run, day = computed(MARCH), date(2024, 3, 3)
        assert balance_of(made.pk) == 58000  # the list at work has taken its part
        cash(made, 58000)
        ready(run.pk, day)
        check_run(run.pk, on=day, at=at(day), checker="李复核")
        assert (Offset.objects.get().fen, balance_of(made.pk)) == (6000, 0)

    def test_what_came_back_is_sent_again_without_what_was_set_off(self, tmp_path: pathlib.Path) -> None:
        one = overpaid_family()
        made = claimed(one)
        set_off(made)
        run = paid(MARCH, returned={"A1": "账户已销户"})
        new_account(one, "6299", since=date(2024, 3, 15), known=at(date(2024, 3, 15)))
        reissue(run.pk, on=date(2024, 3, 20), at=at(date(2024, 3, 20)), out_dir=tmp_path)
        assert list(
            Attempt.objects.filter(run=run, line__household=one.household).values_list("number", "amount_fen")
        ) == [(1, 24000), (2, 24000)]
        assert (balance_of(made.pk), verify().fault, mismatches()) == (58000, "", [])

    def test_every_stage_of_the_month_agrees(self) -> None:
        made = claimed(overpaid_family())
        set_off(made)
        run = computed(MARCH)
        assert verify().fault == ""
        recompute_run(run.pk, on=date(2024, 3, 3), at=at(date(2024, 3, 3)), maker="张经办")
        assert Offset.objects.count() == 1
        assert verify().fault == ""

    def test_after_finance_approved_it_agrees(self) -> None:
        set_off(claimed(overpaid_family()))
        approved(MARCH)
        assert account("recovered") == 6000
        assert verify().fault == ""


def refused(sql: str) -> str:
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(fault.value)


class TestWalls:
    @pytest.fixture(autouse=True)
    def one_claim(self, county: None) -> None:
        self.family = overpaid_family()
        self.made = claimed(self.family)
        set_off(self.made)

    def test_more_than_is_left_is_refused(self) -> None:
        rest = (
            "INSERT INTO payment_cashreturn (receivable_id, division, fen, receipt, returned_on, officer)"
            f" VALUES ({self.made.pk}, '360429100001', {{}}, 'x', '2024-02-20', '甲')"
        )
        assert "不能超过已批准的应追缴金额" in refused(rest.format(64001))

    def test_the_amount_stays_as_it_was_counted(self) -> None:
        assert "不能改写" in refused("UPDATE payment_receivable SET amount_fen = 1")
        assert "不能改写" in refused("UPDATE payment_receivable SET due_on = '2025-01-01'")
        assert "不能改写" in refused("UPDATE payment_receivablemonth SET paid_fen = 70000")
        assert "只能追加" in refused("DELETE FROM payment_receivable")

    def test_a_month_that_was_not_paid_so_is_refused(self) -> None:
        other = self.other()
        waiting = claim(other, JANUARY)
        month = (
            "INSERT INTO payment_receivablemonth (receivable_id, household_id, division, month, paid_fen, due_fen,"
            f" is_refused) VALUES ({waiting.pk}, {other.household.pk}, '360429100001', '{{}}', {{}}, {{}}, false)"
        )
        assert "与已发金额或决定不符" in refused(month.format("2024-03-01", 62000, 0))
        assert "a_month_is_claimed_once" in refused(month.format("2024-01-01", 62000, 0))

    def other(self) -> Family:
        """The family that stands beside the first one, stopped."""
        one = Family("ZA1")
        one.household = Household.objects.get(number="ZA1")
        one.decide("stop", DAY)
        return one

    def test_an_amount_that_is_not_the_sum_of_its_months_is_not_approved(self) -> None:
        waiting = claim(self.other(), JANUARY)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE payment_receivable DISABLE TRIGGER settles_once")
            cursor.execute("UPDATE payment_receivable SET amount_fen = 1 WHERE id = %s", [waiting.pk])
            cursor.execute("ALTER TABLE payment_receivable ENABLE TRIGGER settles_once")
        assert "与各月合计不符" in refused(
            "UPDATE payment_receivable SET outcome = 'approved', settled_by = '乙', settled_on = '2024-02-20',"
            f" due_on = '2024-03-20' WHERE id = {waiting.pk}"
        )

    @pytest.mark.parametrize(
        ("line", "fen"),
        [
            ("A1", 30000),  # never the whole line
            ("ZA1", 100),  # never another family's
        ],
    )
    def test_an_offset_that_does_not_fit_is_refused(self, line: str, fen: int) -> None:
        run = computed(MARCH)
        found = PayLine.objects.get(run=run, snapshot__household=line)
        Offset.objects.filter(run=run).delete()
        wall = (
            "INSERT INTO payment_offset (line_id, receivable_id, run_id, division, fen)"
            f" VALUES ({found.pk}, {self.made.pk}, {run.pk}, '360429100001', {fen})"
        )
        assert "抵扣与发放明细或追缴不符" in refused(wall)

    def test_what_was_checked_stays_set_off(self) -> None:
        run = checked(MARCH)
        assert "不能删去" in refused(f"DELETE FROM payment_offset WHERE run_id = {run.pk}")
        assert "只能追加" in refused(f"UPDATE payment_offset SET fen = 1 WHERE run_id = {run.pk}")

    def test_after_the_check_nothing_more_is_set_off(self) -> None:
        agree_way(self.made.pk, way="cash", on=DAY, at=at(DAY))
        run = checked(MARCH)
        set_off(self.made)
        with pytest.raises(IntegrityError, match="抵扣与发放明细或追缴不符"), transaction.atomic():
            place_offsets(run)

    def test_a_line_that_is_set_off_is_not_held(self) -> None:
        run = computed(MARCH)
        line = Offset.objects.get(run=run).line
        hold = (
            "INSERT INTO payment_hold (line_id, run_id, division, amount_fen, reason, held_by, held_on, outcome,"
            f" settled_by, note) VALUES ({line.pk}, {run.pk}, '{line.division}', 1, '查', '甲',"
            " '2024-03-03', '', '', '')"
        )
        assert "暂缓的发放明细不能抵扣" in refused(hold)
