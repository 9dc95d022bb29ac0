"""线索办理: who finds a family in need reports it, and says what came of the visit."""

from datetime import date

import pytest

from opendibao.intake.actions import record_lead
from opendibao.intake.models import Lead
from opendibao.kernel.duties import Duty
from tests.payment.builders import FAR_VILLAGE, VILLAGE, at, divisions, family
from tests.web.desk import Desk, hired

FOUND = date(2025, 1, 3)
TOLD = {"division": VILLAGE, "source": "grid", "found_on": "2025-01-03", "summary": "独居，断了收入"}


@pytest.fixture
def clerk(county: None) -> Desk:
    divisions()
    return Desk(hired("clerk91", "王经办"))


def lead(division: str = VILLAGE) -> str:
    made = record_lead(division, source="grid", on=FOUND, at=at(FOUND), summary="独居，断了收入")
    return f"/leads/{made.pk}/contact/"


def test_a_grid_worker_reports_from_his_only_village(county: None) -> None:
    divisions()
    grid = Desk(hired("grid91", "曾网格", division=VILLAGE, duties=(Duty.SURVEY,)))

    assert f'<option value="{VILLAGE}">东村</option>' in grid.reads("/leads/new/").html
    page = grid.follows(grid.does("/leads/new/", **TOLD))

    assert "已登记 镇100东村 的线索，请尽快上门联系" in page.words
    assert "2025-01-03 镇100东村 网格员 独居，断了收入 — ▲ 等联系" in page.words


def test_a_visit_is_entered_once(clerk: Desk) -> None:
    address = lead()

    page = clerk.follows(clerk.does(address, contacted_on="2025-01-06", outcome="informed"))

    assert "已登记联系结果：已告知政策" in page.words
    assert "这条线索已于 2025-01-06 联系过：已告知政策" in clerk.reads(address).words


def test_a_family_that_applied_is_named_by_its_number(clerk: Desk) -> None:
    family("A1")
    address, typed = lead(), {"contacted_on": "2025-01-06", "outcome": "applied"}

    assert "结果是“已申请”，请填写“户编号”" in clerk.does(address, **typed).words
    assert "没有户编号“A9”，或者它不在您的管辖范围内" in clerk.does(address, **typed, household="A9").words
    assert clerk.does(address, **typed, household="A1").status == 303
    assert Lead.objects.get().household.number == "A1"  # type: ignore[union-attr]


def test_a_number_beside_another_outcome_is_left_aside(clerk: Desk) -> None:
    family("A1")

    clerk.does(lead(), contacted_on="2025-01-06", outcome="not_in_need", household="A1")

    assert Lead.objects.get().household is None


def test_a_visit_before_the_finding_is_refused_in_the_actions_words(clerk: Desk) -> None:
    page = clerk.does(lead(), contacted_on="2025-01-02", outcome="informed")

    assert page.status == 422
    assert "联系日期2025-01-02早于发现日期2025-01-03，请改正" in page.words


def test_another_townships_lead_is_not_there(clerk: Desk) -> None:
    address = lead(FAR_VILLAGE)

    assert clerk.reads(address).status == 404
    assert clerk.sends(address, outcome="informed").status == 404
    assert clerk.reads("/leads/99999999999999999999999/contact/").status == 404
