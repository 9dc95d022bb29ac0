"""没有报告的变化: what happens in the year's last weeks to families that are covered, and that nobody tells the town.

Departments know of it; it comes to light when everybody is matched again. Nothing of it changes what was paid.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from opendibao.demo.plan import CountyPlan, PlannedHousehold

DEATH, CAR, COMPANY, DEPOSIT, HOUSE, WAGES = "death", "car", "company", "deposit", "house", "wages"
PRISON, ELSEWHERE, MOVED = "prison", "dibao_elsewhere", "moved"
KINDS = (DEATH, CAR, COMPANY, DEPOSIT, HOUSE, WAGES, PRISON, ELSEWHERE, MOVED)
ZH = {
    DEATH: "死亡", CAR: "车辆", COMPANY: "经营主体", DEPOSIT: "存款", HOUSE: "第二套住房", WAGES: "工资",
    PRISON: "服刑", ELSEWHERE: "外县低保", MOVED: "户籍迁出",
}  # fmt: skip
FIRST_DAY = 5
"""The day of November from which they happen, each a little after the one before: all are in the data of its end."""
PER_KIND, SMALL_COUNTY = 2, 1000
ADULT, OLD = 25, 55


@dataclass(frozen=True)
class Secret:
    """What happened to whom and since when; `kind` is one of KINDS."""

    kind: str
    number: str
    id_number: str
    since: date


def secrets(plan: CountyPlan) -> list[Secret]:
    """So many of each kind as the county is large; steady households only, each with one."""
    return list(_drawn(plan))


def _drawn(plan: CountyPlan) -> Iterator[Secret]:
    rng = Random(f"secrets {plan.year} {len(plan.opening)}")
    homes = _steady(plan)
    rng.shuffle(homes)
    wanted = [kind for kind in KINDS for _ in range(1 if len(plan.opening) < SMALL_COUNTY else PER_KIND)]
    for turn, kind in enumerate(wanted):
        fit = next((home for home in homes if _who(home, kind, plan.year) is not None), None)
        if fit is None:
            continue
        homes.remove(fit)
        place = _who(fit, kind, plan.year)
        assert place is not None
        since = date(plan.year, 11, FIRST_DAY + turn)
        yield Secret(kind, fit.number, fit.members[place].id_number, since)


def _steady(plan: CountyPlan) -> list[PlannedHousehold]:
    """Old households to which nothing else happens."""
    busy = {one.number for one in plan.changes} | {one.number for one in (*plan.exits, *plan.pending_exits)}
    busy |= {one.number for one in plan.returns} | {one.number for one in plan.ways}
    return [old.household for old in plan.opening if old.household.number not in busy]


def _who(home: PlannedHousehold, kind: str, year: int) -> int | None:
    """The member to whom it can happen: no child drives, whoever dies leaves somebody behind, the old do not work."""
    if kind in (DEATH, PRISON, MOVED) and len(home.members) == 1:
        return None
    for place, one in enumerate(home.facts["members"]):
        age = year - int(str(one["born"])[:4])
        is_fit = age >= OLD if kind == DEATH else ADULT <= age < OLD and not one.get("disability")
        if is_fit:
            return place
    return None
