"""差异: where declaration, match and survey say otherwise, and what each difference makes of the amount."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.verification.computing import given_if_readable
from opendibao.verification.queries import MatchRow
from opendibao.verification.sources import SOURCES

Facts = dict[str, Any]
FAMILY = ""
LISTS = ("income", "spending")
STANDING = ("lives_together", "married_out", "absent", "already", "excluded_by_province")
BODY = ("study", "disability", "severe_illness")
OWNED = ("financial_assets", "dwellings", "houses", "vehicles", "exempt_assets", "companies")


@dataclass(frozen=True)
class Key:
    """A piece of the facts: whose (FAMILY: the household's), of which field, of which kind of item."""

    member: str
    name: str
    kind: str = ""


@dataclass(frozen=True)
class Difference:
    """A piece as declared and as found (None: absent), the hits that speak of it, its effect in fen a month.

    `effect_fen` is None where the rules cannot compute the declaration with this piece alone changed.
    """

    key: Key
    declared: Any
    found: Any
    hits: Sequence[MatchRow]
    effect_fen: int | None

    @property
    def is_different(self) -> bool:
        """Whether the survey found otherwise than was declared."""
        return _plain(self.declared) != _plain(self.found)


@dataclass(frozen=True)
class Compared:
    """All pieces that differ or that a hit speaks of, and the amounts a month on what was declared and found.

    An amount is None where the rules cannot read the facts.
    """

    rows: Sequence[Difference]
    declared_fen: int | None
    found_fen: int | None

    @property
    def effect_fen(self) -> int | None:
        """How much more a month the survey makes than the declaration, fen; None where one is not known."""
        if self.declared_fen is None or self.found_fen is None:
            return None
        return self.found_fen - self.declared_fen


def differences(
    declared: Mapping[str, Any], found: Mapping[str, Any], matches: Sequence[MatchRow], on: date
) -> Compared:
    """Declaration and survey side by side as of a day, with what departments said."""
    before, after = pieces(declared), pieces(found)
    hits = [row for row in matches if row.outcome == "hit"]
    base = _amount(declared, on)
    rows, told = list[Difference](), set[int]()
    for key in dict.fromkeys([*before, *after]):
        speaking = [row for row in hits if _speaks_of(row, key)]
        told |= {row.id for row in speaking}
        differs = _plain(before.get(key)) != _plain(after.get(key))
        if differs or speaking:
            effect = _effect(declared, key, after.get(key), base, on) if differs else 0
            rows.append(Difference(key, before.get(key), after.get(key), speaking, effect))
    rows += [Difference(Key(row.person, row.source), None, None, [row], 0) for row in hits if row.id not in told]
    return Compared(_weightiest_first(rows), base, _amount(found, on))


def _weightiest_first(rows: Sequence[Difference]) -> list[Difference]:
    return sorted(rows, key=lambda row: (-abs(row.effect_fen or 0), not row.is_different))


def pieces(facts: Mapping[str, Any]) -> dict[Key, Any]:
    """Facts taken apart into what can differ by itself."""
    return dict(_pieces(facts))


def _pieces(facts: Mapping[str, Any]) -> Iterator[tuple[Key, Any]]:
    for member in facts.get("members") or ():
        yield from _pieces_of(str(member.get("name", "")), member)
    owned = facts.get("property") or {}
    for name in OWNED:
        if owned.get(name) not in (None, [], {}):
            yield Key(FAMILY, name), owned[name]
    for one in facts.get("supporters") or ():
        yield Key(FAMILY, "supporters", str(one.get("name"))), one


def _pieces_of(name: str, member: Mapping[str, Any]) -> Iterator[tuple[Key, Any]]:
    for field_name in (*STANDING, *BODY):
        if member.get(field_name) is not None:
            yield Key(name, field_name), member[field_name]
    for list_name in LISTS:
        items: dict[str, list[Any]] = {}
        for item in member.get(list_name) or ():
            items.setdefault(str(item.get("kind")), []).append(item)
        for kind, several in items.items():
            yield Key(name, list_name, kind), several


def _plain(value: Any) -> str:
    """The same said in another type is the same: 620 and \"620\", 620 of deposits and 620 altogether."""
    if isinstance(value, Mapping) and set(value) == {"deposits"}:
        value = value["deposits"]
    if value in (None, False, 0, "0", [], {}):
        return ""
    return json.dumps(_texts(value), ensure_ascii=False, sort_keys=True)


def _texts(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _texts(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(one) for one in value]
    return str(value)


def _speaks_of(row: MatchRow, key: Key) -> bool:
    """Whether a department's hit stands beside a piece: its folder says which pieces it speaks of."""
    source = SOURCES.get(row.source)
    for piece in source.speaks_of if source else ():
        name, _dot, kind = piece.partition(".")
        if name == key.name and (key.member == FAMILY or (key.member == row.person and kind in ("", key.kind))):
            return True
    return False


def with_piece(facts: Mapping[str, Any], key: Key, value: Any) -> Facts:
    """Facts with one piece as it was found; None takes it away."""
    made = deepcopy(dict(facts))
    if key.member != FAMILY:
        for member in made.get("members") or ():
            if member.get("name") == key.member:
                _put(member, key, value)
    elif key.name == "supporters":
        others = [one for one in made.get("supporters") or () if str(one.get("name")) != key.kind]
        made["supporters"] = [*others, value] if value is not None else others
    else:
        owned = {name: one for name, one in (made.get("property") or {}).items() if name != key.name}
        made["property"] = {**owned, **({key.name: value} if value is not None else {})}
    return made


def _put(member: Facts, key: Key, value: Any) -> None:
    if key.name in LISTS:
        others = [item for item in member.get(key.name) or () if str(item.get("kind")) != key.kind]
        member[key.name] = [*others, *(value or ())]
    elif value is None:
        member.pop(key.name, None)
    else:
        member[key.name] = value


def _effect(declared: Mapping[str, Any], key: Key, value: Any, base: int | None, on: date) -> int | None:
    changed = _amount(with_piece(declared, key, value), on)
    return None if base is None or changed is None else changed - base


def _amount(facts: Mapping[str, Any], on: date) -> int | None:
    """What would be paid a month on these facts, fen; None where the rules cannot read them or lack a number."""
    found = given_if_readable(facts, on)
    return found.monthly_benefit_fen if found else None
