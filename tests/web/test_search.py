"""找家庭: by number, name, end of the id number, phone or village; status and amount beside; a list while one types."""

from datetime import date

import pytest
from django.db import connection

from opendibao.registry.actions import move_household
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, at, family
from tests.web.conftest import Page, Reader, page_of
from tests.web.desk import Desk, hired

MOVED = date(2024, 5, 6)
HX = {"HX-Request": "true"}


def typed(read: Reader, text: str) -> Page:
    """What comes back while somebody types."""
    return page_of(read.client.get("/search", {"q": text}, headers=HX))  # type: ignore[arg-type]


def test_a_whole_household_number_goes_straight_to_its_page(read: Reader) -> None:
    family("A1")
    response = read.client.get("/search?q=A1")
    assert (response.status_code, response.headers["Location"]) == (302, "/households/A1/")


def test_a_village_lists_its_households_with_status_and_amount(read: Reader) -> None:
    family("A1", persons=3, fen=62000)
    family("B1", division=OTHER_VILLAGE)
    page = read("/search?q=东村")
    assert "找到 1 户" in page.words
    assert "镇100东村 ✓ 在保 620.00 3" in page.words
    assert 'value="东村"' in page.html  # the box keeps what was asked


def test_one_who_left_is_found_as_stopped_and_gets_nothing(read: Reader) -> None:
    family("A1").decide("stop", date(2024, 5, 6))
    assert "镇100东村 停发 — 1" in read("/search?q=东村").words


def test_somebody_who_is_not_the_head_is_named_beside_him_with_his_own_masked_number(read: Reader) -> None:
    home = family("A1", persons=3)
    number = home.people[2].id_number
    page = read("/search?q=成员3")
    assert f"A1 成员1 成员3 {number[:6]}********{number[-4:]} 镇100东村" in page.words
    assert number not in page.html


def test_a_telephone_number_finds_its_household(read: Reader) -> None:
    home = family("A1").household
    family("B1")
    move_household(
        home.pk, division=VILLAGE, area="rural", address="2号", phone="00012345678", on=MOVED, at=at(MOVED)
    )  # fmt: skip
    page = read("/search?q=00012345678")
    assert "找到 1 户" in page.words
    assert page.link("A1") == "/households/A1/"


def test_nothing_found_says_what_can_be_asked(read: Reader) -> None:
    assert "没有找到" in read("/search?q=无此人").words
    assert "拼音首字母" in read("/search").words


class TestWhileTyping:
    def test_the_first_eight_come_with_a_link_to_all(self, read: Reader) -> None:
        for number in range(9):
            family(f"A{number}")
        page = typed(read, "成员")
        assert page.html.count("<li>") == 8
        assert 'data-say="找到 9 户"' in page.html
        assert "全部 9 户" in page.words
        assert "<html" not in page.html

    def test_a_row_says_who_where_how_and_how_much(self, read: Reader) -> None:
        home = family("A1", fen=62000)
        page = typed(read, "A1")
        tail = home.people[0].id_number[-4:]
        assert f"成员1 620.00 元 镇100东村 · A1 · 999999********{tail} ✓ 在保" in page.words

    def test_a_whole_number_is_listed_and_not_gone_to(self, read: Reader) -> None:
        family("A1")
        assert typed(read, "A1").status == 200

    def test_an_empty_box_brings_an_empty_list(self, read: Reader) -> None:
        assert typed(read, "").html.strip() == ""

    def test_nobody_is_found_in_another_township(self, county: None) -> None:
        family("A1", division=FAR_VILLAGE)
        clerk = Desk(hired("clerk01", "王经办"))
        assert "没有找到" in page_of(clerk.client.get("/search?q=成员", headers=HX)).words  # type: ignore[arg-type]

    def test_markup_that_is_typed_is_shown_as_text(self, read: Reader) -> None:
        assert "<script>" not in read("/search?q=<script>alert(1)</script>").html.split("<main", 1)[1]
        assert typed(read, "<b>x</b>").status == 200

    def test_too_long_a_question_is_refused_in_words(self, read: Reader) -> None:
        assert read("/search?q=" + "王" * 61).status == 400


@pytest.mark.usefixtures("county")
def test_rows_cost_no_query_each(read: Reader) -> None:
    for number in range(30):
        family(f"A{number}")
    asked: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert "找到 30 户" in read("/search?q=成员").words

    assert len(asked) <= 20


def test_nothing_found_and_nothing_asked_say_what_to_do(read: Reader) -> None:
    words = read("/search?q=无此人").words
    assert "找“无此人”" in words
    assert "没有找到 可以输入姓名" in words
    assert "找谁家？ 在上面的框里输入，按回车。" in read("/search").words
