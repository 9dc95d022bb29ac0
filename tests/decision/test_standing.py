"""在保状态: covered with its amount, stopped, refused or never decided; an open case is said beside it."""

from datetime import date

import pytest

from opendibao.decision.standing import Standing, standings
from opendibao.intake.actions import submit_case
from tests.payment.builders import Family, at, family

pytestmark = pytest.mark.usefixtures("county")
TODAY = date(2024, 6, 3)


def test_each_household_stands_as_its_latest_decision_says() -> None:
    covered, stopped, refused = family("A1", fen=62000), family("B1"), Family("C1").enter()
    stopped.decide("stop", date(2024, 5, 6))
    refused.decide("refuse", date(2024, 5, 6))
    never = Family("D1").enter()
    ids = [each.household.pk for each in (covered, stopped, refused, never)]

    found = standings(ids, TODAY)

    assert [found[each] for each in ids] == [
        Standing("covered", 62000), Standing("stopped"), Standing("refused"), Standing("none"),
    ]  # fmt: skip


def test_on_an_earlier_day_it_stands_as_it_did() -> None:
    home = family("A1", fen=50000)
    home.decide("stop", date(2024, 5, 6))
    assert standings([home.household.pk], date(2024, 5, 5)) == {home.household.pk: Standing("covered", 50000)}


def test_an_open_case_is_said_beside() -> None:
    home = Family("A1").enter().household.pk
    submit_case(home, kind="application", channel="counter", declared={"area": "rural"}, on=TODAY, at=at(TODAY))
    assert standings([home], TODAY) == {home: Standing("none", has_open_case=True)}
    assert standings([], TODAY) == {}
