"""报告体检: an evaluator pastes a report, goes from a finding to its place and back, sifts, and takes the Word file."""

import io
from pathlib import Path

import docx
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
REPORT = (
    "示范县2023年度城乡低保项目绩效自评报告\n一、绩效指标完成情况\n"
    "一级指标\t二级指标\t三级指标\t指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n"
    "产出指标\t数量指标\t在保人数\t≤700人\t640人\t10\t9\t人口变动\n"
    "产出指标\t质量指标\t复核准确率\t≥95%\t≥95%\t10\t10\t\n"
    "二、存在的问题\n1.宣传不够：偏远的村还有人不知道政策。\n三、有关建议\n无。\n"
)


@pytest.fixture
def checked(visitor: Visitor) -> Visitor:
    visitor.opens("/evaluation/check/")
    visitor.page.get_by_label("或者粘贴文字").fill(REPORT)
    visitor.page.get_by_role("button", name="体检", exact=True).click()
    visitor.page.get_by_role("heading", name="报告原文").wait_for()
    return visitor


def test_a_finding_leads_to_its_row_and_the_row_back(checked: Visitor) -> None:
    page = checked.page
    mark = page.locator(".findings a", has_text="W04").first
    place = str(mark.get_attribute("href"))
    mark.focus()
    page.keyboard.press("Enter")
    row = page.locator(place)
    assert page.url.endswith(place)
    assert "在保人数" in row.inner_text()
    assert row.evaluate("row => row.matches(':target') && row.getBoundingClientRect().top < innerHeight")
    row.locator("a", has_text="W04").click()
    finding = page.locator(page.url.partition("#")[2].join(("#", "")))
    assert "W04" in finding.inner_text()


def test_one_severity_is_shown_alone(checked: Visitor) -> None:
    page = checked.page
    page.get_by_role("radio", name="错误").check()
    assert page.locator(".noted-error").is_visible()
    assert not page.locator(".noted-warning").is_visible()
    page.get_by_role("radio", name="全部").check()
    assert page.locator(".noted-warning").is_visible()


def test_the_word_file_is_taken_from_the_page(checked: Visitor) -> None:
    with checked.page.expect_download() as taken:
        checked.page.get_by_role("button", name="下载带批注的 Word", exact=True).click()
    content = Path(taken.value.path()).read_bytes()
    assert taken.value.suggested_filename == "粘贴的文字-体检.docx"
    assert any(one.text.startswith("W04") for one in docx.Document(io.BytesIO(content)).comments)


@pytest.mark.parametrize("width", [1366, 768, 360])
def test_it_fits_the_screen_and_everybody_can_use_it(checked: Visitor, width: int) -> None:
    checked.page.set_viewport_size({"width": width, "height": 800})
    assert checked.overflow == 0
    found = Axe().run(checked.page)
    assert found.violations_count == 0, found.generate_report()


def test_it_works_without_script(checked: Visitor) -> None:
    plain = checked.without_script()
    plain.opens("/evaluation/check/")
    plain.page.get_by_label("或者粘贴文字").fill(REPORT)
    plain.page.get_by_role("button", name="体检", exact=True).click()
    plain.page.get_by_role("heading", name="报告原文").wait_for()
    plain.page.get_by_role("radio", name="错误").check()
    assert not plain.page.locator(".noted-warning").is_visible()
