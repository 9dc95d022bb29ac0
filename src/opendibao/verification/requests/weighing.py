"""迟到答复的影响: what the rules give on the facts of a decided case without and with what came too late."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from opendibao.intake.queries import declared
from opendibao.rules.answer import Answer
from opendibao.verification.computing import given_if_readable
from opendibao.verification.merging import without
from opendibao.verification.models import Bearing
from opendibao.verification.queries import survey_of

Facts = dict[str, Any]
LISTS, STANDING = ("income", "spending"), ("already", "absent")


@dataclass(frozen=True)
class Weight:
    """The result without and with an answer: outcome of the rules and monthly money, fen; None where not computable."""

    bearing: Bearing
    outcome_before: str = ""
    outcome_after: str = ""
    before_fen: int | None = None
    after_fen: int | None = None


def weigh(case_id: int, person: str, found: Mapping[str, Any], on: date) -> Weight:
    """What an answer about a member changes, by the rules of a day, of what was surveyed (else declared).

    A hit whose content cannot be computed is `unknown`: a person looks at it. Nothing found changes nothing.
    """
    survey = survey_of(case_id)
    held = survey.found if survey else declared(case_id)
    before = given_if_readable(held, on)
    if not found:
        return _weight(before, None)
    merged = with_found(held, person, found)
    return _weight(before, given_if_readable(merged, _day_of(found, on)) if merged is not None else None)


def unchanged(case_id: int, on: date) -> Weight:
    """Nothing was found: the result stays as it was, whatever the rules say of it."""
    survey = survey_of(case_id)
    before = given_if_readable(survey.found if survey else declared(case_id), on)
    return _weight(before, before) if before else Weight(Bearing.UNCHANGED)


def _weight(before: Answer | None, after: Answer | None) -> Weight:
    if before is None or after is None:
        return Weight(Bearing.UNKNOWN)
    is_same = (before.outcome, before.monthly_benefit_fen) == (after.outcome, after.monthly_benefit_fen)
    bearing = Bearing.UNCHANGED if is_same else Bearing.CHANGES
    return Weight(bearing, before.outcome, after.outcome, before.monthly_benefit_fen, after.monthly_benefit_fen)


def _day_of(found: Mapping[str, Any], on: date) -> date:
    """A death changes the money as of its day; everything else as of the day of the decision."""
    return date.fromisoformat(found["died"]) if "died" in found else on


def with_found(facts: Mapping[str, Any], person: str, found: Mapping[str, Any]) -> Facts | None:
    """The facts with what another province found of a member added; None where it says nothing that can be computed.

    An amount or an income that stands there to the fen is taken for the one that was declared. Anything else is added:
    a house or an account in another province is another one, and a person looks before anything is changed.
    """
    made, used = deepcopy(dict(facts)), False
    if "died" in found:
        made["members"], used = without(made.get("members") or [], person), True
    if "property" in found:
        made["property"] = _property(made.get("property") or {}, found["property"])
        used = True
    for member in made.get("members") or []:
        if member.get("name") == person:
            used = _told_of(member, found) or used
    return made if used and made.get("members") else None


def _told_of(member: Facts, found: Mapping[str, Any]) -> bool:
    """Put what was found of a member himself to him; returns whether there was anything."""
    standing = {name: found[name] for name in STANDING if name in found}
    member.update(standing)
    lists = [name for name in LISTS if found.get(name)]
    for name in lists:
        has = member.get(name) or []
        member[name] = [*has, *(item for item in found[name] if item not in has)]
    return bool(standing or lists)


def _property(has: Mapping[str, Any], found: Mapping[str, Any]) -> Facts:
    made = {**has, **{name: _joined(name, has.get(name), value) for name, value in found.items()}}
    homes = [*(has.get("houses") or ()), *(found.get("houses") or ())]
    if "dwellings" in has or "dwellings" in found:
        mine, theirs = (one.get("dwellings", len(one.get("houses") or ())) for one in (has, found))
        made["dwellings"] = max(int(mine) + int(theirs), len(homes))
    return made


def _joined(name: str, has: Any, found: Any) -> Any:
    """Two statements of the same kind of property together."""
    if has in (None, [], {}, ""):
        return found
    if name == "financial_assets":
        return _money(has, found)
    if isinstance(has, list) and isinstance(found, list):
        return [*has, *found]
    return int(has) + int(found)


def _money(has: Any, found: Any) -> Any:
    """Amounts in yuan by kind added up; an amount that stands there to the fen is the one that was declared."""
    if isinstance(has, Mapping) or isinstance(found, Mapping):
        mine, theirs = (one if isinstance(one, Mapping) else {"deposits": one} for one in (has, found))
        return {**mine, **{kind: _money(mine.get(kind, 0), amount) for kind, amount in theirs.items()}}
    one, other = Decimal(str(has)), Decimal(str(found))
    return str(one) if one == other else str(one + other)
