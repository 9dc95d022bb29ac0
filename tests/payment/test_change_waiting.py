"""变动待办: what waits is told by what was asked together; who is late, long suspended or short of a month is named."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.change_waiting import (
    asked_together,
    change_tasks,
    forgotten,
    late_receivables,
    long_suspensions,
    missed_months,
    order_groups,
)
from opendibao.payment.ordering import OrderRow, approve_orders, order_payments, order_supplement, refuse_orders
from opendibao.payment.recovery_queries import orders, receivables, suspensions, waivers
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.repaying import agree_way, enter_cash_return
from opendibao.payment.suspending import approve_suspension, ask_suspension, lift_suspension
from tests.conftest import ActAs
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, paid
from tests.payment.test_ordering import january_without
from tests.payment.test_recovering import DAY, claimed, overpaid_family

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
pytestmark = pytest.mark.usefixtures("county")


def by_another() -> acting:
    return acting("李复核", "360429", EVERY_DUTY)


class TestGroups:
    def test_what_was_asked_for_together_is_one_row_and_is_approved_together(self) -> None:
        one, other = january_without("B1", "C1")
        rows = [
            OrderRow(each.household.pk, JANUARY, "price", fen, "一月物价补贴", each.household.decisions.get().pk)
            for each, fen in ((one, 4500), (other, 9000))
        ]
        order_payments(rows, on=DAY, at=at(DAY))
        order_supplement(one.household.pk, month=JANUARY, cause="晚到", on=DAY, at=at(DAY))
        price, supplement = order_groups()
        assert (price.kind, price.orders, price.households, price.fen, price.household) == ("price", 2, 2, 13500, "")
        assert (supplement.orders, supplement.fen, supplement.household) == (1, 31550, "B1")
        ids = asked_together(price.first_id)
        with by_another():
            assert approve_orders(ids, on=DAY, at=at(DAY)) == 2
        assert [group.kind for group in order_groups()] == ["supplement"]
        assert asked_together(price.first_id) == []


class TestLate:
    def test_what_is_due_is_late_the_day_after(self) -> None:
        made = claimed(overpaid_family())
        assert made.due_on == date(2024, 3, 21)
        assert late_receivables(date(2024, 3, 21)) == []
        (late,) = late_receivables(date(2024, 3, 22))
        assert (late.id, late.why, late.left_fen, late.due_on) == (made.pk, "due", 64000, date(2024, 3, 21))

    def test_an_instalment_a_month_is_looked_for_from_the_agreement_on(self) -> None:
        made = claimed(overpaid_family())
        agree_way(made.pk, way="cash", monthly_fen=10000, on=DAY, at=at(DAY))
        assert late_receivables(date(2024, 3, 20)) == []
        assert [late.why for late in late_receivables(date(2024, 3, 21))] == ["instalment"]
        enter_cash_return(made.pk, fen=10000, receipt="收1", on=date(2024, 3, 21), at=at(DAY))
        assert late_receivables(date(2024, 4, 20)) == []
        (late,) = late_receivables(date(2024, 4, 21))
        assert (late.due_on, late.left_fen) == (date(2024, 4, 20), 54000)

    def test_what_is_given_back_whole_is_not_late(self) -> None:
        made = claimed(overpaid_family())
        enter_cash_return(made.pk, fen=64000, receipt="收1", on=DAY, at=at(DAY))
        assert late_receivables(date(2025, 1, 1)) == []

    def test_who_gets_nothing_any_more_cannot_be_set_off(self) -> None:
        one = overpaid_family()
        made = claimed(one)
        agree_way(made.pk, way="offset", on=DAY, at=at(DAY))
        assert late_receivables(date(2024, 6, 1)) == []
        one.decide("stop", date(2024, 3, 20))
        assert [late.why for late in late_receivables(date(2024, 6, 1))] == ["no_money"]
        with pytest.raises(PaymentRefused, match="没有在发的保障金"):
            agree_way(made.pk, way="offset", on=date(2024, 3, 21), at=at(DAY))


def test_a_suspension_of_three_months_is_to_be_looked_at() -> None:
    one = family("A1")
    made = ask_suspension(one.household.pk, first_month=MARCH, cause="住院待核", on=DAY, at=at(DAY))
    assert long_suspensions(date(2024, 6, 1)) == []  # nobody has approved it
    with by_another():
        approve_suspension(made.pk, on=DAY, at=at(DAY))
    assert long_suspensions(date(2024, 5, 31)) == []
    (found,) = long_suspensions(date(2024, 6, 1))
    assert (found.household, found.first_month, found.cause) == ("A1", MARCH, "住院待核")


class TestForgotten:
    def test_a_list_that_passed_a_family_over_is_named_until_somebody_orders_it(self) -> None:
        (late,) = january_without("B1")
        assert [(one.household, one.month, one.fen) for one in forgotten()] == [("B1", JANUARY, 31550)]
        (task,) = change_tasks(DAY)
        assert (task.matter, task.households, task.fen, task.month) == ("forgotten", 1, 31550, JANUARY)
        order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=DAY, at=at(DAY))
        assert forgotten() == []
        assert [task.matter for task in change_tasks(DAY)] == ["order"]

    def test_who_is_suspended_is_not_forgotten_until_it_is_lifted_and_refused(self) -> None:
        one = family("A1")
        family("B1")
        paid(JANUARY)
        made = ask_suspension(one.household.pk, first_month=FEBRUARY, cause="核查", on=DAY, at=at(DAY))
        with by_another():
            approve_suspension(made.pk, on=DAY, at=at(DAY))
        paid(FEBRUARY)
        assert forgotten() == []
        with by_another():
            orders = lift_suspension(made.pk, note="查明", on=date(2024, 2, 20), at=at(DAY))
        assert forgotten() == []
        with acting("王五", "360429", EVERY_DUTY):
            refuse_orders(orders, note="先核对", on=DAY, at=at(DAY))
        assert [(one.household, one.month) for one in forgotten()] == [("A1", FEBRUARY)]


def test_a_township_sees_its_own_changes_alone(act_as: ActAs) -> None:
    with act_as("360429"):
        (late,) = january_without("B1")
        order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=DAY, at=at(DAY))
        asked = ask_suspension(late.household.pk, first_month=MARCH, cause="核查", on=DAY, at=at(DAY))
        assert asked.division.startswith("360429100")
    with act_as("360429100"):
        assert [task.matter for task in change_tasks(DAY)] == ["order", "suspension"]
        assert [row.household for row in suspensions()] == ["B1"]
    with act_as("360429101"):
        assert change_tasks(DAY) == []
        assert (orders(), suspensions(), receivables(), waivers(), forgotten()) == ([], [], [], [], [])


class TestMissed:
    def test_a_month_that_no_list_and_no_order_has_is_named(self) -> None:
        (late,) = january_without("B1")
        assert [(one.month, one.fen) for one in missed_months(late.household.pk)] == [(JANUARY, 31550)]
        order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=DAY, at=at(DAY))
        assert missed_months(late.household.pk) == []

    def test_a_suspended_month_is_not_missed(self) -> None:
        one = family("A1")
        family("B1")
        paid(JANUARY)
        made = ask_suspension(one.household.pk, first_month=FEBRUARY, cause="核查", on=DAY, at=at(DAY))
        with by_another():
            approve_suspension(made.pk, on=DAY, at=at(DAY))
        paid(FEBRUARY)
        assert missed_months(one.household.pk) == []

    def test_who_was_paid_misses_nothing(self) -> None:
        one = family("A1")
        paid(JANUARY)
        Family("C1").enter()
        assert missed_months(one.household.pk) == []
