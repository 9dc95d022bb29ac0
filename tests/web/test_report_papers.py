"""报告文件页: kinds and versions with their files, the monitoring sheet of a day, drawings with words and numbers."""

import io
import re
from xml.etree import ElementTree

import pytest
from docx import Document
from pypdf import PdfReader

from opendibao.audit.queries import views_of
from opendibao.evaluation.actions import lock_year
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY
from tests.web.conftest import Reader

PAGE = "/evaluation/reports/?year=2024"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def locked(county: None) -> None:
    """The small county's year, locked."""
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)


@pytest.fixture
def known(county: None) -> None:
    """The county, nothing evaluated."""


def test_before_the_lock_it_says_what_will_come(read: Reader, known: None) -> None:
    page = read(PAGE)

    assert "还没有快照" in page.words
    assert "绩效运行监控表" in page.words


def test_every_kind_is_offered_in_both_forms(read: Reader, locked: None) -> None:
    page = read(PAGE)

    offered = [href for _, href in page.links if href.startswith("/evaluation/reports/2024/1/")]
    assert len(offered) == 4 * 2
    assert "第 1 版（草稿）" in page.words


@pytest.mark.parametrize("kind", ["self_evaluation", "goal_form", "one_page", "department_evaluation"])
def test_a_document_is_made_when_it_is_fetched(read: Reader, locked: None, kind: str) -> None:
    word = read.client.get(f"/evaluation/reports/2024/1/{kind}/docx/")
    pdf = read.client.get(f"/evaluation/reports/2024/1/{kind}/pdf/")

    assert (word.status_code, word.headers["Content-Type"]) == (200, DOCX)
    assert Document(io.BytesIO(word.content)).tables
    assert PdfReader(io.BytesIO(pdf.content)).pages
    assert "2024-%E8%8D%89%E7%A8%BF%E7%AC%AC1%E7%89%88.pdf" in pdf.headers["Content-Disposition"]  # 草稿第1版


def test_who_fetched_it_is_written_down(read: Reader, locked: None) -> None:
    read.client.get("/evaluation/reports/2024/1/one_page/pdf/")

    assert [one.page for one in views_of("2024年度 绩效评价一页纸-2024-草稿第1版.pdf")] == ["报告文件"]


@pytest.mark.parametrize("address", ["1/unheard/pdf", "1/one_page/xlsx", "7/one_page/pdf", "monitoring/xlsx"])
def test_what_is_not_there_is_not_found(read: Reader, locked: None, address: str) -> None:
    assert read(f"/evaluation/reports/2024/{address}/").status == 404


def test_a_version_that_is_not_there_is_said(read: Reader, locked: None) -> None:
    page = read(f"{PAGE}&version=7")

    assert page.status == 400
    assert "没有第 7 版" in page.words


def test_the_monitoring_sheet_of_a_day_is_fetched(read: Reader, locked: None) -> None:
    found = read.client.get("/evaluation/reports/2024/monitoring/pdf/?as_of=2024-07-31")

    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(found.content)).pages)
    assert "截至2024年7月31日" in said


@pytest.mark.parametrize(
    ("day", "told"), [("2023-07-31", "不在2024年度里"), ("31.7.2024", "不是日期"), ("2024-02-30", "不是日期")]
)
def test_a_day_that_cannot_be_is_said(read: Reader, locked: None, day: str, told: str) -> None:
    page = read(f"/evaluation/reports/2024/monitoring/docx/?as_of={day}")

    assert page.status == 400
    assert told in page.words


class TestCharts:
    def test_each_drawing_of_the_page_has_words_and_its_numbers(self, read: Reader, locked: None) -> None:
        page = read("/evaluation/?year=2024")

        images = re.findall(r'<img src="(/evaluation/charts/2024/1/\w+/)" alt="([^"]+)"', page.html)
        assert images
        assert all(alt.strip() for _, alt in images)
        assert page.html.count("的数字</summary>") == len(images)

    def test_a_drawing_is_an_svg_that_runs_nothing(self, read: Reader, locked: None) -> None:
        found = read.client.get("/evaluation/charts/2024/1/levels/")

        assert found.headers["Content-Type"].startswith("image/svg+xml")
        assert found.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert ElementTree.fromstring(found.content).tag.endswith("svg")

    def test_it_is_sent_once(self, read: Reader, locked: None) -> None:
        first = read.client.get("/evaluation/charts/2024/1/levels/")
        again = read.client.get("/evaluation/charts/2024/1/levels/", headers={"If-None-Match": first.headers["ETag"]})

        assert (again.status_code, again.content) == (304, b"")

    @pytest.mark.parametrize("address", ["1/pie", "9/levels"])
    def test_another_is_not_found(self, read: Reader, locked: None, address: str) -> None:
        assert read(f"/evaluation/charts/2024/{address}/").status == 404
