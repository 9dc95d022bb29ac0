"""凭据: opens one figure as of its locked snapshot's time: value, totals, rows as a workbook."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from opendibao.evaluation.figure import Figure, Measured, Total, query_hash
from opendibao.evaluation.models import Snapshot
from opendibao.evaluation.queries import (
    UnknownFigure,
    figure_at,
    figures_at,
    latest_snapshot,
    newest_snapshot,
    places,
    snapshot_period,
    snapshot_places,
)
from opendibao.evaluation.rows import measure, page

ALL_ROWS = 10_000_000


@dataclass(frozen=True)
class Evidence:
    """A figure with what it measured and the hash of its question."""

    measured: Measured
    query_hash: str

    def as_json(self) -> dict[str, object]:
        """The contract's form: value as printed, rows, and the sum in fen or the count."""
        one = self.measured
        key = "sum_fen" if one.figure.total in (Total.FEN, Total.AVERAGE) else "count"
        counted = one.rows if one.figure.total is Total.COUNT else one.n
        return {
            "id": one.figure.id, "zh": one.figure.zh, "value": one.text, "unit": one.figure.unit, "rows": one.rows,
            key: counted, "denominator": one.d, "definition": one.figure.definition, "query_hash": self.query_hash,
            **({"why": one.why} if one.why else {}),
        }  # fmt: skip


def _locked(year: int) -> Snapshot:
    snapshot = latest_snapshot(year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        raise UnknownFigure(f"{year}年度还没有锁定的快照，请先运行 opendibao evaluate run {year}")
    return snapshot


def latest_year() -> int:
    """The latest year that was evaluated. Raises UnknownFigure while there is none."""
    snapshot = newest_snapshot(settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        raise UnknownFigure("还没有评价过任何一年，请先运行 opendibao evaluate run 年度")
    return snapshot.year


def known_ids(year: int) -> list[str]:
    """Ids of all figures of a year, with their Chinese names; where a snapshot is locked, as it names them."""
    snapshot = latest_snapshot(year, settings.OPENDIBAO_COUNTY)
    on_sheet = snapshot_places(snapshot) if snapshot else places(year, settings.OPENDIBAO_COUNTY)
    return [f"{one.id}\t{one.zh}" for one in figures_at(on_sheet)]


def open_figure(figure_id: str, year: int) -> Evidence:
    """Measure one figure again as the snapshot knew it. Raises UnknownFigure."""
    snapshot = _locked(year)
    one, asked = figure_at(figure_id, snapshot_places(snapshot)), snapshot_period(snapshot)
    return Evidence(measure(one, asked), query_hash(one, asked))


def write_rows(figure_id: str, year: int, path: Path) -> None:
    """Write all rows of a figure as a workbook; names, ids and accounts masked. Raises UnknownFigure."""
    snapshot = _locked(year)
    one = figure_at(figure_id, snapshot_places(snapshot))
    _workbook(one, page(one, snapshot_period(snapshot), limit=ALL_ROWS), path)


def _workbook(one: Figure, rows: list[list[str]], path: Path) -> None:
    import xlsxwriter

    # text cells only: an id is never a number, and a name that begins with = is never a formula
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(one.id[:31])
        bold = book.add_format({"bold": True})
        for column, head in enumerate(one.columns):
            sheet.write_string(0, column, head, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
