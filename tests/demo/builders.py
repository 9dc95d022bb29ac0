"""What tests of the synthetic county are built from: a targets text, a plan's paid sums by hand-counted months."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from opendibao.demo.plan import CountyPlan
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess_many

SMALL: Mapping[str, Any] = {
    "county": '"360429"',
    "year": 2024,
    "policy": "jx-demo-2024",
    "seed": 1,
    "opening": "{households: 200, persons: 380}",
    "entered": "{households: 16, persons: 30}",
    "left": "{households: 22, persons: 54}",
    "closing": "{rural: {households: 150, persons: 283}, urban: {households: 44, persons: 73}}",
    "paid_wan_yuan": '{rural: "177.84", urban: "56.06", total: "233.90"}',
    "sheet": "{rural_paid: 178, urban_paid: 56, rural_persons: 300, urban_persons: 80, trainings: 4}",
}


SET_OFF_FEN = 3 * 30_00
"""Three months' instalments of thirty yuan go against a debt and not to the account."""


def targets_text(**changes: object) -> str:
    """The targets of a county of 200 households, with changes."""
    return "".join(f"{key}: {value}\n" for key, value in {**SMALL, **changes}.items())


def case_of(plan: CountyPlan, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The facts of a plan as a case of a day."""
    return {**facts, "policy": plan.policy, "decision_date": on.isoformat()}


def paid_months(plan: CountyPlan) -> Iterator[tuple[str, dict[str, Any], int]]:
    """(area, case, months paid in the year): in force through the month of the next decision, from the month after."""
    until = {e.number: e.decided_on.month for e in plan.exits} | {c.number: c.decided_on.month for c in plan.changes}
    # what is held back because somebody died is not paid
    until |= {e.number: e.decided_on.month - 1 for e in plan.exits if e.reported_on}
    areas = {}
    for old in plan.opening:
        household = old.household
        areas[household.number] = household.area
        yield household.area, case_of(plan, household.facts, old.decided_on), until.get(household.number, 12)
    for change in plan.changes:
        yield areas[change.number], case_of(plan, change.facts, change.decided_on), 12 - change.decided_on.month
    for entry in plan.entries:
        if entry.is_granted:
            case = case_of(plan, entry.household.facts, entry.decided_on)
            yield entry.household.area, case, 12 - entry.decided_on.month


def answers_with_months(plan: CountyPlan) -> list[tuple[str, Answer, int]]:
    """What the rules say of everything that is paid."""
    rows = list(paid_months(plan))
    answers = assess_many([case for _, case, _ in rows])
    return [(area, answer, months) for (area, _, months), answer in zip(rows, answers, strict=True)]


def paid_fen(plan: CountyPlan) -> dict[str, int]:
    """The year's money by area."""
    sums: Counter[str] = Counter()
    for area, answer, months in answers_with_months(plan):
        sums[area] += answer.monthly_benefit_fen * months
    areas = {old.household.number: old.household.area for old in plan.opening}
    for way in plan.ways:
        if way.kind == "set_off":
            sums[areas[way.number]] -= SET_OFF_FEN
    return dict(sums)


def closing(plan: CountyPlan) -> dict[str, tuple[int, int]]:
    """Households and persons at the year's end by area, counted person by person."""
    present = {o.household.number: (o.household.area, {m.id_number for m in o.household.members}) for o in plan.opening}
    for entry in plan.entries:
        if entry.is_granted:
            members = {m.id_number for m in entry.household.members}
            present[entry.household.number] = (entry.household.area, members)
    for change in plan.changes:
        present[change.number][1].difference_update(change.leaves)
        present[change.number][1].update(m.id_number for m in change.joins)
    for leaving in plan.exits:
        del present[leaving.number]
    found = {}
    for area in ("rural", "urban"):
        mine = [members for at, members in present.values() if at == area]
        found[area] = (len(mine), sum(len(members) for members in mine))
    return found
