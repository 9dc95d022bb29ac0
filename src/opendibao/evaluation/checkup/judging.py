"""一行指标的判断: whether a printed row reaches its target, and what points the published rules give it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation import scale
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.scoring import completion, is_met, rounded
from opendibao.evaluation.sheet import Direction, Quantitative

_DIRECTIONS = {
    "≥": Direction.AT_LEAST,
    "＞": Direction.AT_LEAST,
    "≤": Direction.AT_MOST,
    "＜": Direction.AT_MOST,
    "＝": Direction.EQUAL,
}
COPY_SIGNS = ("≥", "≤", "＞", "＜")
COSTS = re.compile(r"低保金|资金|成本|经费|支出|补助金|费用|差错率|错误率|投诉")
SATISFACTION = "满意"
# shares that are better the smaller they are; every other share without a sign is to be reached
_BETTER_LOW = re.compile(
    r"(?:差错|错误|错保|漏保|漏发|错发|投诉|逾期|超期|超支|结余|结转|事故|故障|流失|失业|辍学|失学|死亡|退票|返贫|成本)[^，。]{0,4}率|占比|比重"
)


@dataclass(frozen=True)
class Judged:
    """A row whose target and actual can be compared: whether it is met, the share reached, the points by rule."""

    line: SheetLine
    direction: Direction
    met: bool
    share: Fraction
    by_rule: Decimal

    @property
    def excess(self) -> Fraction:
        """How far an actual lies over a target that it should reach; 0 of a cap."""
        if self.direction is not Direction.AT_LEAST or self.line.target is None or self.line.actual is None:
            return Fraction(0)
        target = Fraction(self.line.target.base)
        return Fraction(self.line.actual.base) / target - 1 if target else Fraction(0)


def judged(line: SheetLine) -> Judged | None:
    """The judgement of a row with numbers in one unit and a weight; None where the row cannot be compared.

    A target without comparison is read as a cap where it speaks of cost, else as a least.
    """
    target, actual, weight = line.target, line.actual, line.weight
    if target is None or actual is None or weight is None or not weight or actual.sign in COPY_SIGNS:
        return None
    if actual.unit and target.unit and actual.base_unit != target.base_unit:
        return None
    direction = _DIRECTIONS.get(target.sign) or _supposed(line)
    value = actual.base if actual.unit else actual.value * (target.base / target.value if target.value else 1)
    measure = Quantitative(direction, target.base, value)
    strict = target.sign in ("＞", "＜") and value == target.base
    met = is_met(measure, value) and not strict
    if not met and (target.base <= 0 or value < 0):
        return None
    share = completion(measure, value)
    return Judged(line, direction, met, share, rounded(Fraction(weight) * share))


def other_ways(found: Judged) -> set[Decimal]:
    """Points that other published ways of scoring give to a row: the intervals of satisfaction, the pass threshold."""
    line, ways = found.line, set()
    if found.share < Fraction(scale.number("pass_threshold")):
        ways.add(rounded(Decimal(0)))
    if SATISFACTION in line.name and line.actual is not None and line.weight is not None:
        value = line.actual.value
        share = next((share for low, share in scale.steps("satisfaction_bands") if value >= low), Decimal(0))
        ways.add(rounded(line.weight * share))
    return ways


def half_step(points: Decimal) -> Decimal:
    """Half of one in the last printed place of points: what printing them may have rounded away."""
    return Decimal(1).scaleb(int(points.as_tuple().exponent)) / 2


def _supposed(line: SheetLine) -> Direction:
    if "率" in line.name or (line.target is not None and line.target.base_unit == "%"):
        return Direction.AT_MOST if _BETTER_LOW.search(line.name) else Direction.AT_LEAST
    cost = COSTS.search(line.name) and (line.target is None or line.target.base_unit == "元")
    return Direction.AT_MOST if cost or re.search(r"差错|错误|投诉", line.name) else Direction.AT_LEAST
