"""常见数额: how the facts of fictional households usually lie; a fact nobody named here gets values of its unit."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opendibao.rules.facts import FACTS
from opendibao.rules.vocabulary import WORDS

Column = NDArray[Any]
Rows = dict[str, Column]


class Draw:
    """Whole numbers drawn for the rows of one entity; shares are in a thousand."""

    def __init__(self, generator: np.random.Generator, size: int) -> None:
        self.generator, self.size = generator, size

    def some(self, share: int) -> Column:
        """Yes for so many of a thousand rows."""
        return self.generator.integers(0, 1000, self.size, dtype=np.int16) < share

    def between(self, low: int, high: int) -> Column:
        """Any number from low to high, both counted."""
        return self.generator.integers(low, high + 1, self.size, dtype=np.int32)

    def sparse(self, where: Column, low: int, high: int) -> Column:
        """Zero, but where said any number from low to high."""
        found = np.zeros(self.size, dtype=np.int32)
        found[where] = self.generator.integers(low, high + 1, int(where.sum()), dtype=np.int32)
        return found

    def weighted(self, weights: tuple[int, ...]) -> Column:
        """The places of a list of weights that add up to what they like."""
        ends = np.cumsum(weights)
        return np.searchsorted(ends, self.generator.integers(0, ends[-1], self.size), side="right").astype(np.int32)


@dataclass(frozen=True)
class Usual:
    """How a number lies among people: of a thousand of an age, how many have it, and from what to what."""

    share: int
    low: int
    high: int
    age_from: int = 0
    age_below: int = 200


ALWAYS = 1000
_YUAN = 100
_BY_UNIT = {
    "bool": Usual(30, 1, 1),
    "code": Usual(60, 1, 1),
    "count": Usual(60, 1, 3),
    "months": Usual(80, 1, 12),
    "years": Usual(200, 1, 30),
    "days": Usual(60, 1, 240),
    "bp": Usual(200, 1, 10_000),
    "mu": Usual(100, 20, 1_500),
    "square_metres": Usual(200, 20, 160),
    "fen": Usual(40, 50 * _YUAN, 8_000 * _YUAN),
}
_KNOWN = {
    "is_urban": Usual(200, 1, 1),
    "uses_tiers": Usual(120, 1, 1),
    "financial_assets": Usual(700, 0, 24_000 * _YUAN),
    "dwellings": Usual(920, 1, 1),
    "cars": Usual(35, 1, 2),
    "exempt_cars": Usual(10, 1, 1),
    "companies": Usual(8, 1, 1),
    "current_benefit": Usual(350, 100 * _YUAN, 2_400 * _YUAN),
    "married_out": Usual(40, 1, 1),
    "absent": Usual(20, 1, 4),
    "already": Usual(15, 1, 2),
    "severe_illness": Usual(70, 1, 1),
    "work_refusals": Usual(30, 1, 4, 16, 60),
    "special_hardship": Usual(10, 1, 1),
    "excluded_by_province": Usual(5, 1, 1),
    "farm_mu": Usual(450, 20, 1_200, 18, 75),
    "business_revenue": Usual(60, 1_000 * _YUAN, 40_000 * _YUAN, 18, 70),
    "land_rent": Usual(150, 100 * _YUAN, 2_000 * _YUAN, 18),
    "interest": Usual(90, 5 * _YUAN, 800 * _YUAN, 18),
    "employee_pension": Usual(50, 6_000 * _YUAN, 30_000 * _YUAN, 55),
    "old_age_allowance": Usual(600, 600 * _YUAN, 1_200 * _YUAN, 80),
    "preferential_pension": Usual(15, 2_000 * _YUAN, 12_000 * _YUAN, 18),
    "scholarship": Usual(80, 500 * _YUAN, 8_000 * _YUAN, 6, 26),
    "social_assistance": Usual(60, 200 * _YUAN, 5_000 * _YUAN),
    "other_income": Usual(90, 100 * _YUAN, 9_000 * _YUAN, 16),
    "social_insurance": Usual(500, 200 * _YUAN, 4_200 * _YUAN, 16),
    "tax": Usual(10, 10 * _YUAN, 600 * _YUAN, 18),
    "medical": Usual(350, 50 * _YUAN, 30_000 * _YUAN),
    "disability_care": Usual(50, 500 * _YUAN, 9_000 * _YUAN),
    "education": Usual(700, 300 * _YUAN, 15_000 * _YUAN, 6, 26),
    "supporter_is_urban": Usual(450, 1, 1),
    "household_size": Usual(1000, 1, 6),
    "supporter_income": Usual(950, 6_000 * _YUAN, 160_000 * _YUAN),
    "supports": Usual(1000, 1, 4),
    "status": Usual(150, 1, 7),
    "supporter_assets": Usual(600, 100 * _YUAN, 200_000 * _YUAN),
    "supporter_dwellings": Usual(900, 1, 2),
    "supporter_cars": Usual(250, 1, 2),
    "supporter_pays": Usual(300, 100 * _YUAN, 12_000 * _YUAN),
    "day_wage": Usual(600, 70 * _YUAN, 260 * _YUAN),
    "season_pay": Usual(500, 800 * _YUAN, 4_500 * _YUAN),
    "sold": Usual(ALWAYS, 1, 60),
    "compensation_amount": Usual(ALWAYS, 1_000 * _YUAN, 200_000 * _YUAN),
    "months_ago": Usual(ALWAYS, 1, 48),
    "house_area": Usual(ALWAYS, 40, 220),
    "comparable_price": Usual(300, 800 * _YUAN, 6_000 * _YUAN),
    "vehicle_price": Usual(700, 8_000 * _YUAN, 120_000 * _YUAN),
    "vehicle_age": Usual(900, 1, 12),
    "vehicle_comparable": Usual(500, 3_000 * _YUAN, 60_000 * _YUAN),
    "exempt_amount": Usual(ALWAYS, 100 * _YUAN, 60_000 * _YUAN),
    "held_months": Usual(900, 1, 40),
}


_OF_ITEMS = {"fen": 700, "code": ALWAYS, "bool": 300}
"""In a row of its own (a job, a house) a number is there more often than not; every other unit always is."""


def usual(draw: Draw, entity: str, ages: Column | None = None) -> Rows:
    """Every fact of an entity: for household and member mostly nothing, in rows of items mostly something."""
    found: Rows = {}
    for name, fact in FACTS[entity].items():
        lies = _lies(entity, name, fact.unit)
        where = draw.some(lies.share)
        if ages is not None and (lies.age_from or lies.age_below < 200):
            where &= (ages >= lies.age_from) & (ages < lies.age_below)
        if fact.unit == "code":
            found[name] = _code(draw, name, where)
        else:
            found[name] = where if fact.unit == "bool" else draw.sparse(where, lies.low, lies.high)
    return found


def _lies(entity: str, name: str, unit: str) -> Usual:
    if name in _KNOWN:
        return _KNOWN[name]
    lies = _BY_UNIT[unit]
    return lies if entity in ("household", "member") else replace(lies, share=_OF_ITEMS.get(unit, ALWAYS))


def _code(draw: Draw, name: str, where: Column) -> Column:
    """One of the words of a code; the first of them is the ordinary one."""
    codes = np.array(sorted(WORDS.get(name, {0: ""})), dtype=np.int32)
    return np.where(where, codes[draw.between(0, len(codes) - 1)], codes[0])
