"""到位资金登记表: read row by row as people write such tables; a wrong cell is named, and then none is entered."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from opendibao.budget.arrival_sheet import COLUMNS, LARGEST, enter_sheet
from opendibao.budget.arrivals import arrivals
from opendibao.budget.models import FundArrival
from opendibao.budget.refusal import FundRefused
from tests.budget.papers import YEAR, came
from tests.payment.builders import COUNTY, at

pytestmark = pytest.mark.usefixtures("county")
TODAY = date(2024, 5, 6)
CENTRAL = ["2024", "中央", "财社〔2024〕1号", "930.00", "2024-01-02", "", "", "", ""]
SHARE = ["2024", "县级", "县财社〔2024〕3号", "225.00", "2024-04-10", "2024-03-31", "农村", "当年安排", "第一笔"]


def workbook(*rows: list[Any], heads: tuple[str, ...] = COLUMNS, above: tuple[str, ...] = ()) -> bytes:
    """A workbook with these rows under their headings; days and numbers as a spreadsheet keeps them."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate([*([title] for title in above), list(heads), *rows]):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write(line, place, cell)
    return made.getvalue()


def take(data: bytes) -> list[FundArrival]:
    return enter_sheet(data, division=COUNTY, on=TODAY, at=at(TODAY))


def refused(*rows: list[Any]) -> str:
    with pytest.raises(FundRefused) as refusal:
        take(workbook(*rows))
    assert arrivals(YEAR) == []
    return str(refusal.value)


def test_rows_are_entered_as_they_stand() -> None:
    take(workbook(CENTRAL, [], SHARE, above=("到位资金登记表",)))
    first, second = arrivals(YEAR)
    assert (first.level, first.number, first.fen, first.arrived_on, first.due_on, first.area, first.source) == (
        "central", "财社〔2024〕1号", 93_000, date(2024, 1, 2), None, "", "allocation"
    )  # fmt: skip
    assert (second.level, second.fen, second.due_on, second.area, second.text) == (
        "county", 22_500, date(2024, 3, 31), "rural", "第一笔"
    )  # fmt: skip


def test_a_spreadsheets_own_numbers_and_days_are_read_too() -> None:
    take(workbook([2024, "省", "财2", 5259964.1, date(2024, 1, 2)], heads=COLUMNS[:5]))
    (row,) = arrivals(YEAR)
    assert (row.level, row.fen, row.arrived_on) == ("province", 525_996_410, date(2024, 1, 2))


@pytest.mark.parametrize("said", ["2024/1/2", "2024年1月2日", "2024.1.2", "2024-01-02"])
def test_a_day_may_be_written_as_people_write_it(said: str) -> None:
    take(workbook([*CENTRAL[:4], said]))
    assert arrivals(YEAR)[0].arrived_on == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [
        (0, "二四", "第2行“预算年度”“二四”不是年度，应写成 2024 这样"),
        (1, "乡级", "第2行“预算级次”“乡级”不认识，应为中央、省级、市级、县级"),
        (2, "", "第2行“文号”没有填"),
        (3, "九百", "第2行“金额（元）”“九百”不是金额，应写成 5259964.00 这样"),
        (3, 1.005, "第2行“金额（元）”“1.005”不是金额"),
        (3, "-30.00", "第2行“金额（元）”“-30.00”是红字：表格只登记到位"),
        (4, "2024-02-30", "第2行“到位日期”“2024-02-30”不是日期，应写成 2024-01-05 这样"),
        (4, "2024-06-01", "第2行：到位日期2024-06-01晚于今天"),
        (5, "三月底", "第2行“应到位日期”“三月底”不是日期"),
        (6, "郊区", "第2行“城乡”“郊区”不认识，应为不分城乡、农村、城镇"),
        (7, "借款", "第2行“资金来源”“借款”不认识"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row(place: int, cell: Any, words: str) -> None:
    wrong = list(CENTRAL)
    wrong[place] = cell
    assert words in refused(wrong, SHARE)


def test_every_wrong_row_is_named_and_the_right_ones_wait_too() -> None:
    said = refused(CENTRAL, [*CENTRAL[:3], "九百", "2024-01-03"], SHARE, [*SHARE[:4], "昨天"])
    assert said.startswith("有2行要改：第3行“金额（元）”")
    assert "；第5行“到位日期”“昨天”不是日期" in said


def test_the_first_ten_are_named_and_the_others_counted() -> None:
    said = refused(*([*CENTRAL[:3], "x", f"2024-01-{day:02d}"] for day in range(1, 13)))
    assert said.startswith("有12行要改：")
    assert said.endswith("；还有2处")


def test_a_line_of_totals_is_named() -> None:
    assert "第3行“预算年度”没有填；合计行请删去" in refused(CENTRAL, ["", "", "合计", "930.00"])


def test_what_is_there_already_is_not_entered_again() -> None:
    came(fen=93_000)
    with pytest.raises(FundRefused, match=r"第2行：财社〔2024〕1号的中央资金（不分城乡）2024-01-02已经登记"):
        take(workbook(CENTRAL, SHARE))
    assert len(arrivals(YEAR)) == 1


def test_the_same_row_twice_in_one_table_is_named() -> None:
    assert "第3行：财社〔2024〕1号的中央资金" in refused(CENTRAL, CENTRAL)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "打不开"),
        (b"PK\x03\x04 broken", "打不开"),
        (b"x" * (LARGEST + 1), "文件有2000KB，登记表最多2000KB"),
        (workbook(), "没有一行"),
        (workbook(CENTRAL, heads=("甲", "乙")), "前5行里没有表头（应有“文号”一列）"),
        (workbook(["1", "2"], heads=("文号", "预算级次")), "缺少列：预算年度、金额（元）、到位日期"),
        (workbook(*[CENTRAL] * 501), "登记表最多500行"),
    ],
)
def test_what_is_no_table_of_arrivals_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(FundRefused, match=words):
        take(data)
