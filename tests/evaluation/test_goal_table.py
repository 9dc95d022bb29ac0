"""绩效目标表: goals with what their indicators stand at, now or as locked; what is late is named."""

from datetime import date

import pytest

from opendibao.evaluation.actions import lock_year
from opendibao.evaluation.conclusion import conclude
from opendibao.evaluation.goal_entry import GoalEntry, add_goal, move_goal
from opendibao.evaluation.goal_table import GoalLine, goal_table
from opendibao.evaluation.models import Goal
from opendibao.evaluation.snapshot import conclusion_of
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
CODES = ("rural_benefit_paid", "urban_persons", "staff_trainings", "target_accuracy")
# of the small county: 640.00 yuan against 500, one person against two, three sessions of four, no check drawn
STANDS = [
    ("≤0.05万元", "0.06万元", False), ("≤2人", "1人", True), ("≥4次", "3次", False), ("≥95%", "未测得", None),
]  # fmt: skip


def goal(text: str = "管好钱", **more: object) -> Goal:
    given = {"horizon": "short", "milestone": "每月", "unit": "民政局", "indicators": CODES, **more}
    return add_goal(YEAR, COUNTY, GoalEntry(text=text, **given), at=LOCKED)  # type: ignore[arg-type]


def stands(line: GoalLine) -> list[tuple[str, str, bool | None]]:
    return [(one.target, one.actual, one.is_met) for one in line.indicators]


def test_indicators_stand_at_what_was_measured_now() -> None:
    small_county.whole()
    goal()
    (line,) = goal_table(YEAR, COUNTY, asked=year())
    assert stands(line) == STANDS
    assert [one.figure_id for one in line.indicators] == [
        "indicator.01", "indicator.02", "indicator.03", "indicator.04",
    ]  # fmt: skip


def test_a_locked_year_shows_what_was_locked() -> None:
    small_county.whole()
    goal()
    lock_year(YEAR, COUNTY, at=LOCKED)
    (line,) = goal_table(YEAR, COUNTY)
    assert stands(line) == STANDS


def test_an_indicator_off_the_sheet_is_measured_all_the_same() -> None:
    small_county.whole()
    goal(indicators=("fund_use",))
    (line,) = goal_table(YEAR, COUNTY, asked=year())
    (one,) = line.indicators
    assert (one.is_on_sheet, one.target, one.is_met, one.figure_id) == (False, "", None, "indicator.fund_use")
    assert one.actual == "106.67%"  # 1,280.00 paid of 1,200.00 approved

    lock_year(YEAR, COUNTY, at=LOCKED)
    assert goal_table(YEAR, COUNTY)[0].indicators == line.indicators


def test_without_a_question_nothing_is_measured() -> None:
    small_county.whole()
    goal(indicators=("urban_persons",))
    assert stands(goal_table(YEAR, COUNTY)[0]) == [("≤2人", "未测得", None)]


def test_lines_stand_stage_by_stage_and_a_dropped_goal_has_no_number() -> None:
    goal("远", horizon="long")
    dropped, _ = goal("甲"), goal("乙")
    goal("总", horizon="overall", milestone="", unit="")
    move_goal(dropped.pk, "dropped", progress="不办", at=LOCKED)
    lines = goal_table(YEAR, COUNTY)
    assert [(one.text, one.number) for one in lines] == [("总", 1), ("甲", 0), ("乙", 1), ("远", 1)]


@pytest.mark.parametrize(
    ("due_on", "state", "late", "unscheduled"),
    [
        (date(2024, 12, 31), "under_way", True, False),
        (date(2025, 1, 6), "under_way", False, False),
        (date(2025, 12, 31), "late", True, False),
        (date(2024, 12, 31), "reached", False, False),
        (date(2024, 12, 31), "dropped", False, False),
        (None, "under_way", False, True),
        (None, "reached", False, False),
    ],
)
def test_a_goal_is_late_by_its_day_or_by_its_word(
    due_on: date | None, state: str, late: bool, unscheduled: bool
) -> None:
    made = goal(due_on=due_on)
    move_goal(made.pk, state, progress="说明", at=LOCKED)
    (line,) = goal_table(YEAR, COUNTY)
    assert (line.is_late(date(2025, 1, 6)), line.is_unscheduled) == (late, unscheduled)


def test_the_conclusion_and_the_lock_carry_the_year_s_own_goals() -> None:
    small_county.whole()
    made = goal(due_on=date(2024, 12, 31))
    goal("让人人有饭吃", horizon="overall", milestone="", unit="", indicators=())
    move_goal(made.pk, "reached", progress="到了", at=LOCKED)
    said = conclude(year())
    assert said.overall_goal == "让人人有饭吃"
    (stage,) = said.horizons
    assert [(one.text, one.unit, one.due, one.state, one.progress) for one in stage.items] == [
        ("管好钱", "民政局", "2024-12-31", "已达到", "到了")
    ]
    assert said.rows[0].goals == ("管好钱",)
    assert conclusion_of(lock_year(YEAR, COUNTY, at=LOCKED)) == conclude(year())
