"""暂停发放: no line while it lasts; lifted, every month that a decision grants is ordered, once."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.ledger import verify
from opendibao.payment.models import PayLine, PayOrder, Suspension
from opendibao.payment.ordering import approve_orders
from opendibao.payment.pay_run import check_run, compute_run, recompute_run
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.suspending import (
    approve_suspension,
    ask_suspension,
    lift_suspension,
    refuse_suspension,
)
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, checked, computed, paid, ready

FEBRUARY, MARCH, APRIL = date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)
pytestmark = pytest.mark.usefixtures("county")


def asked(of: Family, first_month: date, day: date) -> Suspension:
    return ask_suspension(of.household.pk, first_month=first_month, cause="正在核查收入", on=day, at=at(day))


def suspended(of: Family, first_month: date, day: date) -> Suspension:
    made = asked(of, first_month, day)
    with acting("李复核", "360429", EVERY_DUTY):
        return approve_suspension(made.pk, on=day, at=at(day))


def lifted(suspension: Suspension, day: date) -> list[int]:
    with acting("王五", "360429", EVERY_DUTY):
        return lift_suspension(suspension.pk, note="查明没有问题", on=day, at=at(day))


def lines_of(of: Family) -> list[tuple[date, str, int]]:
    found = PayLine.objects.filter(household=of.household).order_by("month", "kind")
    return list(found.values_list("month", "kind", "amount_fen"))


class TestSuspending:
    def test_a_suspended_household_has_no_line_and_gets_all_when_it_is_lifted(self) -> None:
        one, other = family("A1"), family("B1", fen=31550)
        paid(JANUARY)
        made = suspended(one, FEBRUARY, date(2024, 1, 20))
        paid(FEBRUARY)
        paid(MARCH)
        assert lines_of(one) == [(JANUARY, "regular", 62000)]
        orders = lifted(made, date(2024, 3, 20))
        assert list(PayOrder.objects.filter(pk__in=orders).values_list("month", "amount_fen")) == [
            (FEBRUARY, 62000),
            (MARCH, 62000),
        ]
        with acting("李复核", "360429", EVERY_DUTY):
            approve_orders(orders, on=date(2024, 3, 21), at=at(date(2024, 3, 21)))
        paid(APRIL)
        assert lines_of(one) == [
            (JANUARY, "regular", 62000),
            (FEBRUARY, "supplement", 62000),
            (MARCH, "supplement", 62000),
            (APRIL, "regular", 62000),
        ]
        assert [month for month, *_ in lines_of(other)] == [JANUARY, FEBRUARY, MARCH, APRIL]
        assert verify().fault == ""

    def test_what_the_decision_no_longer_grants_is_not_ordered(self) -> None:
        one = family("A1")
        family("B1")
        paid(JANUARY)
        made = suspended(one, FEBRUARY, date(2024, 1, 20))
        paid(FEBRUARY)
        one.decide("stop", date(2024, 2, 20))
        paid(MARCH)
        orders = lifted(made, date(2024, 3, 20))
        assert list(PayOrder.objects.filter(pk__in=orders).values_list("month", flat=True)) == [FEBRUARY]

    def test_an_unapproved_suspension_stops_nothing(self) -> None:
        one = family("A1")
        asked(one, JANUARY, date(2024, 1, 2))
        computed(JANUARY)
        assert lines_of(one) == [(JANUARY, "regular", 62000)]

    def test_who_asks_neither_approves_nor_lifts(self) -> None:
        one = family("A1")
        made = asked(one, JANUARY, date(2024, 1, 2))
        with pytest.raises(PaymentRefused, match="两人分别办理"):
            approve_suspension(made.pk, on=date(2024, 1, 2), at=at(date(2024, 1, 2)))
        with acting("李复核", "360429", EVERY_DUTY):
            approve_suspension(made.pk, on=date(2024, 1, 2), at=at(date(2024, 1, 2)))
        with pytest.raises(PaymentRefused, match="暂停和恢复应由两人"):
            lift_suspension(made.pk, note="好了", on=date(2024, 1, 3), at=at(date(2024, 1, 3)))

    def test_a_refused_one_may_be_asked_again(self) -> None:
        one = family("A1")
        made = asked(one, JANUARY, date(2024, 1, 2))
        with pytest.raises(PaymentRefused, match="A1已经提出或正在暂停"):
            asked(one, JANUARY, date(2024, 1, 2))
        with acting("李复核", "360429", EVERY_DUTY):
            refuse_suspension(made.pk, note="没有依据", on=date(2024, 1, 2), at=at(date(2024, 1, 2)))
        asked(one, JANUARY, date(2024, 1, 2))

    def test_a_checked_month_is_beyond_recall(self) -> None:
        one = family("A1")
        made = asked(one, JANUARY, date(2024, 1, 2))
        checked(JANUARY)
        with pytest.raises(PaymentRefused, match=r"2024-01的名册已经复核.*最早从2024-02起"):
            asked(family("B1"), JANUARY, date(2024, 1, 4))
        with acting("李复核", "360429", EVERY_DUTY), pytest.raises(PaymentRefused, match="已经复核"):
            approve_suspension(made.pk, on=date(2024, 1, 4), at=at(date(2024, 1, 4)))

    def test_a_frozen_list_is_frozen_again_before_it_is_checked(self) -> None:
        one, day = family("A1"), date(2024, 1, 3)
        family("B1")
        run = computed(JANUARY)
        made = suspended(one, JANUARY, day)
        ready(run.pk, day)
        with pytest.raises(PaymentRefused, match=r"编制以后暂停或者恢复了发放.*A1"):
            check_run(run.pk, on=day, at=at(day), checker="李复核")
        recompute_run(run.pk, on=day, at=at(day), maker="张经办")
        assert lines_of(one) == []
        lifted(made, day)
        ready(run.pk, day)
        with pytest.raises(PaymentRefused, match=r"编制以后暂停或者恢复了发放.*A1"):
            check_run(run.pk, on=day, at=at(day), checker="李复核")

    def test_while_a_list_is_between_check_and_bank_nothing_is_lifted(self) -> None:
        one = family("A1")
        family("B1")
        made = suspended(one, JANUARY, date(2024, 1, 2))
        checked(JANUARY)
        with pytest.raises(PaymentRefused, match="2024-01的名册正在审核"):
            lifted(made, date(2024, 1, 4))

    def test_nobody_left_makes_no_list(self) -> None:
        suspended(family("A1"), JANUARY, date(2024, 1, 2))
        with pytest.raises(PaymentRefused, match="不能编制空的发放批次"):
            compute_run(JANUARY, on=date(2024, 1, 3), at=at(date(2024, 1, 3)), maker="张经办")


class TestWalls:
    def refused(self, sql: str) -> str:
        with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        return str(fault.value)

    def test_a_line_of_a_suspended_household_is_refused(self) -> None:
        one = family("A1")
        family("B1")
        suspended(one, JANUARY, date(2024, 1, 2))
        run, decision = computed(JANUARY), one.household.decisions.get()
        line = (
            "INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division,"
            f" area, persons, amount_fen, supplement_fen, snapshot) VALUES ({run.pk}, {one.household.pk},"
            f" {decision.pk}, '2024-01-01', 'regular', 0, '360429100001', 'rural', 1, 62000, 0, '{{}}')"
        )
        assert "暂停发放的家庭不能编入名册" in self.refused(line)

    def test_what_was_lifted_stays_lifted(self) -> None:
        made = suspended(family("A1"), JANUARY, date(2024, 1, 2))
        lifted(made, date(2024, 1, 3))
        assert "不能改写" in self.refused(
            "UPDATE payment_suspension SET until_month = NULL, lifted_by = '', lifted_on = NULL, lift_note = ''"
        )
        assert "不能改写" in self.refused("UPDATE payment_suspension SET first_month = '2023-01-01'")
