"""到位资金登记表: papers about money that came, as rows of a workbook; a fault names row and field, all or nothing."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from python_calamine import CalamineError, CalamineWorkbook

from opendibao.audit.duties import needs
from opendibao.budget.arrivals import AREAS, SOURCES, ArrivalPaper, enter_arrival
from opendibao.budget.models import FundArrival
from opendibao.budget.refusal import FundRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import NotMoney, yuan
from opendibao.policy.shares import LEVELS

YEAR, LEVEL, NUMBER, AMOUNT, DAY = "预算年度", "预算级次", "文号", "金额（元）", "到位日期"
DUE, AREA, SOURCE, TEXT = "应到位日期", "城乡", "资金来源", "摘要"
COLUMNS = (YEAR, LEVEL, NUMBER, AMOUNT, DAY, DUE, AREA, SOURCE, TEXT)
NEEDED = (YEAR, LEVEL, NUMBER, AMOUNT, DAY)
HEADING_WITHIN = 5
"""A title may stand above the row of headings, at most so many rows down."""
LARGEST, LARGEST_UNPACKED, MOST_ROWS, MOST_FAULTS = 2_000_000, 20_000_000, 500, 10
EXACT_DIGITS = 15  # of a number a workbook keeps no more
RED = ("-", "−", "－")
DAY_SAID = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
Cell = object


@dataclass(frozen=True)
class _Row:
    """A row by column; `number` is its place as a spreadsheet counts."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """What stands in a column."""
        return _text(self.cells.get(column))

    def fault(self, column: str, said: str) -> FundRefused:
        """What is wrong with a field, and how it is written right."""
        return FundRefused(f"第{self.number}行“{column}”{said}")


def _text(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return (cell or "").strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return cell.isoformat() if isinstance(cell, date) else f"{cell:.{EXACT_DIGITS}g}"


@needs(Duty.FINANCE, Duty.PAY)
@transaction.atomic
def enter_sheet(data: bytes, *, division: str, on: date, at: datetime) -> list[FundArrival]:
    """登记表格里的到位资金: every row as `enter_arrival` takes it, or none; blank rows count nothing.

    Raises FundRefused naming each wrong row and field (the first ten of them).
    """
    made: list[FundArrival] = []
    faults: list[str] = []
    for row in _rows(_table(data)):
        try:
            made.append(_enter(row, division=division, on=on, at=at))
        except FundRefused as refusal:
            faults.append(str(refusal))
    if faults:
        more = f"；还有{len(faults) - MOST_FAULTS}处" if len(faults) > MOST_FAULTS else ""
        raise FundRefused(f"有{len(faults)}行要改：{'；'.join(faults[:MOST_FAULTS])}{more}")
    if not made:
        raise FundRefused("表格里没有一行到位资金，请填好后再收")
    return made


def _enter(row: _Row, *, division: str, on: date, at: datetime) -> FundArrival:
    paper = _paper(row)
    try:
        return enter_arrival(paper, division=division, on=on, at=at)
    except FundRefused as refusal:
        raise FundRefused(f"第{row.number}行：{refusal}") from None


def _table(data: bytes) -> Sequence[Sequence[Cell]]:
    """The first sheet of a workbook that is no larger than such a list is."""
    if len(data) > LARGEST:
        raise FundRefused(f"文件有{len(data) // 1000}KB，登记表最多{LARGEST // 1000}KB，请核对是不是登记表")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if unpacked > LARGEST_UNPACKED:
            raise FundRefused("文件解压后太大，不像登记表，请只留登记表这一张")
        return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, OSError):
        raise FundRefused("文件打不开，应是 xlsx 文件，不能加密；老格式（xls）请另存为 xlsx") from None


def _heading(cell: Cell) -> str:
    return "".join(_text(cell).split()).replace("(", "（").replace(")", "）")


def _rows(table: Sequence[Sequence[Cell]]) -> Iterator[_Row]:
    """The rows under the headings that say anything."""
    above = [[_heading(cell) for cell in line] for line in table[:HEADING_WITHIN]]
    top = next((place for place, line in enumerate(above) if NUMBER in line), None)
    if top is None:
        raise FundRefused(f"前{HEADING_WITHIN}行里没有表头（应有“{NUMBER}”一列），请用下载的空表填")
    titles = above[top]
    if missing := [column for column in NEEDED if column not in titles]:
        raise FundRefused(f"缺少列：{'、'.join(missing)}，请用下载的空表填")
    if len(table) - top > MOST_ROWS:
        raise FundRefused(f"登记表最多{MOST_ROWS}行，请分开收")
    for place in range(top + 1, len(table)):
        if any(_text(cell) for cell in table[place]):
            yield _Row(place + 1, dict(zip(titles, table[place], strict=False)))


def _paper(row: _Row) -> ArrivalPaper:
    """A row as its paper. Raises FundRefused naming row and field."""
    for column in NEEDED:
        if not row.text(column):
            raise row.fault(column, "没有填；合计行请删去")
    return ArrivalPaper(
        _year(row), _code(row, LEVEL, LEVELS), row.text(NUMBER), _fen(row), _day(row, DAY),
        _day(row, DUE) if row.text(DUE) else None, _code(row, AREA, AREAS), _code(row, SOURCE, SOURCES), row.text(TEXT),
    )  # fmt: skip


def _year(row: _Row) -> int:
    said = row.text(YEAR).removesuffix("年")
    if not (said.isascii() and said.isdigit()):
        raise row.fault(YEAR, f"“{said}”不是年度，应写成 2024 这样")
    return int(said)


def _code(row: _Row, column: str, known: Mapping[str, str]) -> str:
    """What a word stands for; an empty one is the first, as the form has it."""
    said = row.text(column)
    codes = {zh: code for code, zh in known.items()} | {zh.removesuffix("级"): code for code, zh in known.items()}
    if said and said not in codes:
        raise row.fault(column, f"“{said}”不认识，应为{'、'.join(known.values())}")
    return codes[said] if said else next(iter(known))


def _fen(row: _Row) -> int:
    said = row.text(AMOUNT).replace("，", ",")
    if said.startswith(RED):
        raise row.fault(AMOUNT, f"“{said}”是红字：表格只登记到位，要冲回的到“到位资金”里按“冲回”")
    try:
        return yuan(said)
    except NotMoney:
        raise row.fault(AMOUNT, f"“{said}”不是金额，应写成 5259964.00 这样，最多两位小数") from None


def _day(row: _Row, column: str) -> date:
    found = row.cells.get(column)
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    try:
        said = DAY_SAID.fullmatch(row.text(column))
        return date(*map(int, said.groups())) if said else date.fromisoformat(row.text(column))
    except ValueError:
        raise row.fault(column, f"“{row.text(column)}”不是日期，应写成 2024-01-05 这样") from None
