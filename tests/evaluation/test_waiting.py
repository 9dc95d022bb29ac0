"""先后办理: who enters the same at the same moment waits for the other, and is then refused in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import OperationalError, connection, transaction

from opendibao.evaluation.actions import undo_sheet
from opendibao.evaluation.goal_entry import GoalEntry, add_goal, carry_over_goals, take_over_goals
from opendibao.evaluation.materials import MaterialEntry, add_material, change_material
from opendibao.evaluation.models import Material
from opendibao.evaluation.planning import Member, PlanEntry, Step, write_plan
from opendibao.evaluation.sampling import Plan, draw_sample
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
DAY = date(YEAR, 12, 2)
DATA = MaterialEntry("data", "发放台账", "民政局")
GOAL = GoalEntry("short", "按时发放", "每月10日前", "民政局", date(YEAR, 12, 31), ("paid_by_tenth",))
PLAN = PlanEntry("目的", "范围", "方法", (Member("甲", "民政局", "组长"),), (Step("准备", DAY, DAY, "甲"),))


@contextmanager
def somebody_else_at(name: str) -> Iterator[None]:
    """Another connection does the thing of this name, and is not done with it."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
        yield
    finally:
        other.close()


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("抽样 2024 accuracy", lambda: draw_sample("accuracy", YEAR, Plan(size=1), on=DAY, at=LOCKED)),
        (f"绩效目标 2024 {COUNTY}", lambda: take_over_goals(YEAR, COUNTY, unit="民政局", at=LOCKED)),
        (f"绩效目标 2024 {COUNTY}", lambda: carry_over_goals(YEAR, COUNTY, at=LOCKED)),
        (f"绩效目标 2024 {COUNTY}", lambda: add_goal(YEAR, COUNTY, GOAL, at=LOCKED)),
        (f"评价资料 2024 {COUNTY}", lambda: add_material(YEAR, COUNTY, DATA, at=LOCKED)),
        ("评价方案 2024", lambda: write_plan(YEAR, COUNTY, PLAN, at=LOCKED)),
        ("指标表 2024", lambda: undo_sheet(YEAR, COUNTY, reason="改错了", at=LOCKED)),
    ],
    ids=["draw", "take over", "carry over", "add a goal", "add a document", "plan", "undo"],
)
def test_the_second_waits_until_the_first_is_done(name: str, act: Callable[[], object]) -> None:
    with somebody_else_at(name), pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
        act()


def test_a_document_is_not_renamed_while_another_is_listed() -> None:
    made = Material.objects.create(
        year=YEAR, division=COUNTY, kind="data", title="发放明细", provider="民政局", officer="张经办"
    )
    wait = somebody_else_at(f"评价资料 2024 {COUNTY}")
    with wait, pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
        change_material(made.pk, DATA, at=LOCKED)
