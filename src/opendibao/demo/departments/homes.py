"""部门眼里的一户: who lives where and what is so on a day, as departments could know it: also what nobody declared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from opendibao.demo.departments.secrets import Secret, secrets
from opendibao.demo.plan import CaseFacts, CountyPlan, PlannedHousehold, PlannedMember

SEX = {"male": "男", "female": "女"}


@dataclass(frozen=True)
class Subject:
    """Somebody whom a department has on record."""

    id_number: str
    name: str
    sex: str
    born: str
    division: str
    phone: str


@dataclass(frozen=True)
class Home:
    """A household over the year: its facts from each day on, who died or moved away when, what it keeps to itself."""

    household: PlannedHousehold
    facts_since: tuple[tuple[date, CaseFacts], ...]
    members: tuple[PlannedMember, ...]
    died: Mapping[str, date] = field(default_factory=dict)
    moved: Mapping[str, date] = field(default_factory=dict)
    secrets: tuple[Secret, ...] = ()
    hidden: frozenset[tuple[int, str]] = frozenset()
    beyond: Mapping[str, Any] = field(default_factory=dict)

    def hides(self, source: str, place: int = 0) -> bool:
        """Whether a member kept to himself what a source knows of him."""
        return (place, source) in self.hidden

    def known_on(self, day: date) -> Mapping[str, Any]:
        """What departments know of its property on a day, also what nobody has seen."""
        return {**(self.facts_on(day).get("property") or {}), **self.beyond}

    def by_number(self, id_number: str) -> Subject:
        """A member by the number. Raises StopIteration for a stranger."""
        return next(one for one in self.subjects.values() if one.id_number == id_number)

    def facts_on(self, day: date) -> CaseFacts:
        """What is so on a day."""
        facts = self.facts_since[0][1]
        for since, later in self.facts_since:
            facts = later if since <= day else facts
        return facts

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """Its members by name."""
        raw = {str(one["name"]): one for _, facts in self.facts_since for one in facts["members"]}
        return {m.name: _subject(m, raw[m.name], self.household) for m in self.members if m.name in raw}

    def members_on(self, day: date) -> Iterator[tuple[Subject, Mapping[str, Any]]]:
        """Who is alive on a day, with the facts of that day."""
        for one in self.facts_on(day)["members"]:
            subject = self.subjects.get(str(one["name"]))
            if subject and subject.born <= str(day) and not self._is_dead(subject, day):
                yield subject, one

    def _is_dead(self, subject: Subject, day: date) -> bool:
        return subject.id_number in self.died and self.died[subject.id_number] <= day

    def secrets_on(self, day: date) -> list[Secret]:
        """What has happened by a day and was told to nobody."""
        return [one for one in self.secrets if one.since <= day]


def _subject(member: PlannedMember, raw: Mapping[str, Any], home: PlannedHousehold) -> Subject:
    return Subject(member.id_number, member.name, SEX[raw["sex"]], str(raw["born"]), home.division, home.phone)


def homes(plan: CountyPlan) -> list[Home]:
    """Every household of a plan, by number: the old stock, who applies in the year and who is under way."""
    kept: dict[str, list[Secret]] = {}
    for one in secrets(plan):
        kept.setdefault(one.number, []).append(one)
    households = [old.household for old in plan.opening]
    households += [entry.household for entry in plan.entries]
    households += [waiting.entry.household for waiting in plan.pending]
    changed, died, moved = _changes(plan)
    joined = {change.number: change.joins for change in plan.changes}
    hidden, beyond = _hidden(plan), {one.entry.household.number: one.beyond for one in plan.pending}
    return [
        Home(one, ((date.min, one.facts), *sorted(changed.get(one.number, ()), key=lambda pair: pair[0])),
             (*one.members, *joined.get(one.number, ())), died, moved, tuple(kept.get(one.number, ())),
             hidden.get(one.number, frozenset()), beyond.get(one.number, {}))
        for one in households
    ]  # fmt: skip


def _hidden(plan: CountyPlan) -> dict[str, frozenset[tuple[int, str]]]:
    """By household whose records in which source it did not declare."""
    entries = [*plan.entries, *(one.entry for one in plan.pending)]
    return {
        entry.household.number: frozenset((hit.member, hit.source) for hit in entry.match_hits if not hit.is_declared)
        for entry in entries
    }


def _changes(
    plan: CountyPlan,
) -> tuple[dict[str, list[tuple[date, CaseFacts]]], dict[str, date], dict[str, date]]:
    """By household the facts that come later; by id number who died and who moved away, and when."""
    changed: dict[str, list[tuple[date, CaseFacts]]] = {}
    died, moved = dict[str, date](), dict[str, date]()
    for leaving in (*plan.exits, *plan.pending_exits):
        changed.setdefault(leaving.number, []).append((leaving.happened_on, leaving.facts))
    for change in plan.changes:
        changed.setdefault(change.number, []).append((change.happened_on, change.facts))
        gone = died if change.kind == "death" else moved
        gone.update(dict.fromkeys(change.leaves, change.happened_on))
    at_home = {old.household.number: old.household for old in plan.opening}
    for leaving in plan.exits:
        died.update(dict.fromkeys(leaving.deaths, leaving.happened_on))
        if leaving.cause == "moved" and leaving.number in at_home:
            moved.update(dict.fromkeys((m.id_number for m in at_home[leaving.number].members), leaving.happened_on))
    return changed, died, moved
