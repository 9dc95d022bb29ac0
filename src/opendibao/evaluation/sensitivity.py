"""敏感度: for each reading of the total, how far the next grade is, and which rows could carry the grade there."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

from opendibao.evaluation import scale
from opendibao.evaluation.grading import grade_of
from opendibao.evaluation.scoring import rounded

CENT = Decimal("0.01")
HALF_CENT = Fraction(1, 200)
EXECUTION = "预算执行率"


@dataclass(frozen=True)
class Part:
    """A row, or the execution block, as the readings add it up."""

    name: str
    score: Decimal
    by_rule: Decimal
    weight: Decimal
    is_measured: bool = True


@dataclass(frozen=True)
class Carry:
    """What one row could gain at most, or has to lose; `alone` where that is enough for the other grade."""

    name: str
    points: Decimal
    is_measured: bool
    alone: bool


@dataclass(frozen=True)
class Step:
    """The way to another grade: points to gain or lose, rows that have them, how many rows it takes at least.

    `least` is 0 where all rows together do not suffice.
    """

    grade: str
    cut: Decimal
    points: Decimal
    rows: tuple[Carry, ...]
    least: int


@dataclass(frozen=True)
class Reach:
    """A reading with its grade; `better` and `worse` are None at the ends of the scale."""

    key: str
    points: Decimal
    grade: str
    better: Step | None
    worse: Step | None


def reaches(rows: Sequence[Part], execution: Part | None, scheme: str) -> tuple[Reach, ...]:
    """Every reading out of a hundred with the way to the grades beside it."""
    weights = sum((row.weight for row in rows), Decimal(0))
    if not weights:
        return ()
    found = [_reach("over_weights", [(row, row.score) for row in rows], weights, scheme)]
    whole = [*rows, execution] if execution else list(rows)
    sum_of_all = sum((row.weight for row in whole), Decimal(0))
    if execution and sum_of_all == scale.number("full_marks"):
        found.append(_reach("with_execution", [(row, row.score) for row in whole], sum_of_all, scheme))
    found.append(_reach("by_rule", [(row, row.by_rule) for row in whole], sum_of_all, scheme))
    return tuple(found)


_Scored = tuple[Part, Decimal]


def _reach(key: str, rows: Sequence[_Scored], weights: Decimal, scheme: str) -> Reach:
    total = sum((score for _, score in rows), Decimal(0))
    points = rounded(Fraction(total) * 100 / Fraction(weights))
    cuts = scale.grade_cuts()[scheme]
    place = next(place for place, (low, _) in enumerate(cuts) if points >= low)
    better = worse = None
    if place:
        cut, zh = cuts[place - 1]
        room = [(row, row.weight - score) for row, score in rows]
        better = _step(zh, cut, _least_total(cut, weights) - total, room)
    if place + 1 < len(cuts):
        cut, zh = cuts[place]
        worse = _step(cuts[place + 1][1], cut, total - _least_total(cut, weights) + CENT, list(rows))
    return Reach(key, points, grade_of(points, scheme), better, worse)


def _least_total(cut: Decimal, weights: Decimal) -> Decimal:
    """The smallest sum of printed points that is rounded to the cut or more."""
    exact = (Fraction(cut) - HALF_CENT) * Fraction(weights) / 100
    hundredths = exact * 100
    whole = -(-hundredths.numerator // hundredths.denominator)
    return max(Decimal(whole).scaleb(-2), Decimal(0)).quantize(CENT, ROUND_CEILING)


def _step(grade: str, cut: Decimal, needed: Decimal, rows: Sequence[_Scored]) -> Step:
    able = sorted(((row, points) for row, points in rows if points > 0), key=lambda one: -one[1])
    left, least = needed, 0
    for _, points in able:
        if left <= 0:
            break
        left, least = left - points, least + 1
    carries = tuple(Carry(row.name, points, row.is_measured, points >= needed) for row, points in able)
    return Step(grade, cut, needed, carries, least if left <= 0 else 0)
