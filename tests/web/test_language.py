"""语言: Chinese whatever the browser asks for, English for who chooses it, and nothing left in Chinese but the data."""

import re

import pytest
from django.utils import translation

from opendibao.audit.models import Viewing
from opendibao.evaluation.actions import lock_year
from opendibao.registry.queries import division_names
from opendibao.web.labels import AREAS, DECISIONS
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY, family
from tests.web.conftest import Reader, page_of

CHINESE = re.compile(r"[一-鿿]+")
TAGS = re.compile(r"<[^>]+>")
# what people called things when they entered them: persons, an indicator of the county's own sheet
NAMES = {"成员", "张经办", "李复核", "王财政", "保障对象准确率"}
HEADS = re.compile(r'<(h1|h2|thead|caption|nav)\b.*?</\1>|<span class="lab">.*?</span>|aria-label="[^"]*"', re.S)


@pytest.fixture
def locked(county: None) -> None:
    """A small county's year with its evaluation."""
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)


def chinese_in(html: str) -> set[str]:
    """Chinese that is left in a page when the names of places and the link to Chinese are taken out."""
    for name in sorted(division_names().values(), key=len, reverse=True):
        html = html.replace(name, "")
    return set(CHINESE.findall(html)) - {"中文"}


def test_chinese_is_spoken_whatever_the_browser_asks_for(read: Reader) -> None:
    page = page_of(read.client.get("/", headers={"accept-language": "en"}))  # type: ignore[arg-type]

    assert '<html lang="zh-CN"' in page.html
    assert "最低生活保障" in page.words


def test_english_is_chosen_once_and_kept(read: Reader) -> None:
    chosen, later = read("/search?lang=en"), read("/search")

    for page in (chosen, later):
        assert '<html lang="en"' in page.html
        assert "Find a household" in page.words


def test_the_way_back_to_chinese_keeps_what_was_asked(read: Reader) -> None:
    english = read("/rows/paid/?year=2024&lang=en")
    way = re.search(r'href="([^"]*)" lang="zh-CN"', english.html)

    assert way
    assert way[1] == "?year=2024&amp;lang=zh-hans"
    assert "到账" in read("/rows/paid/?year=2024&lang=zh-hans").words
    assert "到账" in read("/rows/paid/?year=2024").words


@pytest.mark.parametrize("wrong", ["fr", "en-GB", "../en", "%00", "EN"])
def test_a_language_we_do_not_speak_changes_nothing(read: Reader, wrong: str) -> None:
    page = read(f"/search?lang={wrong}")

    assert '<html lang="zh-CN"' in page.html
    assert "lang" not in read.client.cookies


def test_a_cookie_somebody_wrote_himself_changes_nothing(read: Reader) -> None:
    read.client.cookies["lang"] = "../../en"

    assert '<html lang="zh-CN"' in read("/search").html


def test_refusals_and_errors_speak_the_language_of_the_page(read: Reader) -> None:
    assert "is no year" in read("/?year=x&lang=en").words
    assert "There is no such page" in read("/households/none/").words


def test_the_next_request_of_somebody_else_is_in_chinese_again(read: Reader) -> None:
    read("/search?lang=en")

    assert "找家庭" in Reader()("/search").words


def test_words_of_codes_are_read_in_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert (AREAS["rural"], DECISIONS["stop"]) == ("Rural", "Stopped")
    assert (AREAS["rural"], DECISIONS["stop"]) == ("农村", "停发")


def test_the_audit_keeps_chinese_whoever_reads_english(read: Reader) -> None:
    family("A1", persons=3, fen=62000)

    assert "County bureau · head" in read("/households/A1/?lang=en").words

    seen = Viewing.objects.get()
    assert (seen.actor, seen.page) == ("县局 · 领导", "家庭主页")


@pytest.mark.parametrize("address", ["/", "/today/", "/pay-runs/2024-01/", "/budget/?year=2024", "/sign-in/"])
@pytest.mark.usefixtures("locked")
def test_a_page_in_english_has_no_chinese_but_names(read: Reader, address: str) -> None:
    page = read(f"{address}{'&' if '?' in address else '?'}lang=en")

    assert page.status == 200
    assert chinese_in(TAGS.sub(" ", page.html)) <= NAMES
    assert chinese_in(page.html) <= NAMES


@pytest.mark.parametrize("address", ["/evaluation/?year=2024", "/rows/paid/?year=2024", "/hotline/", "/opening/", "/"])
@pytest.mark.usefixtures("locked")
def test_heads_and_names_of_controls_are_in_english(read: Reader, address: str) -> None:
    page = read(f"{address}{'&' if '?' in address else '?'}lang=en")

    for head in HEADS.finditer(page.html):
        assert chinese_in(head[0]) <= NAMES, head[0]
