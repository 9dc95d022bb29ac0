"""虚构家庭: believable households in columns, drawn by a seed; nobody in them exists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from opendibao.policy.reader import load_pack
from opendibao.rules import vocabulary as v
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.snapshot_usual import Column, Draw, Rows, usual

_YUAN = 100
_BORN_BY = np.datetime64("2023-11-30")
"""Everybody is born and every death has happened by then, so that any later day can be a day of decision."""
_LINES_ON = date(2024, 5, 31)
_MONTH = 2023 * 12 + 10
_SIZES = (430, 270, 140, 90, 45, 20, 5)
_OTHERS = (0, 0, 420, 160, 25, 130, 90, 15, 40)
_STUDIES_FROM, _STUDIES_BELOW = 6, 26
_AT_A_LINE = 60
"""Of a thousand households, those whose income or assets lie on a line or one fen beside it."""


@dataclass(frozen=True)
class Lines:
    """A county's numbers at which decisions turn: fen a month and head, shares in 万分之一, months."""

    standards: tuple[int, int]
    multiples: tuple[int, ...]
    asset_months: tuple[int, int]


def lines_of(policy: str) -> Lines:
    """The lines of a policy pack."""
    numbers = load_pack(policy).on(_LINES_ON)
    return Lines(
        (numbers["standard.rural"], numbers["standard.urban"]),
        (10_000, numbers["edge.ratio"], numbers["grace.ratio"]),
        (numbers["property.asset_months_dibao"], numbers["property.asset_months_edge"]),
    )


def families(seed: int, first: int, count: int, lines: Lines) -> dict[str, Rows]:
    """Rows of all entities for `count` households from number `first` on; every column of the snapshot's schema."""
    generator = np.random.default_rng([seed, first])
    found = {"household": _households(Draw(generator, count), first, lines)}
    at_line = found["household"].pop("at_line")
    found["member"] = _members(generator, found["household"], at_line, lines)
    ages = {"member": found["member"].pop("age")}
    for entity, upper in PARENTS.items():
        if entity not in found:
            above = _above(generator, entity, str(upper), found, ages, at_line)
            found[entity] = _rows(Draw(generator, len(above)), entity, str(upper), above, ages)
    _agree(found)
    return found


def _households(draw: Draw, first: int, lines: Lines) -> Rows:
    found = usual(draw, "household")
    found["household_id"] = np.arange(first, first + draw.size)
    found["listed"] = draw.weighted(_SIZES) + 1
    found["left_by_employment"] = draw.some(200) & (found["current_benefit"] > 0)
    found["dwellings"] += draw.some(60)
    found["at_line"] = draw.some(_AT_A_LINE)
    standard = np.where(found["is_urban"], lines.standards[1], lines.standards[0])
    months = np.where(draw.some(500), *lines.asset_months)
    limit = standard * found["listed"] * months + draw.between(-1, 1)
    found["financial_assets"] = np.where(draw.some(_AT_A_LINE), limit, found["financial_assets"])
    return found


def _members(generator: np.random.Generator, household: Rows, at_line: Column, lines: Lines) -> Rows:
    of = np.repeat(np.arange(len(household["listed"])), household["listed"])
    draw = Draw(generator, len(of))
    is_head = np.concatenate([[True], of[1:] != of[:-1]])[: len(of)]
    relation = _relations(draw, is_head, np.cumsum(is_head) - 1, np.flatnonzero(is_head))
    age = _ages(draw, relation, of, is_head)
    found = {"age": age, **usual(draw, "member", age)}
    found |= {"household": of, "relation": relation, "born": _birthdays(draw, age), "age": age}
    found |= _persons(draw, found, age) | _pensions(draw, age)
    found["business_cost"] = found["business_revenue"] // 100 * draw.between(0, 110)
    has_order = draw.some(20)
    received = draw.sparse(has_order, 0, 6_000 * _YUAN)
    owed = received + draw.sparse(has_order & draw.some(400), 1, 3_000 * _YUAN)
    found |= {"has_support_order": has_order, "support_received": received, "support_owed": owed}
    _lie_at_the_line(draw, found, is_head, at_line[of], household, lines)
    return found


def _relations(draw: Draw, is_head: Column, household: Column, heads: Column) -> Column:
    """One head; the second person is often the spouse; then children, parents and other kin."""
    found = draw.weighted(_OTHERS)
    is_second = np.arange(draw.size) - heads[household] == 1
    found[is_second & draw.some(550)] = v.SPOUSE
    found[is_head] = v.HEAD
    return found


def _ages(draw: Draw, relation: Column, of: Column, is_head: Column) -> Column:
    head = np.where(draw.some(500), draw.between(22, 60), draw.between(50, 88))[is_head][of]
    apart = {
        v.HEAD: (0, 0), v.SPOUSE: (-6, 6), v.CHILD: (-38, -20), v.PARENT: (20, 34), v.GRANDPARENT: (42, 56),
        v.GRANDCHILD: (-60, -42), v.SIBLING: (-12, 12), v.UNCLE: (5, 25), v.OTHER: (-30, 30),
    }  # fmt: skip
    low, high = (np.array([apart[code][end] for code in range(len(apart))])[relation] for end in (0, 1))
    ages: Column = np.clip(head + low + draw.between(0, 10_000) % (high - low + 1), 0, 101)
    return ages.astype(np.int32)


def _birthdays(draw: Draw, age: Column) -> Column:
    """yyyymmdd of a day at which so many years are full at the end of November 2023."""
    days = (_BORN_BY - (age * 36525 // 100 + draw.between(0, 364)).astype("timedelta64[D]")).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    number = months.astype(np.int64) + 1970 * 12
    born: Column = number // 12 * 10_000 + (number % 12 + 1) * 100 + (days - months).astype(np.int64) + 1
    return born.astype(np.int32)


def _persons(draw: Draw, found: Rows, age: Column) -> Rows:
    """Where somebody lives, learns, what he suffers from, whether he has died."""
    kind, grade = _disabilities(draw, 160)
    at_school = (age >= _STUDIES_FROM) & (age < _STUDIES_BELOW) & draw.some(800)
    stage = np.clip((age - 3) // 4, 1, len(v.STUDIES) - 1) * at_school
    has_died = draw.some(12) & (age >= 3)
    return {
        "lives_together": draw.some(900) | (found["relation"] == v.HEAD),
        "study": stage.astype(np.int32),
        "disability_kind": kind,
        "disability_grade": grade,
        "death_month": np.where(has_died, _MONTH - draw.between(0, 20), v.NEVER).astype(np.int32),
    }


def _disabilities(draw: Draw, share: int) -> tuple[Column, Column]:
    has_one = draw.some(share)
    return draw.sparse(has_one, 1, len(v.DISABILITIES) - 1), draw.sparse(has_one, 1, 4)


def _pensions(draw: Draw, age: Column) -> Rows:
    """Of residents from sixty on; three in four have the centrally fixed part written beside the whole."""
    has_one, is_split = (age >= 60) & draw.some(850), draw.some(750)
    basic = draw.sparse(has_one & is_split, 12_300, 14_300) * 12
    months = np.where(draw.some(900), 12, draw.between(1, 11))
    unsplit = draw.sparse(has_one & ~is_split, 12_300, 30_000) * months
    return {
        "basic_pension": basic,
        "unsplit_pension": unsplit,
        "unsplit_months": months * (has_one & ~is_split),
        "resident_pension": basic + unsplit + draw.sparse(basic > 0, 0, 180 * _YUAN) * 12,
    }


def _lie_at_the_line(draw: Draw, found: Rows, is_head: Column, at_line: Column, household: Rows, lines: Lines) -> None:
    """These households have one income only, the head's, on a line of the law or one fen beside it."""
    for name, fact in FACTS["member"].items():
        if fact.unit in ("fen", "mu", "months", "days") or name == "has_support_order":
            found[name] = np.where(at_line, 0, found[name]).astype(found[name].dtype)
    of = found["household"]
    standard = np.where(household["is_urban"], lines.standards[1], lines.standards[0])[of]
    multiple = np.array(lines.multiples)[draw.between(0, len(lines.multiples) - 1)]
    line = standard * 12 * household["listed"][of] * multiple // 10_000 + draw.between(-1, 1)
    found["other_income"] = np.where(at_line & is_head, line, found["other_income"])


def _above(
    generator: np.random.Generator,
    entity: str,
    upper: str,
    found: Mapping[str, Rows],
    ages: Mapping[str, Column],
    at_line: Column,
) -> Column:
    """The place each row belongs to, ascending: how many rows a parent has is drawn."""
    draw = Draw(generator, len(next(iter(found[upper].values()))))
    count = _HOW_MANY.get(entity, _a_few)(draw, ages.get(upper, np.zeros(draw.size)))
    if upper == "member":
        count = count * ~at_line[found["member"]["household"]]
    return np.repeat(np.arange(draw.size), count)


def _a_few(draw: Draw, age: Column) -> Column:
    return draw.sparse(draw.some(25), 1, 2)


def _jobs(draw: Draw, age: Column) -> Column:
    return draw.sparse((age >= 16) & (age < 62) & draw.some(330), 1, 1) + draw.sparse((age >= 16) & draw.some(20), 1, 1)


def _supporters(draw: Draw, age: Column) -> Column:
    return draw.sparse((age >= 60) & draw.some(450), 1, 3) + draw.sparse(draw.some(15), 1, 1)


_HOW_MANY: dict[str, Callable[[Draw, Column], Column]] = {"job": _jobs, "supporter": _supporters}


def _rows(draw: Draw, entity: str, upper: str, above: Column, ages: Mapping[str, Column]) -> Rows:
    found = {upper: above, **usual(draw, entity)}
    if entity == "job":
        found["months"] = np.where(draw.some(400), 12, draw.between(1, 12))
        found["pay"] = draw.between(400, 3_600) * _YUAN * found["months"] + draw.sparse(draw.some(100), 1, 99)
    if entity == "supporter":
        age = np.clip(ages["member"][above] - draw.between(18, 36), 16, 90)
        found["born"] = np.where(draw.some(950), _birthdays(draw, age), 0)
        found["supporter_disability_kind"], found["supporter_disability_grade"] = _disabilities(draw, 60)
    return found


def _agree(found: Mapping[str, Rows]) -> None:
    """What is listed is also counted, and what is exempt is part of the whole, as in every case file."""
    household = found["household"]
    size = len(household["listed"])
    for entity, name in (("house", "dwellings"), ("vehicle", "cars")):
        listed = np.bincount(found[entity]["household"], minlength=size)
        household[name] = np.maximum(household[name], listed)
    exempt = np.zeros(size, dtype=np.int64)
    np.add.at(exempt, found["exempt_asset"]["household"], found["exempt_asset"]["exempt_amount"])
    household["financial_assets"] = np.maximum(household["financial_assets"], exempt)
    found["receipt"]["receipt_cost"] *= found["receipt"]["receipt_kind"] <= v.ASSET_SALE
    is_sure = found["odd_job"]["evidence"] == v.EVIDENCE_A
    found["odd_job"]["day_wage"] = np.maximum(found["odd_job"]["day_wage"], is_sure * 90 * _YUAN)
    vehicle = found["vehicle"]
    is_unknown = vehicle["vehicle_price"] == 0
    vehicle["vehicle_age"] = np.where(is_unknown, 0, vehicle["vehicle_age"])
    vehicle["vehicle_comparable"] = np.maximum(vehicle["vehicle_comparable"], is_unknown * 3_000 * _YUAN)
