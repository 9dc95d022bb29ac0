"""原稿与复算: what a report said when it was filed, row by row beside what is measured now, with every difference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction

from opendibao.evaluation.checkup.catalogue import check_document
from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.finding import Finding
from opendibao.evaluation.checkup.report import Report
from opendibao.evaluation.checkup.sheet_table import SheetLine
from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.scoring import short

ALIKE = Fraction(3, 5)
"""From which share of common characters two names are taken for one; the page shows both."""


@dataclass(frozen=True)
class Beside:
    """A row as filed and as recomputed; either may be lacking. Differences are ours less theirs."""

    filed: SheetLine | None
    own: ScoredRow | None
    findings: tuple[Finding, ...] = ()

    @property
    def score_gap(self) -> Decimal | None:
        """Points; None where one side has none."""
        if self.filed is None or self.filed.score is None or self.own is None or not self.is_scored:
            return None
        return Decimal(self.own.score) - self.filed.score

    @property
    def actual_gap(self) -> Decimal | None:
        """In the unit of our row; None where one side has no number, or another unit."""
        if self.filed is None or self.filed.actual is None or self.own is None or not self.own.value:
            return None
        filed = self.filed.actual
        return Decimal(self.own.value) - filed.value if filed.unit in ("", self.own.unit) else None

    @property
    def is_scored(self) -> bool:
        """Whether our row has a weight."""
        return self.own is not None and self.own.weight != "0"


@dataclass(frozen=True)
class FiledTotals:
    """What the filed table prints in sum, and the sums of its rows; texts, empty where it prints none."""

    weight: str
    score: str
    weights: str
    scores: str


@dataclass(frozen=True)
class Comparison:
    """A filed report beside the year's conclusion."""

    rows: tuple[Beside, ...]
    totals: FiledTotals | None  # None: the report has no table of indicators
    findings: tuple[Finding, ...]


def compare(document: Document, said: Conclusion) -> Comparison:
    """Row by row in the order of the filed table, then the rows that only we have."""
    findings, sheet = tuple(check_document(document)), Report(document).sheet
    if sheet is None:
        return Comparison(tuple(Beside(None, row) for row in (*said.rows, *said.beside)), None, findings)
    lines = [*sheet.lines, *([sheet.execution] if sheet.execution else [])]
    totals = FiledTotals(_text(sheet.total_weight), _text(sheet.total_score), short(sheet.weights), short(sheet.scores))
    return Comparison(tuple(_beside(lines, (*said.rows, *said.beside), findings)), totals, findings)


def _text(points: Decimal | None) -> str:
    return "" if points is None else short(points)


def _beside(lines: Sequence[SheetLine], rows: Sequence[ScoredRow], findings: Sequence[Finding]) -> Iterator[Beside]:
    pairs = _pairs(lines, rows)
    for place, line in enumerate(lines):
        found = tuple(one for one in findings if one.place == line.place)
        yield Beside(line, rows[pairs[place]] if place in pairs else None, found)
    yield from (Beside(None, row) for place, row in enumerate(rows) if place not in pairs.values())


def _pairs(lines: Sequence[SheetLine], rows: Sequence[ScoredRow]) -> dict[int, int]:
    """Which filed row is which of ours: the most alike names first, none taken twice."""
    likeness = sorted(
        ((_alike(line.name, row.name), -a, -b) for a, line in enumerate(lines) for b, row in enumerate(rows)),
        reverse=True,
    )
    found: dict[int, int] = {}
    for share, a, b in likeness:
        if share >= ALIKE and -a not in found and -b not in found.values():
            found[-a] = -b
    return found


def _alike(one: str, other: str) -> Fraction:
    shared = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    return Fraction(2 * shared, len(one) + len(other) or 1)
