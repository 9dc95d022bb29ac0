"""并入申报: the facts of a family as they are with what departments know of its members, each thing counted once.

Where both speak of the same thing the larger counts: a department that knows of less (one bank of several) proves
nothing about the rest, and what the family itself declared stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from opendibao.kernel.money import NotMoney, yuan, yuan_text

Facts = dict[str, Any]
COUNTS = ("dwellings", "companies")
THINGS = ("houses", "vehicles")
LISTS = ("income", "spending")
STANDING = ("absent", "already")
COMPUTABLE = ("property", "died", *LISTS, *STANDING)
DEPOSITS = "deposits"


@dataclass(frozen=True)
class Said:
    """What one department says of one person; `things`: blind keys of the rows, by which one thing of two is known."""

    person: str
    source: str
    facts: Mapping[str, Any]
    things: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_computable(self) -> bool:
        """Whether it has anything the rules can weigh."""
        return any(self.facts.get(name) not in (None, {}, []) for name in COMPUTABLE)


def merged(told: Mapping[str, Any], said: Sequence[Said]) -> Facts:
    """The facts with all that departments say of the family. What cannot be computed in them changes nothing."""
    facts = deepcopy(dict(told))
    _merge_property(facts, said)
    for member in facts.get("members") or ():
        own = [one for one in said if one.person == member.get("name")]
        for name in LISTS:
            _merge_items(member, name, own)
        for name in STANDING:
            for one in own:
                if one.facts.get(name):
                    member[name] = one.facts[name]
    for person in {one.person for one in said if one.facts.get("died")}:
        facts["members"] = without(facts.get("members") or [], person)
    return facts


def without(members: list[Facts], person: str) -> list[Facts]:
    """The family without one of them; where it was the head, the next one stands in his place."""
    left = [member for member in members if member.get("name") != person]
    if left and not any(member.get("relation") == "head" for member in left):
        left[0] = {**left[0], "relation": "head"}
    return left


def _merge_property(facts: Facts, said: Sequence[Said]) -> None:
    found = [one for one in said if one.facts.get("property")]
    if not found:
        return
    owned = dict(facts.get("property") or {})
    for name in COUNTS:
        if counts := _of_sources(found, name):
            owned[name] = max(int(owned.get(name) or 0), *counts)
    for name in THINGS:
        lists = [list(one.facts["property"].get(name) or ()) for one in _once(found)]
        owned_things = _joined(list(owned.get(name) or ()), [thing for several in lists for thing in several])
        if owned_things:
            owned[name] = owned_things
    if assets := _assets(owned.get("financial_assets"), found):
        owned["financial_assets"] = assets
    facts["property"] = owned


def _once(found: Sequence[Said]) -> Iterable[Said]:
    """Leave out what another member's rows said already: the spouses' one home, one company, one plate."""
    seen = set[str]()
    for one in found:
        if one.things and one.things <= seen:
            continue
        seen |= one.things
        yield one


def _of_sources(found: Sequence[Said], name: str) -> list[int]:
    """How many of a thing each source knows of in the family; what two members share counts once."""
    counts: dict[str, int] = {}
    seen = set[str]()
    for one in found:
        own = int(one.facts["property"].get(name) or 0)
        if own:
            counts[one.source] = counts.get(one.source, 0) + max(0, own - len(one.things & seen))
        seen |= one.things
    return list(counts.values())


def _joined(declared: list[Any], found: Sequence[Any]) -> list[Any]:
    """Declared things and those found beyond them, kind by kind."""
    joined, left = list(declared), [_kind(one) for one in declared]
    for one in found:
        if _kind(one) in left:
            left.remove(_kind(one))
        else:
            joined.append(one)
    return joined


def _kind(thing: object) -> tuple[object, ...]:
    if not isinstance(thing, Mapping):
        return (str(thing),)
    return thing.get("kind"), thing.get("use") or "private"


def _assets(declared: object, found: Sequence[Said]) -> Facts:
    """Money by kind: of each the larger of what was declared and what one source knows of all members together."""
    kinds = _by_kind(declared)
    of_source: dict[tuple[str, str], int] = {}
    for one in _once(found):
        for kind, fen in _by_kind(one.facts["property"].get("financial_assets")).items():
            of_source[one.source, kind] = of_source.get((one.source, kind), 0) + fen
    if not of_source:
        return {}
    for (_source, kind), fen in of_source.items():
        kinds[kind] = max(kinds.get(kind, 0), fen)
    return {kind: yuan_text(fen) for kind, fen in kinds.items()}


def _by_kind(assets: object) -> dict[str, int]:
    """Money by kind in fen; a plain number is deposits. What is no money is left to the rules to refuse."""
    if assets in (None, "", {}):
        return {}
    given = assets if isinstance(assets, Mapping) else {DEPOSITS: assets}
    return {str(kind): yuan(str(amount)) for kind, amount in given.items()}


def _merge_items(member: Facts, name: str, own: Sequence[Said]) -> None:
    """Items of one kind: those of the one who knows of most, the family or one of the sources."""
    declared = list(member.get(name) or ())
    kinds: dict[object, list[list[Any]]] = {}
    for one in own:
        of_kind: dict[object, list[Any]] = {}
        for item in one.facts.get(name) or ():
            of_kind.setdefault(item.get("kind"), []).append(item)
        for kind, items in of_kind.items():
            kinds.setdefault(kind, []).append(items)
    for kind, found in kinds.items():
        has = [item for item in declared if item.get("kind") == kind]
        most = max([has, *found], key=_a_year)
        declared = [item for item in declared if item.get("kind") != kind] + list(most)
    if kinds:
        member[name] = declared


def _a_year(items: Sequence[Mapping[str, Any]]) -> int:
    """What items come to in a year, fen; what is not said as an amount (days worked, land) counts as more than any."""
    total = 0
    for item in items:
        try:
            amount = yuan(str(item["amount"]))
        except (KeyError, NotMoney):
            return 10**12
        total += amount if item.get("per") == "year" else amount * int(item.get("months") or 12)
    return total
