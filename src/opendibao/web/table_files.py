"""名单的表格文件: a list page as a workbook, the same rows under the same heads; no cell is ever a formula."""

from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpResponse

from opendibao.web.downloads import KINDS
from opendibao.web.tables import Table

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
WIDEST, NARROWEST = 50, 10


def table_file(name: str, table: Table) -> HttpResponse:
    """All rows of a table, every cell as the page shows it, as a file of this name."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@", "valign": "top"})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(table.heads):
            sheet.write_string(0, place, head.words, bold)
            longest = max((len(row[place].text) for row in table.rows), default=0)
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, 2 * len(head.words), 2 * longest)))
        for line, row in enumerate(table.rows, 1):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, cell.text, plain)
    response = HttpResponse(made.getvalue(), content_type=KINDS[".xlsx"][1])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response
