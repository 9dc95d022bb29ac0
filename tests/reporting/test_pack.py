"""证据包: one page that loads nothing, in which every figure opens."""

import base64
import hashlib
import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

from opendibao.reporting.content import ReportContent, cleaned
from opendibao.reporting.pack import pack_bytes
from opendibao.reporting.sentences import write_body
from tests.reporting.contents import FIGURES, NASTY, hukou

VOID = {"meta", "input", "br"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag must close, and attributes are kept."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text = ""
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        return [value for _, found, value in self.attributes if found == name]


def made(content: ReportContent) -> str:
    content = cleaned(content)
    return pack_bytes(content, write_body(content)).decode()


@cache
def county() -> str:
    return made(hukou())


def test_it_is_well_formed_and_loads_nothing() -> None:
    page = Reader(county())

    assert page.values("src") == []
    assert all(value.startswith("#") for value in page.values("href"))
    assert not re.search(r"https?:|//[a-z]|@import|url\(", county())


def test_its_policy_allows_its_own_style_and_script_only() -> None:
    (policy,) = [value for value in Reader(county()).values("content") if value.startswith("default-src")]

    for tag in ("style", "script"):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", county(), re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert Reader(county()).values("style") == Reader(county()).values("onclick") == []


def test_every_figure_opens_and_every_link_leads_to_one() -> None:
    page = Reader(county())
    wanted = {one.id for one in hukou().figures}

    assert wanted <= set(page.values("id"))
    assert {value[1:] for value in page.values("href")} <= wanted


def test_an_opened_figure_says_what_it_is_and_how_it_was_counted() -> None:
    (opened,) = re.findall(r'id="reverified">(.*?)</details>\n</div></details>', county(), re.DOTALL)
    text = Reader(opened + "</details>").text

    for said in ("定期复核按期率的定义", "按期：7690", "全部：7700", "7700 行", "SELECT h.number", "last = 2024-12-31",
                 "999999********1234", next(one.query_hash for one in FIGURES if one.id == "reverified")):  # fmt: skip
        assert said in text


def test_it_works_without_script() -> None:
    bare = re.sub(r"<script>.*?</script>", "", county(), flags=re.DOTALL)

    assert bare.count('<details class="figure">') == len(hukou().figures)


def test_signs_of_markup_stay_text() -> None:
    rows = tuple(replace(row, name=NASTY, actual=NASTY) for row in hukou().rows)
    sample = replace(FIGURES[0], sample=((NASTY, NASTY, NASTY),), zh=NASTY, exclusions=NASTY)

    page = Reader(made(replace(hukou(), county=NASTY, rows=rows, figures=(sample, *FIGURES[1:]))))

    assert page.text.count(NASTY) >= 20


def test_synthetic_data_are_marked() -> None:
    assert county().count("合成数据　非真实人员和资金") == 2
    assert "合成数据" not in made(replace(hukou(), is_synthetic=False))


def test_it_stays_small_with_twenty_rows_in_every_figure() -> None:
    rows = (("H000001", "王**", "999999********1234"),) * 20

    full = made(replace(hukou(), figures=tuple(replace(one, sample=rows) for one in hukou().figures)))

    assert len(full.encode()) < 3_000_000


def test_the_same_content_gives_the_same_bytes() -> None:
    assert county() == made(hukou())
