"""留下的家庭里的变化: births and marriages bring persons in, deaths, marriages and moves take persons out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from opendibao.demo.days import spread
from opendibao.demo.draft import Draft, DraftMember, planned_member
from opendibao.demo.people import People
from opendibao.demo.plan import PlannedChange
from opendibao.kernel.month import month_of


@dataclass
class Change:
    """One staying household that changes; `after` shares its members, so that the lever moves both."""

    before: Draft
    after: Draft
    kind: str
    happened_on: date
    decided_on: date

    def planned(self) -> PlannedChange:
        """The finished change."""
        old = {m.person.id_number for m in self.before.members}
        new = {m.person.id_number for m in self.after.members}
        return PlannedChange(
            number=self.before.number,
            kind=self.kind,
            happened_on=self.happened_on,
            decided_on=self.decided_on,
            joins=tuple(planned_member(m) for m in self.after.members if m.person.id_number not in old),
            leaves=tuple(sorted(old - new)),
            facts=self.after.facts(),
        )


def propose_joins(drafts: Sequence[Draft], wanted: int, people: People) -> Iterator[Change]:
    """Changes by which one person joins each of `wanted` households (fewer when there are not so many)."""
    rng = people.rng
    candidates = [(d, kind) for d in drafts for kind in [_joining(d, rng)] if kind]
    for (draft, kind), decided_on in zip(candidates, spread(wanted, people.year, rng), strict=False):
        happened_on = _some_day_before(decided_on, rng)
        head = draft.head.person
        known = {m.person.name for m in draft.members}
        if kind == "birth":
            child = people.born_on(happened_on, rng.choice(("male", "female")), head.name[0], known)
            mother = next(m for m in draft.members if _may_be_mother(m))
            member = DraftMember(child, "grandchild" if mother.relation == "child" else "child")
        else:
            sex = "male" if head.sex == "female" else "female"
            spouse = people.person(max(24, head.age + rng.randint(-4, 2)), sex, people.surname(), known)
            member = DraftMember(spouse, "spouse")
        after = replace(draft, members=[*draft.members, member])
        yield Change(draft, after, kind, happened_on, decided_on)


def _joining(draft: Draft, rng: Random) -> str:
    """How somebody could join: a child of a woman who lives there, or a spouse of a single head."""
    if len(draft.members) > 6:
        return ""
    if any(_may_be_mother(m) for m in draft.members):
        return "birth"
    is_alone = all(m.relation != "spouse" for m in draft.members)
    return "marriage_in" if is_alone and 24 <= draft.head.person.age <= 55 and rng.random() < 0.3 else ""


def _may_be_mother(member: DraftMember) -> bool:
    is_of_age = member.person.sex == "female" and 21 <= member.person.age <= 42
    return is_of_age and member.relation in ("head", "spouse", "child") and not member.study


def propose_goes(drafts: Sequence[Draft], wanted: int, people: People) -> Iterator[Change]:
    """Changes by which one person leaves each household that can spare one, about a tenth more than `wanted`."""
    rng = people.rng
    candidates = [(d, m) for d in drafts for m in [_goer(d, rng)] if m]
    days = spread(wanted, people.year, rng)
    days += [days[place % len(days)] for place in range(len(candidates) - wanted)] if days else []
    for (draft, member), decided_on in zip(candidates, days, strict=False):
        after = replace(draft, members=[m for m in draft.members if m is not member])
        kind = _going(member, rng)
        yield Change(draft, after, kind, _some_day_before(decided_on, rng), decided_on)


def _goer(draft: Draft, rng: Random) -> DraftMember | None:
    """Who of the others could go so that the rest remains a family with the same lever: a grown child or the oldest."""
    assert draft.lever is not None
    others = [m for m in draft.members[1:] if all(item is not draft.lever.item for item in m.income)]
    others = [m for m in others if m.person.age >= 20 and _may_remain(draft, m)]
    if not others:
        return None
    grown = [m for m in others if m.relation == "child" and m.person.age <= 35]
    if grown and rng.random() < 0.6:
        return rng.choice(grown)
    return max(others, key=lambda m: m.person.age)


def _may_remain(draft: Draft, goer: DraftMember) -> bool:
    rest = replace(draft, members=[m for m in draft.members if m is not goer])
    return rest.has_support or not rest.is_unable


def _going(member: DraftMember, rng: Random) -> str:
    if member.person.age >= 58 or member.severe_illness:
        return "death"
    if member.relation == "spouse" or member.is_severe:
        return rng.choice(("death", "move_out"))
    return rng.choice(("marriage_out", "move_out"))


def _some_day_before(decided_on: date, rng: Random) -> date:
    """A day of the same month before its decision."""
    first = month_of(decided_on)
    return first + timedelta(days=rng.randrange((decided_on - first).days - 1))
