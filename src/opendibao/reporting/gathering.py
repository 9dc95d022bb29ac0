"""取数: brings what evaluation locked of a year into the content that documents print; it counts and adds nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings

from opendibao.evaluation.attached import Snapshot, attached_of
from opendibao.evaluation.attachment import Attached
from opendibao.evaluation.conclusion import Conclusion, FindingLine
from opendibao.evaluation.deviation import DeviationLine
from opendibao.evaluation.drafted_reasons import proposals
from opendibao.evaluation.figure import Figure, Period, Total, query_hash
from opendibao.evaluation.goals import Horizon
from opendibao.evaluation.problem_ledger import LedgerLine, locked_ledger
from opendibao.evaluation.queries import figures_at, indicators, snapshot_period
from opendibao.evaluation.rows import page
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.states import GoalState
from opendibao.kernel.money import wan_yuan_text, yuan_text
from opendibao.payment.coverage import COUNTY_TIME
from opendibao.registry.queries import division_names
from opendibao.reporting.content import (
    NOT_MEASURED,
    PARTS,
    DeviationContent,
    ExecutionContent,
    FigureContent,
    FindingContent,
    GoalContent,
    GoalItem,
    LedgerContent,
    LevelContent,
    PartContent,
    ReadingContent,
    ReportContent,
    RowContent,
    cleaned,
)

SAMPLE_ROWS = 20
Sample = tuple[tuple[str, ...], ...]
IN_FEN = "（分）"
ROUNDING, COLON, OVER = "W01", "：", "/"
NOTHING = Attached()
GOAL_WORDS = {str(state.value): str(state.label) for state in GoalState}


def gather_locked(snapshot: Snapshot, *, samples: bool = True) -> ReportContent:
    """The content of a locked year, every text in one printable line; `samples` as in `gather`."""
    asked, said = snapshot_period(snapshot), conclusion_of(snapshot)
    content = gather(asked, snapshot.content["figures"], said, attached_of(snapshot), samples=samples)
    return cleaned(replace(content, version=snapshot.version))


def gather(
    asked: Period, measured: Iterable[Mapping[str, Any]], said: Conclusion, beside: Attached = NOTHING,
    *, samples: bool = True,
) -> ReportContent:  # fmt: skip
    """The content of a year: figures as locked (`measured`), a few rows of each, the conclusion, what is attached."""
    # where the rows stood when they were locked: a sheet that has changed since renames no figure
    on_sheet = {one.code: one.position for one in (*said.rows, *said.beside)}
    known = {one.id: one for one in figures_at(on_sheet)}
    listed = list(measured)
    shown = _figures(asked, listed, known, samples)
    return ReportContent(
        year=asked.year, county=division_names()[asked.division], department=said.department, project=said.project,
        as_of=day_text(asked.as_of), known_on=day_text(_day(asked.known_at)),
        is_synthetic=settings.OPENDIBAO_SYNTHETIC, policy=settings.OPENDIBAO_POLICY,
        overall_goal=said.overall_goal, goals=tuple(_goals(one) for one in said.horizons),
        figures=shown, rows=_drafted((_row(one, shown, known) for one in (*said.rows, *said.beside)), said, listed),
        levels=tuple(LevelContent(one.level1, one.weight, one.score) for one in said.subtotals),
        weights=said.weights, total=said.score, by_rule=_points(said, "by_rule_raw"), score=said.grade_score,
        grade=said.grade, basis=said.grade_basis,
        readings=tuple(ReadingContent(one.zh, one.points, one.grade) for one in said.readings),
        findings=tuple(_finding(one) for one in said.findings),
        deviations=tuple(_deviation(one) for one in said.deviations),
        execution=_execution(said), rounding=_rounding(said.findings), form=said.form,
        is_execution_inside=said.is_execution_inside, attached=beside,
        ledger=tuple(_ledger_line(one) for one in locked_ledger(listed, asked.as_of)),
    )  # fmt: skip


def day_text(day: date) -> str:
    """A day as an official document writes it: 2024年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _day(known_at: datetime) -> date:
    return known_at.astimezone(COUNTY_TIME).date()


def _figures(
    asked: Period, measured: Iterable[Mapping[str, Any]], known: Mapping[str, Figure], with_samples: bool
) -> tuple[FigureContent, ...]:
    listed = list(measured)
    rows = samples_of(asked, [known[one["id"]] for one in listed]) if with_samples else {}
    return tuple(_figure(known[one["id"]], one, asked, rows.get(one["id"], ())) for one in listed)


def samples_of(asked: Period, figures: Iterable[Figure]) -> dict[str, Sample]:
    """A few masked rows of each figure by its id; figures that ask the same are read once."""
    read: dict[str, Sample] = {}
    found: dict[str, Sample] = {}
    for figure in figures:
        if figure.sql not in read:
            read[figure.sql] = tuple(tuple(row) for row in page(figure, asked, limit=SAMPLE_ROWS))
        found[figure.id] = read[figure.sql]
    return found


def _figure(figure: Figure, one: Mapping[str, Any], asked: Period, sample: Sample) -> FigureContent:
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
        direction=one.direction, target_value=one.target_value, value=one.value, unit=one.unit,
    )  # fmt: skip


def _counted(count: str, what: str) -> str:
    """A count as it is; an amount, which its name says is in fen, in yuan."""
    return f"{yuan_text(int(count))}元" if IN_FEN in what and count and PARTS not in count else count


def _drafted(
    rows: Iterable[RowContent], said: Conclusion, listed: Iterable[Mapping[str, Any]]
) -> tuple[RowContent, ...]:
    """The rows, each unmet one of money and persons with the cause and the measure that its numbers propose."""
    proposed = proposals(said, {one["id"]: int(one["rows"]) for one in listed})
    return tuple(
        replace(row, drafted_cause=one.reason, drafted_measure=one.measure.rpartition(COLON)[2])
        if (one := proposed.get(row.indicator)) else row
        for row in rows
    )  # fmt: skip


def _ledger_line(one: LedgerLine) -> LedgerContent:
    unit = one.unit if one.value != NOT_MEASURED and one.unit != "%" else ""
    return LedgerContent(
        one.id, one.group, one.title, f"{one.value}{unit}", one.n, one.d, one.said, one.exists, one.cause,
        one.suggestion, one.figures,
    )  # fmt: skip


def _goals(horizon: Horizon) -> GoalContent:
    names = {code: indicator.name for code, indicator in indicators().items()}
    return GoalContent(
        horizon.label,
        tuple(
            GoalItem(
                one.text,
                one.milestone,
                tuple(names.get(code, code) for code in one.serves),
                one.unit,
                one.due,
                GOAL_WORDS.get(one.state, ""),
                one.progress,
            )
            for one in horizon.items
        ),
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
    parts = tuple(PartContent(part.zh, _signed(part.fen), part.fen) for part in one.every_part)
    opened = (part.figure_id for part in one.every_part if part.figure_id)
    return DeviationContent(
        f"{one.zh}低保金", f"{wan_yuan_text(one.budget_fen)}万元", f"{wan_yuan_text(one.paid_fen)}万元",
        _signed(one.deviation_fen), parts, tuple(dict.fromkeys((f"paid.{one.area}", "budget.approved", *opened))),
        one.budget_fen, one.paid_fen,
    )  # fmt: skip


def _signed(fen: int) -> str:
    sign = "＋" if fen > 0 else "－" if fen < 0 else ""
    return f"{sign}{yuan_text(abs(fen), grouped=True)}元"
