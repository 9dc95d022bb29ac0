"""评分: points of each row by rule and as given, the execution block, and the readings of the total.

Every row is rounded once, half-up, to two decimals; totals are sums of the printed rows.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation import scale
from opendibao.evaluation.sheet import (
    Budget,
    Direction,
    IndicatorRow,
    NotMeasured,
    Options,
    OverCompletion,
    Qualitative,
    Quantitative,
    Scoring,
    Sheet,
)

HALF = Fraction(1, 2)
BANDS = {"achieved": "达成", "partly": "部分达成", "not": "未达成"}
DIRECTIONS = {Direction.AT_LEAST: "≥", Direction.AT_MOST: "≤", Direction.EQUAL: "＝"}


@dataclass(frozen=True)
class RowScore:
    """A scored row: points by rule, how they came about, and what must be said about them."""

    row: IndicatorRow
    by_rule: Decimal
    formula: str
    met: bool
    measured: bool
    flags: tuple[str, ...]

    @property
    def final(self) -> Decimal:
        """The points that count: what a person gave, else the rule's."""
        return self.by_rule if self.row.given_score is None else rounded(self.row.given_score)


@dataclass(frozen=True)
class Execution:
    """预算执行率: executed over planned in percent, capped points."""

    budget: Budget
    rate: Decimal
    score: Decimal
    formula: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Readings:
    """The total read in every way, each beside the others: nothing is rescaled in silence."""

    total: Decimal
    weights: Decimal
    by_rule_total: Decimal
    execution: Decimal | None

    @property
    def raw(self) -> str:
        """Points over weights, such as 86/90."""
        return f"{short(self.total)}/{short(self.weights)}"

    @property
    def over_weights(self) -> Decimal | None:
        """Points over weights on a scale of 100; None where no row has weight."""
        return rounded(Fraction(self.total) * 100 / Fraction(self.weights)) if self.weights else None

    @property
    def with_execution(self) -> Decimal | None:
        """Points plus the execution block's; None without the block."""
        return None if self.execution is None else self.total + self.execution

    @property
    def by_rule(self) -> Decimal:
        """Points by rule alone, plus the execution block's where there is one."""
        return self.by_rule_total + (self.execution or Decimal(0))


@dataclass(frozen=True)
class Scored:
    """A whole sheet, scored."""

    sheet: Sheet
    rows: tuple[RowScore, ...]
    execution: Execution | None
    readings: Readings


def rounded(points: Decimal | Fraction) -> Decimal:
    """Two decimals, half-up; exact, so that a tie is never lost to a division before it. Not negative."""
    return Decimal(int(Fraction(points) * 100 + HALF)).scaleb(-2)


def short(number: Decimal) -> str:
    """A number without idle zeros: 90.00 → 90, 87.50 → 87.5."""
    return f"{number.normalize():f}"


def score_sheet(sheet: Sheet) -> Scored:
    """Score every row and the execution block, and add up what will be printed."""
    rows = tuple(score_row(row, sheet.options) for row in sheet.rows)
    execution = None if sheet.budget is None else score_execution(sheet.budget)
    readings = Readings(
        total=sum((row.final for row in rows), Decimal(0)),
        weights=sum((row.row.weight for row in rows), Decimal(0)),
        by_rule_total=sum((row.by_rule for row in rows), Decimal(0)),
        execution=None if execution is None else execution.score,
    )
    return Scored(sheet, rows, execution, readings)


def score_execution(budget: Budget) -> Execution:
    """min(B/A, 1) × weight; B over A is capped and said."""
    share = Fraction(budget.executed) / Fraction(budget.planned)
    formula = f"min({short(budget.executed)}÷{short(budget.planned)}, 1)×{short(budget.weight)}"
    return Execution(
        budget,
        rounded(share * 100),
        rounded(Fraction(budget.weight) * min(share, Fraction(1))),
        formula,
        _about_execution(share),
    )


def _about_execution(share: Fraction) -> tuple[str, ...]:
    least = scale.number("execution_explained_below")
    if share > 1:
        return ("执行数大于预算数（B>A），执行率按100%封顶，应说明超支",)
    if share < least:
        return (f"执行率低于{short(least * 100)}%，应说明原因",)
    return ()


def score_row(row: IndicatorRow, options: Options) -> RowScore:
    """Points of one row by its way of scoring; 未测得 gives nothing and keeps its weight."""
    value = row.measure.actual if isinstance(row.measure, Quantitative) else row.measure.ratio
    if isinstance(value, NotMeasured):
        why = f"：{value.why}" if value.why else ""
        return RowScore(row, rounded(Decimal(0)), f"未测得{why}，不得分", False, False, ("未测得，分值仍计入总分",))
    if isinstance(row.measure, Qualitative):
        share, formula, met, flags = _judged(row.measure, value)
    else:
        share, formula, met, flags = _SCORERS[row.measure.scoring](row.measure, value, options)
    points = rounded(Fraction(row.weight) * share)
    return RowScore(row, points, f"{formula}×{short(row.weight)}", met, True, (*flags, *_about(row, points)))


def is_met(measure: Quantitative, actual: Decimal) -> bool:
    """Whether the actual value reaches its target."""
    if measure.direction is Direction.AT_LEAST:
        return actual >= measure.target
    if measure.direction is Direction.AT_MOST:
        return actual <= measure.target
    return actual == measure.target


def completion(measure: Quantitative, actual: Decimal) -> Fraction:
    """Share of the target reached, at most 1: actual/target, turned round where less is better."""
    if is_met(measure, actual):
        return Fraction(1)
    low, high = sorted((actual, measure.target))
    return Fraction(low) / Fraction(high)


_Part = tuple[Fraction, str, bool, tuple[str, ...]]


def _told(measure: Quantitative, actual: Decimal) -> str:
    sign = DIRECTIONS[measure.direction]
    if is_met(measure, actual):
        return f"{short(actual)}达到{sign}{short(measure.target)}：1"
    low, high = sorted((actual, measure.target))
    return f"{short(actual)}未达到{sign}{short(measure.target)}：{short(low)}÷{short(high)}"


def _proportional(measure: Quantitative, actual: Decimal, options: Options) -> _Part:
    share, told, met = completion(measure, actual), _told(measure, actual), is_met(measure, actual)
    excess = _excess(measure, actual)
    threshold = Fraction(scale.number("over_completion_threshold") if options.threshold is None else options.threshold)
    if excess <= threshold:
        return share, told, met, ()
    flag = f"超过指标值{rounded(excess * 100)}%，大于{short(rounded(threshold * 100))}%，应说明原因"
    if options.over_completion is OverCompletion.FLAG:
        return share, told, met, (flag,)
    share = max(1 - (excess - threshold), Fraction(0))
    least = short(scale.number("over_completion_threshold") if options.threshold is None else options.threshold)
    # written so that anyone who works it out gets the points: nothing in it is rounded
    told = (
        f"{short(actual)}超过{short(measure.target)}：max(1－({short(actual)}÷{short(measure.target)}－1－{least}), 0)"
    )
    return share, told, met, (f"{flag}；按偏离度调减",)


def _excess(measure: Quantitative, actual: Decimal) -> Fraction:
    # only "not less than" can be over-completed; spending or counting less than a cap is no excess
    if measure.direction is not Direction.AT_LEAST or not measure.target:
        return Fraction(0)
    return Fraction(actual) / Fraction(measure.target) - 1


def _direct(measure: Quantitative, actual: Decimal, options: Options) -> _Part:
    met = is_met(measure, actual)
    sign = f"{DIRECTIONS[measure.direction]}{short(measure.target)}"
    told = f"{short(actual)}达到{sign}：1" if met else f"{short(actual)}未达到{sign}，直接赋分：0"
    return Fraction(met), told, met, ()


def _threshold(measure: Quantitative, actual: Decimal, options: Options) -> _Part:
    share, told, met, flags = _proportional(measure, actual, options)
    least = scale.number("pass_threshold")
    if completion(measure, actual) >= least:
        return share, told, met, flags
    return Fraction(0), f"{told}，低于及格门槛{short(least)}：0", met, ("完成比例低于及格门槛，不得分",)


def _satisfaction(measure: Quantitative, actual: Decimal, options: Options) -> _Part:
    low, share = next((low, share) for low, share in scale.steps("satisfaction_bands") if actual >= low)
    return (
        Fraction(share),
        f"满意度{short(actual)}%在{short(low)}%及以上一档：{short(share)}",
        is_met(measure, actual),
        (),
    )


_SCORERS = {
    Scoring.PROPORTIONAL: _proportional,
    Scoring.DIRECT: _direct,
    Scoring.THRESHOLD: _threshold,
    Scoring.SATISFACTION: _satisfaction,
}


def _judged(measure: Qualitative, ratio: Decimal) -> _Part:
    met = measure.band == "achieved"
    low, high, closed = scale.band(measure.band)
    told = f"{BANDS[measure.band]}一档[{low}, {high}{']' if closed else ')'}：{short(ratio)}"
    parts = (("评价意见", measure.text), ("依据材料", measure.evidence))
    missing = "、".join(name for name, said in parts if not said)
    return Fraction(ratio), told, met, (f"定性评分没有写{missing}",) if missing else ()


def _about(row: IndicatorRow, points: Decimal) -> tuple[str, ...]:
    given = points if row.given_score is None else row.given_score
    flags = []
    if given != points:
        flags.append(f"评定{short(given)}与按规则{short(points)}不同{'' if row.reason else '，没有写理由'}")
    if given < row.weight and not row.reason:
        flags.append("得分低于分值，应写明偏差原因和改进措施")
    return tuple(flags)
