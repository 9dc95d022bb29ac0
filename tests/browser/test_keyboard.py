"""只用键盘: search, rows, navigation and the list of keys; after a part is swapped the focus is where one reads on."""

from datetime import date

import pytest
from django.test import Client

from opendibao.reviews.models import Reverification
from tests.browser.conftest import Visitor
from tests.payment.builders import OTHER_VILLAGE, VILLAGE, family

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("two")]
JANUARY_ENDS = date(2025, 1, 31)


@pytest.fixture
def two(county: None) -> None:
    """Two households, both to be reviewed this month; the first page is opened once, which loads the whole site."""
    Client().get("/today/")
    for number, village in (("A1", VILLAGE), ("B1", OTHER_VILLAGE)):
        home = family(number, persons=2, division=village)
        Reverification.objects.create(
            household=home.household, division=village, review_class="yearly", due_on=JANUARY_ENDS
        )


class TestSearch:
    def test_a_family_is_found_and_opened_without_the_mouse(self, visitor: Visitor) -> None:
        visitor.opens("/today/")
        visitor.page.keyboard.press("/")
        visitor.page.keyboard.type("cy")
        visitor.page.wait_for_selector("#found li")

        visitor.page.keyboard.press("ArrowDown")
        visitor.page.keyboard.press("ArrowDown")
        visitor.page.keyboard.press("ArrowUp")
        visitor.page.keyboard.press("Enter")

        visitor.page.wait_for_url("**/households/A1/")

    def test_while_one_types_the_focus_stays_and_the_number_is_said(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        visitor.page.keyboard.press("/")
        visitor.page.keyboard.type("东村")
        visitor.page.wait_for_selector("#found li")
        assert visitor.focus == "q"
        assert visitor.page.text_content("#said") == "找到 1 户"
        assert visitor.page.url.endswith("/?year=2024")  # the address changes with Enter only

    def test_escape_shuts_the_list_and_leaves_the_box(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        visitor.page.keyboard.press("/")
        visitor.page.keyboard.type("cy")
        visitor.page.wait_for_selector("#found li")
        visitor.page.keyboard.press("ArrowDown")

        visitor.page.keyboard.press("Escape")
        assert visitor.focus == "q"
        visitor.page.keyboard.press("Escape")

        assert not visitor.page.is_visible("#found")

    def test_keys_are_letters_while_one_types(self, visitor: Visitor) -> None:
        visitor.opens("/today/")
        visitor.page.keyboard.press("/")
        visitor.page.keyboard.type("j?/n")
        assert visitor.page.input_value("#q") == "j?/n"
        assert not visitor.page.is_visible("#keys")


class TestRows:
    def test_arrows_walk_the_rows_and_enter_opens_one(self, visitor: Visitor) -> None:
        visitor.opens(f"/today/?place={OTHER_VILLAGE}")
        visitor.page.keyboard.press("ArrowDown")
        assert visitor.page.evaluate("document.activeElement.closest('tr') !== null")
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_url("**/households/B1/")

    def test_j_and_k_go_down_and_up(self, visitor: Visitor) -> None:
        visitor.opens("/search?q=成员")
        for key in "jjk":
            visitor.page.keyboard.press(key)
        assert visitor.page.evaluate("document.activeElement.textContent") == "A1"

    def test_on_other_pages_the_arrows_scroll_as_ever(self, visitor: Visitor) -> None:
        visitor.opens("/search?q=成员")
        visitor.page.keyboard.press("ArrowDown")
        assert visitor.focus == "BODY"


class TestSwaps:
    def test_after_a_swap_the_focus_is_at_the_list_and_the_change_is_said(self, visitor: Visitor) -> None:
        visitor.opens("/today/")
        visitor.page.click("a.stat >> nth=1")
        visitor.page.wait_for_url("**/today/?group=window")
        visitor.page.wait_for_function("() => document.activeElement.id === 'work'")
        assert visitor.page.text_content("#said").startswith("窗口内 ")  # type: ignore[union-attr]
        assert visitor.page.get_attribute("#today", "aria-busy") is None

        visitor.page.go_back()

        visitor.page.wait_for_function("() => document.querySelector('#work').textContent.startsWith('待办')")
        assert visitor.page.locator("header.topbar").count() == 1

    def test_an_error_is_said_and_what_stood_there_stays(self, visitor: Visitor) -> None:
        visitor.opens("/today/")
        visitor.page.route("**/today/?group=overdue", lambda route: route.fulfill(status=500))
        visitor.page.click("a.stat >> nth=0")
        visitor.page.wait_for_function("() => document.getElementById('said').textContent.includes('没有成功')")
        assert visitor.page.is_visible("table.work")
        visitor.complaints.clear()


class TestKeys:
    def test_the_question_mark_shows_the_keys_and_escape_returns(self, visitor: Visitor) -> None:
        visitor.opens(f"/today/?place={OTHER_VILLAGE}")
        visitor.page.keyboard.press("j")
        visitor.page.keyboard.press("?")
        assert visitor.page.is_visible("#keys")

        visitor.page.keyboard.press("Escape")

        assert not visitor.page.is_visible("#keys")
        assert visitor.page.evaluate("document.activeElement.closest('tr') !== null")

    def test_alt_and_a_number_go_through_the_navigation(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        visitor.page.keyboard.press("Alt+Digit1")
        visitor.page.wait_for_url("**/today/")
        visitor.page.keyboard.press("Alt+Digit3")
        visitor.page.wait_for_url("**/search")


@pytest.mark.parametrize("width", [320, 360, 768, 1366])
def test_the_day_and_the_found_fit_every_screen(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 800})
    for address in ("/today/", "/today/?group=done", "/today/?text=200"):
        visitor.opens(address)
        assert visitor.overflow <= 0, f"{address} 在 {width} 像素时横向溢出"
        visitor.page.keyboard.press("/")
        visitor.page.keyboard.type("cy")
        visitor.page.wait_for_selector("#found li")
        assert visitor.overflow <= 0
