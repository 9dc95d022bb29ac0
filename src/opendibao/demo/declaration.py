"""申报: what a family declares when it applies: all that is found later, but for what a match brings to light."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from opendibao.demo.plan import PlannedEntry

Facts = dict[str, Any]
MORE_THAN_DECLARED = "超过申报数"


def declared_of(entry: PlannedEntry) -> Facts:
    """The declaration of a planned application."""
    declared = deepcopy(dict(entry.household.facts))
    for place, source, words in entry.match_hits:
        if source in KEPT_BACK:
            KEPT_BACK[source](declared, place, words)
    return declared


def _wages(declared: Facts, place: int, _words: str) -> None:
    """A steady job that the insurance knows of."""
    member = declared["members"][place]
    kept = [income for income in member.get("income", ()) if income["kind"] not in ("wages", "other")]
    declared["members"][place] = {**member, "income": kept}


def _house(declared: Facts, _place: int, _words: str) -> None:
    """A second dwelling."""
    declared["property"]["dwellings"] = 1


def _deposit(declared: Facts, _place: int, words: str) -> None:
    """Savings, where the bank's sum is said to be above the declared one."""
    if MORE_THAN_DECLARED in words:
        declared["property"]["financial_assets"] = 0


KEPT_BACK: Mapping[str, Callable[[Facts, int, str], None]] = {
    "social_insurance": _wages, "real_estate": _house, "bank_deposits": _deposit,
}  # fmt: skip
"""By the source that finds it."""
