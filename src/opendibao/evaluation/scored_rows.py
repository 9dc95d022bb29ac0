"""评分表的行: the measured sheet as rows to score, and each scored row as it is printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.goals import Programme
from opendibao.evaluation.models import GivenScore, Judgement
from opendibao.evaluation.queries import RowReading
from opendibao.evaluation.scoring import BANDS, RowScore, rounded, short
from opendibao.evaluation.sheet import (
    Budget,
    Direction,
    IndicatorRow,
    NotMeasured,
    Qualitative,
    Quantitative,
    Scoring,
    Sheet,
)
from opendibao.evaluation.sheet_forms import SheetForm
from opendibao.evaluation.year_sheets import JUDGED, SheetTerms

TO_JUDGE = "还没有评定"


@dataclass(frozen=True)
class Marks:
    """What persons said of the rows of a year: scores given and judgements that count, by indicator."""

    given: Mapping[str, GivenScore]
    judged: Mapping[str, Judgement]

    def given_to(self, one: RowReading) -> GivenScore | None:
        """The given score that counts: none where nothing was measured, or where the row now weighs less than it."""
        given = self.given.get(one.row.indicator)
        if given is None or given.score > one.row.weight or not self.is_known(one):
            return None
        return given

    def is_known(self, one: RowReading) -> bool:
        """Whether there is something to score: a measured value, or a judgement."""
        if one.row.scoring == JUDGED:
            return one.row.indicator in self.judged
        return one.reading.value is not None


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
    scoring: str = ""
    direction: str = ""
    target_value: str = ""  # exact, as scoring read it; empty where the row is judged
    value: str = ""  # likewise; empty where nothing was measured
    unit: str = ""
    evidence: str = ""  # what a judgement rests on


@dataclass(frozen=True)
class Subtotal:
    """Weight and score of a first-level group: sums of its printed rows."""

    level1: str
    weight: str
    score: str


def sheet_of(
    readings: Sequence[RowReading], marks: Marks, execution: Budget | None, terms: SheetTerms, form: SheetForm
) -> Sheet:
    """The measured rows, ready to be scored; a row without measurement takes no given score."""
    return Sheet(tuple(_row(one, marks, form) for one in readings), execution, terms.options)


def _row(one: RowReading, marks: Marks, form: SheetForm) -> IndicatorRow:
    level1, level2 = form.place(one.indicator.level1, one.indicator.level2)
    counts = marks.given_to(one)
    return IndicatorRow(
        name=one.indicator.name,
        measure=_judged(marks.judged.get(one.row.indicator)) if one.row.scoring == JUDGED else _measured(one),
        weight=one.row.weight,
        level1=level1,
        level2=level2,
        given_score=counts.score if counts else None,
        reason=counts.reason if counts else "",
    )


def _measured(one: RowReading) -> Quantitative:
    row, reading = one.row, one.reading
    if row.target is None:
        raise ValueError(f"“{row.indicator}”不是定性指标，却没有指标值")
    actual = NotMeasured(reading.note) if reading.value is None else reading.value
    return Quantitative(Direction(row.direction), row.target, actual, one.indicator.unit, Scoring(row.scoring))


def _judged(said: Judgement | None) -> Qualitative:
    if said is None:
        return Qualitative("", NotMeasured(TO_JUDGE))
    return Qualitative(said.band, said.ratio, said.text, said.evidence)


def rows_of(
    readings: Sequence[RowReading], scores: Sequence[RowScore], marks: Marks, goals: Programme
) -> tuple[ScoredRow, ...]:
    """Scored rows as printed, in the order of the sheet."""
    return tuple(_printed(one, score, marks, goals) for one, score in zip(readings, scores, strict=True))


def _printed(one: RowReading, score: RowScore, marks: Marks, goals: Programme) -> ScoredRow:
    row, reading, kept = one.row, one.reading, score.row
    officer = marks.given[row.indicator].officer if kept.given_score is not None else ""
    judged = marks.judged.get(row.indicator) if row.scoring == JUDGED else None
    return ScoredRow(
        position=row.position, figure_id=one.measured[0].figure.id if one.measured else "", code=row.indicator,
        level1=kept.level1, level2=kept.level2, name=kept.name,
        target=row.target_text, actual=_actual(one, judged), numerator=reading.numerator,
        denominator=reading.denominator, rows=reading.rows, weight=short(row.weight), by_rule=str(score.by_rule),
        given="" if kept.given_score is None else str(rounded(kept.given_score)), officer=officer, reason=kept.reason,
        score=str(score.final), formula=score.formula, flags=(*score.flags, *_outgrown(one, marks)),
        note=_note(one, judged), is_measured=score.measured, is_met=score.met,
        goals=goals.goals_of(row.indicator), is_doubtful=score.met and _reaches_below(one), scoring=row.scoring,
        direction=row.direction, target_value="" if row.target is None else short(row.target),
        value="" if judged or reading.value is None else short(reading.value), unit=one.indicator.unit,
        evidence=judged.evidence if judged else "",
    )  # fmt: skip


def _actual(one: RowReading, judged: Judgement | None) -> str:
    """What is printed as actual: the band of a judged row, with what was measured beside it where there is any."""
    if one.row.scoring != JUDGED:
        return one.reading.text
    said = f"{BANDS[judged.band]}（{short(judged.ratio)}）" if judged else "未评定"
    return f"{said}；{one.reading.text}" if one.measured else said


def _outgrown(one: RowReading, marks: Marks) -> tuple[str, ...]:
    given = marks.given.get(one.row.indicator)
    if given is None or given.score <= one.row.weight:
        return ()
    return (f"原来评定的{short(given.score)}分高于现在的分值{short(one.row.weight)}，不再计入，请重新评分",)


def _note(one: RowReading, judged: Judgement | None) -> str:
    if judged:
        return f"{judged.text}（{judged.officer}评）"
    if one.row.target is None or not _reaches_below(one):
        return one.reading.note
    return f"{one.reading.note}；区间下限{one.reading.lowest}%低于指标值{short(one.row.target)}%"


def _reaches_below(one: RowReading) -> bool:
    lowest, row = one.reading.lowest, one.row
    if lowest is None or row.target is None:
        return False
    return row.direction == Direction.AT_LEAST and lowest < row.target


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
