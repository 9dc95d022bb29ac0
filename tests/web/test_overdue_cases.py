"""逾期案件页: how many, how long and where by township; each number opens its rows."""

from datetime import date

import pytest

from opendibao.intake.actions import accept_case, submit_case
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from tests.payment.builders import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, Family, at, divisions
from tests.web.conftest import Reader
from tests.web.desk import OTHER_TOWN, TOWN, Desk, county_desk, hired

# today is Monday 2025-01-06; surveys must begin three working days after acceptance
LATE, LATER, FRESH = date(2024, 12, 23), date(2024, 12, 16), date(2025, 1, 3)


def accepted(number: str, division: str, on: date) -> Case:
    home = Family(number, division=division).enter().household
    made = submit_case(home.pk, kind="application", channel="counter", declared={}, on=on, at=at(on))
    return accept_case(made.pk, on=on, at=at(on))


@pytest.fixture
def late(county: None) -> list[Case]:
    """Two late in one township, one in another, one in time."""
    divisions()
    return [
        accepted("A1", VILLAGE, LATE), accepted("A2", OTHER_VILLAGE, LATER), accepted("B1", FAR_VILLAGE, LATE),
        accepted("A3", VILLAGE, FRESH),
    ]  # fmt: skip


def test_townships_are_told_by_number_longest_and_middle(late: list[Case]) -> None:
    page = county_desk().reads("/today/overdue/")

    # due 26 December: 27, 30, 31, 2, 3 and 6 January make six; due the 19th: eleven
    assert "3 件过了期限还没有办到下一步，最久的过了 11 个工作日" in page.words
    assert "镇100 2 11 8.5 家庭 2" in page.words
    assert "镇101 1 6 6 家庭 1" in page.words
    assert "全县 3 11 6" in page.words
    assert "缺授权签字 3" in page.words


def test_each_number_opens_its_rows(late: list[Case]) -> None:
    desk = county_desk()
    assert ("2", f"/today/overdue/?place={TOWN}") in desk.reads("/today/overdue/").links

    page = desk.reads(f"/today/overdue/?place={TOWN}")

    assert [words for words, href in page.links if href.startswith("/cases/") and words.startswith("受")] == [
        late[1].number, late[0].number,
    ]  # fmt: skip
    assert "成员1 镇100西村 缺授权签字 2024-12-19 11 家庭 14" in page.words
    assert late[3].number not in page.words


def test_a_step_opens_its_rows(late: list[Case]) -> None:
    page = county_desk().reads("/today/overdue/?step=consent")
    assert all(case.number in page.words for case in late[:3])
    assert "这里没有逾期的案件" in county_desk_again().reads("/today/overdue/?step=survey").words


def county_desk_again() -> Desk:
    return Desk(hired("county10", "孙审核", division=COUNTY, duties=(Duty.CONFIRM,)))


def test_the_day_leads_there(late: list[Case], read: Reader) -> None:
    assert ("看各乡镇逾期案件", "/today/overdue/") in read("/today/").links
    assert read("/today/overdue/").status == 200


def test_a_township_clerk_is_not_let_in(late: list[Case]) -> None:
    clerk = Desk(hired("clerk51", "王经办", division=OTHER_TOWN))
    assert clerk.reads("/today/overdue/").status == 403
    assert "看各乡镇逾期案件" not in clerk.reads("/today/").words


@pytest.mark.parametrize(("asked", "said"), [("place=12", "不是区划代码"), ("step=lunch", "没有“lunch”这一步")])
def test_what_cannot_be_asked_is_said(late: list[Case], read: Reader, asked: str, said: str) -> None:
    page = read(f"/today/overdue/?{asked}")
    assert page.status == 400
    assert said in page.words


@pytest.mark.usefixtures("county")
def test_an_empty_county_says_so(read: Reader) -> None:
    divisions()
    assert "现在没有逾期的案件" in read("/today/overdue/").words
