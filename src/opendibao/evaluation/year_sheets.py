"""年度指标表: the versions of a year's sheet, its rows, and what of it does not fit, all as they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.audit.sql_rows import read_whole
from opendibao.evaluation import scale
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.models import GivenScore, Judgement, SheetRow, YearSheet
from opendibao.evaluation.queries import indicators, sheet
from opendibao.evaluation.scoring import DIRECTIONS, short
from opendibao.evaluation.sheet import Direction, Options, OverCompletion, Scoring
from opendibao.evaluation.sheet_forms import SheetForm, sheet_form

__all__ = [
    "GivenScore",
    "Judgement",
    "SheetEntry",
    "SheetRow",
    "SheetTerms",
    "SheetVersion",
    "YearSheet",
    "entry_of",
    "judgement_history",
    "judgements",
    "open_months",
    "score_history",
    "sheet_versions",
    "target_text",
    "weight_faults",
    "with_position",
    "year_sheet",
    "years_with_sheets",
]
JUDGED = "judged"
SCORINGS = {
    Scoring.PROPORTIONAL: "按完成比例", Scoring.DIRECT: "直接赋分", Scoring.THRESHOLD: "设及格门槛",
    Scoring.SATISFACTION: "按满意度区间", JUDGED: "定性分档",
}  # fmt: skip
FIRST_FORM = "ninety"  # what a province's own sheet is entered as
OPEN_MONTHS = """
SELECT to_char(due, 'YYYY-MM') FROM generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS due
WHERE NOT EXISTS (
  SELECT FROM payment_payrun run
  WHERE run.month = due::date AND run.state = 'closed' AND run.closed_on <= %(known_on)s)
ORDER BY due
"""


@dataclass(frozen=True)
class SheetTerms:
    """What holds for a whole sheet: its form, the words of the grades, over-completion, the execution block."""

    form: str
    grade_scheme: str
    over_completion: str
    execution_weight: Decimal

    @classmethod
    def of_form(cls, code: str) -> "SheetTerms":
        """The usual terms of a form; raises UnknownForm."""
        form = sheet_form(code)
        return cls(code, form.grade_scheme, OverCompletion.FLAG.value, form.execution_weight)

    @property
    def options(self) -> Options:
        """As scoring reads them."""
        return Options(OverCompletion(self.over_completion), None, self.grade_scheme)


@dataclass(frozen=True)
class SheetEntry:
    """One row to enter: indicator code, direction and target (none where it is judged), printed form, weight, way."""

    indicator: str
    direction: str
    target: Decimal | None
    target_text: str
    weight: Decimal
    scoring: str = Scoring.PROPORTIONAL.value


@dataclass(frozen=True)
class SheetVersion:
    """A version of a year's sheet: its number, terms, rows, who entered it and why."""

    sheet: YearSheet
    rows: tuple[SheetRow, ...]

    @property
    def terms(self) -> SheetTerms:
        """What holds for all of it."""
        one = self.sheet
        return SheetTerms(one.template, one.grade_scheme, one.over_completion, one.execution_weight)

    @property
    def form(self) -> SheetForm:
        """The form it was entered in."""
        return sheet_form(self.sheet.template)

    @property
    def weights(self) -> Decimal:
        """Sum of the rows' weights."""
        return sum((row.weight for row in self.rows), Decimal(0))

    @property
    def entries(self) -> list[SheetEntry]:
        """The rows, ready to be entered again."""
        return [entry_of(row) for row in self.rows]


def entry_of(row: SheetRow) -> SheetEntry:
    """A row, ready to be entered again."""
    return SheetEntry(row.indicator, row.direction, row.target, row.target_text, row.weight, row.scoring)


def year_sheet(year: int, division: str) -> SheetVersion | None:
    """The newest version of a year's sheet; None while there is none."""
    newest = YearSheet.objects.filter(year=year, division=division).order_by("-version").first()
    return SheetVersion(newest, tuple(sheet(year, division))) if newest else None


def sheet_versions(year: int, division: str) -> list[SheetVersion]:
    """Every version of a year's sheet, the newest first."""
    found = YearSheet.objects.filter(year=year, division=division).order_by("-version")
    rows: dict[int, list[SheetRow]] = {}
    for row in SheetRow.objects.filter(year=year, division=division).order_by("position"):
        rows.setdefault(row.sheet_id, []).append(row)
    return [SheetVersion(one, tuple(rows.get(one.pk, ()))) for one in found]


def years_with_sheets(division: str) -> list[int]:
    """The years that have a sheet, the newest first."""
    found = YearSheet.objects.filter(division=division).values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def weight_faults(version: SheetVersion, known: Mapping[str, Indicator] | None = None) -> list[str]:
    """What is wrong with the weights, in sentences: their sum, and the blocks of the form."""
    found, full = known or indicators(), scale.number("full_marks")
    weights, execution = version.weights, version.terms.execution_weight
    said = []
    if weights != full:
        said.append(f"分值合计{short(weights)}，不是{short(full)}{_with_execution(weights, execution, full)}")
    elif execution:
        said.append(f"表内分值已经合计{short(full)}，又另列预算执行率{short(execution)}分，会超过{short(full)}")
    weighed = ((found[row.indicator].name, found[row.indicator].level1, row.weight) for row in version.rows)
    return [*said, *version.form.misfits(weighed)]


def _with_execution(weights: Decimal, execution: Decimal, full: Decimal) -> str:
    if not execution:
        return "，不折算，请改分值"
    whole = weights + execution
    said = f"；加表外的预算执行率{short(execution)}分是{short(whole)}"
    return f"{said}，并列各种读法，不折算" if whole == full else f"{said}，也不是{short(full)}，请改分值"


def target_text(direction: str, target: Decimal, unit: str) -> str:
    """A target as it is printed: ≥95%, ≤5330万元."""
    return f"{DIRECTIONS[Direction(direction)]}{short(target)}{unit}"


def score_history(year: int, division: str, indicator: str) -> list[GivenScore]:
    """Every score that persons gave a row, the newest first."""
    return list(GivenScore.objects.filter(year=year, division=division, indicator=indicator).order_by("-number"))


def judgements(year: int, division: str) -> dict[str, Judgement]:
    """The judgement that counts of each judged row, by indicator."""
    found = Judgement.objects.filter(year=year, division=division).order_by("number")
    return {one.indicator: one for one in found}


def judgement_history(year: int, division: str, indicator: str) -> list[Judgement]:
    """Every judgement of a row, the newest first."""
    return list(Judgement.objects.filter(year=year, division=division, indicator=indicator).order_by("-number"))


def open_months(parameters: Mapping[str, object]) -> tuple[str, ...]:
    """Months of a period whose pay run is not closed; while there are any the year is monitored, not concluded.

    `parameters` are those of Period.
    """
    return tuple(one.month for one in read_whole(_Month, OPEN_MONTHS, dict(parameters)))


@dataclass(frozen=True)
class _Month:
    month: str


def with_position(rows: Sequence[SheetRow], indicator: str) -> int | None:
    """The place of an indicator among rows, counted from nought; None where it is not there."""
    return next((place for place, row in enumerate(rows) if row.indicator == indicator), None)
