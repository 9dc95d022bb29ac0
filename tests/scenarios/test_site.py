"""网站: the served county says what its report says; each figure opens as many rows; pages are whole."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.built import BuiltCounty, environment

START_S = 60
TAGS, SPACE = re.compile(r"<[^>]+>"), re.compile(r"\s+")


@dataclass
class Site:
    """The site of a county on a port of its own."""

    county: BuiltCounty
    root: str

    def html(self, address: str) -> str:
        """A page's markup; the address may hold Chinese."""
        with urllib.request.urlopen(self.root + urllib.parse.quote(address, safe="/?=&%#")) as answer:
            return str(answer.read().decode())

    def words(self, address: str) -> str:
        return SPACE.sub(" ", TAGS.sub(" ", self.html(address)))


@pytest.fixture(scope="module")
def site(small_county: BuiltCounty) -> Iterator[Site]:
    """The small county, served by the real command."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "opendibao.commands.main", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment(small_county.var), stdout=subprocess.DEVNULL) as served:
        found = Site(small_county, f"http://127.0.0.1:{port}")
        _wait(found)
        yield found
        served.terminate()
        assert served.wait(timeout=30) == 0  # it stops cleanly


def _wait(site: Site) -> None:
    for _ in range(START_S * 5):
        try:
            site.html("/")
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"网站在 {START_S} 秒内没有打开")


def grouped(value: str) -> str:
    whole, _, cents = value.partition(".")
    return f"{int(whole):,}" + (f".{cents}" if cents else "")


def test_the_six_numbers_are_those_of_the_report(site: Site) -> None:
    figures = {
        name: grouped(one["value"]) for name, one in site.county.figures.items() if one["unit"] in ("户", "人", "万元")
    }
    page = site.words("/?year=2024")
    assert (
        f"在保 {figures['households']} 户 农村 {figures['rural.households']} 城镇 {figures['urban.households']}" in page
    )
    assert f"在保 {figures['persons']} 人 农村 {figures['rural.persons']} 城镇 {figures['urban.persons']}" in page
    assert f"全年保障金 {figures['paid']} 万元 农村 {figures['paid.rural']} 城镇 {figures['paid.urban']}" in page
    assert f"新增 {figures['entered.households']} 户 {figures['entered.persons']} 人" in page
    assert f"核减 {figures['left.households']} 户 {figures['left.persons']} 人" in page


@pytest.mark.parametrize(
    ("figure", "address", "unit"),
    [
        ("households", "/rows/households/", "户"), ("rural.households", "/rows/households/?area=rural", "户"),
        ("persons", "/rows/persons/", "人"), ("urban.persons", "/rows/persons/?area=urban", "人"),
        ("entered.households", "/rows/entered/", "户"), ("entered.persons", "/rows/entered-persons/", "人"),
        ("left.households", "/rows/left/", "户"), ("left.persons", "/rows/left-persons/", "人"),
        ("paid", "/rows/paid/", "笔"), ("paid.rural", "/rows/paid/?area=rural", "笔"),
        ("returned", "/rows/returned/", "笔"),
    ],
)  # fmt: skip
def test_a_figure_opens_as_many_rows_as_the_report_counts(site: Site, figure: str, address: str, unit: str) -> None:
    rows = site.county.figures[figure]["rows"]
    assert f"合计 {rows:,} {unit}" in site.words(address + ("&" if "?" in address else "?") + "year=2024")


def test_the_files_of_the_report_can_be_fetched(site: Site) -> None:
    for name in ("部门评价报告-2024.docx", "部门评价报告-2024.pdf", "证据包-2024.html", "figures.json"):
        with urllib.request.urlopen(f"{site.root}/reports/2024/{urllib.parse.quote(name)}") as answer:
            assert answer.read() == (site.county.reports / name).read_bytes()


def test_every_decision_that_is_paid_is_explained_on_its_page(site: Site) -> None:
    households = re.findall(r'href="(/households/[^/"]+/)"', site.html("/rows/paid/?month=2024-12"))[:20]
    assert len(households) == 20
    for address in households:
        page = site.words(address)
        assert "为什么：" in page or "花名册里缺" in page


def test_what_is_not_there_is_answered_in_words(site: Site) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        site.html("/households/999999-99999/")
    assert refused.value.code == 404
    assert "没有这一页" in refused.value.read().decode()
