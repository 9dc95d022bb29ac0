"""申报: what a family keeps to itself was not declared; everything else was, and the facts stay as they are."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from opendibao.demo.declaration import declared_of
from opendibao.demo.plan import PlannedEntry, PlannedHit

WAGES = {"kind": "wages", "amount": 1500, "per": "month"}
PENSION = {"kind": "resident_pension", "amount": 150, "basic": 123, "per": "month"}
CAR = {"kind": "car", "use": "private"}


def facts() -> dict[str, Any]:
    return {
        "members": [{"name": "甲", "income": [PENSION]}, {"name": "乙", "income": [PENSION, WAGES]}],
        "property": {"dwellings": 2, "financial_assets": 98_000, "vehicles": [CAR]},
    }


def entry(*hits: PlannedHit) -> PlannedEntry:
    return cast(PlannedEntry, SimpleNamespace(household=SimpleNamespace(facts=facts()), match_hits=hits))


@pytest.mark.parametrize("hits", [(), (PlannedHit(0, "bank_deposits", is_declared=True),)])
def test_who_hides_nothing_declares_all(hits: tuple[PlannedHit, ...]) -> None:
    assert declared_of(entry(*hits)) == facts()


def test_what_departments_know_was_kept_back_and_nothing_else() -> None:
    made = entry(PlannedHit(1, "social_insurance"), PlannedHit(0, "real_estate"), PlannedHit(0, "bank_deposits"))
    declared = declared_of(made)
    assert [one["income"] for one in declared["members"]] == [[PENSION], [PENSION]]
    assert declared["property"] == {"dwellings": 1, "financial_assets": 0, "vehicles": [CAR]}
    assert made.household.facts == facts()  # found later as it is


def test_a_car_that_is_kept_back_is_not_declared() -> None:
    declared = declared_of(entry(PlannedHit(0, "vehicles")))
    assert declared["property"] == {"dwellings": 2, "financial_assets": 98_000}
