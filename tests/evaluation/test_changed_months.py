"""变动的月份怎样评价: a suspension is not missed, a supplement not counted twice, what is set off is paid in full."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.actions import approve_run, check_run, sendings, settle_findings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.holds import cancel_hold
from opendibao.payment.models import Hold
from opendibao.payment.ordering import approve_orders, order_supplement
from opendibao.payment.queries import findings
from opendibao.payment.sending import send_now
from opendibao.payment.suspending import approve_suspension, ask_suspension, lift_suspension
from opendibao.registry.actions import record_death
from tests.evaluation.year import ratio, rows, year
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, computed, paid, ready
from tests.payment.test_recovering import claimed, set_off

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
pytestmark = pytest.mark.usefixtures("county")


def approve(ids: list[int], on: date) -> None:
    with acting("李复核", "360429", EVERY_DUTY):
        approve_orders(ids, on=on, at=at(on))


def suspended(of: Family, first_month: date, on: date) -> int:
    made = ask_suspension(of.household.pk, first_month=first_month, cause="住院待核", on=on, at=at(on))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_suspension(made.pk, on=on, at=at(on))
    return made.pk


def lifted(pk: int, on: date) -> list[int]:
    with acting("王五", "360429", EVERY_DUTY):
        return lift_suspension(pk, note="已出院", on=on, at=at(on))


class TestSuspended:
    def test_while_it_lasts_nothing_is_missed_and_nothing_is_due(self) -> None:
        one = family("A1")
        family("Z1")
        paid(JANUARY)
        suspended(one, FEBRUARY, date(2024, 1, 20))
        paid(FEBRUARY)
        end = year(at(date(2024, 2, 29)))
        # January of both, February of Z1
        assert ratio("missed_pay", end) == (0, 3)
        assert ratio("paid_in_full", end) == (3, 3)

    def test_lifted_and_paid_later_it_is_paid_once(self) -> None:
        one = family("A1")
        family("Z1")
        paid(JANUARY)
        pk = suspended(one, FEBRUARY, date(2024, 1, 20))
        paid(FEBRUARY)
        approve(lifted(pk, date(2024, 2, 20)), date(2024, 2, 20))
        paid(MARCH)
        # three months of two families; February of A1 came with March's list
        assert ratio("missed_pay", year(at(date(2024, 3, 31)))) == (0, 6)

    def test_lifted_and_forgotten_it_is_missed_once_the_next_list_was_due(self) -> None:
        one = family("A1")
        family("Z1")
        paid(JANUARY)
        pk = suspended(one, FEBRUARY, date(2024, 1, 20))
        paid(FEBRUARY)
        lifted(pk, date(2024, 2, 20))  # nobody approves what was asked for
        assert ratio("missed_pay", year(at(date(2024, 2, 29)))) == (0, 3)
        paid(MARCH)
        end = year(at(date(2024, 3, 31)))
        assert ratio("missed_pay", end) == (1, 6)
        assert rows("missed_pay", end)[0][:3] == ["A1", "东村", "2024-02"]


def test_a_month_paid_by_a_supplement_is_counted_once_and_in_full() -> None:
    family("Z1")
    paid(JANUARY)
    late = Family("B1", fen=31550).enter()
    late.legacy()
    day = date(2024, 1, 20)
    assert ratio("missed_pay", year(at(date(2024, 1, 31)))) == (1, 2)
    approve([order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=day, at=at(day)).pk], day)
    paid(FEBRUARY)
    assert ratio("missed_pay", year(at(date(2024, 2, 29)))) == (0, 4)
    assert ratio("paid_in_full", year(at(date(2024, 2, 29)))) == (3, 3)  # regular lines


def test_what_goes_against_a_receivable_is_paid_in_full() -> None:
    one = family("A1")
    family("Z1")
    paid(JANUARY)
    one.decide("reduce", date(2024, 1, 20), fen=30000, first_month=FEBRUARY)
    set_off(claimed(one))
    paid(FEBRUARY)
    end = year(at(date(2024, 2, 29)))
    assert ratio("paid_in_full", end) == (4, 4)
    assert ratio("missed_pay", end) == (0, 4)
    found = next(row for row in rows("paid_in_full", end) if row[0] == "A1" and row[3] == "2024-02")
    assert found[-3:] == ["30000", "24000", "6000"]


def test_what_was_held_and_given_up_is_owed_no_longer() -> None:
    gone = family("A1")
    family("Z1")
    record_death(gone.people[0].pk, died=date(2023, 12, 30), at=at(date(2024, 1, 2)))
    run, day = computed(JANUARY), date(2024, 1, 3)
    dead = [one.id for one in findings(run.pk, "dead")]
    settle_findings(dead, outcome="held", reason="全家已故，待停发", on=day, at=at(day))
    ready(run.pk, day)
    check_run(run.pk, on=day, at=at(day), checker="李复核")
    approve_run(run.pk, on=day, at=at(day), finance="王财政")
    send_now(run.pk, on=day, at=at(day))
    take_return(run.pk, write_result(sendings(run.pk), day, {}), on=day, at=at(day))
    end = year(at(date(2024, 1, 31)))
    assert (ratio("paid_in_full", end), ratio("paid_by_tenth.persons", end)) == ((1, 2), (1, 2))
    (hold,) = Hold.objects.filter(run=run)
    with acting("王五", "360429", EVERY_DUTY):
        cancel_hold(hold.pk, note="全家已故", on=date(2024, 1, 25), at=at(date(2024, 1, 25)))
    assert (ratio("paid_in_full", end), ratio("paid_by_tenth.persons", end)) == ((1, 1), (1, 1))
