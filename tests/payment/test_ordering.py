"""应发依据: asked by one, approved by another, on the next list once, never more than a decision grants."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.holds import release_hold
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, Finding, Hold, PayLine, PayOrder, PayRun
from opendibao.payment.ordering import (
    OrderRow,
    approve_order,
    order_payment,
    order_payments,
    order_supplement,
    refuse_orders,
)
from opendibao.payment.pay_run import approve_run, check_run
from opendibao.payment.prechecks import settle_findings
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import send_now
from opendibao.payment.tracing import mismatches
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, computed, paid, ready, sent

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
DAY = date(2024, 2, 2)

pytestmark = pytest.mark.usefixtures("county")


def supplement(of: Family, month: date = JANUARY) -> PayOrder:
    return order_supplement(of.household.pk, month=month, cause="决定晚到，一月没有编入", on=DAY, at=at(DAY))


def approved_by_another(order: PayOrder) -> PayOrder:
    with acting("李复核", "360429", EVERY_DUTY):
        return approve_order(order.pk, on=DAY, at=at(DAY))


def late_family(number: str = "B1", fen: int = 31550) -> Family:
    """A family whose decision came into the system after January had gone out."""
    made = Family(number, fen=fen).enter()
    made.legacy()
    return made


def january_without(*numbers: str) -> list[Family]:
    family("A1")
    paid(JANUARY)
    return [late_family(number) for number in numbers]


def asked_for(of: Family, month: date = JANUARY, kind: str = "supplement", fen: int = 100) -> OrderRow:
    decision = of.household.decisions.get()
    return OrderRow(of.household.pk, month, kind, fen, "测试", decision.pk)


class TestOrdering:
    def test_what_a_decision_grants_and_no_list_has_is_ordered_whole(self) -> None:
        (late,) = january_without("B1")
        made = supplement(late)
        assert (made.amount_fen, made.kind, made.supplement_no, made.outcome) == (31550, "supplement", 1, "")

    def test_an_approved_order_goes_into_the_next_run_once(self) -> None:
        (late,) = january_without("B1")
        approved_by_another(supplement(late))
        paid(FEBRUARY)
        paid(MARCH)
        lines = PayLine.objects.filter(household=late.household).order_by("month", "kind")
        assert [(line.month, line.kind, line.run.month, line.amount_fen) for line in lines] == [
            (JANUARY, "supplement", FEBRUARY, 31550),
            (FEBRUARY, "regular", FEBRUARY, 31550),
            (MARCH, "regular", MARCH, 31550),
        ]
        assert Attempt.objects.get(line__kind="supplement").e2e == "202401-B1-S-1-1"
        assert verify().fault == ""
        assert mismatches() == []

    def test_an_order_that_waits_goes_nowhere(self) -> None:
        (late,) = january_without("B1")
        supplement(late)
        run = computed(FEBRUARY)
        assert not PayLine.objects.filter(run=run, kind="supplement").exists()

    def test_who_asks_does_not_approve(self) -> None:
        (late,) = january_without("B1")
        made = supplement(late)
        with pytest.raises(PaymentRefused, match=r"两人分别办理.*B1"):
            approve_order(made.pk, on=DAY, at=at(DAY))

    def test_it_is_settled_once(self) -> None:
        (late,) = january_without("B1")
        made = approved_by_another(supplement(late))
        with acting("王五", "360429", EVERY_DUTY), pytest.raises(PaymentRefused, match="已经审批过：B1"):
            refuse_orders([made.pk], note="不对", on=DAY, at=at(DAY))

    def test_a_refused_order_leaves_the_month_open(self) -> None:
        (late,) = january_without("B1")
        made = supplement(late)
        with acting("李复核", "360429", EVERY_DUTY):
            refuse_orders([made.pk], note="先查清楚", on=DAY, at=at(DAY))
        assert supplement(late).supplement_no == 2

    def test_what_is_on_a_list_is_not_missing(self) -> None:
        one = family("A1")
        paid(JANUARY)
        with pytest.raises(PaymentRefused, match="2024-01的钱已经足额编入名册"):
            supplement(one)

    def test_a_second_order_of_a_month_is_refused(self) -> None:
        (late,) = january_without("B1")
        supplement(late)
        with pytest.raises(PaymentRefused, match=r"已提出补发|已经足额"):
            supplement(late)
        with pytest.raises(PaymentRefused, match="一个月的钱不发两次：B1（2024-01）"):
            order_payments([asked_for(late, fen=1)], on=DAY, at=at(DAY))

    def test_a_month_that_is_not_sent_is_paid_by_its_own_list(self) -> None:
        one = family("A1")
        computed(JANUARY)
        with pytest.raises(PaymentRefused, match=r"还没有送银行.*A1（2024-01）"):
            order_payments([asked_for(one)], on=DAY, at=at(DAY))
        with pytest.raises(PaymentRefused, match=r"还没有送银行.*A1（2024-02）"):
            order_payments([asked_for(one, FEBRUARY)], on=DAY, at=at(DAY))

    def test_all_or_none(self) -> None:
        one, other = january_without("B1", "C1")
        with pytest.raises(PaymentRefused, match="C1"):
            order_payments([asked_for(one), asked_for(other, fen=31551)], on=DAY, at=at(DAY))
        assert not PayOrder.objects.exists()

    def test_several_at_once_keep_their_order(self) -> None:
        one, other = january_without("B1", "C1")
        ids = order_payments([asked_for(other), asked_for(one), asked_for(one)], on=DAY, at=at(DAY))
        found = [(o.household_id, o.supplement_no) for o in (PayOrder.objects.get(pk=pk) for pk in ids)]
        assert found == [(other.household.pk, 1), (one.household.pk, 1), (one.household.pk, 2)]

    def test_a_price_supplement_stands_beside_the_whole_amount(self) -> None:
        one = family("A1")
        paid(JANUARY)
        made = order_payment(
            one.household.pk, month=JANUARY, kind="price", amount_fen=4500, cause="物价上涨",
            decision_id=one.household.decisions.get().pk, on=DAY, at=at(DAY),
        )  # fmt: skip
        approved_by_another(made)
        run = sent(FEBRUARY)
        assert sorted(Attempt.objects.filter(run=run).values_list("e2e", "amount_fen")) == [
            ("202401-A1-P-1-1", 4500),
            ("202402-A1-R-0-1", 62000),
        ]
        assert verify().fault == ""

    def test_back_pay_rests_on_the_later_decision(self) -> None:
        one = family("A1")
        paid(JANUARY)
        one.decide("increase", date(2024, 2, 1), fen=65000, first_month=MARCH, cause="standard")
        later = one.household.decisions.get(kind="increase")
        rows = [OrderRow(one.household.pk, JANUARY, "backpay", 3000, "提标晚到", later.pk)]
        order_payments(rows, on=DAY, at=at(DAY))
        with pytest.raises(PaymentRefused, match="一个月的钱不发两次"):
            order_payments([OrderRow(one.household.pk, JANUARY, "backpay", 1, "再补", later.pk)], on=DAY, at=at(DAY))

    def test_a_price_supplement_of_a_month_is_ordered_once(self) -> None:
        one = family("A1")
        paid(JANUARY)
        order_payments([asked_for(one, kind="price", fen=4500)], on=DAY, at=at(DAY))
        with pytest.raises(PaymentRefused, match="物价补贴已经提出，一个月只发一次：A1（2024-01）"):
            order_payments([asked_for(one, kind="price", fen=4500)], on=DAY, at=at(DAY))
        with pytest.raises(PaymentRefused, match="一个月只发一次"):
            order_payments([asked_for(one, FEBRUARY, "price"), asked_for(one, FEBRUARY, "price")], on=DAY, at=at(DAY))

    def test_a_month_before_the_first_run_was_paid_by_the_old_system(self) -> None:
        one = family("A1")
        paid(JANUARY)
        with pytest.raises(PaymentRefused, match=r"是原系统发的.*A1（2023-12）"):
            supplement(one, date(2023, 12, 1))

    def test_a_back_pay_line_that_was_held_is_released(self) -> None:
        one = family("A1")
        family("Z1")
        paid(JANUARY)
        one.decide("increase", date(2024, 1, 20), fen=65000, first_month=FEBRUARY, cause="standard")
        later = one.household.decisions.get(kind="increase")
        row = OrderRow(one.household.pk, JANUARY, "backpay", 3000, "提标晚到", later.pk)
        (made,) = order_payments([row], on=DAY, at=at(DAY))
        approved_by_another(PayOrder.objects.get(pk=made))
        run, day = computed(FEBRUARY), date(2024, 2, 3)
        finding = Finding.objects.create(
            run=run, household=one.household, division=one.division, kind="other_county", detail="住处待核"
        )
        settle_findings([finding.pk], outcome="held", reason="先核实", on=day, at=at(day))
        send_computed(run, day)
        with acting("王五", "360429", EVERY_DUTY):
            for hold in Hold.objects.filter(run=run):
                release_hold(hold.pk, note="核实在家", on=day, at=at(day))
        assert sorted(Hold.objects.values_list("line__kind", "outcome")) == [
            ("backpay", "released"),
            ("regular", "released"),
        ]

    def test_a_month_without_decision_gets_nothing(self) -> None:
        (late,) = january_without("B1")
        with pytest.raises(PaymentRefused, match="没有有效决定"):
            supplement(late, date(2023, 6, 1))


def send_computed(run: PayRun, day: date) -> None:
    """From the list to the bank, by their officers."""
    ready(run.pk, day)
    check_run(run.pk, on=day, at=at(day), checker="李复核")
    approve_run(run.pk, on=day, at=at(day), finance="王财政")
    send_now(run.pk, on=day, at=at(day))


def refused(sql: str) -> str:
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(fault.value)


class TestWalls:
    def entered(self, late: Family, **more: object) -> str:
        """An order by plain SQL, past the action."""
        given = {
            "month": "2024-01-01", "kind": "supplement", "supplement_no": 1, "amount_fen": 31550, "outcome": "",
            "settled_by": "", "settled_on": None, "decision_id": late.household.decisions.get().pk,
            "division": late.division, **more,
        }  # fmt: skip
        columns = {
            **given, "household_id": late.household.pk, "cause": "绕过", "made_by": "甲", "made_on": "2024-02-02",
            "note": "",
        }  # fmt: skip
        values = ", ".join("NULL" if value is None else f"'{value}'" for value in columns.values())
        return f"INSERT INTO payment_payorder ({', '.join(columns)}) VALUES ({values})"

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"amount_fen": 31551}, "补发后超过决定的金额"),
            ({"month": "2023-06-01"}, "应发依据与决定不符"),
            ({"month": "2024-02-01"}, "本月还没有送银行"),
            ({"division": "360429100002"}, "应发依据与决定不符"),
            ({"outcome": "approved", "settled_by": "乙", "settled_on": "2024-02-02"}, "先提出，再由另一人审批"),
        ],
    )
    def test_by_plain_sql_no_more_is_ordered(self, more: dict[str, object], why: str) -> None:
        (late,) = january_without("B1")
        assert why in refused(self.entered(late, **more))

    def test_what_was_asked_for_stays_as_it_was_asked(self) -> None:
        (late,) = january_without("B1")
        made = approved_by_another(supplement(late))
        for change in ("amount_fen = 1", "outcome = ''", "cause = '改'", "settled_by = '丙'"):
            assert "不能改写" in refused(f"UPDATE payment_payorder SET {change} WHERE id = {made.pk}")
        assert re.search("只能|不能", refused(f"DELETE FROM payment_payorder WHERE id = {made.pk}"))

    def test_a_line_without_an_approved_order_is_refused(self) -> None:
        (late,) = january_without("B1")
        made = supplement(late)
        run = computed(FEBRUARY)
        line = (
            "INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division,"
            f" area, persons, amount_fen, supplement_fen, snapshot) VALUES ({run.pk}, {late.household.pk},"
            f" {made.decision_id}, '2024-01-01', 'supplement', 1, '360429100001', 'rural', 1, 31550, 0, '{{}}')"
        )
        assert "没有已批准的应发依据" in refused(line)
