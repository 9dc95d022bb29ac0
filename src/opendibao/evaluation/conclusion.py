"""评价结论: everything a report says of the year, as printed texts and whole fen: rows, readings, grade, findings.

Built live from what was measured, or again from a locked snapshot: the same snapshot gives the same texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from opendibao.budget.queries import BudgetRow, budget
from opendibao.evaluation import scale
from opendibao.evaluation.checkup.finding import Finding, Severity
from opendibao.evaluation.checkup.scored_sheet import check_sheet, conclusion, rounding_tail
from opendibao.evaluation.deviation import DeviationLine, deviations, paid_months
from opendibao.evaluation.figure import Measured, Period
from opendibao.evaluation.goals import Horizon
from opendibao.evaluation.grading import BASES, Grade, grade_sheet
from opendibao.evaluation.queries import Notes, given_scores, measure_year, note_of, notes, read_sheet
from opendibao.evaluation.scored_rows import Marks, ScoredRow, Subtotal, rows_of, sheet_of, subtotals_of
from opendibao.evaluation.scoring import Execution, Readings, Scored, score_sheet, short
from opendibao.evaluation.sensitivity import EXECUTION, Part, Reach, reaches
from opendibao.evaluation.sheet import Budget
from opendibao.evaluation.sheet_forms import SheetForm
from opendibao.evaluation.year_goals import goals_of_year
from opendibao.evaluation.year_sheets import judgements, open_months, year_sheet
from opendibao.kernel.money import wan_yuan_text

PAID, PARTS = "paid", ("paid.rural", "paid.urban")
READINGS = {
    "raw": "指标得分／指标分值",
    "over_weights": "指标得分折合百分",
    "with_execution": "指标得分加预算执行率得分",
    "by_rule": "按规则得分加预算执行率得分",
    "by_rule_raw": "按规则指标得分／指标分值",
}


class NoSheet(ValueError):
    """The year has no indicator sheet: nothing can be concluded."""


@dataclass(frozen=True)
class ReadingLine:
    """The total read in one way; `grade` is empty where the points are not out of 100."""

    key: str
    zh: str
    points: str
    grade: str


@dataclass(frozen=True)
class ExecutionLine:
    """预算执行率, the block that the sheet does not hold: 万元, percent, points."""

    planned: str
    executed: str
    rate: str
    weight: str
    score: str
    formula: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class FindingLine:
    """One finding of the check-up; a signed note closes it."""

    id: str
    severity: str
    zh: str
    where: str
    note: str
    officer: str

    @property
    def is_open(self) -> bool:
        """An error that nobody has answered for; a warning stays a warning."""
        return self.severity == Severity.ERROR and not self.note


@dataclass(frozen=True)
class Conclusion:
    """What is said of a year. `rows` are scored, `beside` are measured with weight 0; texts are as printed."""

    year: int
    division: str
    project: str
    department: str
    rows: tuple[ScoredRow, ...]
    beside: tuple[ScoredRow, ...]
    subtotals: tuple[Subtotal, ...]
    score: str
    weights: str
    readings: tuple[ReadingLine, ...]
    execution: ExecutionLine | None
    grade: str
    grade_score: str
    grade_basis: str
    grades_agree: bool
    findings: tuple[FindingLine, ...]
    unmeasured: tuple[str, ...]
    deviations: tuple[DeviationLine, ...]
    overall_goal: str
    horizons: tuple[Horizon, ...]
    sheet_version: int = 1
    form: str = ""  # name of the sheet's form
    grade_scheme: str = "youliangzhongcha"
    is_execution_inside: bool = False  # the form holds the execution block as one of its rows
    open_months: tuple[str, ...] = ()  # months whose pay run is not closed: monitored, not concluded


def conclude(asked: Period, measured: Sequence[Measured] | None = None) -> Conclusion:
    """Score the year from its figures (measured now unless given). Raises NoSheet."""
    found = list(measured) if measured is not None else measure_year(asked)
    readings, version = read_sheet(asked, found), year_sheet(asked.year, asked.division)
    if version is None or not version.weights:
        raise NoSheet(f"{asked.year}年度没有录入指标表，请先录入指标表再作结论")
    goals = goals_of_year(asked.year, asked.division)
    marks = Marks(given_scores(asked.year, asked.division), judgements(asked.year, asked.division))
    lines, by_id = budget(asked.year), {one.figure.id: one for one in found}
    weighty = [one for one in readings if one.row.weight]
    light = [one for one in readings if not one.row.weight]
    terms, form = version.terms, version.form
    scored = score_sheet(sheet_of(weighty, marks, _execution(lines, by_id, terms.execution_weight), terms, form))
    apart = score_sheet(sheet_of(light, marks, None, terms, form))
    rows = rows_of(weighty, scored.rows, marks, goals)
    grade = grade_sheet(scored.readings, _weight(scored), scored.sheet.options.grade_scheme)
    signed = notes(asked.year, asked.division)
    return Conclusion(
        year=asked.year, division=asked.division, project=goals.project, department=goals.department,
        rows=rows, beside=rows_of(light, apart.rows, marks, goals), subtotals=subtotals_of(rows),
        score=str(scored.readings.total), weights=short(scored.readings.weights),
        readings=_readings(scored.readings, grade), execution=_execution_line(scored.execution),
        grade=grade.grade, grade_score=str(grade.score), grade_basis=BASES[grade.basis], grades_agree=grade.agreed,
        findings=tuple(finding_line(one, signed) for one in _findings(scored, grade, by_id, form)),
        unmeasured=tuple(row.name for row in rows if not row.is_measured),
        deviations=deviations(lines, paid_months(asked)), overall_goal=goals.overall, horizons=goals.horizons,
        sheet_version=version.sheet.version, form=form.zh, grade_scheme=terms.grade_scheme,
        is_execution_inside=form.is_execution_inside,
        open_months=open_months(asked.parameters()),
    )  # fmt: skip


def reaches_of(said: Conclusion) -> tuple[Reach, ...]:
    """How far the next grade is in each reading of a year, and which rows could carry it there."""
    rows = [
        Part(row.name, Decimal(row.score), Decimal(row.by_rule), Decimal(row.weight), row.is_measured)
        for row in said.rows
    ]
    execution, block = None, said.execution
    if block:
        execution = Part(EXECUTION, Decimal(block.score), Decimal(block.score), Decimal(block.weight))
    return reaches(rows, execution, said.grade_scheme)


def _execution(lines: Sequence[BudgetRow], by_id: Mapping[str, Measured], weight: Decimal) -> Budget | None:
    planned = sum(line.approved_fen for line in lines)
    if not planned or not weight:
        return None
    approved, paid = (Decimal(wan_yuan_text(fen)) for fen in (planned, by_id[PAID].n))
    return Budget(approved, paid, weight)


def _weight(scored: Scored) -> Decimal | None:
    return scored.sheet.budget.weight if scored.sheet.budget else None


def _readings(readings: Readings, grade: Grade) -> tuple[ReadingLine, ...]:
    points = {
        "raw": readings.raw,
        "over_weights": readings.over_weights,
        "with_execution": readings.with_execution,
        "by_rule": readings.by_rule if readings.execution is not None else None,
        "by_rule_raw": f"{short(readings.by_rule_total)}/{short(readings.weights)}",
    }
    return tuple(
        ReadingLine(key, READINGS[key], str(found), grade.readings.get(key, ""))
        for key, found in points.items()
        if found is not None
    )


def _execution_line(block: Execution | None) -> ExecutionLine | None:
    if block is None:
        return None
    planned, executed, weight = block.budget.planned, block.budget.executed, block.budget.weight
    return ExecutionLine(
        str(planned), str(executed), f"{block.rate}%", short(weight), str(block.score), block.formula, block.flags
    )


def _findings(scored: Scored, grade: Grade, by_id: Mapping[str, Measured], form: SheetForm) -> list[Finding]:
    # where the form has no execution row the table itself is checked: the block beside it closes nothing in silence
    table = scored if form.is_execution_inside else replace(scored, sheet=replace(scored.sheet, budget=None))
    total, *parts = (Decimal(by_id[name].text) for name in (PAID, *PARTS))
    found = [
        *(one for one in check_sheet(table) if one.id != "W02" or not _is_whole(table, form)),
        *rounding_tail(total, parts, where="全年发放合计与农村、城镇两项"),
        *conclusion(str(grade.score), grade.grade, where="评价结论"),
    ]
    return sorted(found, key=lambda one: one.id)


def _is_whole(table: Scored, form: SheetForm) -> bool:
    """Whether the rows and the execution row of the form make a hundred."""
    weight = _weight(table)
    return form.is_execution_inside and (weight or 0) + table.readings.weights == scale.number("full_marks")


def finding_line(one: Finding, signed: Notes) -> FindingLine:
    """A finding as it is printed, with the note among those signed (`notes`) that closes it."""
    note = note_of(signed, one.id, one.where)
    return FindingLine(
        one.id, str(one.severity), one.zh, one.where, note.note if note else "", note.officer if note else ""
    )
