"""手机入户: on a telephone's screen, with a fault on the way, with and without script: nothing is lost, all is kept."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page

from opendibao.intake.queries import attachments_of
from opendibao.kernel.duties import Duty
from opendibao.verification.survey_queries import surveys_of
from tests.browser.conftest import SITE, Visitor
from tests.intake.pictures import jpeg
from tests.registry.builders import divisions
from tests.web.desk import hired
from tests.web.verification.test_survey_form import case_of

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 800}
SAVE = "button:has-text('保存调查表')"
UNPROCESSABLE = re.compile("status of 422")


@pytest.fixture
def surveyor(visitor: Visitor) -> Iterator[Visitor]:
    """A surveyor at a home, with a telephone."""
    divisions()
    visitor.server.client.force_login(hired("survey91", "陈走访", duties=(Duty.SURVEY,)))
    visitor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visitor.page.set_default_timeout(30_000)
    yield visitor
    visitor.complaints[:] = [said for said in visitor.complaints if not UNPROCESSABLE.search(said)]


def photo(name: str, edge: int) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg(edge, 300, gps=True)}


def fills_in(page: Page) -> None:
    """What is found at the home: everybody seen, days of odd jobs with witnesses."""
    page.fill("#id_second", "黄走访")
    for place in range(3):
        page.select_option(f"#id_m{place}_seen", "yes")
    page.click("summary:has-text('核查单 1')")
    page.select_option("#id_k0_what", "odd_jobs:construction")
    page.select_option("#id_k0_of", "1")
    page.fill("#id_k0_number", "60")
    page.select_option("#id_k0_grade", "C")
    page.fill("#id_k0_evidence", "两名工友证言一致")
    page.fill("#id_home_housing", "两间砖房，自有")
    page.fill("#id_home_food", "吃穿够")
    page.set_input_files("#id_paper", photo("sign.jpg", 400))
    page.set_input_files("#id_photo1", photo("home.jpg", 500))


def is_kept(case_id: int) -> None:
    (found,) = surveys_of(case_id)
    item = {"kind": "odd_jobs", "trade": "construction", "days": 60, "evidence": "C"}
    assert found.found["members"][1]["income"] == [item]
    assert found.conclusion == "有零工收入没有申报"
    assert sorted(row.kind for row in attachments_of(case_id)) == ["home", "survey"]


def test_with_a_place_and_a_fault_on_the_way(surveyor: Visitor) -> None:
    case, page = case_of(), surveyor.page
    page.context.grant_permissions(["geolocation"], origin=SITE)
    page.context.set_geolocation({"latitude": 29.7391, "longitude": 116.2512})
    surveyor.opens(f"/cases/{case.pk}/survey/")
    page.click("text=就是现在")
    assert re.fullmatch(r"\d\d:\d\d", page.input_value("#id_arrived"))
    page.fill("#id_arrived", "09:30")
    page.click("summary:has-text('位置（选填）')")
    page.click("text=用手机定位")
    page.wait_for_function("document.getElementById('id_latitude').value === '29.739100'")
    fills_in(page)
    page.click(SAVE)
    page.wait_for_selector("section.callout.bad")
    assert "请填写“调查结论”" in page.inner_text("section.callout.bad")
    assert page.input_value("#id_k0_evidence") == "两名工友证言一致"
    assert "入户照片 1 张，签字的调查表 1 份；不用再传" in page.inner_text("main")
    assert surveyor.overflow == 0

    page.fill("#id_conclusion", "有零工收入没有申报")
    page.select_option("#id_respondent", "王秀英")
    page.check("#id_signed")
    page.click(SAVE)
    page.wait_for_selector("text=已登记第 1 次入户调查")

    is_kept(case.pk)
    assert str(surveys_of(case.pk)[0].latitude) == "29.739100"


def test_without_script(surveyor: Visitor) -> None:
    case, bare = case_of(), surveyor.without_script()
    page = bare.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.set_default_timeout(30_000)
    bare.opens(f"/cases/{case.pk}/survey/")
    fills_in(page)
    page.fill("#id_arrived", "09:30")
    page.fill("#id_conclusion", "有零工收入没有申报")
    page.select_option("#id_respondent", "王秀英")
    page.check("#id_signed")
    page.click(SAVE)
    page.wait_for_selector("text=已登记第 1 次入户调查")

    is_kept(case.pk)
