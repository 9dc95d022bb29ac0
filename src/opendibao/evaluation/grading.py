"""等级: the grade of a scored sheet; where readings of the total differ, all of them are graded."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation import scale
from opendibao.evaluation.scoring import Readings, rounded

BASES = {
    "raw": "指标得分合计（分值合计100）",
    "with_execution": "指标得分加预算执行率得分（合计100）",
    "over_weights": "得分除以分值，折合百分",
}


@dataclass(frozen=True)
class Grade:
    """The grade, the points out of 100 it rests on, and the grade of each other reading."""

    scheme: str
    grade: str
    score: Decimal
    basis: str
    readings: dict[str, str]

    @property
    def agreed(self) -> bool:
        """Whether every reading gives the same grade."""
        return set(self.readings.values()) == {self.grade}


def grade_of(score: Decimal, scheme: str) -> str:
    """The grade of points out of 100; bounds belong to the better grade."""
    return next(zh for low, zh in scale.grade_cuts()[scheme] if score >= low)


def grade_sheet(readings: Readings, execution_weight: Decimal | None, scheme: str) -> Grade:
    """Grade on a scale of 100 only: points out of 90 are never graded as if they were out of 100."""
    basis, score = _basis(readings, execution_weight)
    full = scale.number("full_marks")
    whole = readings.weights + (execution_weight or Decimal(0))
    on_hundred = {
        "over_weights": readings.over_weights,
        "with_execution": readings.with_execution if whole == full else None,
        "by_rule": _of_hundred(readings.by_rule, whole),
    }
    graded = {name: grade_of(points, scheme) for name, points in on_hundred.items() if points is not None}
    return Grade(scheme, grade_of(score, scheme), score, basis, graded)


def _basis(readings: Readings, execution_weight: Decimal | None) -> tuple[str, Decimal]:
    full = scale.number("full_marks")
    if execution_weight is None and readings.weights == full:
        return "raw", readings.total
    if execution_weight is not None and readings.weights + execution_weight == full:
        return "with_execution", readings.total + (readings.execution or Decimal(0))
    whole = readings.weights + (execution_weight or Decimal(0))
    return "over_weights", _of_hundred(readings.total + (readings.execution or Decimal(0)), whole) or Decimal(0)


def _of_hundred(points: Decimal, whole: Decimal) -> Decimal | None:
    return rounded(Fraction(points) * 100 / Fraction(whole)) if whole else None
