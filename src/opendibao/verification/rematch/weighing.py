"""权衡: whether what was found goes beyond what the decision rests on, and what the rules would make of it."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.kernel.money import NotMoney, yuan, yuan_text
from opendibao.verification.computing import given_if_readable
from opendibao.verification.merging import without

Facts = dict[str, Any]
OVER_LIMIT = "assets_over_dibao"
STANDINGS = ("absent", "already")
MONTHS = 12


@dataclass(frozen=True)
class Weighed:
    """What the rules make of something found: by how much the monthly money changes (fen; None: not computable)."""

    effect_fen: int | None
    is_over_limit: bool


def assets_fen(value: Any) -> int:
    """Money of all kinds together, fen; 0 where none is stated or it cannot be read."""
    amounts = value.values() if isinstance(value, Mapping) else [value]
    return sum(_fen(amount) for amount in amounts)


def _fen(amount: Any) -> int:
    try:
        return yuan(amount) if isinstance(amount, int | str) else 0
    except NotMoney:
        return 0


def income_fen(items: Iterable[Mapping[str, Any]], kind: str) -> int:
    """A year's income of a kind, fen, of the items that state an amount."""
    return sum(_fen(item.get("amount")) * _times(item) for item in items if item.get("kind") == kind)


def _times(item: Mapping[str, Any]) -> int:
    """How often an amount comes in a year."""
    return int(item.get("months") or MONTHS) if item.get("per") == "month" else 1


def merged_assets(several: Iterable[Mapping[str, Any]]) -> Facts:
    """The money that several sources speak of, kind by kind (fen as yuan text)."""
    sums = dict[str, int]()
    for one in several:
        kinds = one if isinstance(one, Mapping) else {"deposits": one}
        for kind, amount in kinds.items():
            sums[kind] = sums.get(kind, 0) + _fen(amount)
    return {kind: yuan_text(fen) for kind, fen in sums.items()}


def with_assets(facts: Mapping[str, Any], assets: Mapping[str, Any]) -> Facts | None:
    """The facts with the money found; None where no more was found than they hold."""
    owned = dict(facts.get("property") or {})
    stated = owned.get("financial_assets")
    if isinstance(stated, Mapping):
        kinds = [*stated, *(kind for kind in assets if kind not in stated)]
        most = {kind: max(_fen(stated.get(kind, 0)), _fen(assets.get(kind, 0))) for kind in kinds}
        total, owned["financial_assets"] = sum(most.values()), {kind: yuan_text(fen) for kind, fen in most.items()}
    else:
        total = max(_fen(stated or 0), assets_fen(assets))
        owned["financial_assets"] = yuan_text(total)
    return {**deepcopy(dict(facts)), "property": owned} if total > assets_fen(stated or 0) else None


def with_more(facts: Mapping[str, Any], name: str, found: Any) -> Facts | None:
    """The facts with more dwellings, companies (counts) or vehicles (a list); None where they hold as many."""
    owned = dict(facts.get("property") or {})
    return (
        {**deepcopy(dict(facts)), "property": {**owned, name: found}} if _many(found) > _many(owned.get(name)) else None
    )


def has_income(facts: Mapping[str, Any], member: str, kinds: Sequence[str]) -> bool:
    """Whether a member has income of one of these kinds in the facts, however much."""
    own = (one.get("income") or () for one in facts.get("members") or () if one.get("name") == member)
    return any(item.get("kind") in kinds for items in own for item in items)


def _many(value: Any) -> int:
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else int(value or 0)


def with_income(facts: Mapping[str, Any], member: str, items: Sequence[Mapping[str, Any]]) -> Facts | None:
    """The facts with a member's income of these kinds as found; None where he declared as much of each."""
    made, is_more = deepcopy(dict(facts)), False
    for one in made.get("members") or ():
        if one.get("name") != member:
            continue
        for kind in dict.fromkeys(str(item.get("kind")) for item in items):
            own = list(one.get("income") or ())
            if income_fen(items, kind) > income_fen(own, kind):
                others = [item for item in own if item.get("kind") != kind]
                one["income"], is_more = [*others, *(dict(i) for i in items if i.get("kind") == kind)], True
    return made if is_more else None


def with_standing(facts: Mapping[str, Any], member: str, found: Mapping[str, Any]) -> Facts | None:
    """The facts with a member dead, absent or helped elsewhere; None where they say so already."""
    if "died" in found:
        return {**deepcopy(dict(facts)), "members": without(list(facts.get("members") or ()), member)}
    made, is_new = deepcopy(dict(facts)), False
    for one in made.get("members") or ():
        for name in STANDINGS:
            if one.get("name") == member and found.get(name) and one.get(name) != found[name]:
                one[name], is_new = found[name], True
    return made if is_new else None


def weigh(facts: Mapping[str, Any], changed: Mapping[str, Any], paid_fen: int, on: date) -> Weighed:
    """What the rules give with the facts changed, against what they give without.

    Where they do not give what is paid (渐退, a person's age since), the effect on it cannot be told.
    """
    before, after = given_if_readable(facts, on), given_if_readable(changed, on)
    if before is None or after is None:
        return Weighed(None, False)
    is_over = [OVER_LIMIT in {reason.code for reason in answer.reasons} for answer in (before, after)]
    effect = after.monthly_benefit_fen - before.monthly_benefit_fen
    return Weighed(effect if before.monthly_benefit_fen == paid_fen else None, is_over == [False, True])
