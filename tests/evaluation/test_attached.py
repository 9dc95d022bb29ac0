"""随附资料: months and townships add up to the figures beside them; all comes back from a snapshot as it was locked."""

from datetime import date

import pytest

from opendibao.evaluation.actions import load_sheet_from_policy, lock_year
from opendibao.evaluation.attached import attached, attached_of
from opendibao.evaluation.attachment import Attached, FundSources, MonthPaid
from opendibao.evaluation.materials import MaterialEntry, add_material
from opendibao.evaluation.planning import Member, PlanEntry, Step, write_plan
from opendibao.evaluation.queries import latest_snapshot, period
from tests.budget.papers import came
from tests.evaluation.year import LATER, LOCKED, YEAR
from tests.payment.builders import COUNTY, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.usefixtures("county")
TARGETS = {"rural_paid": 1, "urban_paid": 1, "rural_persons": 9000, "urban_persons": 1500, "trainings": 4}


@pytest.fixture(autouse=True)
def lived(county: None) -> None:
    """Two households, one month paid, a sheet, a plan and a document."""
    family("A1", fen=62000, persons=2)
    family("A2", fen=50000)
    paid(JANUARY)
    load_sheet_from_policy(YEAR, COUNTY, TARGETS, at=LOCKED)
    plan = PlanEntry(
        "看付给了谁", "全县", "逐行数", (Member("文评价", "民政局", "组长"),),
        (Step("制定方案", date(2024, 10, 14), date(2024, 10, 18), "文评价"),),
    )  # fmt: skip
    write_plan(YEAR, COUNTY, plan, at=LOCKED)
    add_material(YEAR, COUNTY, MaterialEntry("data", "银行回单", "财政局"), at=LOCKED)


def asked_now() -> Attached:
    return attached(period(YEAR, known_at=LOCKED, division=COUNTY))


def test_months_are_what_the_bank_booked() -> None:
    assert asked_now().months == (MonthPaid(1, "rural", 112000),)


def test_every_household_and_person_is_in_one_township() -> None:
    towns = asked_now().towns

    assert (sum(one.households for one in towns), sum(one.persons for one in towns)) == (2, 3)


def test_plan_and_documents_are_as_entered() -> None:
    found = asked_now()

    assert found.plan is not None
    assert found.plan.team == (("文评价", "民政局", "组长"),)
    assert (found.plan.steps[0].first, found.plan.steps[0].done_on) == ("2024-10-14", "")
    assert [(one.kind, one.title, one.received_on) for one in found.materials] == [("数据资料", "银行回单", "")]


def test_where_the_money_came_from_is_counted_from_the_entries() -> None:
    assert asked_now().sources is None
    came(source="carried", number="结转", fen=50000)
    came(fen=100000)
    # 1,120.00 are bound for January
    assert asked_now().sources == FundSources(100000, 50000, 112000, 38000)
    lock_year(YEAR, COUNTY, at=LOCKED)
    came(fen=7, number="后来的")
    snapshot = latest_snapshot(YEAR, COUNTY)
    assert snapshot
    assert attached_of(snapshot).sources == FundSources(100000, 50000, 112000, 38000)


def test_a_snapshot_gives_it_back_whatever_happened_since() -> None:
    lock_year(YEAR, COUNTY, at=LOCKED)
    before = asked_now()
    add_material(YEAR, COUNTY, MaterialEntry("data", "后来的资料", "财政局"), at=LATER)
    snapshot = latest_snapshot(YEAR, COUNTY)

    assert snapshot is not None
    assert attached_of(snapshot) == before


def test_a_snapshot_from_before_has_nothing_attached() -> None:
    lock_year(YEAR, COUNTY, at=LOCKED)
    snapshot = latest_snapshot(YEAR, COUNTY)
    assert snapshot is not None
    del snapshot.content["attached"]

    assert attached_of(snapshot) == Attached()
