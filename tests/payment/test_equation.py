"""月度等式: every term by hand, and the rows behind it."""

from datetime import date

import pytest

from opendibao.payment.queries import equation, equation_rows
from tests.payment.builders import Family, family
from tests.payment.months import JANUARY, paid

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
