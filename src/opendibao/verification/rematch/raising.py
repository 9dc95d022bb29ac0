"""起预警: what the linked rows of a family in one source give cause to warn about, and which row it was."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from opendibao.verification.deliveries.queries import DeliveryRow
from opendibao.verification.rematch.covered import Covered, LinkedRow
from opendibao.verification.rematch.kinds import KINDS
from opendibao.verification.sealing import blind, unseal_row
from opendibao.verification.sources.adapter import Finding, Found, Row

OF_A_FAMILY = ("deposits_over_limit", "second_home")
"""Kinds that speak of what a family owns together: one warning a family, on the first whose row is there."""
OF_A_PERSON = ("pension", "wages")
"""Kinds that speak of a sum over months: one warning a person, however many rows there are."""
SINCE = ("registered_on", "acquired_on", "established_on", "started_on", "married_on", "since")
"""Columns that say since when a thing is there; the first that a row has counts."""
MONTH = 7  # places of 2024-05


@dataclass(frozen=True)
class Opened:
    """A linked row with its content."""

    link: LinkedRow
    row: Row

    @property
    def since(self) -> date | None:
        """Since when the thing is there, where the department says so."""
        told = next((str(self.row[name]) for name in SINCE if self.row.get(name)), "")
        return date.fromisoformat(told if len(told) > MONTH else f"{told}-01") if told else None


@dataclass(frozen=True)
class Cause:
    """Cause for a warning: about whom, of which kind, in words, by which rows, with what they say as facts."""

    person: Covered
    source: str
    kind: str
    words: str
    row_key: str
    rows: Sequence[Opened]
    facts: Mapping[str, Any]
    delivery: DeliveryRow

    @property
    def since(self) -> date | None:
        """Since when the newest of the things is there."""
        days = [row.since for row in self.rows if row.since]
        return max(days) if days else None


@dataclass
class Told:
    """What one source tells of everybody: causes, whose rows bear on anything, by household what is owned together."""

    causes: list[Cause] = field(default_factory=list)
    hits: set[int] = field(default_factory=set)
    owned: dict[int, Mapping[str, Any]] = field(default_factory=dict)


def told(
    delivery: DeliveryRow,
    find: Finding,
    rows: Mapping[int, Sequence[LinkedRow]],
    people: Mapping[int, Covered],
    on: date,
) -> Told:
    """What a source's linked rows (by person) tell of the people, family by family. Raises KeyError: unknown kind."""
    families = defaultdict[int, list[int]](list)
    for person_id in rows:
        families[people[person_id].household_id].append(person_id)
    found = Told()
    names = _names(people) if families else {}
    for household_id, members in families.items():
        opened = {one: [Opened(row, unseal_row(row.sealed)) for row in rows[one]] for one in members}
        family = _Family(delivery, find, {one: people[one] for one in members}, opened, names[household_id], on)
        found.causes += family.causes()
        found.hits |= family.hits()
        if owned := family.owned():
            found.owned[household_id] = owned
    return found


def _names(people: Mapping[int, Covered]) -> dict[int, frozenset[str]]:
    names = defaultdict[int, set[str]](set)
    for person in people.values():
        names[person.household_id].add(person.name)
    return {household_id: frozenset(some) for household_id, some in names.items()}


@dataclass(frozen=True)
class _Family:
    """The rows of one family in one source."""

    delivery: DeliveryRow
    find: Finding
    people: Mapping[int, Covered]
    opened: Mapping[int, Sequence[Opened]]
    names: frozenset[str]
    on: date

    def _found(self, rows: Sequence[Opened]) -> Found | None:
        found = self.find([one.row for one in rows], self.on)
        if found and any(kind not in KINDS for kind, _words in found.alerts):
            strange = next(kind for kind, _words in found.alerts if kind not in KINDS)
            raise KeyError(f"来源“{self.delivery.source}”报了不认识的预警“{strange}”，请先登记到预警种类")
        return found

    @cached_property
    def together(self) -> Found | None:
        """What the rows of all members say together."""
        return self._found(self.everything)

    @cached_property
    def everything(self) -> list[Opened]:
        """The rows of all members."""
        return [one for rows in self.opened.values() for one in rows]

    def owned(self) -> Mapping[str, Any]:
        """What all members own together by this source."""
        owned: Mapping[str, Any] = self.together.facts.get("property") or {} if self.together else {}
        return owned

    @cached_property
    def apart(self) -> dict[int, Found | None]:
        """What the rows of each member say."""
        if len(self.opened) == 1:
            return dict.fromkeys(self.opened, self.together)
        return {person_id: self._found(rows) for person_id, rows in self.opened.items()}

    def hits(self) -> set[int]:
        """The members whose rows say something that bears on the family; a normal registration does not."""
        return {one for one, found in self.apart.items() if found and (found.facts or not self._is_at_home(found))}

    def causes(self) -> Iterator[Cause]:
        """Member by member what is about him alone, and once what is the family's."""
        for person_id, rows in self.opened.items():
            yield from self._of_member(self.people[person_id], rows, self.apart[person_id])
        first = self.people[self.everything[0].link.person_id]
        for kind, words in self.together.alerts if self.together else ():
            if self.together and kind in OF_A_FAMILY:
                key = blind(f"{kind}|{first.household_id}")
                yield self._cause(first, kind, words, self.everything, self.together, key=key)

    def _of_member(self, person: Covered, rows: Sequence[Opened], whole: Found | None) -> Iterator[Cause]:
        if whole is None or self._is_at_home(whole):
            return
        for kind, words in dict(whole.alerts).items():
            if kind in OF_A_PERSON:
                yield self._cause(person, kind, words, rows, whole, key=blind(f"{kind}|{person.person_id}"))
            elif kind not in OF_A_FAMILY:
                yield from self._one_by_one(person, kind, words, rows, whole)

    def _one_by_one(
        self, person: Covered, kind: str, words: str, rows: Sequence[Opened], whole: Found
    ) -> Iterator[Cause]:
        """A warning for each row that raises it alone; where none does, one for all of them."""
        alone = [(one, found) for one in rows if (found := self._found([one])) and kind in dict(found.alerts)]
        for one, found in alone:
            if not self._is_at_home(found):
                yield self._cause(person, kind, dict(found.alerts)[kind], [one], found, key=one.link.row_key)
        if not alone:
            keys = sorted({one.link.row_key for one in rows})
            yield self._cause(person, kind, words, rows, whole, key=blind("\n".join(keys)))

    def _is_at_home(self, found: Found) -> bool:
        """Whether the rows join the person to nobody but his own family."""
        return bool(found.with_whom) and self.names.issuperset(found.with_whom)

    def _cause(
        self, person: Covered, kind: str, words: str, rows: Sequence[Opened], found: Found, *, key: str
    ) -> Cause:
        return Cause(person, self.delivery.source, kind, words, key, list(rows), found.facts, self.delivery)
