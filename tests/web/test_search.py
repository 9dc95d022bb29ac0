"""找家庭: by number, name, end of the id number or village; one box, one list."""

from tests.payment.builders import OTHER_VILLAGE, family
from tests.web.conftest import Reader


def test_a_whole_household_number_goes_straight_to_its_page(read: Reader) -> None:
    family("A1")
    response = read.client.get("/search?q=A1")
    assert (response.status_code, response.headers["Location"]) == (302, "/households/A1/")


def test_a_village_lists_its_households(read: Reader) -> None:
    family("A1", persons=3)
    family("B1", division=OTHER_VILLAGE)
    page = read("/search?q=东村")
    assert "找到 1 户" in page.words
    assert "A1 成员1 — 镇100东村 3" in page.words
    assert 'value="东村"' in page.html  # the box keeps what was asked


def test_somebody_who_is_not_the_head_is_named_beside_him(read: Reader) -> None:
    family("A1", persons=3)
    assert "A1 成员1 成员3 镇100东村" in read("/search?q=成员3").words


def test_nothing_found_says_what_can_be_asked(read: Reader) -> None:
    assert "没有找到" in read("/search?q=无此人").words
    assert "拼音首字母" in read("/search").words
