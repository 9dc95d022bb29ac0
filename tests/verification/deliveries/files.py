"""A bank of nobody, and files as its clerks write them."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from opendibao.kernel.ids import DEMO_PREFIX, make_id_number
from opendibao.verification.deliveries.manifest import REGISTER, Manifest
from opendibao.verification.deliveries.reading.rows import Rejected, read_rows
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, Column, Source

AS_OF = date(2024, 3, 31)
WANG = make_id_number(DEMO_PREFIX, date(1984, 3, 12), 2)
LI = make_id_number(DEMO_PREFIX, date(1982, 5, 1), 1)
SHAN = make_id_number(DEMO_PREFIX, date(1950, 1, 20), 11)
BANK = Source(
    "bank_of_nobody",
    "演示银行",
    "演示存款",
    columns=(
        Column("bank", "开户银行", also=("银行",), is_needed=True),
        Column("account", "账号"),
        Column("kind", "存款种类", CODE, choices={"活期": "demand", "定期": "term"}),
        Column("balance", "余额", MONEY, also=("账户余额",), is_needed=True),
        Column("opened_on", "开户日期", DAY),
        Column("due_on", "到期日期", DAY, is_ahead=True),
    ),
    key=("bank", "account"),
    widths=(("id_number", 18), ("name", 12), ("bank", 20), ("account", 19), ("balance", 12)),
)
LAND = Source(
    "land_of_nobody",
    "演示耕地",
    "演示耕地",
    columns=(
        Column("plot", "地块代码", is_needed=True),
        Column("area", "承包面积（亩）", MEASURE, is_needed=True),
        Column("persons", "承包人口", COUNT),
        Column("since", "起算月份", MONTH),
    ),
    key=("plot",),
)
HEADS = ("证件号码", "姓名", "开户银行", "账号", "存款种类", "余额", "开户日期")
ROWS: tuple[tuple[str, ...], ...] = (
    (WANG, "王秀英", "农商银行", "6200000000000000001", "活期", "12,345.60", "2019-01-02"),
    (LI, "李建国", "农商银行", "6200000000000000002", "定期", "80000", "2020年3月4日"),
    (SHAN, "单有福", "邮储银行", "6200000000000000003", "活期", "0.05", "20210506"),
)
KEPT: tuple[dict[str, Any], ...] = (
    {"id_number": WANG, "name": "王秀英", "bank": "农商银行", "account": "6200000000000000001", "kind": "demand",
     "balance": 1_234_560, "opened_on": "2019-01-02"},
    {"id_number": LI, "name": "李建国", "bank": "农商银行", "account": "6200000000000000002", "kind": "term",
     "balance": 8_000_000, "opened_on": "2020-03-04"},
    {"id_number": SHAN, "name": "单有福", "bank": "邮储银行", "account": "6200000000000000003", "kind": "demand",
     "balance": 5, "opened_on": "2021-05-06"},
)  # fmt: skip
Cells = Sequence[Sequence[object]]


def workbook(*sheets: Cells, hidden: Sequence[int] = (), merged: str = "") -> bytes:
    """An xlsx of some sheets; text that begins with = is a formula, numbers and days are cells of their kind."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for place, rows in enumerate(sheets):
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        if place in hidden:
            sheet.hide()
        if merged:
            sheet.merge_range(merged, "合并")
    book.close()
    return out.getvalue()


def text_rows(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    """Rows of fields, quoted where the delimiter stands in them."""
    return "".join(
        delimiter.join(f'"{cell}"' if delimiter in str(cell) else str(cell) for cell in row) + "\r\n" for row in rows
    )


def fixed(rows: Sequence[Sequence[str]], source: Source = BANK) -> bytes:
    """Rows of fields of so many GB18030 bytes, without headings."""
    lines = [
        b"".join(cell.encode("gb18030").ljust(width) for cell, (_, width) in zip(row, source.widths, strict=True))
        for row in rows
    ]
    return b"\r\n".join([*lines, b""])


def json_lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    """One object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def manifest(rows: int = len(ROWS), **changed: Any) -> Manifest:
    """What the bank says of its file, with some of it changed."""
    said: dict[str, Any] = {
        "source": BANK.name, "department": "演示县各银行", "legal_basis": "57号第十七条", "purpose": "最低生活保障核对",
        "authorisation": "演民核〔2024〕1号", "covers": REGISTER, "list_of": None, "as_of": AS_OF, "rows": rows,
    }  # fmt: skip
    return Manifest(**{**said, **changed})


def read(
    data: bytes, source: Source = BANK, *, others: Sequence[Source] = (), as_of: date = AS_OF
) -> tuple[dict[int, dict[str, Any]], list[Rejected], list[str]]:
    """A whole file: kept rows by number with what was filled in, rows that go back, remarks."""
    opened = read_rows(data, source, as_of, others)
    kept: dict[int, dict[str, Any]] = {}
    rejected: list[Rejected] = []
    for rows in opened.batches:
        for number, row in zip(rows.numbers, rows.kept, strict=True):
            kept[number] = {name: value for name, value in row.items() if value not in ("", None)}
        rejected += rows.rejected
    return kept, rejected, list(opened.remarks)
