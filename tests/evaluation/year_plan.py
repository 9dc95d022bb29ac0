"""A year with goals, a plan and its documents, as an evaluator would have entered them."""

from dataclasses import dataclass
from datetime import date

from opendibao.evaluation.goal_entry import GoalEntry, change_goal, move_goal, take_over_goals
from opendibao.evaluation.materials import MaterialEntry, add_material, withdraw_material
from opendibao.evaluation.models import Goal
from opendibao.evaluation.planning import Member, PlanEntry, Step, finish_step, steps_of, write_plan
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

STEPS = (
    Step("收集资料", date(2024, 12, 2), date(2024, 12, 20), "文评价"),
    Step("入户复核", date(2024, 12, 9), date(2024, 12, 27), "文评价"),
    Step("打分", date(2025, 1, 2), date(2025, 1, 31), "文评价"),
    Step("报送财政", date(2025, 2, 3), date(2025, 2, 14), "钱财政"),
)
TEAM = (Member("文评价", "民政局", "组长"), Member("钱财政", "财政局", "复核"))
PLAN = PlanEntry("看钱发得准不准、及不及时", "全县城乡低保，2024年全年", "定量为主，定性为辅", TEAM, STEPS)
LAW = MaterialEntry("policy", "最低生活保障审核确认办法", "民政部", "民发〔2021〕57号", date(2021, 6, 11))


@dataclass(frozen=True)
class Entered:
    """Where the forms of the year's goals, plan and documents are."""

    goal: int
    step: int
    done_step: int
    material: int
    missing: int
    withdrawn: int


def goals() -> list[Goal]:
    """The province's goals, the first stage goal with a day that is over."""
    made = take_over_goals(YEAR, COUNTY, unit="民政局", at=LOCKED)
    first = made[1]
    entry = GoalEntry(first.horizon, first.text, first.milestone, "民政局", date(2024, 12, 31), tuple(first.indicators))
    change_goal(first.pk, entry, at=LOCKED)
    move_goal(first.pk, "under_way", progress="11个月按时", at=LOCKED)
    move_goal(made[2].pk, "reached", progress="全年复核完毕", at=LOCKED)
    return made


def whole() -> Entered:
    """Goals, two versions of a plan with one step done, three documents: here, missing, withdrawn."""
    made = goals()
    write_plan(YEAR, COUNTY, PLAN, at=LOCKED)
    newer = PlanEntry(**{**vars(PLAN), "scope": "全县城乡低保", "reason": "写得更短"})
    steps = steps_of(write_plan(YEAR, COUNTY, newer, at=LOCKED))
    finish_step(steps[0].pk, on=date(2024, 12, 19), at=LOCKED)
    here = add_material(YEAR, COUNTY, LAW, received_on=date(2024, 12, 3), at=LOCKED)
    missing = add_material(YEAR, COUNTY, MaterialEntry("data", "发放台账", "民政局"), at=LOCKED)
    old = add_material(YEAR, COUNTY, MaterialEntry("report", "上年报告", "民政局"), at=LOCKED)
    withdraw_material(old.pk, reason="口径不同", at=LOCKED)
    return Entered(made[1].pk, steps[1].pk, steps[0].pk, here.pk, missing.pk, old.pk)
