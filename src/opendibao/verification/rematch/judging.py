"""比照: which causes go beyond what the county decided upon; what it knows already is no warning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.verification.rematch.raising import OF_A_FAMILY, Cause
from opendibao.verification.rematch.weighing import (
    Facts,
    Weighed,
    assets_fen,
    has_income,
    income_fen,
    weigh,
    with_assets,
    with_income,
    with_more,
    with_standing,
)

ASSETS = "deposits_over_limit"
COUNTS = {"second_home": "dwellings", "new_vehicle": "vehicles", "company": "companies"}
SINCE_DECIDED = ("new_vehicle", "company", "married")
"""Kinds whose thing came after the decision in force: that alone is news, however much was known before."""
INCOME = {"pension": ("resident_pension", "employee_pension"), "wages": ("wages",)}


@dataclass(frozen=True)
class Judged:
    """A cause that goes beyond what is known: `measure` (fen, or how many; None: neither), effect a month in fen."""

    cause: Cause
    measure: int | None
    effect_fen: int | None


def judged(
    causes: Sequence[Cause], facts: Mapping[str, Any], assets: Mapping[str, Any], owned: Mapping[str, Any], on: date
) -> list[Judged]:
    """Of a family's causes those that are news; `assets` is its money by all sources, `owned` by source what it owns.

    `facts` are those of the decision in force; where they name no members nothing can be computed, and the effect
    stays open.
    """
    return [found for cause in causes if (found := _judge(cause, facts, assets, owned, on))]


def _judge(
    cause: Cause, facts: Mapping[str, Any], assets: Mapping[str, Any], owned: Mapping[str, Any], on: date
) -> Judged | None:
    if cause.kind == ASSETS:
        return _money(cause, facts, assets, on)
    if cause.kind in COUNTS:
        return _things(cause, facts, owned.get(cause.source, {}), on)
    if cause.kind in INCOME:
        return _income(cause, facts, on)
    if cause.kind == "married":
        return Judged(cause, None, None) if _is_new(cause) else None
    changed = with_standing(facts, cause.person.name, cause.facts)
    if changed is None and _speaks_of_standing(cause.facts):
        return None  # the decision counted with it
    if changed is not None and facts.get("members") and not changed.get("members"):
        return Judged(cause, None, -cause.person.monthly_fen)  # nobody is left to be paid for
    return Judged(cause, None, _weighed(cause, facts, changed, on).effect_fen)


def _speaks_of_standing(found: Mapping[str, Any]) -> bool:
    return bool(found.get("absent") or found.get("already"))


def _is_new(cause: Cause) -> bool:
    return cause.since is None or cause.since > cause.person.decided_on


def _money(cause: Cause, facts: Mapping[str, Any], assets: Mapping[str, Any], on: date) -> Judged | None:
    """Only money that the rules hold to be over the limit, and that was not over it before."""
    changed = with_assets(facts, assets)
    if changed is None:
        return None
    weighed = weigh(facts, changed, cause.person.monthly_fen, on)
    return Judged(cause, assets_fen(assets), weighed.effect_fen) if weighed.is_over_limit else None


def _things(cause: Cause, facts: Mapping[str, Any], owned: Mapping[str, Any], on: date) -> Judged | None:
    """More of a thing than the decision knows, or one that came after it."""
    name = COUNTS[cause.kind]
    found = owned.get(name, cause.facts.get("property", {}).get(name))
    changed = with_more(facts, name, found) if found else None
    if changed is None and not (cause.kind in SINCE_DECIDED and cause.since and _is_new(cause)):
        return None
    measure = int(found) if cause.kind in OF_A_FAMILY else None  # one thing by its own key does not grow
    return Judged(cause, measure, _weighed(cause, facts, changed, on).effect_fen)


def _income(cause: Cause, facts: Mapping[str, Any], on: date) -> Judged | None:
    """More income of a kind than the decision knows; where the department states no amount, any at all."""
    items = [item for item in cause.facts.get("income") or () if item.get("kind") in INCOME[cause.kind]]
    year = sum(income_fen(items, kind) for kind in INCOME[cause.kind])
    if not facts.get("members"):
        return Judged(cause, year or None, None)
    if not items:
        is_known = has_income(facts, cause.person.name, INCOME[cause.kind])
        return None if is_known else Judged(cause, None, None)
    changed = with_income(facts, cause.person.name, items)
    return Judged(cause, year, _weighed(cause, facts, changed, on).effect_fen) if changed else None


def _weighed(cause: Cause, facts: Mapping[str, Any], changed: Facts | None, on: date) -> Weighed:
    if not changed or not facts.get("members"):
        return Weighed(None, False)
    return weigh(facts, changed, cause.person.monthly_fen, on)
