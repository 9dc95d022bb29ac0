"""目标和方案的表: what the database itself refuses, each promise broken by its name."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from opendibao.evaluation.models import EvaluationPlan, Goal, Material, PlanStep
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
DAY = date(2024, 12, 2)
OF_THE_YEAR = {"year": 2024, "division": COUNTY, "officer": "甲"}
GOAL = {**OF_THE_YEAR, "horizon": "short", "position": 1, "text": "按时", "milestone": "每月", "unit": "民政局"}
PLAN = {**OF_THE_YEAR, "version": 1, "purpose": "看", "scope": "全县", "method": "查", "written_on": DAY}
STEP = {"division": COUNTY, "position": 1, "step": "打分", "first": DAY, "last": DAY, "owner": "甲"}
LAW = {**OF_THE_YEAR, "kind": "policy", "title": "办法", "document_number": "1号", "issued_on": DAY, "provider": "局"}


@pytest.mark.parametrize(
    ("model", "keeps", "breaks", "name"),
    [
        (Goal, GOAL, {"text": "另一条"}, "one_goal_a_position"),
        (Goal, GOAL, {"position": 2, "text": ""}, "goal_has_a_text"),
        (Goal, GOAL, {"position": 2, "milestone": ""}, "staged_goal_is_owned"),
        (Goal, GOAL, {"position": 2, "unit": ""}, "staged_goal_is_owned"),
        (EvaluationPlan, PLAN, {}, "one_plan_a_version"),
        (EvaluationPlan, PLAN, {"version": 2, "reason": "改", "scope": ""}, "plan_has_a_scope"),
        (EvaluationPlan, PLAN, {"version": 2}, "later_plan_has_a_reason"),
        (PlanStep, STEP, {"step": "复核"}, "one_step_a_position"),
        (PlanStep, STEP, {"position": 2, "last": date(2024, 12, 1)}, "step_ends_after_it_begins"),
        (PlanStep, STEP, {"position": 2, "owner": ""}, "step_is_owned"),
        (PlanStep, STEP, {"position": 2, "done_on": DAY}, "done_step_is_signed"),
        (PlanStep, STEP, {"position": 2, "done_by": "甲"}, "done_step_is_signed"),
        (Material, LAW, {}, "one_material_a_title"),
        (Material, LAW, {"title": "另一份", "document_number": ""}, "policy_has_number_and_day"),
        (Material, LAW, {"title": "另一份", "issued_on": None}, "policy_has_number_and_day"),
    ],
)
def test_the_table_itself_refuses(model: type[Model], keeps: dict[str, Any], breaks: dict[str, Any], name: str) -> None:
    of = {"plan": EvaluationPlan.objects.create(**PLAN)} if model is PlanStep else {}
    model._default_manager.create(**keeps, **of)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model._default_manager.create(**{**keeps, **breaks}, **of)


def test_what_has_no_stage_or_number_may_be_short() -> None:
    Goal.objects.create(**{**GOAL, "horizon": "overall", "milestone": "", "unit": ""})
    Material.objects.create(**{**LAW, "kind": "data", "document_number": "", "issued_on": None})
