"""演示县的目标和方案: goals judged by what was measured, a plan with steps done, a document that is missing."""

from datetime import date

import pytest

from opendibao.demo.days import office_hour, report_day
from opendibao.demo.goals import MADE_UP, close_goals, goals_and_plan
from opendibao.demo.officers import EVALUATOR, acting_as
from opendibao.demo.plan import CountyPlan
from opendibao.evaluation.actions import load_sheet_from_policy
from opendibao.evaluation.conclusion import conclude
from opendibao.evaluation.goal_table import goal_table
from opendibao.evaluation.materials import materials
from opendibao.evaluation.planning import plan, steps_of
from opendibao.evaluation.principles import principles
from opendibao.evaluation.queries import period
from opendibao.kernel.workdays import is_workday
from tests.payment.builders import divisions

SHEET = {"rural_paid": 178, "urban_paid": 56, "rural_persons": 300, "urban_persons": 80, "trainings": 4}


@pytest.fixture
def lived(county: None, small: CountyPlan) -> CountyPlan:
    """The evaluator's year of a county in which nothing was paid."""
    divisions()
    for day, _, act in sorted(goals_and_plan(small), key=lambda step: step[:2]):
        assert is_workday(day)
        act(office_hour(day))
    at = office_hour(report_day(small.year))
    with acting_as(EVALUATOR, small.county_code):
        load_sheet_from_policy(small.year, small.county_code, SHEET, at=at)
        close_goals(small, conclude(period(small.year, known_at=at, division=small.county_code)), at)
    return small


def test_every_goal_is_owned_dated_and_judged_by_its_indicators(lived: CountyPlan) -> None:
    lines = [one for one in goal_table(lived.year, lived.county_code) if not one.is_overall]
    assert len(lines) == 9
    assert all(one.unit and one.due_on and one.indicators for one in lines)
    by_stage = {stage: {str(one.state) for one in lines if one.horizon == stage} for stage in ("short", "middle")}
    assert by_stage == {"short": {"late"}, "middle": {"under_way"}}  # nothing was paid, so nothing could be reached
    paid = next(one for one in lines if "10日前" in one.text)
    assert (paid.unit, paid.due_on) == ("民政局、财政局", date(2024, 12, 31))
    assert paid.progress == "对应的1项指标本年有0项达到指标值，还差：资金每月10号发放到位"


def test_the_four_principles_hold(lived: CountyPlan) -> None:
    assert [one.violations for one in principles(lived.year, lived.county_code)] == [()] * 4


def test_the_plan_has_steps_done_one_of_them_late_and_people_who_are_marked(lived: CountyPlan) -> None:
    found = plan(lived.year, lived.county_code)
    assert found
    done = [one for one in steps_of(found) if one.done_on]
    assert (len(done), len(steps_of(found))) == (5, 7)
    assert [one.step for one in done if one.done_on and one.done_on > one.last] == ["收集政策文件和数据资料"]
    assert all(one["role"].endswith(MADE_UP) for one in found.team)


def test_one_document_is_missing_and_laws_have_number_and_day(lived: CountyPlan) -> None:
    listed = materials(lived.year, lived.county_code)
    assert [one.title for one in listed if not one.received_on] == ["上一年度部门评价报告"]
    assert next((one.document_number, one.issued_on) for one in listed if one.kind == "policy") == (
        "国务院令第649号", date(2014, 2, 21),
    )  # fmt: skip
