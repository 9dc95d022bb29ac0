"""评分表的行: the measured sheet as rows to score, and each scored row as it is printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.goals import Programme
from opendibao.evaluation.models import GivenScore
from opendibao.evaluation.queries import RowReading
from opendibao.evaluation.scoring import RowScore, rounded, short
from opendibao.evaluation.sheet import Budget, Direction, IndicatorRow, NotMeasured, Quantitative, Sheet


@dataclass(frozen=True)
class ScoredRow:
    """One row of the table as printed; `score` counts: what a person gave (`given`), else the rule's (`by_rule`)."""

    position: int
    figure_id: str
    code: str
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    numerator: str
    denominator: str
    rows: int
    weight: str
    by_rule: str
    given: str
    officer: str
    reason: str
    score: str
    formula: str
    flags: tuple[str, ...]
    note: str
    is_measured: bool
    is_met: bool
    goals: tuple[str, ...]
    is_doubtful: bool = False  # met, but a sample's interval reaches below the target


@dataclass(frozen=True)
class Subtotal:
    """Weight and score of a first-level group: sums of its printed rows."""

    level1: str
    weight: str
    score: str


def sheet_of(readings: Sequence[RowReading], given: Mapping[str, GivenScore], execution: Budget | None) -> Sheet:
    """The measured rows, ready to be scored; a row without measurement takes no given score."""
    return Sheet(tuple(_row(one, given.get(one.row.indicator)) for one in readings), execution)


def _row(one: RowReading, given: GivenScore | None) -> IndicatorRow:
    reading, row = one.reading, one.row
    actual = NotMeasured(reading.note) if reading.value is None else reading.value
    counts = given if given and reading.value is not None else None
    return IndicatorRow(
        name=one.indicator.name,
        measure=Quantitative(Direction(row.direction), row.target, actual, one.measured[0].figure.unit),
        weight=row.weight,
        level1=one.indicator.level1,
        level2=one.indicator.level2,
        given_score=counts.score if counts else None,
        reason=counts.reason if counts else "",
    )


def rows_of(
    readings: Sequence[RowReading], scores: Sequence[RowScore], given: Mapping[str, GivenScore], goals: Programme
) -> tuple[ScoredRow, ...]:
    """Scored rows as printed, in the order of the sheet."""
    return tuple(_printed(one, score, given, goals) for one, score in zip(readings, scores, strict=True))


def _printed(one: RowReading, score: RowScore, given: Mapping[str, GivenScore], goals: Programme) -> ScoredRow:
    row, reading, kept = one.row, one.reading, score.row
    officer = given[row.indicator].officer if kept.given_score is not None else ""
    return ScoredRow(
        position=row.position, figure_id=one.measured[0].figure.id, code=row.indicator,
        level1=one.indicator.level1, level2=one.indicator.level2, name=one.indicator.name,
        target=row.target_text, actual=reading.text, numerator=reading.numerator, denominator=reading.denominator,
        rows=reading.rows, weight=short(row.weight), by_rule=str(score.by_rule),
        given="" if kept.given_score is None else str(rounded(kept.given_score)), officer=officer, reason=kept.reason,
        score=str(score.final), formula=score.formula, flags=score.flags, note=_note(one),
        is_measured=score.measured, is_met=score.met, goals=goals.goals_of(row.indicator),
        is_doubtful=score.met and _reaches_below(one),
    )  # fmt: skip


def _note(one: RowReading) -> str:
    if not _reaches_below(one):
        return one.reading.note
    return f"{one.reading.note}；区间下限{one.reading.lowest}%低于指标值{short(one.row.target)}%"


def _reaches_below(one: RowReading) -> bool:
    lowest, row = one.reading.lowest, one.row
    return lowest is not None and row.direction == Direction.AT_LEAST and lowest < row.target


def subtotals_of(rows: Sequence[ScoredRow]) -> tuple[Subtotal, ...]:
    """Sums of the printed rows by first level, in the order of the sheet."""
    groups: dict[str, list[ScoredRow]] = {}
    for row in rows:
        groups.setdefault(row.level1, []).append(row)
    return tuple(
        Subtotal(level1, short(_sum(row.weight for row in group)), str(_sum(row.score for row in group)))
        for level1, group in groups.items()
    )


def _sum(texts: Iterable[str]) -> Decimal:
    return sum((Decimal(text) for text in texts), Decimal(0))
