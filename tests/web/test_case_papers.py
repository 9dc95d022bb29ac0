"""打印: papers open as PDF from the pages where one needs them; who prints a file is on record, posters name nobody."""

from datetime import date

import pytest
from django.test import Client

from opendibao.accounts.actions import create_officer
from opendibao.audit.queries import views_of
from opendibao.decision.models import PublicNotice
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.reporting.case_papers import ZH, surveyed
from opendibao.web.case_papers import PAPERS
from opendibao.web.verification.survey_words import HOME
from tests.decision.builders import covered
from tests.decision.conftest import places
from tests.intake.builders import accepted
from tests.registry.builders import OTHER_TOWN, VILLAGE, at
from tests.reporting.case_papers.reading import text
from tests.web.conftest import Reader

__all__ = ["places"]
pytestmark = pytest.mark.usefixtures("places", "county")


def fetched(address: str) -> tuple[int, str, bytes]:
    response = Client(raise_request_exception=False).get(address)
    return response.status_code, response.headers["Content-Type"], response.content


def opened(address: str) -> str:
    status, kind, content = fetched(address)
    assert (status, kind) == (200, "application/pdf"), address
    return text(content)


def test_the_whole_file_opens_from_the_case_and_is_on_record(read: Reader) -> None:
    case = covered().case

    link = read(f"/cases/{case.pk}/").link("打印全部案卷")

    assert "最低生活保障审核确认表" in opened(link)
    assert "案卷文书" in {view.page for view in views_of(f"案件 {case.number}")}


def test_some_kinds_alone(read: Reader) -> None:
    case = covered().case

    said = opened(read(f"/cases/{case.pk}/").link("打印申请签字材料"))

    assert "承诺书" in said
    assert "入户调查表" not in said
    assert "邻里访问表" in opened(f"/cases/{case.pk}/papers/?kind=survey&kind=neighbours")


def test_every_kind_can_be_ticked_by_its_name(read: Reader) -> None:
    html = read(f"/cases/{accepted().pk}/").html

    for code, words in PAPERS.items():
        assert f'name="kind" value="{code}"> <span>{words}</span>' in html


def test_the_words_of_the_page_are_those_of_the_papers() -> None:
    assert dict(PAPERS) == ZH


def test_what_is_noted_of_a_home_has_the_words_of_its_form() -> None:
    assert dict(HOME) == surveyed.HOME


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [("?kind=passport", 400, "没有“passport”这种文书"), ("?kind=no_objection", 400, "没有可以打印的文书")],
)
def test_what_a_case_has_not_is_said(read: Reader, asked: str, status: int, words: str) -> None:
    page = read(f"/cases/{accepted().pk}/papers/{asked}")

    assert page.status == status
    assert words in page.words


def test_letters_open_alone_and_are_on_record() -> None:
    decision = covered()
    case_letter = decision.case.letters.get(kind="accepted")

    assert "壹仟叁佰柒拾捌元整" in opened(f"/letters/{decision.letter.pk}/paper/")
    assert "受理通知书" in opened(f"/cases/letters/{case_letter.pk}/paper/")
    assert {view.page for view in views_of(f"决定 {decision.number}")} == {"告知书"}


def test_blank_forms_are_listed_and_print_alone_or_all(read: Reader) -> None:
    page = read("/papers/blank/")

    assert "承诺书" in opened(page.link("承诺书"))
    everything = opened(page.link("打印全套空白文书"))
    assert "演示县" in everything
    assert "最低生活保障金停发告知书" in everything


def test_a_village_pack_records_every_family_in_it() -> None:
    case = accepted()

    said = opened(f"/surveys/pack/{VILLAGE}/")

    assert case.number in said
    assert {view.page for view in views_of(f"案件 {case.number}")} == {"入户表册"}


def test_posters_open_and_record_nothing() -> None:
    case = covered().case
    notice = PublicNotice.objects.get(case=case)

    assert "最低生活保障初审公示" in opened(f"/notices/{notice.pk}/poster/")
    assert "最低生活保障家庭公布" in opened(f"/publication/{VILLAGE}/2024-04/poster/")
    assert not views_of(f"案件 {case.number}")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cases/0/papers/", 404), ("/letters/0/paper/", 404), ("/cases/letters/0/paper/", 404),
        ("/notices/0/poster/", 404), ("/surveys/pack/999999999999/", 404), ("/surveys/pack/x/", 404),
        ("/publication/999999999999/2024-04/poster/", 404), (f"/publication/{VILLAGE}/2024-13/poster/", 400),
        (f"/publication/{VILLAGE}/2999-01/poster/", 400), ("/surveys/pack/360429100000/", 404),
        (f"/surveys/pack/{VILLAGE}/", 400), ("/papers/blank/?kind=x", 400),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_and_nothing_breaks(read: Reader, address: str, status: int) -> None:
    page = read(address)

    assert page.status == status
    assert page.html.count("<h1") == 1


def test_a_clerk_of_another_township_prints_nothing_of_this_one() -> None:
    decision = covered()
    waiting = Case.objects.get(pk=decision.case_id)
    letter = waiting.letters.get(kind="accepted")
    stranger = Client(raise_request_exception=False)
    stranger.force_login(
        create_officer("far", "远经办", division=OTHER_TOWN, duties=[Duty.ACCEPT, Duty.REVIEW], at=at(date(2024, 1, 2)))
    )

    for address in (f"/cases/{waiting.pk}/papers/", f"/letters/{decision.letter.pk}/paper/",
                    f"/cases/letters/{letter.pk}/paper/", f"/surveys/pack/{VILLAGE}/",
                    f"/publication/{VILLAGE}/2024-04/poster/"):  # fmt: skip
        assert stranger.get(address).status_code == 404
