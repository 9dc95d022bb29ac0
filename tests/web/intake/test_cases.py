"""案件名单和案件主页: whose turn it is, one case with its letters, and the walls between townships."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.web.access import opens
from opendibao.web.intake.case_next import STEPS, Next
from opendibao.web.viewing import Viewer
from tests.payment.builders import FAR_VILLAGE, Family, at, divisions
from tests.web.desk import Desk, hired
from tests.web.test_every_page import INLINE

APPLIED, ACCEPTED = date(2024, 12, 30), date(2025, 1, 2)
MOST_OF_A_CASE = 45
"""A case is read by a dozen sections, each with its own question or two."""


def case_of(number: str, *, division: str = "360429100001", accepted: bool = False) -> Case:
    """An application of a family that the registry knows."""
    home = Family(number, division=division).enter().household
    made = submit_case(
        home.pk, kind="application", channel="counter", declared={"members": []}, on=APPLIED, at=at(APPLIED)
    )
    return accept_case(made.pk, on=ACCEPTED, at=at(ACCEPTED)) if accepted else made


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk81", "王经办"))


def test_a_case_stands_on_its_page_with_what_comes_next(clerk: Desk) -> None:
    case = case_of("A1")

    page = clerk.reads(f"/cases/{case.pk}/")

    assert page.status == 200
    assert "成员1 家庭" in page.words
    assert f"案号 {case.number}" in page.words
    assert "看材料齐不齐" in page.words
    assert ("A1", "/households/A1/") in page.links


def test_the_list_shows_whose_turn_it_is(clerk: Desk) -> None:
    mine, accepted = case_of("A1"), case_of("A2", accepted=True)

    page = clerk.reads("/cases/")
    county = Desk(hired("county81", "李审核", division="360429000000", duties=(Duty.CONFIRM,)))

    assert {mine.number, accepted.number} <= {words for words, _href in page.links}
    assert "这里没有案件" in county.reads("/cases/").words
    assert mine.number in county.reads("/cases/?view=open").words
    assert accepted.number not in county.reads("/cases/?view=entry").words


@pytest.mark.parametrize("typed", ["受2024-1", "受〔2024〕00001号", "扫码 受〔2024〕00001号 2025"])
def test_a_number_typed_or_scanned_opens_the_case(clerk: Desk, typed: str) -> None:
    case = case_of("A1")

    page = clerk.reads(f"/cases/?q={typed}")

    assert page.status == 302
    assert page.headers["Location"] == f"/cases/{case.pk}/"


def test_a_family_is_found_by_name_wherever_its_case_stands(clerk: Desk) -> None:
    case = case_of("A1", accepted=True)

    assert case.number in clerk.reads("/cases/?q=成员1").words
    assert case.number not in clerk.reads("/cases/?q=成员9").words


def test_another_townships_case_is_not_there(clerk: Desk) -> None:
    case = case_of("F1", division=FAR_VILLAGE)

    assert clerk.reads(f"/cases/{case.pk}/").status == 404
    assert case.number not in clerk.reads("/cases/?view=all").words
    assert clerk.reads(f"/cases/?q={case.number}").status == 200


@pytest.mark.parametrize("asked", ["view=x", "division=1", "state=x", "kind=x", f"q={'长' * 61}"])
def test_a_question_that_cannot_be_is_answered_in_words(clerk: Desk, asked: str) -> None:
    assert clerk.reads(f"/cases/?{asked}").status == 400


def test_the_list_is_a_workbook_too(clerk: Desk) -> None:
    case_of("A1")

    page = clerk.reads("/cases/list.xlsx?view=open")

    assert page.status == 200
    assert page.headers["Content-Disposition"].startswith("attachment")


def test_every_next_step_leads_to_a_page_for_whose_turn_it_is() -> None:
    ways = {key: (reverse(step.route, args=[1]), holder(step)) for key, step in STEPS.items() if step.route}

    assert len(ways) > 10
    assert [key for key, (address, officer) in ways.items() if not opens(address, officer)] == []


def holder(step: Next) -> Viewer:
    """An officer of the duty whose turn it is."""
    return Viewer("某人", "360429", frozenset({step.duty}), "360429000000", "x")


def asked(desk: Desk, address: str) -> list[str]:
    """What a page asks the database."""
    found: list[str] = []

    def note(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        assert desk.reads(address).status == 200
    return [sql for sql in found if sql.lstrip().startswith(("SELECT", "WITH")) and "app.officer" not in sql]


def test_the_page_of_a_case_asks_no_more_for_what_came_of_it(clerk: Desk) -> None:
    """One question a section and no more, whatever stands in it."""
    fresh, accepted = case_of("A1"), case_of("A2", accepted=True)
    sign_consents(accepted.pk, on=ACCEPTED, at=at(ACCEPTED))

    counted = {made.number: len(asked(clerk, f"/cases/{made.pk}/")) for made in (fresh, accepted)}

    assert max(counted.values()) <= MOST_OF_A_CASE, counted


def test_a_list_asks_no_more_for_more_cases(clerk: Desk) -> None:
    case_of("A1")
    few = len(asked(clerk, "/cases/"))
    for number in ("A2", "A3", "A4"):
        case_of(number, accepted=True)

    assert len(asked(clerk, "/cases/")) == few
    assert few <= 20


def test_the_page_is_whole_html_without_inline_style_or_script(clerk: Desk) -> None:
    page = clerk.reads(f"/cases/{case_of('A1').pk}/")

    assert page.html.count("<h1") == 1
    assert not INLINE.search(page.html)
    assert "None" not in page.words
    assert page.html.count("<table") == page.html.count("<thead")


def test_a_household_leads_to_its_cases_and_back(clerk: Desk) -> None:
    case = case_of("A1")

    home = clerk.reads("/households/A1/")

    assert home.link(case.number) == f"/cases/{case.pk}/"


def test_the_next_case_is_the_next_whose_turn_it_is(clerk: Desk) -> None:
    first, second = case_of("A1"), case_of("A2")

    page = clerk.reads(clerk.reads(f"/cases/{first.pk}/").link("下一件待办"))
    last = clerk.reads(f"/cases/{second.pk}/next/")

    assert page.headers["Location"] == f"/cases/{second.pk}/"
    assert last.headers["Location"] == "/cases/"
