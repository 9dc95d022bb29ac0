"""看得见、用得了: no sideways scroll, Chinese glyphs, keyboard, large text, paper; no complaint of the browser."""

from datetime import date

import pytest

from tests.browser.conftest import Visitor
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.browser
PAGES = (
    "/?year=2024", "/today/", "/rows/households/?year=2024", "/rows/paid/?year=2024", "/rows/months/?year=2024",
    "/pay-runs/2024-01/", "/households/A1/", "/search?q=成员1", "/leads/", "/hotline/", "/budget/", "/opening/",
    "/evaluation/?year=2024", "/nowhere",
)  # fmt: skip
# four characters drawn must be four different pictures; squares for a missing font are all alike
GLYPHS = """() => {
  const draw = (text) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 40;
    const pen = canvas.getContext("2d");
    pen.font = "32px " + getComputedStyle(document.body).fontFamily;
    pen.fillText(text, 2, 34);
    return canvas.toDataURL();
  };
  return new Set(["低", "保", "湖", "口"].map(draw)).size;
}"""


@pytest.fixture
def three(county: None) -> None:
    """Three households in three villages, paid in January."""
    family("A1", persons=3, fen=62000)
    family("B1", persons=2, fen=50000, division=OTHER_VILLAGE)
    family("C1", persons=1, fen=40000, division=FAR_VILLAGE, area="urban").decide("stop", date(2024, 2, 1))
    paid(JANUARY)


@pytest.mark.usefixtures("three")
class TestEveryPage:
    @pytest.mark.parametrize("width", [320, 360, 768, 1366])
    def test_nothing_scrolls_sideways(self, visitor: Visitor, width: int) -> None:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        for address in PAGES:
            visitor.opens(address)
            assert visitor.overflow <= 0, f"{address} 在 {width} 像素时横向溢出"
        visitor.complaints[:] = [said for said in visitor.complaints if "404" not in said]

    @pytest.mark.parametrize("width", [360, 1366])
    def test_nothing_scrolls_sideways_in_large_text(self, visitor: Visitor, width: int) -> None:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        for address in PAGES:
            visitor.opens(address + ("&" if "?" in address else "?") + "text=200")
            assert visitor.overflow <= 0, f"{address} 用最大字在 {width} 像素时横向溢出"
        visitor.complaints[:] = [said for said in visitor.complaints if "404" not in said]

    def test_chinese_is_drawn_and_not_squares(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        assert visitor.page.evaluate(GLYPHS) == 4

    def test_controls_are_large_enough_for_a_finger(self, visitor: Visitor) -> None:
        visitor.page.set_viewport_size({"width": 360, "height": 800})
        visitor.opens("/rows/paid/?year=2024")
        for box in visitor.page.locator(".seg a, .act:visible, .mainnav a, .seek input").all():
            size = box.bounding_box()
            assert size
            assert size["height"] >= 43.5


@pytest.mark.usefixtures("three")
class TestKeyboard:
    def test_the_slash_leads_to_the_search_and_enter_to_the_household(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        visitor.page.keyboard.press("/")
        assert visitor.focus == "q"
        visitor.page.keyboard.type("B1")
        visitor.page.keyboard.press("Enter")
        visitor.page.wait_for_url("**/households/B1/")

    def test_a_slash_inside_the_box_is_a_letter(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        visitor.page.keyboard.press("/")
        visitor.page.keyboard.type("1/2")
        assert visitor.page.input_value("#q") == "1/2"
        visitor.page.keyboard.press("Escape")
        assert visitor.focus == "BODY"

    def test_the_first_stop_of_the_tab_key_skips_to_the_content(self, visitor: Visitor) -> None:
        visitor.opens("/?year=2024")
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate("document.activeElement.textContent") == "跳到正文"
        visitor.page.keyboard.press("Enter")
        assert visitor.focus == "main"


@pytest.mark.usefixtures("three")
def test_large_text_is_chosen_once_and_kept(visitor: Visitor) -> None:
    visitor.opens("/?year=2024")
    visitor.page.click(".text-size summary")
    visitor.page.click("text=150 %")
    visitor.opens("/rows/paid/?year=2024")
    assert visitor.page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22.5px"


@pytest.mark.usefixtures("three")
def test_paper_carries_the_synthetic_mark_and_no_navigation(visitor: Visitor) -> None:
    visitor.opens("/?year=2024")
    visitor.page.emulate_media(media="print")
    assert visitor.page.is_visible(".demo-mark")
    assert not visitor.page.is_visible(".mainnav")


@pytest.mark.usefixtures("three")
def test_without_script_every_page_still_works(visitor: Visitor) -> None:
    quiet = visitor.without_script()
    quiet.opens("/?year=2024")
    quiet.page.fill("#q", "A1")
    quiet.page.press("#q", "Enter")
    quiet.page.wait_for_url("**/households/A1/")
