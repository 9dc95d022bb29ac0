"""报告内容: everything the year's documents print, fixed at one time; a document adds words, never a number."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from opendibao.evaluation.attachment import Attached
from opendibao.evaluation.checkup.finding import Severity

NOT_MEASURED = "未测得"
PARTS = "；"
# the marks that the text templates use, and what no XML may hold; rare characters of names all stay
MARKS = range(0x10FFF0, 0x10FFFE)
_REFUSED = {"Cc", "Cs"}


@dataclass(frozen=True)
class FigureContent:
    """One figure as printed, with its question, its counts and a few masked rows."""

    id: str
    zh: str
    value: str
    unit: str
    as_of: str
    rows: int
    query_hash: str
    n: str = ""
    d: str = ""
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    sql: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    heads: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether there is a value to print."""
        return self.value != NOT_MEASURED

    @property
    def is_full(self) -> bool:
        """Whether a rate holds without exception: numerator equals denominator."""
        return self.is_measured and self.n == self.d


@dataclass(frozen=True)
class RowContent:
    """One row of the indicator sheet: target, what was measured, points by rule and points that count."""

    position: int
    indicator: str
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: str
    by_rule: str
    score: str
    numerator: str
    denominator: str
    rows: int
    figures: tuple[str, ...]
    is_scored: bool
    is_measured: bool
    is_met: bool
    is_doubtful: bool = False
    given: str = ""
    officer: str = ""
    reason: str = ""
    formula: str = ""
    note: str = ""
    direction: str = ""
    target_value: str = ""  # exact; empty where the row is judged
    value: str = ""  # likewise; empty where nothing was measured
    unit: str = ""
    drafted_cause: str = ""  # proposed from what moved the number, where the row is unmet
    drafted_measure: str = ""

    @property
    def fraction(self) -> str:
        """Numerator over denominator, part by part; empty where there is none, or the actual value says it already."""
        if not self.is_measured or not self.denominator:
            return ""
        parts = zip(self.numerator.split(PARTS), self.denominator.split(PARTS), strict=True)
        said = PARTS.join(f"{n}/{d}" for n, d in parts)
        return "" if said in self.actual else f"（{said}）"


@dataclass(frozen=True)
class LevelContent:
    """What one first level of the sheet adds up to, over its printed rows."""

    level1: str
    weight: str
    score: str


@dataclass(frozen=True)
class ReadingContent:
    """One way of reading the total, its points, and the grade they would give (empty where none is given)."""

    zh: str
    points: str
    grade: str = ""


@dataclass(frozen=True)
class FindingContent:
    """A finding of the check-up; an error is closed by a signed note, which is printed."""

    id: str
    severity: str
    zh: str
    where: str
    note: str = ""
    officer: str = ""

    @property
    def is_open(self) -> bool:
        """An error that is neither mended nor explained."""
        return self.severity == Severity.ERROR and not self.note


@dataclass(frozen=True)
class GoalItem:
    """One goal with its milestone and the names of the indicators that measure it."""

    text: str
    milestone: str
    serves: tuple[str, ...]
    unit: str = ""
    due: str = ""
    state: str = ""
    progress: str = ""


@dataclass(frozen=True)
class GoalContent:
    """The goals of one horizon."""

    label: str
    items: tuple[GoalItem, ...]


@dataclass(frozen=True)
class PartContent:
    """One cause of a deviation and its share, signed and with its unit."""

    zh: str
    value: str
    fen: int = 0


@dataclass(frozen=True)
class DeviationContent:
    """How an actual value differs from its target, and the parts that add up to the difference; fen beside texts."""

    name: str
    planned: str
    actual: str
    gap: str
    parts: tuple[PartContent, ...]
    figures: tuple[str, ...] = ()
    planned_fen: int = 0
    actual_fen: int = 0


@dataclass(frozen=True)
class LedgerContent:
    """One of the usual problems: its number as printed, whether it exists (`said`), cause and remedy in words."""

    id: str
    group: str
    title: str
    value: str
    n: str
    d: str
    said: str
    exists: bool
    cause: str
    suggestion: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class ExecutionContent:
    """预算执行率, the block that stands beside the sheet: 万元, percent, points."""

    planned: str
    executed: str
    rate: str
    weight: str
    score: str


@dataclass(frozen=True)
class ReportContent:
    """A whole year, as its documents print it."""

    year: int
    county: str
    department: str
    project: str
    as_of: str
    known_on: str
    is_synthetic: bool
    policy: str
    overall_goal: str
    goals: tuple[GoalContent, ...]
    figures: tuple[FigureContent, ...]
    rows: tuple[RowContent, ...]
    levels: tuple[LevelContent, ...]
    weights: str
    total: str
    by_rule: str
    score: str
    grade: str
    basis: str
    readings: tuple[ReadingContent, ...]
    findings: tuple[FindingContent, ...]
    deviations: tuple[DeviationContent, ...] = ()
    execution: ExecutionContent | None = None
    rounding: str = ""  # what the printed parts lack of the printed total, as the check-up says it
    form: str = ""  # name of the sheet's form
    is_execution_inside: bool = False  # the form holds the execution block as one of its rows
    version: int = 0  # of the snapshot
    attached: Attached = field(default_factory=Attached)
    ledger: tuple[LedgerContent, ...] = ()
    is_draft: bool = False  # every page of a draft says so

    def figure(self, figure_id: str) -> FigureContent | None:
        """The figure of this id, None where the year has no such figure."""
        return next((one for one in self.figures if one.id == figure_id), None)

    def row(self, indicator: str) -> RowContent | None:
        """The sheet's row of this indicator, None where the sheet does not use it."""
        return next((one for one in self.rows if one.indicator == indicator), None)

    @property
    def unmeasured(self) -> tuple[RowContent, ...]:
        """Scored rows without a measurement: they score nothing and keep their weight."""
        return tuple(row for row in self.rows if row.is_scored and not row.is_measured)

    @property
    def beside(self) -> tuple[RowContent, ...]:
        """Rows that are measured beside the sheet, without weight."""
        return tuple(row for row in self.rows if not row.is_scored)


def clean(text: str) -> str:
    """One line without control characters and template marks; spaces within stay single."""
    return " ".join("".join(one for one in text if one.isspace() or _is_kept(one)).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters; what was cut shows as …."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_kept(one: str) -> bool:
    return unicodedata.category(one) not in _REFUSED and ord(one) not in MARKS and ord(one) & 0xFFFE != 0xFFFE


def cleaned(content: ReportContent) -> ReportContent:
    """The same content with every text in one printable line; the query texts keep their lines."""
    return _cleaned(content)  # type: ignore[no-any-return]


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, tuple):
        return tuple(_cleaned(one) for one in part)
    if not is_dataclass(part) or isinstance(part, type):
        return part
    kept = {"sql"} if isinstance(part, FigureContent) else set()
    return replace(part, **{f.name: _cleaned(getattr(part, f.name)) for f in fields(part) if f.name not in kept})


def texts(part: object) -> Iterator[str]:
    """Every text of a content tree, and its counts as printed."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, int) and not isinstance(part, bool):
        yield str(part)
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from texts(getattr(part, field.name))
