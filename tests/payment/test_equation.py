"""月度等式: every term by hand, and the rows behind it."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.ordering import approve_orders, order_payment, order_supplement
from opendibao.payment.queries import equation, equation_rows
from opendibao.payment.run_lines import run_sums
from opendibao.payment.suspending import approve_suspension, ask_suspension, lift_suspension
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, computed, paid
from tests.payment.test_recovering import claimed, set_off

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
pytestmark = pytest.mark.usefixtures("county")


def terms(month: date) -> dict[str, tuple[int, int]]:
    return {term.key: (term.households, term.fen) for term in equation(month).terms if term.households}


def test_the_first_month_is_all_opening() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    paid(JANUARY)
    found = equation(JANUARY)
    assert (found.before_fen, found.fen, found.households, found.holds) == (0, 93550, 2, True)
    assert terms(JANUARY) == {"opening": (2, 93550)}


def test_each_change_has_its_term() -> None:
    family("S1", fen=10000)  # stays as it is
    stops = family("X1", fen=20000)
    grows = family("G1", fen=30000)
    shrinks = family("R1", fen=40000)
    uprated = family("U1", fen=50000)
    family("N1", fen=700, first_month=FEBRUARY)
    paid(JANUARY)
    day = date(2024, 1, 20)
    stops.decide("stop", day)
    grows.decide("increase", day, fen=30100, first_month=FEBRUARY)
    shrinks.decide("reduce", day, fen=39000, first_month=FEBRUARY)
    uprated.decide("increase", day, fen=50500, first_month=FEBRUARY, cause="standard")
    paid(FEBRUARY)
    found = equation(FEBRUARY)
    # N1 has a legacy decision but was never paid before: part of the opening stock, not new
    assert terms(FEBRUARY) == {
        "opening": (1, 700),
        "uprated": (1, 500),
        "increased": (1, 100),
        "stopped": (1, -20000),
        "reduced": (1, -1000),
    }
    assert (found.before_households, found.before_fen) == (5, 150000)
    assert (found.households, found.fen) == (5, 150000 + 700 + 500 + 100 - 20000 - 1000)
    assert found.holds


def test_who_was_paid_before_and_comes_back_is_resumed_not_new() -> None:
    family("S1", fen=10000)
    made = family("C1", fen=20000)
    paid(JANUARY)
    made.decide("stop", date(2024, 1, 20))
    paid(FEBRUARY)
    made.decide("increase", date(2024, 2, 20), fen=21000, first_month=MARCH, cause="application")
    paid(MARCH)
    assert terms(FEBRUARY) == {"stopped": (1, -20000)}
    assert terms(MARCH) == {"resumed": (1, 21000)}


def test_a_term_opens_its_households_with_both_amounts() -> None:
    made = family("R1", fen=40000)
    paid(JANUARY)
    made.decide("reduce", date(2024, 1, 20), fen=39000, first_month=FEBRUARY)
    paid(FEBRUARY)
    (row,) = equation_rows(FEBRUARY, "reduced")
    assert (row.household, row.was_fen, row.now_fen) == ("R1", 40000, 39000)
    assert equation_rows(FEBRUARY, "stopped") == []


def test_a_first_grant_by_decision_is_new() -> None:
    family("S1", fen=10000)
    paid(JANUARY)
    fresh = Family("N1").enter()
    # an increase is the simplest granting decision that needs no survey; what counts is that it is not legacy
    fresh.decide("increase", date(2024, 1, 20), fen=900, first_month=FEBRUARY, cause="application")
    paid(FEBRUARY)
    assert terms(FEBRUARY) == {"new": (1, 900)}


def suspended(of: Family, first_month: date, on: date) -> int:
    made = ask_suspension(of.household.pk, first_month=first_month, cause="住院待核", on=on, at=at(on))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_suspension(made.pk, on=on, at=at(on))
    return made.pk


def test_who_is_suspended_leaves_under_its_own_name_and_comes_back() -> None:
    family("S1", fen=10000)
    away, gone = family("P1", fen=20000), family("X1", fen=30000)
    paid(JANUARY)
    pk = suspended(away, FEBRUARY, date(2024, 1, 20))
    gone.decide("stop", date(2024, 1, 20))
    paid(FEBRUARY)
    assert terms(FEBRUARY) == {"suspended": (1, -20000), "stopped": (1, -30000)}
    assert [row.household for row in equation_rows(FEBRUARY, "suspended")] == ["P1"]
    with acting("王五", "360429", EVERY_DUTY):
        orders = lift_suspension(pk, note="已出院", on=date(2024, 2, 20), at=at(date(2024, 2, 20)))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_orders(orders, on=date(2024, 2, 20), at=at(date(2024, 2, 20)))
    run = paid(MARCH)
    assert terms(MARCH) == {"resumed": (1, 20000)}
    assert (equation(MARCH).fen, equation(MARCH).holds) == (30000, True)
    (found,) = run_sums(run.pk)
    assert (found.supplements, found.supplements_fen, found.fen, run.total_fen) == (1, 20000, 50000, 50000)


def test_who_is_stopped_while_suspended_is_stopped() -> None:
    family("S1", fen=10000)
    away = family("P1", fen=20000)
    paid(JANUARY)
    suspended(away, FEBRUARY, date(2024, 1, 20))
    away.decide("stop", date(2024, 1, 25))
    paid(FEBRUARY)
    assert terms(FEBRUARY) == {"stopped": (1, -20000)}


def test_what_is_ordered_and_set_off_stands_beside_the_month_to_the_fen() -> None:
    one, late = family("A1", fen=62000), Family("B1", fen=31550).enter()
    paid(JANUARY)
    day = date(2024, 1, 20)
    late.legacy()
    one.decide("reduce", day, fen=30000, first_month=FEBRUARY)
    set_off(claimed(one))
    ids = [order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=day, at=at(day)).pk]
    ids.append(
        order_payment(
            one.household.pk, month=JANUARY, kind="price", amount_fen=4500, cause="物价",
            decision_id=one.household.decisions.get(kind="legacy").pk, on=day, at=at(day),
        ).pk
    )  # fmt: skip
    with acting("李复核", "360429", EVERY_DUTY):
        approve_orders(ids, on=day, at=at(day))
    run = computed(FEBRUARY)
    (area,) = run_sums(run.pk)
    # regular: 300.00 and 315.50; beside them January's 315.50 and 45.00; a fifth of 300.00 is set off
    assert (equation(FEBRUARY).fen, area.regular_fen) == (61550, 61550)
    assert (area.supplements_fen, area.prices_fen, area.backpays_fen) == (31550, 4500, 0)
    assert run.total_fen == area.fen == 61550 + 31550 + 4500
    assert (area.households, area.offsets, area.offset_fen, area.out_fen) == (2, 1, 6000, run.total_fen - 6000)
