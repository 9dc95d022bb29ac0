"""长期公布的页: every village's list of the month, whose is old, one list, and the list as a workbook."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from opendibao.decision.models import Publication
from tests.decision.builders import covered
from tests.registry.builders import CHILD, FATHER, MOTHER, VILLAGE, divisions
from tests.web.conftest import page_of
from tests.web.decision.townships import clerk, stranger

pytestmark = pytest.mark.usefixtures("county")
LIST = f"/publication/{VILLAGE}/2025-01/"


def test_a_village_whose_list_is_old_is_seen_and_brought_up_to_date(county: None) -> None:
    divisions()
    covered()
    desk = clerk()

    before = desk.reads("/publication/").words
    page = desk.follows(desk.does(f"{LIST}post/", posted_on="2025-01-06"))

    assert "2025-01 的名单还有 1 个没有更新" in before
    assert "已登记公布：1 户 3 人" in page.words
    assert "2025-01 的名单还有 0 个没有更新" in desk.reads("/publication/").words
    assert "这个月的名单已于 2025-01-06 由 王经办 公布" in desk.reads(f"{LIST}post/").words


def test_the_list_says_name_persons_amount_and_nothing_else(county: None) -> None:
    divisions()
    covered()

    page = clerk().reads(LIST)

    assert "1 3组 王秀英 3 1,378.00" in page.words
    others = (MOTHER.id_number, "6200000000000000001", "00012345678", FATHER.name, CHILD.name, "12号")
    assert [secret for secret in others if secret in page.html] == []


def test_the_workbook_holds_the_same_lines(county: None) -> None:
    divisions()
    covered()
    response = clerk().client.get(f"{LIST}list.xlsx")

    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python()

    assert rows == [["序号", "村组", "姓名", "人数", "每月（元）"], [1, "3组", "王秀英", 3, 1378]]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/publication/{VILLAGE}/2025-02/", 400),
        (f"/publication/{VILLAGE}/2025-13/", 400),
        (f"/publication/{VILLAGE}/x/", 400),
        ("/publication/360429100000/2025-01/", 404),
        ("/publication/999999999999/2025-01/", 404),
        ("/publication/?month=2025-02", 400),
    ],
)
def test_what_is_no_list_is_said(address: str, status: int, county: None) -> None:
    divisions()

    assert clerk().reads(address).status == status


def test_another_townships_list_is_not_there(county: None) -> None:
    divisions()
    covered()
    far = stranger()

    assert far.reads(LIST).status == 404
    assert page_of(far.client.get(f"{LIST}list.xlsx")).status == 404  # type: ignore[arg-type]
    assert "月亮村" not in far.reads("/publication/").words


def test_it_is_posted_once(county: None) -> None:
    divisions()
    covered()
    first, second = clerk(), clerk("clerk92", "李经办")
    opened = second.opens(f"{LIST}post/")
    first.does(f"{LIST}post/", posted_on="2025-01-06")

    assert second.sends(f"{LIST}post/", **opened, posted_on="2025-01-06").status == 409
    assert Publication.objects.count() == 1
