"""登记表的网页: an empty table is fetched, filled in and taken; the entries come out under the same headings."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from opendibao.budget.arrival_sheet import COLUMNS
from opendibao.budget.models import FundArrival
from opendibao.kernel.duties import Duty
from tests.budget.papers import came
from tests.budget.test_arrival_sheet import CENTRAL, SHARE, workbook
from tests.payment.builders import COUNTY
from tests.web.desk import Desk, hired
from tests.web.test_acts_tickets import faults

TAKE, FILE = "/funds/arrivals/table/", "/funds/arrivals/file/?year=2024"
pytestmark = pytest.mark.usefixtures("county")


def finance() -> Desk:
    return Desk(hired("fin95", "钱财政", division=COUNTY, duties=(Duty.FINANCE,)))


def sheet(data: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


def sent(*rows: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("登记表.xlsx", workbook(*rows))


def test_a_filled_table_is_taken_whole() -> None:
    desk = finance()
    page = desk.follows(desk.does(TAKE, file=sent(CENTRAL, SHARE)))  # type: ignore[arg-type]
    assert "已登记 2 笔到位资金，共 1,155.00 元。" in page.words
    assert FundArrival.objects.count() == 2


def test_a_wrong_row_is_named_and_nothing_is_kept() -> None:
    page = finance().does(TAKE, file=sent(CENTRAL, [*SHARE[:3], "九百"]))  # type: ignore[arg-type]
    assert "第3行“到位日期”没有填" in faults(page)
    assert not FundArrival.objects.exists()


def test_a_form_without_a_file_says_so() -> None:
    assert "请选择“登记表（xlsx）”" in faults(finance().does(TAKE))


def test_the_entries_come_out_as_they_could_go_in() -> None:
    came(level="county", number="县1", fen=22_500, due_on=date(2024, 3, 31), arrived_on=date(2024, 4, 10), text="晚到")
    heads, row = sheet(finance().client.get(FILE).content)
    assert heads == list(COLUMNS)
    assert row == ["2024", "县级", "县1", "225.00", "2024-04-10", "2024-03-31", "不分城乡", "当年安排", "晚到"]


def test_an_empty_table_has_the_headings_alone() -> None:
    came()
    assert sheet(finance().client.get("/funds/arrivals/file/?blank=1").content) == [list(COLUMNS)]
    assert "下载空的登记表" in finance_again().reads(TAKE).words


def finance_again() -> Desk:
    return Desk(hired("fin96", "周财政", division=COUNTY, duties=(Duty.FINANCE,)))


def test_a_township_and_who_only_reads_enter_nothing() -> None:
    assert Desk(hired("clerk95", "王经办")).reads(TAKE).status == 403
    auditor = Desk(hired("audit95", "审计", division=COUNTY, duties=(Duty.AUDIT,)))
    assert (auditor.reads(TAKE).status, auditor.reads(FILE).status) == (403, 200)
