"""目标登记: taken over once, changed with what stood before, moved by the table, refused by field."""

from collections.abc import Callable
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.evaluation.goal_entry import (
    BadGoal,
    GoalEntry,
    add_goal,
    carry_over_goals,
    change_goal,
    move_goal,
    take_over_goals,
)
from opendibao.evaluation.goals import programme
from opendibao.evaluation.models import Goal
from opendibao.evaluation.year_goals import goals_of_year
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")
ENTRY = GoalEntry("short", "按时发放", "每月10日前", "民政局", date(2024, 12, 31), ("paid_by_tenth",))


def entry(**changes: object) -> GoalEntry:
    return GoalEntry(**{**vars(ENTRY), **changes})  # type: ignore[arg-type]


def add(**changes: object) -> Goal:
    return add_goal(YEAR, COUNTY, entry(**changes), at=LOCKED)


def take_over(year: int = YEAR) -> list[Goal]:
    return take_over_goals(year, COUNTY, unit="民政局", at=LOCKED)


def test_a_year_without_goals_has_the_province_s() -> None:
    assert goals_of_year(YEAR, COUNTY) == programme(COUNTY)


def test_the_province_s_goals_are_taken_over_whole_and_once() -> None:
    told = programme(COUNTY)
    wanted = [one.text for stage in told.horizons for one in stage.items]

    made = take_over()

    assert [one.text for one in made] == [told.overall, *wanted]
    found = goals_of_year(YEAR, COUNTY)
    assert (found.overall, found.sheet) == (told.overall, told.sheet)
    assert [(goal.text, goal.serves) for stage in found.horizons for goal in stage.items] == [
        (goal.text, goal.serves) for stage in told.horizons for goal in stage.items
    ]
    assert {(goal.unit, goal.state, goal.due) for stage in found.horizons for goal in stage.items} == {
        ("民政局", "未开始", "")
    }
    with pytest.raises(BadGoal, match="2024年度已经有10条目标"):
        take_over()


def test_a_changed_goal_keeps_what_stood_before() -> None:
    made = add()

    change_goal(made.pk, entry(unit="财政局", due_on=date(2025, 6, 30)), at=LOCKED)

    told = Event.objects.get(action="修改绩效目标")
    assert told.subject == f"绩效目标 {made.pk}"
    assert told.payload == {
        "before": {"unit": "民政局", "due_on": "2024-12-31"},
        "after": {"unit": "财政局", "due_on": "2025-06-30"},
        "reason": "责任单位、完成期限",
    }
    goal = goals_of_year(YEAR, COUNTY).horizons[0].items[0]
    assert (goal.unit, goal.due) == ("财政局", "2025-06-30")


def test_a_goal_is_moved_with_words_and_what_was_dropped_is_no_goal_any_more() -> None:
    made, other = add(), add(text="全部复核")

    move_goal(made.pk, "under_way", progress="1至6月全部按时", at=LOCKED)
    move_goal(made.pk, "reached", progress="12个月全部按时", at=LOCKED)
    move_goal(other.pk, "dropped", progress="并入上一条", at=LOCKED)

    items = goals_of_year(YEAR, COUNTY).horizons[0].items
    assert [(goal.text, goal.state, goal.progress) for goal in items] == [("按时发放", "已达到", "12个月全部按时")]
    moved = [event.payload for event in Event.objects.filter(subject=f"绩效目标 {made.pk}", action="更新目标进展")]
    assert [(one["before"], one["after"]) for one in moved] == [("planned", "under_way"), ("under_way", "reached")]


def test_a_move_can_be_taken_back_and_words_alone_renewed() -> None:
    made = add()
    for state in ("reached", "under_way", "dropped", "planned", "planned"):
        move_goal(made.pk, state, progress=f"改为{state}", at=LOCKED)

    made.refresh_from_db()
    assert (made.state, made.progress) == ("planned", "改为planned")


def test_next_year_goes_on_with_what_is_open() -> None:
    kept, reached, dropped = add(), add(text="已到"), add(text="不办了", horizon="middle")
    move_goal(kept.pk, "late", progress="差一个月", at=LOCKED)
    move_goal(reached.pk, "reached", progress="到了", at=LOCKED)
    move_goal(dropped.pk, "dropped", progress="不办", at=LOCKED)

    made = carry_over_goals(YEAR + 1, COUNTY, at=LOCKED)

    assert [(one.year, one.text, one.state, one.progress, one.due_on) for one in made] == [
        (2025, "按时发放", "late", "差一个月", date(2024, 12, 31))
    ]
    again = carry_over_goals(YEAR + 2, COUNTY, at=LOCKED)
    assert again[0].due_on == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"horizon": "soon"}, "“期限”soon不认识，应为：总体、短期、中期、长期"),
        ({"text": "  "}, "“目标”没有填写"),
        ({"text": "长" * 301}, "“目标”有301个字，最多300个"),
        ({"milestone": ""}, "“衡量标志”没有填写"),
        ({"unit": ""}, "“责任单位”没有填写"),
        ({"due_on": date(2023, 12, 31)}, "“完成期限”2023-12-31早于2024年度，请改为2024-01-01或以后"),
        ({"indicators": ("happiness",)}, "“对应指标”没有名为“happiness”的指标"),
    ],
)
def test_a_bad_goal_is_refused_by_field_and_nothing_is_entered(changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadGoal, match=words):
        add(**changes)
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda made: add(), "已经有同样的一条：按时发放"),
        (lambda made: [add(horizon="overall", text=text) for text in "甲乙"], "总体目标只有一条"),
        (lambda made: change_goal(made.pk, ENTRY, at=LOCKED), "没有要保存的修改"),
        (lambda made: change_goal(made.pk, entry(horizon="long"), at=LOCKED), "“期限”不能改"),
        (lambda made: change_goal(made.pk + 9, ENTRY, at=LOCKED), "没有编号为"),
        (lambda made: move_goal(made.pk, "late", progress=" ", at=LOCKED), "“进展说明”没有填写"),
        (lambda made: move_goal(made.pk, "done", progress="好", at=LOCKED), "“进展”done不认识"),
        (
            lambda made: [move_goal(made.pk, state, progress="好", at=LOCKED) for state in ("dropped", "reached")],
            "现在是“不再实行”，不能直接改为“已达到”，可以改为：未开始",
        ),
        (
            lambda made: (
                move_goal(made.pk, "dropped", progress="好", at=LOCKED),
                change_goal(made.pk, entry(unit="财政局"), at=LOCKED),
            ),
            "已不再实行，请先恢复",
        ),
        (lambda made: carry_over_goals(YEAR + 5, COUNTY, at=LOCKED), "2028年度没有还要继续的目标"),
        (lambda made: take_over(), "已经有1条目标"),
        (lambda made: take_over_goals(YEAR + 1, COUNTY, unit="", at=LOCKED), "“责任单位”没有填写"),
    ],
)
def test_what_cannot_be_done_to_a_goal_is_said(act: Callable[[Goal], object], words: str) -> None:
    made = add()
    with pytest.raises(BadGoal, match=words):
        act(made)


def test_a_batch_that_fails_leaves_nothing() -> None:
    with pytest.raises(BadGoal):
        take_over_goals(YEAR, COUNTY, unit=" ", at=LOCKED)
    assert not Goal.objects.exists()
