"""取数: brings what evaluation locked of a year into the content that documents print; it counts and adds nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from opendibao.evaluation.conclusion import Conclusion, FindingLine
from opendibao.evaluation.deviation import DeviationLine
from opendibao.evaluation.figure import Figure, Period, Total, query_hash
from opendibao.evaluation.goals import Horizon
from opendibao.evaluation.queries import figures_at, indicators
from opendibao.evaluation.rows import page
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.kernel.money import wan_yuan_text, yuan_text
from opendibao.payment.coverage import COUNTY_TIME
from opendibao.registry.queries import division_names
from opendibao.reporting.content import (
    PARTS,
    DeviationContent,
    ExecutionContent,
    FigureContent,
    FindingContent,
    GoalContent,
    GoalItem,
    LevelContent,
    PartContent,
    ReadingContent,
    ReportContent,
    RowContent,
)

SAMPLE_ROWS = 20
IN_FEN = "（分）"
ROUNDING, COLON, OVER = "W01", "：", "/"


def gather(asked: Period, measured: Iterable[Mapping[str, Any]], said: Conclusion) -> ReportContent:
    """The content of a year: figures as locked (`measured`), a few rows of each, and the conclusion."""
    # where the rows stood when they were locked: a sheet that has changed since renames no figure
    on_sheet = {one.code: one.position for one in (*said.rows, *said.beside)}
    known = {one.id: one for one in figures_at(on_sheet)}
    shown = _figures(asked, measured, known)
    return ReportContent(
        year=asked.year, county=division_names()[asked.division], department=said.department, project=said.project,
        as_of=day_text(asked.as_of), known_on=day_text(_day(asked.known_at)),
        is_synthetic=settings.OPENDIBAO_SYNTHETIC, policy=settings.OPENDIBAO_POLICY,
        overall_goal=said.overall_goal, goals=tuple(_goals(one) for one in said.horizons),
        figures=shown, rows=tuple(_row(one, shown, known) for one in (*said.rows, *said.beside)),
        levels=tuple(LevelContent(one.level1, one.weight, one.score) for one in said.subtotals),
        weights=said.weights, total=said.score, by_rule=_points(said, "by_rule_raw"), score=said.grade_score,
        grade=said.grade, basis=said.grade_basis,
        readings=tuple(ReadingContent(one.zh, one.points, one.grade) for one in said.readings),
        findings=tuple(_finding(one) for one in said.findings),
        deviations=tuple(_deviation(one) for one in said.deviations),
        execution=_execution(said), rounding=_rounding(said.findings),
    )  # fmt: skip


def day_text(day: date) -> str:
    """A day as an official document writes it: 2024年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _day(known_at: datetime) -> date:
    return known_at.astimezone(COUNTY_TIME).date()


def _figures(
    asked: Period, measured: Iterable[Mapping[str, Any]], known: Mapping[str, Figure]
) -> tuple[FigureContent, ...]:
    samples: dict[str, tuple[tuple[str, ...], ...]] = {}
    found = []
    for one in measured:
        figure = known[one["id"]]
        if figure.sql not in samples:
            samples[figure.sql] = tuple(tuple(row) for row in page(figure, asked, limit=SAMPLE_ROWS))
        found.append(_figure(figure, one, asked, samples[figure.sql]))
    return tuple(found)


def _figure(
    figure: Figure, one: Mapping[str, Any], asked: Period, sample: tuple[tuple[str, ...], ...]
) -> FigureContent:
    is_rate = figure.has_denominator
    return FigureContent(
        figure.id, figure.zh, one["value"], figure.unit, asked.as_of.isoformat(), one["rows"],
        query_hash(figure, asked),
        n=str(one["n"]) if is_rate or figure.total is Total.FEN else "", d=str(one["d"]) if is_rate else "",
        definition=figure.definition, numerator=figure.numerator, denominator=figure.denominator,
        exclusions=figure.exclusions, sql=figure.sql,
        parameters=tuple((name, str(cell)) for name, cell in asked.parameters().items()),
        heads=figure.columns, sample=sample,
    )  # fmt: skip


def _row(one: ScoredRow, shown: Iterable[FigureContent], known: Mapping[str, Figure]) -> RowContent:
    first = known.get(one.figure_id)  # a row that a person judged has none
    own = tuple(f.id for f in shown if f.id == one.figure_id or f.id.startswith(f"{one.figure_id}."))
    over, under = (first.numerator, first.denominator) if first else ("", "")
    return RowContent(
        one.position, one.code, one.level1, one.level2, one.name, one.target, one.actual, one.weight, one.by_rule,
        one.score, _counted(one.numerator, over), _counted(one.denominator, under), one.rows,
        own, is_scored=one.weight != "0", is_measured=one.is_measured, is_met=one.is_met, is_doubtful=one.is_doubtful,
        given=one.given, officer=one.officer, reason=one.reason, formula=one.formula, note=one.note,
    )  # fmt: skip


def _counted(count: str, what: str) -> str:
    """A count as it is; an amount, which its name says is in fen, in yuan."""
    return f"{yuan_text(int(count))}元" if IN_FEN in what and count and PARTS not in count else count


def _goals(horizon: Horizon) -> GoalContent:
    names = {code: indicator.name for code, indicator in indicators().items()}
    return GoalContent(
        horizon.label,
        tuple(GoalItem(one.text, one.milestone, tuple(names[code] for code in one.serves)) for one in horizon.items),
    )


def _points(said: Conclusion, key: str) -> str:
    """The points of a reading that is printed as points over weights, such as 84.32/90."""
    return next(one.points for one in said.readings if one.key == key).split(OVER)[0]


def _execution(said: Conclusion) -> ExecutionContent | None:
    if (block := said.execution) is None:
        return None
    return ExecutionContent(block.planned, block.executed, block.rate, block.weight, block.score)


def _finding(one: FindingLine) -> FindingContent:
    return FindingContent(one.id, one.severity, one.zh, one.where, one.note, one.officer)


def _rounding(findings: Iterable[FindingLine]) -> str:
    """What W01 says before its advice."""
    return next((one.zh.split(COLON)[0] for one in findings if one.id == ROUNDING), "")


def _deviation(one: DeviationLine) -> DeviationContent:
    parts = (
        PartContent("保障人月变动", _signed(one.persons_fen)),
        PartContent("人均补助变动", _signed(one.average_fen)),
        PartContent("物价系数、预备和批复调整", _signed(one.rest_fen)),
    )
    return DeviationContent(
        f"{one.zh}低保金", f"{wan_yuan_text(one.budget_fen)}万元", f"{wan_yuan_text(one.paid_fen)}万元",
        _signed(one.deviation_fen), parts, (f"paid.{one.area}", "budget.approved"),
    )  # fmt: skip


def _signed(fen: int) -> str:
    sign = "＋" if fen > 0 else "－" if fen < 0 else ""
    return f"{sign}{yuan_text(abs(fen), grouped=True)}元"
