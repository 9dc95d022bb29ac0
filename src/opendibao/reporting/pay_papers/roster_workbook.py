"""花名册表格: the roster as a workbook; every cell is text, so that no number is rounded and nothing is a formula."""

import io
from collections.abc import Iterator
from datetime import date, datetime

import xlsxwriter

from opendibao.kernel.money import in_words, yuan_said
from opendibao.reporting.case_papers.dating import day, month
from opendibao.reporting.pay_papers.roster import Entry, PayRoster, Sums, Town, Village, pay_roster
from opendibao.reporting.pay_papers.roster_print import TITLE, sent_words

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
HEADS = ("序号", "乡镇（街道）", "村（社区）", "户主", "身份证号", "保障人数", "保障金（元）", "分类施保金（元）",
         "发放合计（元）", "户名", "开户银行", "账号", "签字／备注")  # fmt: skip
WIDTHS = (7, 14, 18, 14, 21, 9, 14, 16, 15, 14, 22, 24, 16)
AMOUNTS = range(5, 9)
Line = tuple[str, tuple[str, ...]]  # how it is set, and its cells


def roster_xlsx(run_id: int, *, on: date, officer: str, full: bool = False) -> bytes:
    """The same lines and sums as the printed roster; who took it and when stands above and on every page.

    Raises NoSuchRun.
    """
    found, made = pay_roster(run_id, on=on, officer=officer, full=full), io.BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        book.set_properties({"title": TITLE, "created": datetime(on.year, on.month, on.day)})
        plain = {"num_format": "@", "valign": "vcenter", "border": 1, "font_size": 9, "text_wrap": True}
        forms = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"num_format": "@"}),
            "head": book.add_format({**plain, "bold": True, "align": "center", "bg_color": "#F1F3F5"}),
            "line": book.add_format(plain),
            "line#": book.add_format({**plain, "align": "right"}),
            "sum": book.add_format({**plain, "bold": True, "bg_color": "#F1F3F5"}),
            "sum#": book.add_format({**plain, "bold": True, "align": "right", "bg_color": "#F1F3F5"}),
        }
        sheet = book.add_worksheet("花名册")
        _lay_out(sheet, found)
        for place, (form, cells) in enumerate(_lines(found)):
            for column, words in enumerate(cells):
                marked = f"{form}#" if column in AMOUNTS and f"{form}#" in forms else form
                sheet.write_string(place, column, words, forms[marked])
    return made.getvalue()


def _lay_out(sheet: xlsxwriter.workbook.Worksheet, found: PayRoster) -> None:
    """A4 across, one page wide, the heads on every page; the officer and the day in head and foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    taken = f"{found.officer}　{day(found.on)}".replace("&", "&&")
    sheet.set_header(f"&R取用：{taken}")
    sheet.set_footer(f"&L取用：{taken}&R第 &P 页　共 &N 页")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)


def _lines(found: PayRoster) -> Iterator[Line]:
    run = found.run
    yield "title", (f"{found.county}{month(run.month)}{TITLE}",)
    yield (
        "note",
        (f"冻结日期：{day(run.frozen_on)}　到账期限：{day(run.due_on)}　取用：{found.officer}　{day(found.on)}",),
    )
    yield "head", HEADS
    for town in found.towns:
        for village in town.villages:
            yield from (("line", _cells(found, town, village, entry)) for entry in village.entries)
            yield "sum", _sum_cells(f"{village.name}小计", town.name, village.name, village.sums)
        yield "sum", _sum_cells(f"{town.name}合计", town.name, "", town.sums)
    if found.is_whole:
        yield "sum", _sum_cells("全县合计", "", "", found.sums)
        yield "note", (f"发放合计（大写）：{in_words(found.sums.fen)}",)
        yield "note", (sent_words(found),)


def _cells(found: PayRoster, town: Town, village: Village, entry: Entry) -> tuple[str, ...]:
    row, sums = entry.row, entry.sums
    amounts = (yuan_said(fen) for fen in (sums.base_fen, sums.supplement_fen, sums.fen))
    return (
        str(entry.number), town.name, village.name, row.head, found.id_number(row), entry.persons, *amounts,
        row.holder, row.bank, found.account(row), entry.remark,
    )  # fmt: skip


def _sum_cells(label: str, town: str, village: str, sums: Sums) -> tuple[str, ...]:
    amounts = (yuan_said(fen) for fen in (sums.base_fen, sums.supplement_fen, sums.fen))
    held = f"其中暂缓{sums.held:,}户，{yuan_said(sums.held_fen)}元" if sums.held else ""
    return ("", town, village, label, f"{sums.households:,}户", f"{sums.persons:,}", *amounts, held, "", "", "")
