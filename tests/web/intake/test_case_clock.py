"""案件时限的表: the clock is stopped, let run again and lengthened; the page says used, left and why."""

from datetime import date

import pytest

from opendibao.intake.actions import accept_case, submit_case
from opendibao.intake.models import Case, CaseLetter
from opendibao.kernel.duties import Duty
from tests.payment.builders import VILLAGE, Family, at, divisions
from tests.web.desk import Desk, county_desk, hired

# today is 2025-01-06; accepted on Monday 2 December: 24 working days are used up (New Year's day is free)
ACCEPTED, LONG_AGO = date(2024, 12, 2), date(2024, 11, 4)


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk61", "王经办"))


def case_of(number: str = "A1", on: date = ACCEPTED) -> Case:
    home = Family(number, division=VILLAGE).enter().household
    made = submit_case(home.pk, kind="application", channel="counter", declared={}, on=on, at=at(on))
    return accept_case(made.pk, on=on, at=at(on))


def pause(desk: Desk, case: Case) -> object:
    typed = {"paused_on": "2025-01-03", "ground": "hospital", "reason": "户主在县医院住院"}
    return desk.does(f"/cases/{case.pk}/pause/", **typed)


def test_the_page_says_how_the_clock_stands(clerk: Desk) -> None:
    page = clerk.reads(f"/cases/{case_of().pk}/")

    assert "适用的程序 演示县程序（逐户调查、逐件评议）" in page.words
    assert "办理期限 2025-01-14" in page.words
    assert "已用工作日 24 天，共 30 天" in page.words


def test_a_clock_is_stopped_and_let_run_again(clerk: Desk) -> None:
    case = case_of()

    page = clerk.follows(pause(clerk, case))  # type: ignore[arg-type]

    assert "2025-01-03 起：家庭成员住院" in page.words
    assert "已用工作日 22 天，共 30 天" in page.words  # the 3rd and the 6th stand still
    assert "暂停计时：家庭成员住院，不能入户调查" in clerk.reads("/today/").words

    page = clerk.follows(clerk.does(f"/cases/{case.pk}/resume/", resumed_on="2025-01-06"))

    assert "已恢复计时" in page.words
    assert "已用工作日 23 天，共 30 天" in page.words
    assert "没有暂停计时，不用恢复" in clerk.reads(f"/cases/{case.pk}/resume/").words


def test_the_county_lengthens_it_once_and_the_family_is_told(clerk: Desk) -> None:
    case, county = case_of(), county_desk()
    address = f"/cases/{case.pk}/extend/"

    page = county.follows(county.does(address, extended_on="2025-01-06", reason="外省没有回复"))

    # to 14 January thirty; 26 January and 8 February are make-up days, 28 January to 4 February the festival
    assert "办理期限 2025-02-10" in page.words
    assert "延长理由 外省没有回复" in page.words
    assert CaseLetter.objects.filter(kind="extended").count() == 1
    assert "只能延长一次" in county.reads(address).words


def test_the_township_does_not_lengthen_its_own_time(clerk: Desk) -> None:
    case = case_of()
    assert clerk.reads(f"/cases/{case.pk}/extend/").status == 403
    assert not [words for words, _href in clerk.reads(f"/cases/{case.pk}/").links if words == "延长期限"]


def test_too_late_is_too_late(clerk: Desk) -> None:
    case, county = case_of(on=LONG_AGO), county_desk()

    assert "逾期 过了" in county.reads(f"/cases/{case.pk}/").words
    assert "已过，不能补办延长" in county.reads(f"/cases/{case.pk}/extend/").words
    assert "已过，不能再暂停" in clerk.reads(f"/cases/{case.pk}/pause/").words


def test_a_wrong_ground_is_refused(clerk: Desk) -> None:
    case = case_of()

    page = clerk.does(f"/cases/{case.pk}/pause/", paused_on="2025-01-03", ground="holiday", reason="放假")

    assert page.status == 422
    assert "里没有这一项" in page.words


def test_a_surveyor_only_looks(clerk: Desk) -> None:
    surveyor = Desk(hired("survey61", "陈走访", duties=(Duty.SURVEY,)))
    case = case_of()

    assert surveyor.reads(f"/cases/{case.pk}/pause/").status == 403
    assert "办理期限" in surveyor.reads(f"/cases/{case.pk}/").words
