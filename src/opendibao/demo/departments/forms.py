"""文件格式: the same rows as departments write them: CSV in two encodings, fixed width, NDJSON, Excel."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter

from opendibao.verification.sources.adapter import Column, Source

Row = Mapping[str, str]
"""What stands in a row, by column name; an absent or empty cell is left empty."""
GB, UTF8_BOM = "gb18030", "utf-8-sig"
NUMBER = "number:"
"""Marks an id that Excel is to hold as a number, so that its last three places are lost."""


def columns_of(source: Source) -> list[Column]:
    """All columns of a source, whom it is about first."""
    return [*source.identity, *source.columns]


def csv_file(source: Source, rows: Sequence[Row], day: date, encoding: str) -> bytes:
    """Rows under a title and headings, between commas."""
    columns, out = columns_of(source), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_title(source, day)])
    writer.writerow([column.zh for column in columns])
    writer.writerows([_plain(row.get(column.name, "")) for column in columns] for row in rows)
    return out.getvalue().encode(encoding)


def _title(source: Source, day: date) -> str:
    """The first line of a department's list."""
    return f"{source.department}{source.holds}（数据截止{day}）"


def fixed_file(source: Source, rows: Sequence[Row]) -> bytes:
    """Rows of fields of fixed width in GB18030 bytes, without headings; what is too long is cut at a character."""
    return b"".join(b"".join(_padded(row.get(name, ""), width) for name, width in source.widths) + b"\r\n"
                    for row in rows)  # fmt: skip


def _padded(text: str, width: int) -> bytes:
    data = _plain(text).encode(GB)
    while len(data) > width:
        text = text[:-1]
        data = text.encode(GB)
    return data.ljust(width)


def ndjson_file(source: Source, rows: Sequence[Row]) -> bytes:
    """One object a line; the first one has all keys."""
    columns = columns_of(source)
    lines = [
        {column.zh: _plain(row.get(column.name, "")) for column in columns if not place or row.get(column.name)}
        for place, row in enumerate(rows)
    ]
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def xlsx_file(source: Source, rows: Sequence[Row], day: date) -> bytes:
    """A workbook of texts; an id that is marked as a number is written as one."""
    columns, out = columns_of(source), io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": datetime(day.year, 1, 1)})
    sheet = book.add_worksheet(source.zh)
    sheet.write_string(0, 0, _title(source, day))
    sheet.write_row(1, 0, [column.zh for column in columns])
    for place, row in enumerate(rows, 2):
        for at, column in enumerate(columns):
            _write(sheet, place, at, row.get(column.name, ""))
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, text: str) -> None:
    digits = text.removeprefix(NUMBER)
    if text.startswith(NUMBER) and digits.isascii() and digits.isdigit():
        sheet.write_number(row, column, int(digits))
    elif text:
        sheet.write_string(row, column, digits)


def _plain(text: str) -> str:
    return text.removeprefix(NUMBER)


Form = Callable[[Source, Sequence[Row], date], bytes]
FORMS: Mapping[str, tuple[str, int, Form]] = {
    "gb": ("csv", 2, lambda source, rows, day: csv_file(source, rows, day, GB)),
    "utf8": ("csv", 2, lambda source, rows, day: csv_file(source, rows, day, "utf-8")),
    "bom": ("csv", 2, lambda source, rows, day: csv_file(source, rows, day, UTF8_BOM)),
    "fixed": ("txt", 0, lambda source, rows, day: fixed_file(source, rows)),
    "ndjson": ("ndjson", 0, lambda source, rows, day: ndjson_file(source, rows)),
    "xlsx": ("xlsx", 2, xlsx_file),
}
"""By name: the ending of the file, how many lines stand above the rows, and what writes it (day: of the data)."""
