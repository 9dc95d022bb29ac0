"""一户一档的页: a file is opened, filled from what is on record, counted, closed, lent and printed."""

import re
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.intake.models import ArchiveFile, ArchiveItem
from opendibao.registry.models import Household
from tests.decision.builders import covered
from tests.registry.builders import divisions
from tests.web.decision.townships import clerk, stranger
from tests.web.desk import Desk

pytestmark = pytest.mark.usefixtures("county")
TODAY = "2025-01-06"
PAGES = re.compile(r'name="(pages_[0-9a-f]{12})"')
HOME = "999999-00001"


def opened(desk: Desk, on: str = TODAY) -> ArchiveFile:
    divisions()
    covered()
    desk.follows(desk.does(f"/archive/new/{HOME}/", on=on))
    return ArchiveFile.objects.get()


def filled(desk: Desk) -> ArchiveFile:
    file = opened(desk)
    page = desk.reads(f"/archive/{file.pk}/fill/")
    sources = [part.split('"')[0] for part in page.html.split('name="papers" value="')[1:]]
    pages = dict.fromkeys(PAGES.findall(page.html), "2")
    response = desk.client.post(
        f"/archive/{file.pk}/fill/", {**desk.hidden(page), **pages, "papers": sources, "on": TODAY}
    )
    assert response.status_code == 303, response.content.decode()
    return file


def test_a_file_is_filled_with_what_is_on_record(county: None) -> None:
    desk = clerk()
    file = filled(desk)

    page = desk.reads(f"/archive/{file.pk}/")

    titles = list(ArchiveItem.objects.order_by("sequence").values_list("title", flat=True))
    assert titles[:2] == ["最低生活保障申请书", "家庭成员及收入财产申报表"]
    assert "入户调查表" in titles
    assert "民主评议表" in titles
    assert "公示榜" in titles
    assert titles[-1].startswith("告知书")
    assert f"{len(titles)} 份 {2 * len(titles)} 页" in page.words
    assert "登记在案的材料都已放入" in desk.reads(f"/archive/{file.pk}/fill/").words


def test_from_counting_to_the_shelf(county: None) -> None:
    desk = clerk()
    file = filled(desk)
    pages = 2 * ArchiveItem.objects.count() + 1
    desk.follows(
        desk.does(f"/archive/{file.pk}/add/", title="情况说明", dated_on=TODAY, pages="1", form="copy", on=TODAY)
    )

    wrong = desk.does(f"/archive/{file.pk}/check/", pages="1", location="3柜", on=TODAY)
    desk.follows(desk.does(f"/archive/{file.pk}/check/", pages=str(pages), location="3柜12盒", on=TODAY))
    page = desk.follows(desk.does(f"/archive/{file.pk}/close/", on=TODAY))

    assert wrong.status == 422
    assert f"数出1页，目录合计{pages}页" in wrong.words
    assert "档号 DB2025-360429100-00001，保管到 2035-12-31" in page.words
    assert "已于 2025-01-06 归档" in desk.reads(f"/archive/{file.pk}/add/").words
    assert "DB2025-360429100-00001" in desk.reads(f"/households/{HOME}/").words
    rows = CalamineWorkbook.from_filelike(BytesIO(desk.client.get("/archive/list.xlsx?state=closed").content))
    assert rows.get_sheet_by_index(0).to_python()[1][3:5] == ["DB2025-360429100-00001", "3柜12盒"]
    assert "3柜12盒" in desk.reads("/archive/?sought=3柜").words


def test_what_is_lent_is_seen_until_it_is_back(county: None) -> None:
    desk = clerk()
    file = opened(desk, on="2025-01-02")
    desk.follows(
        desk.does(
            f"/archive/{file.pk}/lend/", borrower="赵审计", unit="县审计局", purpose="专项审计", on="2025-01-02",
            due_on="2025-01-03",
        )
    )  # fmt: skip

    assert "赵审计，应于 2025-01-03 归还，逾期" in desk.reads("/archive/?state=overdue").words
    assert "档案借出未还" in desk.reads("/today/").words
    assert "档案在 赵审计 手里" in desk.reads(f"/archive/{file.pk}/lend/").words
    desk.follows(desk.does(f"/archive/{file.pk}/return/", on=TODAY))
    assert "档案借出未还" not in desk.reads("/today/").words
    assert "这里没有档案" in desk.reads("/archive/?state=lent").words


def test_a_paper_is_taken_out_with_a_reason(county: None) -> None:
    desk = clerk()
    file = filled(desk)
    item = ArchiveItem.objects.get(sequence=1)

    page = desk.follows(desk.does(f"/archive/papers/{item.pk}/take-out/", reason="放错了", on=TODAY))

    assert "2025-01-06 抽出：放错了" in page.words
    assert "最低生活保障申请书" in desk.reads(f"/archive/{file.pk}/fill/").words


def test_cover_and_contents_are_printed(county: None) -> None:
    desk = clerk()
    file = filled(desk)

    response = desk.client.get(f"/archive/{file.pk}/print/")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_another_township_sees_no_file(county: None) -> None:
    desk = clerk()
    file = filled(desk)
    far = stranger()

    assert Household.objects.count() == 1
    assert HOME not in far.reads("/archive/").words
    for address in ("", "print/", "fill/", "add/", "check/", "close/", "lend/", "return/"):
        assert far.reads(f"/archive/{file.pk}/{address}").status == 404
    assert far.reads(f"/archive/papers/{ArchiveItem.objects.order_by('pk')[0].pk}/take-out/").status == 404
    assert far.reads(f"/archive/new/{HOME}/").status == 404


@pytest.mark.parametrize(("address", "status"), [("/archive/?state=x", 400), ("/archive/?sought=" + "a" * 61, 400)])
def test_what_cannot_be_asked_is_said(address: str, status: int, county: None) -> None:
    divisions()

    assert clerk().reads(address).status == status
