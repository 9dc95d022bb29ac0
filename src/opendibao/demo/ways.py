"""不走直路的钱: which households' money takes another way in the year; households and days only, never an amount.

What the bank says late or wrongly, a death that a check finds, a decision that comes after the freeze, a suspension,
what must be given back: one of every kind, where the county has a household to spare. It evens out within the year:
what is not paid at all, or set off, is known before the county's sums are reached (`calibrate`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from opendibao.demo.calibrate import Account
from opendibao.demo.changes import Change
from opendibao.demo.days import LAST_DAY, NOTICE, OPINION, pay_days
from opendibao.demo.draft import Draft
from opendibao.demo.plan import CountyPlan, PlannedChange, PlannedEntry, PlannedExit, PlannedHousehold, PlannedWay
from opendibao.demo.stories import LIMIT, stories
from opendibao.kernel.month import add_months, month_of
from opendibao.kernel.workdays import add_workdays, workdays_between
from opendibao.policy.reader import load_pack
from opendibao.policy.shares import WHOLE
from opendibao.rules.assess import assess_many

FEN = 100
INSTALMENT_YUAN, INSTALMENTS = 30, 3
"""What a family and the county agree to set off, and for how many months."""
LATE_MONTHS = 2
"""So many months pass before the township hears of it."""
STEADY = {"unknown": 3, "absent": 6, "differs": 9, "suspended": 4, "lost": 7, "waiting": 12}
"""Households in which nothing else happens, and the month in which it begins."""
KEPT = {"proxy": 1, "custody": 1}
OLD = 65
FIRST_LATE, LAST_LATE = 3, 8
"""Months in which what was reported late is decided: there must be months before and after."""


def found_dead(leaving: Iterable[tuple[Draft, date, str]]) -> Draft | None:
    """Somebody who lives alone and dies when the next month's list is frozen; (household, decided on, cause)."""
    alone = [(on, draft) for draft, on, cause in leaving if cause == "death" and len(draft.members) == 1]
    later = [(on, draft) for on, draft in alone if on.month > 1]
    return min(later, key=lambda pair: pair[0])[1] if later else None


def in_instalments(changes: Iterable[Change]) -> Change | None:
    """The poorest family in which a death is told late, so that what it got too much can be set off."""
    fit = [one for one in changes if one.kind == "death" and FIRST_LATE <= one.decided_on.month <= LAST_LATE]
    in_time = [one for one in fit if add_workdays(one.decided_on, 3) < pay_days(_after(one.decided_on)).frozen]
    return min(in_time, key=lambda one: (one.before.share, one.decided_on), default=None)


def _after(day: date) -> date:
    return add_months(month_of(day), 1)


def can_give_back(account: Account, policy: str) -> bool:
    """Whether so much too much was paid that the instalments are owed, and each is a part of a month that may be."""
    before, after = (answer.monthly_benefit_fen for answer in account.answers)
    share = load_pack(policy).value("pay.offset_share", account.spells[-1].decided_on)
    wanted = INSTALMENT_YUAN * FEN
    return (before - after) * LATE_MONTHS > wanted * INSTALMENTS and after * share // WHOLE >= wanted


def with_ways(plan: CountyPlan, dead: Draft | None, set_off: Change | None) -> CountyPlan:
    """The plan with the households whose money takes another way; who is paid how much stays as it was."""
    found: dict[str, str] = {}
    if dead:
        found["found_dead"] = dead.number
    if set_off:
        found["set_off"] = set_off.before.number
    late = [e for e in plan.exits if e.cause == "income" and FIRST_LATE <= e.decided_on.month <= LAST_LATE]
    if late:
        found["late_income"] = min(late, key=lambda e: (e.decided_on, e.number)).number
    if waiting := [e for e in plan.exits if e.cause == "income" and e.decided_on.month > LAST_LATE]:
        found["waiting_claim"] = max(waiting, key=lambda e: (e.decided_on, e.number)).number
    if year_end := _year_end(plan, found.get("set_off", "")):
        found["year_end"] = year_end
    if late_entry := _late_entry(plan):
        found["late_decision"] = late_entry[0].household.number
        plan = _with(plan, *late_entry)
    plan = replace(
        plan, exits=tuple(_exit(e, found) for e in plan.exits), changes=tuple(_change(c, found) for c in plan.changes)
    )
    ways = [*_steady(plan), *_twice(plan), *_moved(plan, found)]
    return replace(plan, ways=tuple(sorted(ways, key=lambda way: (way.month, way.kind))))


def _exit(leaving: PlannedExit, found: Mapping[str, str]) -> PlannedExit:
    """A death on the freeze day, told on the next working day; a job that the county hears of months later."""
    if leaving.number == found.get("found_dead"):
        days = pay_days(month_of(leaving.decided_on))
        if leaving.cause != "death":
            raise AssertionError(f"户{leaving.number}应因死亡退出，计划里是{leaving.cause}")
        members = [{**member, "died": days.frozen.isoformat()} for member in leaving.facts["members"]]
        facts = {**leaving.facts, "members": members}
        return replace(leaving, happened_on=days.frozen, facts=facts, reported_on=days.checked)
    if leaving.number in (found.get("late_income"), found.get("waiting_claim")):
        return replace(leaving, happened_on=_earlier(leaving.happened_on))
    return leaving


def _change(change: PlannedChange, found: Mapping[str, str]) -> PlannedChange:
    if change.number in (found.get("set_off"), found.get("year_end")):
        return replace(change, happened_on=_earlier(change.happened_on))
    return change


def _earlier(day: date) -> date:
    """The same day of the month, so many months earlier."""
    return add_months(month_of(day), -LATE_MONTHS) + timedelta(days=min(day.day, 28) - 1)


def _year_end(plan: CountyPlan, taken: str) -> str:
    """The last family of the year that got less after somebody had left or died; "" where there is none."""
    gone = [c for c in plan.changes if c.leaves and c.decided_on.month > FIRST_LATE and c.number != taken]
    facts = {old.household.number: old.household.facts for old in plan.opening}
    cases = [
        {**one, "policy": plan.policy, "decision_date": change.decided_on.isoformat()}
        for change in gone
        for one in (facts[change.number], change.facts)
    ]
    answers = iter(assess_many(cases))
    less = [c for c in gone if next(answers).monthly_benefit_fen > next(answers).monthly_benefit_fen]
    return max(less, key=lambda c: (c.decided_on, c.number)).number if less else ""


def _late_entry(plan: CountyPlan) -> tuple[PlannedEntry, PlannedEntry] | None:
    """An application without a story of its own, and the same so much later that the next list is made by then."""
    told = stories(plan)
    for entry in sorted(plan.entries, key=lambda e: (-e.decided_on.day, e.household.number)):
        story = told[entry.household.number]
        is_plain = not (story.is_relative or story.objected_on or story.surveyed_again_on or entry.match_hits)
        if entry.is_granted and is_plain and FIRST_LATE <= entry.decided_on.month <= LAST_LATE:
            later = _later(entry)
            if _is_in_time(plan, entry, later) and _is_same(plan, entry, later):
                return entry, later
    return None


def _later(entry: PlannedEntry) -> PlannedEntry:
    """Every step so many working days later that the decision falls on the freeze day of the next month."""
    day = pay_days(_after(entry.decided_on)).frozen
    count = workdays_between(entry.decided_on, day)
    return replace(
        entry, applied_on=add_workdays(entry.applied_on, count), accepted_on=add_workdays(entry.accepted_on, count),
        matched_on=add_workdays(entry.matched_on, count), surveyed_on=add_workdays(entry.surveyed_on, count),
        reviewed_on=add_workdays(entry.reviewed_on, count), posted_on=add_workdays(entry.posted_on, count),
        decided_on=day,
    )  # fmt: skip


def _is_in_time(plan: CountyPlan, entry: PlannedEntry, later: PlannedEntry) -> bool:
    """Whether its clocks are kept, and all other applications keep their stories."""
    mine = entry.household.number
    before, after = stories(plan), stories(_with(plan, entry, later))
    story = after[mine]
    return (
        later.decided_on.day > LAST_DAY
        and workdays_between(later.accepted_on, later.decided_on) <= LIMIT
        and workdays_between(story.reported_on, later.decided_on) <= OPINION
        and later.posted_on + NOTICE < story.reported_on
        and story == replace(
            before[mine], entry=later, applied_on=later.applied_on, accepted_on=later.accepted_on,
            matched_on=later.matched_on, surveyed_on=later.surveyed_on, reviewed_on=later.reviewed_on,
            posted_on=later.posted_on,
        )
        and all(after[number] == one for number, one in before.items() if number != mine)
    )  # fmt: skip


def _is_same(plan: CountyPlan, entry: PlannedEntry, later: PlannedEntry) -> bool:
    """Whether the rules give the same on the later day."""
    days = (entry.decided_on, later.decided_on)
    facts = entry.household.facts
    first, second = assess_many([{**facts, "policy": plan.policy, "decision_date": day.isoformat()} for day in days])
    return first.monthly_benefit_fen == second.monthly_benefit_fen


def _with(plan: CountyPlan, entry: PlannedEntry, later: PlannedEntry) -> CountyPlan:
    return replace(plan, entries=tuple(later if one is entry else one for one in plan.entries))


def _steady(plan: CountyPlan) -> Iterator[PlannedWay]:
    """Households that stay as they are the whole year; who is old and alone has his money fetched or his card kept."""
    moved = {one.number for one in (*_movements(plan), *plan.pending_exits)} | {one.number for one in plan.returns}
    steady = [old.household for old in plan.opening if old.household.number not in moved]
    rng = Random(f"ways {plan.year} {len(plan.opening)}")
    old = [home for home in steady if _is_old_and_alone(home, plan.year)]
    kept = _drawn(old, KEPT, rng, plan.year)
    taken = {way.number for way in kept}
    yield from kept
    yield from _drawn([home for home in steady if home.number not in taken], STEADY, rng, plan.year)


def _drawn(homes: Sequence[PlannedHousehold], kinds: Mapping[str, int], rng: Random, year: int) -> list[PlannedWay]:
    chosen = rng.sample(homes, min(len(homes), len(kinds)))
    return [
        PlannedWay(kind, home.number, date(year, month, 1))
        for (kind, month), home in zip(kinds.items(), chosen, strict=False)
    ]


def _is_old_and_alone(home: PlannedHousehold, year: int) -> bool:
    return len(home.members) == 1 and year - int(str(home.facts["members"][0]["born"])[:4]) >= OLD


def _twice(plan: CountyPlan) -> Iterator[PlannedWay]:
    """The first return of the year comes back a second time."""
    opening = {old.household.number for old in plan.opening}
    if early := [r for r in plan.returns if r.number in opening and r.month.month < LAST_LATE]:
        first = min(early, key=lambda r: (r.month, r.number))
        yield PlannedWay("twice", first.number, first.month)


def _moved(plan: CountyPlan, found: Mapping[str, str]) -> Iterator[PlannedWay]:
    """The others, each with the month of its decision."""
    days = {e.household.number: e.decided_on for e in plan.entries}
    days |= {one.number: one.decided_on for one in _movements(plan)}
    for kind, number in found.items():
        yield PlannedWay(kind, number, month_of(days[number]))


def _movements(plan: CountyPlan) -> Sequence[PlannedExit | PlannedChange]:
    return [*plan.exits, *plan.changes]


def movement(plan: CountyPlan, number: str) -> PlannedExit | PlannedChange:
    """How a household that leaves or changes does so. Raises StopIteration for one that does neither."""
    return next(one for one in _movements(plan) if one.number == number)


def way_of(plan: CountyPlan, kind: str) -> PlannedWay | None:
    """The household of a kind; None where the county had none to spare."""
    return next((way for way in plan.ways if way.kind == kind), None)
