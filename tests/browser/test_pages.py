"""看得见、用得了: no sideways scroll, Chinese glyphs, keyboard, large text, paper; no complaint of the browser."""

import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.urls import URLPattern

from opendibao.kernel.duties import Duty
from opendibao.web.urls import urlpatterns
from tests.browser.conftest import Visitor
from tests.browser.whole_site import COUNTED, DONE, NO_PAGE, OF_A_KIND, SEEN, Addresses
from tests.payment.builders import COUNTY, FAR_VILLAGE, OTHER_VILLAGE, family
from tests.payment.months import JANUARY, paid
from tests.web.desk import hired

pytestmark = pytest.mark.browser
WIDTHS = (320, 360, 768, 1366)
PHONE = 360
MONEY = (Duty.CONFIRM, Duty.PAY, Duty.FINANCE, Duty.EVALUATE)
REFUSED = re.compile("status of 4(0[0-9]|22)")
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
# the least a finger hits on a telephone; links inside a sentence or a row of a table are exempt
SMALL = """() => [...document.querySelectorAll("button, summary, select, input, .act, .seg a, .mainnav a")]
  .filter((one) => one.checkVisibility() && !one.matches(".sr[aria-hidden]"))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 90))"""
# where the focus is, and whether one can see it there
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const seen = style.outlineStyle !== "none" || one.matches(".skip");
  return [one.tagName, seen && box.bottom > 0 && box.top < innerHeight ? "seen" : one.outerHTML.slice(0, 90)];
}"""


@pytest.fixture
def three(county: None) -> None:
    """Three households in three villages, paid in January."""
    family("A1", persons=3, fen=62000)
    family("B1", persons=2, fen=50000, division=OTHER_VILLAGE)
    family("C1", persons=1, fen=40000, division=FAR_VILLAGE, area="urban").decide("stop", date(2024, 2, 1))
    paid(JANUARY)


def each_page(visitor: Visitor, site: Addresses, *, text: int = 100) -> Iterator[str]:
    """Open page after page as the demonstration's viewer, a clerk and the county; refusals are no complaint."""
    yield from _opened(visitor, site.seen, text)
    visitor.server.client.force_login(hired("clerk92", "王经办"))
    yield from _opened(visitor, site.done, text)
    visitor.server.client.force_login(hired("county92", "李审核", division=COUNTY, duties=MONEY))
    yield from _opened(visitor, site.counted, text)
    visitor.complaints[:] = [said for said in visitor.complaints if not REFUSED.search(said)]


def _opened(visitor: Visitor, addresses: list[str], text: int) -> Iterator[str]:
    for address in addresses:
        visitor.opens(address + ("&" if "?" in address else "?") + f"text={text}")
        yield address


def test_every_page_of_the_url_list_is_looked_at() -> None:
    named = {str(pattern.name) for pattern in urlpatterns if isinstance(pattern, URLPattern)}
    assert named == {*SEEN, *DONE, *COUNTED, *NO_PAGE}


class TestEveryPage:
    @pytest.mark.parametrize("text", [100, 200])
    def test_nothing_scrolls_sideways_and_a_finger_hits(self, visitor: Visitor, site: Addresses, text: int) -> None:
        faults = []
        for address in each_page(visitor, site, text=text):
            for width in WIDTHS:
                visitor.page.set_viewport_size({"width": width, "height": 800})
                if visitor.overflow > 0:
                    faults.append(f"{address} 字 {text} % 在 {width} 像素时横向溢出 {visitor.overflow}")
                if width == PHONE:
                    faults += [f"{address} 太小：{one}" for one in visitor.page.evaluate(SMALL)]
        assert faults == []

    def test_chinese_is_drawn_and_not_squares(self, visitor: Visitor, site: Addresses) -> None:
        for address in OF_A_KIND:
            visitor.opens(address)
            assert visitor.page.evaluate(GLYPHS) == 4, address
        visitor.complaints.clear()

    def test_the_tab_key_never_loses_the_focus(self, visitor: Visitor, site: Addresses) -> None:
        for address in OF_A_KIND:
            visitor.opens(address)
            for _ in range(14):
                visitor.page.keyboard.press("Tab")
                tag, seen = visitor.page.evaluate(FOCUSED)
                assert (tag != "BODY", seen) == (True, "seen"), address
        visitor.complaints.clear()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("address", "sheets"), [("/?year=2024", 1), ("/today/", 2), ("/households/999999-00001/", 2)])
def test_it_prints_on_so_many_sheets(visitor: Visitor, tmp_path: Path, address: str, sheets: int) -> None:
    visitor.opens(address)
    visitor.page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    said = subprocess.run(["pdfinfo", str(tmp_path / "page.pdf")], capture_output=True, text=True, check=True).stdout
    assert int(re.findall(r"Pages:\s+(\d+)", said)[0]) <= sheets


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
        assert visitor.focus == "main"

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
