"""指标表的 Excel: a year's sheet as a workbook to fill in, and back again; a fault names its cell, all or nothing."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from opendibao.evaluation import scale
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.opened_workbook import opened
from opendibao.evaluation.queries import indicators
from opendibao.evaluation.refusal import BadSheet
from opendibao.evaluation.scoring import DIRECTIONS as SIGNS
from opendibao.evaluation.scoring import short
from opendibao.evaluation.sheet import Direction, OverCompletion
from opendibao.evaluation.sheet_forms import sheet_forms
from opendibao.evaluation.year_sheets import (
    JUDGED,
    SCORINGS,
    SheetEntry,
    SheetTerms,
    SheetVersion,
    entry_of,
    target_text,
)

ROWS_SHEET, TERMS_SHEET = "指标表", "办法"
COLUMNS = (
    "序号", "指标代码", "一级指标", "二级指标", "三级指标", "方向", "指标值", "单位", "指标值写法", "分值", "给分办法",
)  # fmt: skip
NEEDED = ("指标代码", "方向", "指标值", "指标值写法", "分值", "给分办法")
WIDTHS = (6, 22, 12, 16, 30, 8, 12, 8, 20, 8, 14)
DIRECTIONS = {Direction.AT_LEAST: "不低于", Direction.AT_MOST: "不高于", Direction.EQUAL: "等于"}
OVER = {OverCompletion.FLAG: "只提示", OverCompletion.LINEAR: "按偏离度调减"}
TERMS = ("年度", "表样", "等级办法", "超额完成", "预算执行率分值")
LARGEST, LARGEST_UNPACKED, MOST_ROWS, MOST_FAULTS = 2_000_000, 20_000_000, 200, 20


@dataclass(frozen=True)
class WorkbookSheet:
    """What a workbook says: rows in order and what holds for the whole sheet."""

    entries: tuple[SheetEntry, ...]
    terms: SheetTerms


def workbook_of(version: SheetVersion) -> bytes:
    """The sheet as .xlsx, ready to be changed and imported again."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        _write_rows(book, version)
        _write_terms(book, version)
    return made.getvalue()


def _write_rows(book: xlsxwriter.Workbook, version: SheetVersion) -> None:
    known, sheet = indicators(), book.add_worksheet(ROWS_SHEET)
    bold = book.add_format({"bold": True, "bg_color": "#E8EFF8", "border": 1})
    for column, (head, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(version.rows, 1):
        meant, entry = known[row.indicator], entry_of(row)
        level1, level2 = version.form.place(meant.level1, meant.level2)
        cells = (
            str(row.position), entry.indicator, level1, level2, meant.name,
            DIRECTIONS[Direction(entry.direction)] if entry.direction else "",
            "" if entry.target is None else short(entry.target), meant.unit, entry.target_text, short(entry.weight),
            SCORINGS[entry.scoring],
        )  # fmt: skip
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell)
    last = MOST_ROWS
    sheet.data_validation(1, 5, last, 5, {"validate": "list", "source": list(DIRECTIONS.values())})
    sheet.data_validation(1, 10, last, 10, {"validate": "list", "source": list(SCORINGS.values())})
    sheet.freeze_panes(1, 0)


def _write_terms(book: xlsxwriter.Workbook, version: SheetVersion) -> None:
    terms, sheet = version.terms, book.add_worksheet(TERMS_SHEET)
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 40)
    values = (
        str(version.sheet.year), version.form.zh, terms.grade_scheme, OVER[OverCompletion(terms.over_completion)],
        short(terms.execution_weight),
    )  # fmt: skip
    for number, (head, value) in enumerate(zip(TERMS, values, strict=True)):
        sheet.write_string(number, 0, head)
        sheet.write_string(number, 1, value)
    sheet.write_string(6, 0, "填写说明")
    sheet.write_string(6, 1, "指标值按单位写数，95%写95；定性分档的，方向和指标值留空；行的先后就是表里的先后")


def read_workbook(data: bytes, year: int) -> WorkbookSheet:
    """Read a workbook of `workbook_of`'s form; raises BadSheet naming every wrong cell."""
    book = opened(data, "指标表", largest=LARGEST, largest_unpacked=LARGEST_UNPACKED, refusal=BadSheet)
    terms = _terms(_table(book, TERMS_SHEET), year)
    table = _table(book, ROWS_SHEET)
    place = _places(table)
    faults: list[str] = []
    entries = [
        entry
        for number, row in enumerate(table[1:], 2)
        if any(_text(cell) for cell in row)
        if (entry := _entry(_Row(number, row, place), faults))
    ]
    if faults:
        more = f"；另有{len(faults) - MOST_FAULTS}处" if len(faults) > MOST_FAULTS else ""
        raise BadSheet(f"{len(faults)}处要改，没有录入：{'；'.join(faults[:MOST_FAULTS])}{more}")
    return WorkbookSheet(tuple(entries), terms)


Table = Sequence[Sequence[object]]


def _table(book: CalamineWorkbook, name: str) -> Table:
    if name not in book.sheet_names:
        raise BadSheet(f"没有工作表“{name}”，现有：{'、'.join(book.sheet_names)}；请从导出的文件改起")
    try:
        table = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError:
        raise BadSheet(f"工作表“{name}”读不出来，请另存为 xlsx 后再导入") from None
    if len(table) > MOST_ROWS:
        raise BadSheet(f"工作表“{name}”有{len(table)}行，最多{MOST_ROWS}行，请核对是不是指标表")
    return table


def _places(table: Table) -> Mapping[str, int]:
    heads = [_text(cell) for cell in table[0]] if table else []
    missing = [head for head in NEEDED if head not in heads]
    if missing:
        raise BadSheet(f"工作表“{ROWS_SHEET}”第1行缺少列：{'、'.join(missing)}；请从导出的文件改起")
    return {head: heads.index(head) for head in NEEDED}


def _text(cell: object) -> str:
    """A cell as it was typed; a number without its idle zeros."""
    if cell is None or isinstance(cell, str):
        return (cell or "").strip()
    try:
        return f"{Decimal(repr(cell)).normalize():f}"  # a spreadsheet's number prints as it was typed
    except InvalidOperation:
        return str(cell)  # a day, or yes and no


@dataclass(frozen=True)
class _Row:
    number: int
    cells: Sequence[object]
    place: Mapping[str, int]

    def text(self, head: str) -> str:
        """What stands under a head."""
        place = self.place[head]
        return _text(self.cells[place]) if place < len(self.cells) else ""

    def at(self, head: str) -> str:
        """Where that is, as a spreadsheet names it."""
        return f"第{self.number}行“{head}”（{chr(ord('A') + self.place[head])}{self.number}）"


def _entry(row: _Row, faults: list[str]) -> SheetEntry | None:
    before = len(faults)
    meant = indicators().get(row.text("指标代码"))
    if meant is None:
        faults.append(f"{row.at('指标代码')}：没有指标“{row.text('指标代码')}”，请在指标库里查代码")
    scoring = _word(row, "给分办法", SCORINGS, faults)
    weight = _number(row, "分值", faults)
    direction, target = "", None
    if scoring == JUDGED:
        faults += [f"{row.at(head)}：定性分档的留空" for head in ("方向", "指标值") if row.text(head)]
    elif scoring:
        direction = _direction(row, faults)
        target = _number(row, "指标值", faults)
    if len(faults) > before or meant is None or weight is None:
        return None
    text = row.text("指标值写法") or _default_text(meant, direction, target)
    if not text:
        faults.append(f"{row.at('指标值写法')}：定性分档的要写达到什么样")
    return SheetEntry(meant.code, direction, target, text, weight, scoring)


def _default_text(meant: Indicator, direction: str, target: Decimal | None) -> str:
    return "" if target is None else target_text(direction, target, meant.unit)


def _direction(row: _Row, faults: list[str]) -> str:
    signs = {sign: code for code, sign in SIGNS.items()}
    typed = row.text("方向")
    if not typed and row.text("指标值"):
        faults.append(f"{row.at('方向')}：指标值没有方向，请写{'、'.join(DIRECTIONS.values())}之一")
        return ""
    return signs[typed].value if typed in signs else _word(row, "方向", DIRECTIONS, faults)


def _word(row: _Row, head: str, words: Mapping[Any, str], faults: list[str]) -> str:
    """The code of a word; the code itself is understood too."""
    typed = row.text(head)
    for code, word in words.items():
        if typed in (str(code), word):
            return str(code)
    faults.append(f"{row.at(head)}：“{typed}”应为{'、'.join(words.values())}之一")
    return ""


def _number(row: _Row, head: str, faults: list[str]) -> Decimal | None:
    typed = row.text(head)
    try:
        found = Decimal(typed)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        faults.append(f"{row.at(head)}：“{typed}”应为不小于0的数字，不带单位和比较号")
        return None
    return found


def _terms(table: Table, year: int) -> SheetTerms:
    said = {_text(row[0]): _text(row[1]) for row in table if len(row) > 1}
    faults = list(_term_faults(said, year))
    if faults:
        raise BadSheet(f"工作表“{TERMS_SHEET}”：{'；'.join(faults)}；没有录入")
    forms = {form.zh: code for code, form in sheet_forms().items()}
    over = {word: code.value for code, word in OVER.items()}
    return SheetTerms(
        forms[said["表样"]], said["等级办法"], over[said["超额完成"]], Decimal(said["预算执行率分值"])
    )  # fmt: skip


def _term_faults(said: Mapping[str, str], year: int) -> Iterator[str]:
    missing = [name for name in TERMS if not said.get(name)]
    if missing:
        yield f"缺少{'、'.join(missing)}"
        return
    if said["年度"] != str(year):
        yield f"文件是{said['年度']}年度的，这里是{year}年度，请换一个文件或到那一年导入"
    known = {
        "表样": [form.zh for form in sheet_forms().values()],
        "等级办法": list(scale.grade_cuts()),
        "超额完成": list(OVER.values()),
    }
    for name, words in known.items():
        if said[name] not in words:
            yield f"{name}“{said[name]}”应为以下之一：{'、'.join(words)}"
    if not said["预算执行率分值"].replace(".", "", 1).isdecimal():
        yield f"预算执行率分值“{said['预算执行率分值']}”应为数字"
