"""退回名册: the workbook that goes back: the households as they were written, red cells, and what to do."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from opendibao.decision.models import RejectedRow, RosterReject
from opendibao.decision.roster_columns import COLUMNS, REASON

_RED = {"bg_color": "#F8CBAD", "font_color": "#9C0006"}
_WRAP = {"text_wrap": True, "valign": "top"}


def write_rejects(file_id: int, path: Path) -> Path:
    """Write the refused households of a roster into a workbook; once the red cells are right it can be sent again."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    reasons: dict[tuple[str, int], list[RosterReject]] = {}
    for reject in RosterReject.objects.filter(file=file_id).order_by("id"):
        reasons.setdefault((reject.sheet, reject.row), []).append(reject)
    rows = list(RejectedRow.objects.filter(file=file_id).order_by("sheet", "row"))
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for sheet in COLUMNS:
            _sheet(book, sheet, [row for row in rows if row.sheet == sheet], reasons)
    return path


def _sheet(
    book: xlsxwriter.Workbook,
    name: str,
    rows: Sequence[RejectedRow],
    reasons: dict[tuple[str, int], list[RosterReject]],
) -> None:
    sheet, columns = book.add_worksheet(name), COLUMNS[name]
    head, red, wrap = book.add_format({"bold": True}), book.add_format(_RED), book.add_format(_WRAP)
    text = book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, 14, text)
    sheet.set_column(len(columns), len(columns), 70)
    for place, title in enumerate((*columns, REASON)):
        sheet.write_string(0, place, title, head)
    for line, row in enumerate(rows, 1):
        faults = reasons.get((name, row.row), [])
        wrong = {fault.field for fault in faults}
        for place, title in enumerate(columns):
            sheet.write_string(line, place, row.cells.get(title, ""), red if title in wrong else text)
        told = [f"第{row.row}行“{fault.field}”：{fault.reason}" for fault in faults]
        sheet.write_string(line, len(columns), "\n".join(told), wrap)
