"""上报版式: which columns a superior system wants, in which order, codes and encoding; the layouts are data.

The same rows give the same bytes: nothing of the moment stands in a file.
"""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files

import xlsxwriter

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.policy.file_form import read_file
from opendibao.policy.pack import BadPolicy

FILE, SCHEMA = "reporting_layouts.yaml", "opendibao.decision/reporting_layouts.schema.json"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
MADE = datetime(2000, 1, 1)  # a workbook carries a day of making; a fixed one keeps the bytes the same
EVENTS = {
    "legacy": "new", "confirm": "new", "increase": "changed", "reduce": "changed", "grace": "changed",
    "stop": "stopped", "refuse": "refused",
}  # fmt: skip


@dataclass(frozen=True)
class Reported:
    """What goes up about one decision; `amount_fen` in fen."""

    number: str
    kind: str
    household: str
    division: str
    area: str
    persons: int
    amount_fen: int
    decided_on: date
    first_month: date | None
    last_month: date | None
    due_on: date


@dataclass(frozen=True)
class Column:
    """A column: its head, the fact that stands there, and the codes that stand for its words."""

    head: str
    value: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Layout:
    """A layout: how its columns are written, where it comes from, and whether that was checked."""

    key: str
    zh: str
    source: str
    is_verified: bool
    format: str
    encoding: str
    heading: str
    columns: Sequence[Column]


@lru_cache(maxsize=1)
def layouts() -> Mapping[str, Layout]:
    """The layouts of this installation by key, the first of them used where none is named. Raises BadPolicy."""
    return read_layouts((files("opendibao.decision") / FILE).read_text("utf-8"))


def read_layouts(text: str, name: str = FILE) -> Mapping[str, Layout]:
    """The layouts of a file. Raises BadPolicy naming line and place."""
    found = [
        Layout(
            row["key"], row["zh"], row["source"], row["verified"], row["format"], row["encoding"], row["heading"],
            [Column(each["head"], each["value"], each.get("codes", {})) for each in row["columns"]],
        )
        for row in read_file(text, name, SCHEMA)["layouts"]
    ]  # fmt: skip
    if doubles := sorted({one.key for one in found if sum(other.key == one.key for other in found) > 1}):
        raise BadPolicy(f"{name} 的版式“{'、'.join(doubles)}”写了两次，请改一个名字")
    return {one.key: one for one in found}


def render(layout: Layout, rows: Sequence[Reported]) -> bytes:
    """The file of a layout: its rows, and over or beside them how many they are and their SHA-256."""
    heads = [column.head for column in layout.columns]
    lines = [[_cell(column, row) for column in layout.columns] for row in rows]
    plain = _lines(heads, lines).encode(layout.encoding)
    digest = hashlib.sha256(plain).hexdigest()
    if layout.format == "xlsx":
        return _workbook(layout, heads, lines, digest)
    if layout.heading == "none":
        return plain
    return _lines(["条数", str(len(rows)), "SHA-256", digest], []).encode(layout.encoding) + plain


def _lines(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(lines)
    return text.getvalue()


def _workbook(layout: Layout, heads: Sequence[str], lines: Sequence[Sequence[str]], digest: str) -> bytes:
    """Every cell as text: a code keeps its zeros, and nothing is a formula."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, PLAIN) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("上报")
        for line, cells in enumerate([heads, *lines]):
            for place, cell in enumerate(cells):
                sheet.write_string(line, place, cell)
        if layout.heading == "sheet":
            check = book.add_worksheet("校验")
            for line, (words, said) in enumerate([("条数", str(len(lines))), ("SHA-256", digest)]):
                check.write_string(line, 0, words)
                check.write_string(line, 1, said)
    return made.getvalue()


def _cell(column: Column, row: Reported) -> str:
    said = _said(column.value, row)
    return column.codes[said] if column.codes else said


def _said(value: str, row: Reported) -> str:
    if value == "event":
        return EVENTS[row.kind]
    if value == "amount":
        return yuan_text(row.amount_fen)
    found = getattr(row, value)
    if value in ("first_month", "last_month"):
        return month_text(found) if found else ""
    return found.isoformat() if isinstance(found, date) else str(found)
