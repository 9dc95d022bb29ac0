"""指标表的 Excel: what is exported comes back the same; every wrong cell is named, and nothing is half read."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
import xlsxwriter

from opendibao.evaluation.actions import BadSheet, SheetEntry, SheetTerms, load_sheet
from opendibao.evaluation.sheet_workbook import COLUMNS, read_workbook, workbook_of
from opendibao.evaluation.year_sheets import SheetVersion, year_sheet
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
TERMS = SheetTerms("with_cost", "youxiulianghaohegebuhege", "linear", Decimal("7.5"))
ROWS = [
    SheetEntry("rural_benefit_paid", "at_most", Decimal("5330.25"), "≤5330.25万元", Decimal(20)),
    SheetEntry("satisfaction", "at_least", Decimal(95), "不低于95%", Decimal("9.5"), "satisfaction"),
    SheetEntry("lasting_effect", "", None, "持续改善", Decimal(10), "judged"),
]
GOOD = ["1", "rural_persons", "", "", "", "不高于", "9000", "人", "", "5", "按完成比例"]
TERM_ROWS = (
    ("年度", "2024"), ("表样", "九十分表（20／40／20／10，预算执行率另列）"), ("等级办法", "youliangzhongcha"),
    ("超额完成", "只提示"), ("预算执行率分值", "10"),
)  # fmt: skip


def entered() -> SheetVersion:
    load_sheet(YEAR, COUNTY, ROWS, terms=TERMS, at=LOCKED)
    found = year_sheet(YEAR, COUNTY)
    assert found
    return found


def workbook(*rows: list[object], terms: object = TERM_ROWS, heads: tuple[str, ...] = COLUMNS) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("指标表")
        sheet.write_row(0, 0, heads)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
        other = book.add_worksheet("办法")
        for number, pair in enumerate(terms):  # type: ignore[arg-type, var-annotated]
            other.write_row(number, 0, pair)
    return made.getvalue()


def swollen(size: int) -> bytes:
    """A file of a few KB that unpacks to so many bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return made.getvalue()


def but(**changes: object) -> list[object]:
    row: list[object] = list(GOOD)
    for head, cell in changes.items():
        row[COLUMNS.index(head)] = cell
    return row


def refusal(data: bytes) -> str:
    with pytest.raises(BadSheet) as refused:
        read_workbook(data, YEAR)
    return str(refused.value)


def test_what_is_exported_comes_back_the_same() -> None:
    version = entered()
    read = read_workbook(workbook_of(version), YEAR)
    assert list(read.entries) == version.entries == ROWS
    assert read.terms == TERMS


def test_numbers_words_and_signs_are_understood_and_the_printed_form_is_made() -> None:
    read = read_workbook(workbook(but(方向="≤", 指标值=9000.5, 分值=5, 给分办法="proportional"), []), YEAR)
    assert read.entries == (SheetEntry("rural_persons", "at_most", Decimal("9000.5"), "≤9000.5人", Decimal(5)),)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (but(指标代码="happiness"), "第3行“指标代码”（B3）：没有指标“happiness”"),
        (but(方向="越多越好"), "第3行“方向”（F3）：“越多越好”应为不低于、不高于、等于之一"),
        (but(方向=""), "第3行“方向”（F3）：指标值没有方向"),
        (but(指标值="9000人"), "第3行“指标值”（G3）：“9000人”应为不小于0的数字"),
        (but(指标值=""), "第3行“指标值”（G3）：“”应为不小于0的数字"),
        (but(指标值="NaN"), "“NaN”应为不小于0的数字"),
        (but(分值="-1"), "第3行“分值”（J3）：“-1”应为不小于0的数字"),
        (but(给分办法="看心情"), "第3行“给分办法”（K3）：“看心情”应为按完成比例、"),
        (but(给分办法="定性分档"), "第3行“方向”（F3）：定性分档的留空"),
        (but(给分办法="定性分档", 方向="", 指标值=""), "第3行“指标值写法”（I3）：定性分档的要写达到什么样"),
    ],
)
def test_a_wrong_cell_is_named_by_its_place(row: list[object], words: str) -> None:
    assert words in refusal(workbook(GOOD, row))  # type: ignore[arg-type]


def test_all_wrong_cells_are_named_together() -> None:
    said = refusal(workbook(but(分值="五"), but(方向="高", 指标值="多")))
    assert said.startswith("3处要改，没有录入：第2行“分值”（J2）")
    assert "（F3）" in said
    assert "（G3）" in said


def test_only_the_first_faults_are_written_out_and_the_rest_counted() -> None:
    said = refusal(workbook(*[but(分值="五") for _ in range(25)]))
    assert said.startswith("25处要改")
    assert said.endswith("另有5处")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "文件打不开"),
        (lambda: b"PK\x03\x04 broken", "文件打不开"),
        (lambda: b"x" * 2_000_001, "文件有2000KB，指标表最多2000KB，请核对是不是指标表"),
        (lambda: swollen(21_000_000), "文件解压后有21MB，指标表最多20MB，请核对是不是指标表"),
        (lambda: workbook(heads=("序号", "指标代码")), "第1行缺少列：方向、指标值、指标值写法、分值、给分办法"),
        (lambda: workbook(*[list(GOOD)] * 200), "最多200行"),  # type: ignore[list-item]
        (lambda: workbook(list(GOOD), terms=TERM_ROWS[1:]), "缺少年度"),
        (lambda: workbook(list(GOOD), terms=(("年度", "2023"), *TERM_ROWS[1:])), "文件是2023年度的，这里是2024年度"),
        (
            lambda: workbook(list(GOOD), terms=(TERM_ROWS[0], ("表样", "我的"), *TERM_ROWS[2:])),
            "表样“我的”应为以下",
        ),
        (lambda: workbook(list(GOOD), terms=(*TERM_ROWS[:4], ("预算执行率分值", "十"))), "预算执行率分值“十”应为数字"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_words(make: Callable[[], bytes], words: str) -> None:
    assert words in refusal(make())


def test_a_workbook_without_our_worksheets_says_which_it_has() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet("Sheet1")
    assert "没有工作表“办法”，现有：Sheet1" in refusal(made.getvalue())


def test_text_that_looks_like_a_formula_stays_text() -> None:
    load_sheet(YEAR, COUNTY, [replace(ROWS[2], target_text="=1+1")], terms=TERMS, at=LOCKED)
    version = year_sheet(YEAR, COUNTY)
    assert version
    data = workbook_of(version)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
    assert read_workbook(data, YEAR).entries[0].target_text == "=1+1"
