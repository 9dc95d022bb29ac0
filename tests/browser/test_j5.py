"""评价一年: from the empty year to the final report, and finance beside it, by hand in a browser."""

import importlib.util
import io
import json
import pathlib
import re
from collections.abc import Iterator
from datetime import date

import docx
import pytest
from django.conf import settings
from playwright.sync_api import Locator, expect

from opendibao.kernel.duties import Duty
from tests.browser.conftest import Visitor
from tests.evaluation import finished_year, receiving
from tests.evaluation.year import LATER, LOCKED, YEAR, dies
from tests.payment.builders import COUNTY, Family
from tests.web.desk import hired

pytestmark = pytest.mark.browser
SCREENS = (360, 1366)  # the desk last: there the work goes on
MOST_CLICKS = 60
WAIT_MS = 30_000  # where others use the processors too
REFUSED = re.compile("status of 4(0[0-9]|22)")
SPACE = re.compile(r"\s+")
TOLD = """() => axe.run(document, {resultTypes: ["violations"]}).then((found) =>
  found.violations.map((one) => one.id + "：" + one.nodes.map((node) => node.html.slice(0, 160)).join(" ¦ ")))"""
# English words in the page that is all Chinese; names of file kinds, units and identifiers are no words
ENGLISH = """() => {
  const known = /^(?:opendibao|docx|xlsx|pdf|json|excel|word|markdown|sha|html|english|demo|txt|md|kb|mb)$/i;
  const parts = [...document.querySelectorAll("main :is(p, h1, h2, h3, th, dt, button, a)")];
  return parts.filter((one) => one.checkVisibility() && !one.closest("[lang]:not(html)") && !one.querySelector(".hash"))
    .flatMap((one) => one.textContent.match(/[A-Za-z][a-z]{3,}/g) || []).filter((word) => !known.test(word));
}"""

# the paragraphs of the draft without what only the page shows beside them
WRITTEN = """() => [...document.querySelectorAll(".paper p.piece:not([role]) > span")].map((shown) => {
  const one = shown.cloneNode(true);
  one.querySelectorAll(".tag, .rewrite, .chip").forEach((part) => part.remove());
  return one.textContent;
})"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as its Python package brings it along."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found
    assert found.origin
    return (pathlib.Path(found.origin).parent / "axe.min.js").read_text("utf-8")


class Hand:
    """Somebody who presses and types; how often is counted, and each page that is shown is looked over."""

    def __init__(self, visitor: Visitor, axe: str) -> None:
        self.visitor, self.page, self.axe = visitor, visitor.page, axe
        self.clicks = 0

    def sits_down(self, username: str, name: str, duty: Duty) -> None:
        self.visitor.server.client.force_login(hired(username, name, division=COUNTY, duties=(duty,)))

    def presses(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def follows(self, words: str, *, within: str = "main") -> None:
        self.presses(self.page.locator(within).get_by_role("link", name=words, exact=True).first)
        self.page.wait_for_load_state()

    def does(self, button: str, *, led_to: str = "") -> str:
        """Press the button of a form; what is said when it is done has the focus, or the place that it leads to."""
        self.presses(self.page.locator("form.act-form").get_by_role("button", name=button, exact=True))
        said = self.page.locator(".callout.ok[role=status]")
        said.wait_for()
        if led_to:
            assert self.visitor.focus == led_to
        else:
            assert said.evaluate("one => one === document.activeElement")
        return said.inner_text()

    def looks(self) -> None:
        """Nothing wider than the screen, nothing that axe minds, nothing left in English."""
        for width in SCREENS:
            self.page.set_viewport_size({"width": width, "height": 768})
            assert self.visitor.overflow <= 0, f"{self.page.url} 在 {width} 像素时横向溢出"
        self.page.evaluate(self.axe)
        assert self.page.evaluate(TOLD) == [], self.page.url
        assert self.page.evaluate(ENGLISH) == [], self.page.url
        assert self.page.evaluate("document.documentElement.lang") == "zh-CN"

    @property
    def words(self) -> str:
        return SPACE.sub(" ", self.page.locator("main").inner_text())

    def takes(self, link: Locator) -> bytes:
        """The file behind a link."""
        with self.page.expect_download() as taken:
            self.presses(link)
        return pathlib.Path(taken.value.path()).read_bytes()


@pytest.fixture
def hand(visitor: Visitor, axe: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    """The hand of an evaluator; the files go where the test looks, the morning stands still."""
    monkeypatch.setattr(settings, "VAR", tmp_path)
    monkeypatch.setattr("opendibao.web.acts.now_in_county", lambda: LOCKED)
    visitor.page.set_default_timeout(WAIT_MS)
    found = Hand(visitor, axe)
    found.sits_down("eval91", receiving.EVALUATOR, Duty.EVALUATE)
    yield found
    visitor.complaints[:] = [said for said in visitor.complaints if not REFUSED.search(said)]


@pytest.fixture
def lived(county: None) -> tuple[Family, Family]:
    """Two families, twelve closed months, a sheet of ninety."""
    return finished_year.live()


def takes_figures(hand: Hand) -> None:
    hand.visitor.opens("/evaluation/report/?year=2024")
    hand.follows("取数")
    assert "快照第 1 版" in hand.does("取数")


def signs_every_error(hand: Hand) -> int:
    """A note for each error that stops the final report; how many there were."""
    ways = hand.page.get_by_role("link", name="签署说明", exact=True)
    before = ways.count()
    for _ in range(before):
        hand.presses(ways.first)
        hand.page.get_by_role("textbox", name="说明").fill("按上级表样，已与财政核对")
        assert "的说明已签署" in hand.does("签署")
    expect(ways).to_have_count(0)
    return before


def makes_final(hand: Hand) -> None:
    hand.follows("定稿")
    assert "已定稿" in hand.does("定稿")


def word_file(hand: Hand) -> bytes:
    """The final report as the evaluation page hands it out."""
    hand.follows("结论", within="nav.tabs")
    return hand.takes(hand.page.get_by_role("link", name="评价报告（Word）", exact=True))


def _printed(figure: dict[str, str]) -> set[str]:
    """What a figure may print: its value, or as a row of the sheet its value with the unit."""
    return {figure["value"], figure["value"] + figure["unit"]}


def paragraphs(content: bytes) -> set[str]:
    return {SPACE.sub("", one.text) for one in docx.Document(io.BytesIO(content)).paragraphs}


def test_the_year_is_read_before_it_is_written(hand: Hand, lived: tuple[Family, Family]) -> None:
    """From the empty year to the figures, their rows and the sheet that is ten points short."""
    hand.visitor.opens("/evaluation/?year=2024")
    hand.looks()
    hand.follows("到“报告”取数")
    hand.looks()
    hand.follows("取数")
    hand.looks()
    hand.does("取数")

    hand.follows("指标表", within="nav.tabs")
    assert "分值合计 90 ≠ 100" in hand.page.locator(".callout.bad").inner_text()
    assert "不折算" in hand.words
    hand.looks()

    hand.follows("结论", within="nav.tabs")
    hand.looks()
    value = hand.page.locator("#i1 a.datum").first
    shown = value.inner_text()
    hand.presses(value)
    assert shown.replace(" ", "") in hand.words.replace(" ", "")
    assert hand.page.locator("table tbody tr").count() > 1
    hand.looks()
    hand.page.go_back()
    expect(hand.page.locator("#i1 a.datum").first).to_have_text(shown)
    assert hand.clicks <= 8


def test_each_finding_leads_to_its_place(hand: Hand, lived: tuple[Family, Family]) -> None:
    takes_figures(hand)
    hrefs = [str(one.get_attribute("href")) for one in hand.page.locator(".findings li > a.tag").all()]
    assert hrefs
    for n, href in enumerate(hrefs):
        hand.page.locator(".findings li > a.tag").nth(n).press("Enter")
        place = hand.page.locator(f'[id="{href.removeprefix("#")}"]')
        assert place.evaluate("one => one.matches(':target') && one.getBoundingClientRect().top < innerHeight"), href
        assert hand.visitor.focus == href.removeprefix("#")
    assert any(
        "分值合计90，不是100" in SPACE.sub("", one) for one in hand.page.locator(".findings li").all_inner_texts()
    )


def test_a_number_typed_over_turns_amber_and_is_undone(hand: Hand, lived: tuple[Family, Family]) -> None:
    takes_figures(hand)
    hand.looks()
    before = hand.page.locator("#at-counts").inner_text()

    hand.presses(hand.page.locator("#at-counts").get_by_role("link", name="改写", exact=True))
    hand.looks()
    words = hand.page.get_by_label("这一段")
    words.fill(words.input_value() + "全年到账1.54万元。")
    assert "已改写" in hand.does("保存", led_to="at-counts")

    typed = hand.page.locator("#at-counts mark.typed")
    assert SPACE.sub("", typed.inner_text()) == "1.54手改"
    red, green, blue = map(int, re.findall(r"\d+", typed.evaluate("one => getComputedStyle(one).backgroundColor"))[:3])
    assert red > blue, "not amber"
    assert green > blue, "not amber"
    listed = hand.page.get_by_role("heading", name="手改的数 1 个").locator("xpath=ancestor::section")
    assert "和［全年发放低保金］一样，请换成这块数字牌" in listed.inner_text()
    hand.looks()
    listed.get_by_role("link").press("Enter")
    assert hand.visitor.focus == "at-counts"

    hand.presses(hand.page.locator("#at-counts").get_by_role("link", name="退回", exact=True))
    hand.page.get_by_role("combobox", name="退回成").select_option("automatic")
    hand.looks()
    hand.does("退回", led_to="at-counts")
    assert hand.page.locator("mark.typed").count() == 0
    assert hand.page.locator("#at-counts").inner_text().replace("退回", "").split() == before.split()


def test_the_report_is_made_final_and_stays_what_it_is(hand: Hand, lived: tuple[Family, Family]) -> None:
    """Refused while an error is open; then final, its numbers those of the figures, whatever is learnt later."""
    takes_figures(hand)
    hand.follows("定稿")
    assert "不能定稿" in hand.words
    assert hand.page.get_by_role("button", name="定稿", exact=True).count() == 0
    hand.looks()
    hand.page.go_back()

    assert signs_every_error(hand) >= 1
    makes_final(hand)
    hand.looks()
    shown = {
        str(one.get_attribute("href")).split("/")[2]: one.inner_text()
        for one in hand.page.locator(".paper a.datum").all()
    }
    texts = {SPACE.sub("", one) for one in hand.page.evaluate(WRITTEN)}
    final = word_file(hand)
    figures = json.loads((pathlib.Path(settings.VAR) / "reports" / str(YEAR) / "figures.json").read_text("utf-8"))

    known = {one["id"]: one for one in figures["figures"]}
    assert len(shown) > 10
    assert {figure: value for figure, value in shown.items() if value not in _printed(known[figure])} == {}
    assert texts - paragraphs(final) == set()
    written = "".join(paragraphs(final))
    assert [value for value in shown.values() if value.replace(" ", "") not in written] == []

    dies(lived[0], 1, date(YEAR, 12, 20), known=LATER)
    assert word_file(hand) == final
    hand.follows("报告", within="nav.tabs")
    assert "已定稿" in hand.words
    assert hand.clicks <= MOST_CLICKS


def test_finance_reads_both_scores_side_by_side(hand: Hand, county: None) -> None:
    receiving.lived()
    receiving.finalised()
    hand.visitor.opens("/evaluation/?year=2024")
    hand.follows("报送与整改", within="nav.tabs")
    hand.looks()
    hand.follows("报送财政部门")
    hand.looks()
    hand.page.get_by_role("textbox", name="报送说明").fill("请审核")
    assert "已报送财政部门" in hand.does("报送财政部门")

    hand.sits_down("fin91", receiving.FINANCE, Duty.FINANCE)
    hand.visitor.opens("/evaluation/submission/?year=2024")
    hand.looks()
    hand.presses(hand.page.locator("#i2").get_by_role("link", name=re.compile("^评分")))
    hand.page.get_by_role("textbox", name="财政评分").fill("10")
    hand.page.get_by_role("textbox", name="理由").fill("达到指标值，不应扣分")
    hand.looks()
    hand.does("评分")
    assert "达到指标值，不应扣分" in hand.page.locator("#i2").inner_text()
    assert "+1.00" in hand.page.locator("#i2").inner_text()
    hand.looks()
    assert hand.clicks <= 10
