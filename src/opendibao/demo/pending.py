"""还在办的申请: families that apply in the year's last days and stand at every step when the demonstration begins.

They come on top of the year and none of them is decided: who is covered and what was paid is the same without them.
What was asked, visited and voted on in December counts as work of the year, as it would in any county.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.demo.calibrate import Account, Spell, answer_all, set_out
from opendibao.demo.draft import Draft
from opendibao.demo.households import Builder
from opendibao.demo.plan import CaseFacts, CountyPlan, PlannedEntry, PlannedExit, PlannedHit, PlannedPending
from opendibao.demo.refusals import spoil
from opendibao.demo.targets import Targets
from opendibao.kernel.ids import DEMO_PREFIX
from opendibao.kernel.workdays import add_workdays, on_or_after
from opendibao.rules.assess import assess_many

FIRST_DAY = 20
"""The day of December on which the first of them applies."""
SMALL_COUNTY = 1000
SIZES = (1, 2, 1, 3, 2, 4)
TRIES = 30


@dataclass(frozen=True)
class Stage:
    """How far an application has come: on which working day (from the first) it took each step, so many of them."""

    key: str
    count: int
    applied: int
    accepted: int = 0
    matched: int = 0
    surveyed: int = 0
    reviewed: int = 0
    posted: int = 0


STAGES = (
    Stage("online", 2, 9),
    Stage("submitted", 2, 9),
    Stage("returned", 2, 7),
    Stage("unmatched", 2, 6, 7),
    Stage("open_hit", 1, 5, 6, 7),
    Stage("late_survey", 1, 1, 2, 3),
    Stage("to_survey", 2, 7, 8, 9),
    Stage("paused", 1, 1, 2, 3),
    Stage("extended", 1, 0, 1, 2),
    Stage("to_meet", 3, 3, 4, 5, 8),
    Stage("to_post", 2, 2, 3, 4, 6, 9),
    Stage("noticed", 2, 1, 2, 3, 4, 6, 7),
    Stage("objected", 1, 0, 1, 2, 3, 5, 6),
    Stage("to_report", 2, 0, 1, 2, 2, 3, 4),
    Stage("reported", 6, 0, 1, 2, 2, 3, 4),
    Stage("relative", 1, 0, 1, 2, 2, 3, 4),
    Stage("differing", 1, 0, 1, 2, 2, 3, 4),
    Stage("refusal", 2, 0, 1, 2, 3, 5, 7),
)
"""The notice of the last ones hangs for seven days from the fourth working day; it comes down on the eighth."""
REPORT_DAY = 8


EXITS, JOB = 2, {"kind": "wages", "amount": 5200, "per": "month"}
"""Families of the old stock in which somebody found work; what a re-verification found waits for the county."""
REVIEWED_ON = 7
BEYOND = {"financial_assets": 98_000, "dwellings": 2, "companies": 1, "other_name": "涂满意"}
"""What departments say of the family whose hits wait for an answer; a vehicle stands under its head's number and
another's name. It declared none of it."""


def first_day(year: int) -> date:
    """The working day from which the days of the stages are counted."""
    return on_or_after(date(year, 12, FIRST_DAY))


def pending(builder: Builder, targets: Targets, taken: int) -> Iterator[PlannedPending]:
    """So many as the county is large; their file numbers follow on the last one taken."""
    is_small = targets.opening.households < SMALL_COUNTY
    number = taken
    for stage in STAGES:
        for _ in range(1 if is_small else stage.count):
            number += 1
            draft, hits = _family(builder, targets, stage.key, number)
            draft.number = f"{DEMO_PREFIX}-{number:05d}"
            beyond = BEYOND if stage.key == "open_hit" else {}
            yield PlannedPending(_entry(draft, hits, stage, targets.year), stage.key, beyond)


def _family(builder: Builder, targets: Targets, stage: str, turn: int) -> tuple[Draft, Sequence[PlannedHit]]:
    """A family that the rules grant, or for a refusal one that they refuse; AssertionError where none is found."""
    decided = add_workdays(first_day(targets.year), 2 * REPORT_DAY)
    for place in range(TRIES):
        draft = builder.new("urban" if turn % 5 == 0 else "rural", SIZES[(turn + place) % len(SIZES)])
        account = Account((Spell(draft, decided, 0),))
        set_out([account], targets.policy)
        if account.answers[0].outcome != "dibao" or draft.vehicle_use:
            continue
        if stage != "refusal":
            return draft, _hits(draft, stage)
        hits = spoil(draft, account.answers[0], builder.rng)
        answer_all([account], targets.policy)
        if hits and account.answers[0].outcome in ("none", "edge"):
            return draft, hits
    raise AssertionError(f"{TRIES}户里没有一户适合“{stage}”")


def _hits(draft: Draft, stage: str) -> Sequence[PlannedHit]:
    if stage == "open_hit":
        return tuple(PlannedHit(0, source) for source in ("bank_deposits", "real_estate", "business_registration"))
    if stage == "differing" and draft.financial_assets:
        return (PlannedHit(0, "bank_deposits"),)
    return ()


def _entry(draft: Draft, hits: Sequence[PlannedHit], stage: Stage, year: int) -> PlannedEntry:
    first = first_day(year)
    return PlannedEntry(
        household=draft.planned(), channel="helper" if stage.key == "to_meet" else "counter",
        applied_on=add_workdays(first, stage.applied), accepted_on=add_workdays(first, stage.accepted),
        matched_on=add_workdays(first, stage.matched), surveyed_on=add_workdays(first, stage.surveyed),
        reviewed_on=add_workdays(first, stage.reviewed), posted_on=add_workdays(first, stage.posted),
        decided_on=add_workdays(first, 2 * REPORT_DAY), is_granted=stage.key != "refusal", match_hits=tuple(hits),
    )  # fmt: skip


def pending_exits(plan: CountyPlan) -> Iterator[PlannedExit]:
    """Steady households whose head was found to have a job, where the rules then say no."""
    moved = {e.number for e in plan.exits} | {c.number for c in plan.changes} | {r.number for r in plan.returns}
    steady = [old.household for old in plan.opening if old.household.number not in moved]
    tried = steady[:: max(1, len(steady) // TRIES)]
    decided = add_workdays(first_day(plan.year), 2 * REPORT_DAY)
    facts = [_with_job(home.facts) for home in tried]
    cases = [{**one, "policy": plan.policy, "decision_date": decided.isoformat()} for one in facts]
    chosen = 0
    for home, found, answer in zip(tried, facts, assess_many(cases), strict=True):
        if chosen < EXITS and answer.outcome in ("none", "edge"):
            chosen += 1
            seen = add_workdays(first_day(plan.year), REVIEWED_ON)
            yield PlannedExit(home.number, "income", seen, decided, found)


def _with_job(facts: CaseFacts) -> CaseFacts:
    head, *others = facts["members"]
    return {**facts, "members": [{**head, "income": [*head.get("income", ()), JOB]}, *others]}
