"""自评与财政评分: a submission's rows with both scores side by side, both totals and grades by the same scheme."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.grading import BASES, grade_sheet
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.scoring import Readings
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.submissions import (
    FinanceScore,
    ReviewQuestion,
    Submission,
    finance_scores,
    questions_of,
)


@dataclass(frozen=True)
class ReviewedRow:
    """One row: what the county scored, what finance gave it (None: as the county scored)."""

    row: ScoredRow
    given: FinanceScore | None

    @property
    def own(self) -> Decimal:
        """The county's own score."""
        return Decimal(self.row.score)

    @property
    def finance(self) -> Decimal:
        """Finance's score; where it gave none it takes the county's."""
        return self.own if self.given is None else self.given.score

    @property
    def difference(self) -> Decimal:
        """Finance's score less the county's."""
        return self.finance - self.own


@dataclass(frozen=True)
class Total:
    """The sum of the rows, the execution block's points, and the points out of 100 with their grade."""

    rows: Decimal
    execution: Decimal | None
    score: Decimal
    grade: str
    basis: str


@dataclass(frozen=True)
class Reviewed:
    """A submission as both sides scored it."""

    submission: Submission
    said: Conclusion
    rows: tuple[ReviewedRow, ...]
    own: Total
    finance: Total
    questions: tuple[ReviewQuestion, ...]

    @property
    def difference(self) -> Decimal:
        """Finance's points out of 100 less the county's."""
        return self.finance.score - self.own.score

    @property
    def differing(self) -> tuple[ReviewedRow, ...]:
        """The rows on which the two disagree."""
        return tuple(row for row in self.rows if row.difference)


@dataclass(frozen=True)
class RowChange:
    """A row that differs between two submissions; None where one of them has no such row."""

    code: str
    name: str
    before: ScoredRow | None
    after: ScoredRow | None


@dataclass(frozen=True)
class Correction:
    """What changed from a returned submission to the next: rows, totals, findings gone and new."""

    before: Conclusion
    after: Conclusion
    rows: tuple[RowChange, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def reviewed(sent: Submission) -> Reviewed:
    """Both scores of a submission side by side."""
    said, given = conclusion_of(sent.snapshot), finance_scores(sent.pk)
    rows = tuple(ReviewedRow(row, given.get(row.code)) for row in said.rows)
    return Reviewed(
        sent, said, rows, total_of(said, [row.own for row in rows]), total_of(said, [row.finance for row in rows]),
        tuple(questions_of(sent.pk)),
    )  # fmt: skip


def total_of(said: Conclusion, scores: Sequence[Decimal]) -> Total:
    """The total and grade that these scores of the rows make, by the scheme of the sheet."""
    block = said.execution
    readings = Readings(
        total=sum(scores, Decimal(0)),
        weights=Decimal(said.weights),
        by_rule_total=sum((Decimal(row.by_rule) for row in said.rows), Decimal(0)),
        execution=Decimal(block.score) if block else None,
    )
    grade = grade_sheet(readings, Decimal(block.weight) if block else None, said.grade_scheme)
    return Total(readings.total, readings.execution, grade.score, grade.grade, BASES[grade.basis])


def correction(before: Submission, after: Submission) -> Correction:
    """What was corrected between two submissions of a year, row by row in the order of the newer sheet."""
    former, later = conclusion_of(before.snapshot), conclusion_of(after.snapshot)
    old, new = ({row.code: row for row in said.rows} for said in (former, later))
    names = {row.code: row.name for row in (*former.rows, *later.rows)}
    rows = [
        RowChange(code, names[code], old.get(code), new.get(code))
        for code in dict.fromkeys((*new, *old))
        if _counts(old.get(code)) != _counts(new.get(code))
    ]
    open_before, open_after = ({f"{one.id} {one.where}" for one in said.findings} for said in (former, later))
    return Correction(
        former, later, tuple(rows), tuple(sorted(open_before - open_after)), tuple(sorted(open_after - open_before))
    )


def _counts(row: ScoredRow | None) -> tuple[str, ...] | None:
    """What of a row a reader compares: not the ids and formulas, which follow from it."""
    return (row.target, row.actual, row.weight, row.score, row.reason, row.evidence) if row else None
