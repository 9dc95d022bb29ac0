"""送达数据的表格: rejects to send back to a department, and the empty workbook that a department fills in."""

import io
from collections.abc import Mapping, Sequence
from importlib.resources import files

from opendibao.kernel.ids import mask_name
from opendibao.verification.deliveries.queries import RejectRow, rejects_of
from opendibao.verification.deliveries.reading.sheets import columns_of
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, TEXT, Column, Source

REJECT_HEADS = ("行号", "字段", "退回理由", "证件号码", "姓名")
LAYOUT_HEADS = ("列名", "也认得的列名", "填什么", "必须有内容", "定长文本字节数")
SHEET, LAYOUT = "数据", "填写说明"
KINDS = {
    TEXT: "文字", DAY: "日期，如 2024-03-05", MONTH: "月份，如 2024-03", MONEY: "金额（元），如 1234.56",
    COUNT: "整数", MEASURE: "数，最多两位小数", CODE: "",
}  # fmt: skip
AS_TEXT = "18位号码，单元格设为文本格式"
UNITS = {"yuan": "元", "wan": "万元", "fen": "分"}
SHOWN_ENDS, LONG_ENOUGH = (6, 4), 15
SAMPLES = "opendibao.verification.sources"
WIDTH, WIDE = 16, 60
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def masked_number(text: str) -> str:
    """What may be shown of an id number however it was written: the ends of a long one, nothing of a short one."""
    first, last = SHOWN_ENDS
    if len(text) < LONG_ENOUGH:
        return "*" * len(text)
    return f"{text[:first]}{'*' * (len(text) - first - last)}{text[-last:]}"


def reject_cells(row: RejectRow) -> tuple[str, str, str, str, str]:
    """A row that goes back as it may be shown: by its number in the file, whom it names only in part."""
    shown = {name: str(row.row.get(name, "")) for name in ("id_number", "name")}
    return str(row.row_no), row.field, row.reason, masked_number(shown["id_number"]), mask_name(shown["name"])


def rejects_workbook(delivery_id: int) -> bytes:
    """The rows of a delivery that go back, as .xlsx for the department, which finds them by their numbers."""
    return _workbook({"退回行": [REJECT_HEADS, *map(reject_cells, rejects_of(delivery_id))]})


def layout_rows(source: Source) -> list[tuple[str, str, str, str, str]]:
    """What a department is told of each column of a source, in the words of LAYOUT_HEADS."""
    widths = dict(source.widths)
    return [
        (column.zh, "、".join(column.also), column_words(column), "是" if column.is_needed else "",
         str(widths.get(column.name, "")))
        for column in columns_of(source).values()
    ]  # fmt: skip


def column_words(column: Column) -> str:
    """What may stand in a column, for who fills it in."""
    if column.name == "id_number":
        return AS_TEXT
    if column.kind == CODE:
        return "、".join(column.choices)
    said = KINDS[column.kind]
    return said.replace("元", UNITS[column.unit]) if column.kind == MONEY else said


def template_workbook(source: Source) -> bytes:
    """The empty workbook of a source: headings in the first sheet, all cells as text, and how to fill it in."""
    heads = [column.zh for column in columns_of(source).values()]
    return _workbook({SHEET: [heads], LAYOUT: [LAYOUT_HEADS, *layout_rows(source)]})


def sample_file(source: Source) -> bytes | None:
    """The sample of a source with fictional people, as CSV; None where it has none."""
    sample = files(SAMPLES).joinpath(source.name, "sample.csv")
    return sample.read_bytes() if sample.is_file() else None


def _workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Texts as a workbook; no cell is ever a formula or a number, so that ids typed into it keep their places."""
    import xlsxwriter  # half a second, for who downloads one

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, SAFE) as book:
        bold, text = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
        wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(map(len, rows)) - 1, WIDTH, text)
            if name != SHEET:
                sheet.set_column(2, 2, WIDE, wrapped)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(line, place, cell, bold if not line else wrapped if place == 2 else text)
    return target.getvalue()
