"""申报: what a family declares when it applies: all that is found later, but for what it keeps to itself."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from opendibao.demo.plan import PlannedEntry

Facts = dict[str, Any]


def declared_of(entry: PlannedEntry) -> Facts:
    """The declaration of a planned application."""
    declared = deepcopy(dict(entry.household.facts))
    for hit in entry.match_hits:
        if not hit.is_declared and hit.source in KEPT_BACK:
            KEPT_BACK[hit.source](declared, hit.member)
    return declared


def _wages(declared: Facts, place: int) -> None:
    """A steady job that the insurance knows of."""
    member = declared["members"][place]
    kept = [income for income in member.get("income", ()) if income["kind"] not in ("wages", "other")]
    declared["members"][place] = {**member, "income": kept}


def _house(declared: Facts, _place: int) -> None:
    """A second dwelling."""
    declared["property"]["dwellings"] = 1


def _deposit(declared: Facts, _place: int) -> None:
    """Savings."""
    declared["property"]["financial_assets"] = 0


def _car(declared: Facts, _place: int) -> None:
    """A car of their own."""
    declared["property"].pop("vehicles", None)


KEPT_BACK: Mapping[str, Callable[[Facts, int], None]] = {
    "social_insurance": _wages, "real_estate": _house, "bank_deposits": _deposit, "vehicles": _car,
}  # fmt: skip
"""By the source that finds it."""
