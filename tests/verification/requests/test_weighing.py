"""迟到答复的影响: what another province found is added to what the family has; the same to the fen is the same."""

from copy import deepcopy
from typing import Any

import pytest

from opendibao.verification.requests.weighing import with_found
from tests.decision.builders import FAMILY

PENSION = {"kind": "resident_pension", "amount": "103.00", "per": "month"}
CAR = {"kind": "car", "use": "private"}


def owned(found: dict[str, Any], **has: Any) -> dict[str, Any]:
    """What the family owns with what was found."""
    facts = {**deepcopy(FAMILY), "property": has}
    made = with_found(facts, "李建国", {"property": found})
    assert made is not None
    assert facts["property"] == has  # the facts of the decision stay as they are
    property_: dict[str, Any] = made["property"]
    return property_


@pytest.mark.parametrize(
    ("has", "found", "then"),
    [
        ({"financial_assets": 6000}, {"financial_assets": {"deposits": "500"}}, {"deposits": "6500"}),
        ({"financial_assets": 6000}, {"financial_assets": {"deposits": "6000.00"}}, {"deposits": "6000"}),
        ({}, {"financial_assets": {"funds": "20.5"}}, {"funds": "20.5"}),
        (
            {"financial_assets": {"deposits": "1.10"}},
            {"financial_assets": {"deposits": "2.20", "securities": "3"}},
            {"deposits": "3.30", "securities": "3"},
        ),
    ],
)
def test_money_in_another_province_is_other_money_unless_it_is_the_same_to_the_fen(
    has: dict[str, Any], found: dict[str, Any], then: dict[str, str]
) -> None:
    assert owned(found, **has)["financial_assets"] == then


def test_a_home_elsewhere_is_one_more_home() -> None:
    assert owned({"dwellings": 1}, dwellings=1)["dwellings"] == 2
    assert owned({"dwellings": 1})["dwellings"] == 1
    house = {"kind": "self_built", "area_m2": 90, "built": 2001, "structure": "brick"}
    both = owned({"dwellings": 1, "houses": [house]}, houses=[{**house, "area_m2": 60}])
    assert (both["dwellings"], len(both["houses"])) == (2, 2)


def test_cars_and_companies_add_up() -> None:
    assert owned({"vehicles": [CAR]}, vehicles=[CAR])["vehicles"] == [CAR, CAR]
    assert owned({"companies": 1}, companies=2)["companies"] == 3


def test_an_income_goes_to_whose_it_is_and_counts_once() -> None:
    made = with_found(FAMILY, "王秀英", {"income": [PENSION]})
    assert made is not None
    assert made["members"][0]["income"] == [{"kind": "farming", "mu": 6}, PENSION]
    again = with_found(made, "王秀英", {"income": [PENSION]})
    assert again == made


def test_the_dead_leave_the_family_and_the_next_one_heads_it() -> None:
    made = with_found(FAMILY, "王秀英", {"died": "2024-02-01"})
    assert made is not None
    assert [(one["name"], one["relation"]) for one in made["members"]] == [("李建国", "head"), ("李小红", "child")]


def test_what_cannot_be_computed_is_said_to_be_none() -> None:
    assert with_found(FAMILY, "王秀英", {}) is None
    assert with_found(FAMILY, "别人", {"income": [PENSION]}) is None
    alone = {**FAMILY, "members": FAMILY["members"][:1]}
    assert with_found(alone, "王秀英", {"died": "2024-02-01"}) is None
