"""申报: what a match brings to light was not declared; everything else was, and the facts stay as they are."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from opendibao.demo.declaration import declared_of
from opendibao.demo.plan import PlannedEntry

WAGES = {"kind": "wages", "amount": 1500, "per": "month"}
PENSION = {"kind": "resident_pension", "amount": 150, "basic": 123, "per": "month"}


def facts() -> dict[str, Any]:
    return {
        "members": [{"name": "甲", "income": [PENSION]}, {"name": "乙", "income": [PENSION, WAGES]}],
        "property": {"dwellings": 2, "financial_assets": 98_000},
    }


def entry(*hits: tuple[int, str, str]) -> PlannedEntry:
    return cast(PlannedEntry, SimpleNamespace(household=SimpleNamespace(facts=facts()), match_hits=hits))


@pytest.mark.parametrize("hits", [(), ((0, "bank_deposits", "银行存款合计98000元，与申报一致"),)])
def test_who_hides_nothing_declares_all(hits: tuple[tuple[int, str, str], ...]) -> None:
    assert declared_of(entry(*hits)) == facts()


def test_what_is_found_was_kept_back_and_nothing_else() -> None:
    made = entry(
        (1, "social_insurance", "参保记录显示有稳定的工作收入"), (0, "real_estate", "县城另有一套商品房，未申报"),
        (0, "bank_deposits", "银行存款合计98000元，超过申报数"),
    )  # fmt: skip
    declared = declared_of(made)
    assert [one["income"] for one in declared["members"]] == [[PENSION], [PENSION]]
    assert declared["property"] == {"dwellings": 1, "financial_assets": 0}
    assert made.household.facts == facts()  # found later as it is
