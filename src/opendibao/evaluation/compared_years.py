"""年度对比: the same indicators in several years: target, actual, score, and what changed from year to year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.queries import latest_snapshot
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.scoring import rounded
from opendibao.evaluation.snapshot import conclusion_of

MOST_YEARS = 5


@dataclass(frozen=True)
class YearCell:
    """An indicator in one year; the differences are to the year before it here, None where either is missing."""

    row: ScoredRow | None
    value_change: Decimal | None
    share: Decimal | None  # points over weight, in percent
    share_change: Decimal | None


@dataclass(frozen=True)
class ComparedRow:
    """An indicator with its cells, one a year in the order of the years."""

    code: str
    name: str
    cells: tuple[YearCell, ...]


@dataclass(frozen=True)
class ComparedYears:
    """Concluded years, oldest first, and every indicator that one of them scored."""

    years: tuple[Conclusion, ...]
    rows: tuple[ComparedRow, ...]


def compared_years(years: Sequence[int], division: str) -> ComparedYears:
    """The years among these that have a locked conclusion, at most the newest five."""
    locked = [found for year in sorted(years) if (found := latest_snapshot(year, division))]
    concluded = tuple(conclusion_of(one) for one in locked[-MOST_YEARS:])
    names: dict[str, str] = {}
    for said in reversed(concluded):  # the newest sheet gives the order and the name
        for row in said.rows:
            names.setdefault(row.code, row.name)
    return ComparedYears(concluded, tuple(_compared(code, name, concluded) for code, name in names.items()))


def _compared(code: str, name: str, years: Sequence[Conclusion]) -> ComparedRow:
    cells: list[YearCell] = []
    for said in years:
        row = next((row for row in said.rows if row.code == code), None)
        share = share_of(row) if row else None
        former = cells[-1] if cells else None
        cells.append(
            YearCell(
                row, _change(_value(former.row if former else None), _value(row)), share,
                _change(former.share if former else None, share),
            )
        )  # fmt: skip
    return ComparedRow(code, name, tuple(cells))


def share_of(row: ScoredRow) -> Decimal | None:
    """Points over weight in percent, rounded once."""
    weight = Fraction(row.weight)
    return rounded(Fraction(row.score) * 100 / weight) if weight else None


def _value(row: ScoredRow | None) -> Decimal | None:
    return Decimal(row.value) if row and row.value else None


def _change(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    return None if before is None or now is None else now - before
