"""四项原则: sound goals and sheet keep all four; each fault breaks the one that it is about, and says the remedy."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from opendibao.evaluation.actions import load_sheet_from_policy
from opendibao.evaluation.goal_entry import GoalEntry, add_goal, take_over_goals
from opendibao.evaluation.goals import Goal, Horizon, Programme, programme
from opendibao.evaluation.principles import (
    MeasuredBy,
    Principle,
    check,
    is_measurable,
    looked_at,
    principles,
)
from opendibao.evaluation.queries import indicators
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY

VALUES = {"rural_paid": 5330, "urban_paid": 960, "rural_persons": 9000, "urban_persons": 1500, "trainings": 4}


def row(code: str, level1: str, **more: object) -> MeasuredBy:
    given = MeasuredBy(code, f"{code}指标", level1, "", "at_least", "≥1%", "%", is_judged=False, is_weighted=True)
    return replace(given, **more)  # type: ignore[arg-type]


ROWS = (
    row("rural_benefit_paid", "成本指标"), row("urban_benefit_paid", "成本指标"), row("paid_by_tenth", "产出指标"),
    row("entitled_covered", "效益指标"), row("satisfaction", "满意度指标"),
)  # fmt: skip
GOALS = (
    Goal("管好钱", "每月对账差额为零", ("rural_benefit_paid", "urban_benefit_paid")),
    Goal("发得准", "应保尽保率100%", ("paid_by_tenth", "entitled_covered")),
    Goal("让人满意", "满意度不低于95%", ("satisfaction",)),
)


def found(goals: Sequence[Goal] = GOALS, rows: Sequence[MeasuredBy] = ROWS) -> dict[str, Principle]:
    whole = Programme("低保金", "民政局", "应保尽保", (Horizon("short", "短期", tuple(goals)),), ())
    return {one.key: one for one in check(whole, rows)}


def broken(key: str, goals: Sequence[Goal] = GOALS, rows: Sequence[MeasuredBy] = ROWS) -> list[str]:
    """What breaks one principle; the others hold."""
    told = found(goals, rows)
    assert [one.key for one in told.values() if not one.holds] == [key]
    assert all(violation.remedy for violation in told[key].violations)
    return [violation.what for violation in told[key].violations]


def test_sound_goals_and_sheet_keep_all_four() -> None:
    assert [(one.zh, one.holds) for one in found().values()] == [
        ("目标一致性", True), ("可测性", True), ("针对性", True), ("整体性", True),
    ]  # fmt: skip


def test_a_weighted_indicator_that_serves_no_goal_breaks_agreement() -> None:
    rows = (*ROWS, row("staff_trainings", "产出指标"))
    assert broken("agreement", rows=rows) == ["指标“staff_trainings指标”有分值，却不服务于任何目标"]
    assert found(rows=(*ROWS, row("staff_trainings", "产出指标", is_weighted=False)))["agreement"].holds


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (Goal("办好事", "每月一次", ()), "目标“办好事”没有对应指标"),
        (Goal("办好事", "每月一次", ("posts_filled",)), "目标“办好事”的对应指标都不在本年指标表上"),
    ],
)
def test_a_goal_that_nothing_measures_breaks_measurability(goal: Goal, words: str) -> None:
    assert broken("measured", goals=(*GOALS, goal)) == [words]


def test_a_milestone_that_tells_nothing_breaks_specificity() -> None:
    vague = Goal("更进一步", "进一步完善和加强", ("satisfaction",))
    assert broken("specific", goals=(*GOALS, vague)) == ["目标“更进一步”的衡量标志“进一步完善和加强”看不出到没到"]


@pytest.mark.parametrize(
    ("milestone", "tells"),
    [
        ("2025年6月30日前建成", True), ("重算一致率100%", True), ("每个月都按时", True), ("收入缺口全部弥补", True),
        ("建立健全机制", False), ("群众认知有所提高", False), ("", False),
    ],
)  # fmt: skip
def test_a_milestone_tells_by_number_day_or_word(milestone: str, tells: bool) -> None:
    assert is_measurable(milestone) is tells


def test_a_goal_with_judged_indicators_only_breaks_specificity() -> None:
    judged = row("lasting_effect", "效益指标", direction="", target="", unit="", is_judged=True)
    goal = Goal("管长远", "每年评一次", ("lasting_effect",))
    assert broken("specific", goals=(*GOALS, goal), rows=(*ROWS, judged)) == ["目标“管长远”只有定性指标"]


def test_a_row_without_direction_unit_or_target_breaks_specificity() -> None:
    rows = (*ROWS[:4], row("satisfaction", "满意度指标", direction="", unit=""))
    assert broken("specific", rows=rows) == ["指标“satisfaction指标”没有方向、单位"]


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("satisfaction", ["按成本、产出、效益、满意度分类，缺“满意度”类指标"]),
        ("urban_benefit_paid", ["指标表只看了另一类地区，缺城镇的指标"]),
        ("entitled_covered", ["按成本、产出、效益、满意度分类，缺“效益”类指标", "缺说明政策落实的指标"]),
    ],
)
def test_what_the_sheet_leaves_out_breaks_the_whole(left_out: str, words: list[str]) -> None:
    rows = tuple(one for one in ROWS if one.code != left_out)
    goals = tuple(replace(goal, serves=tuple(code for code in goal.serves if code != left_out)) for goal in GOALS)
    goals = tuple(goal for goal in goals if goal.serves)
    assert broken("whole", goals=goals, rows=rows) == words


def test_the_frameworks_own_kinds_are_looked_for() -> None:
    rows = (row("rural_benefit_paid", "决策"), row("urban_benefit_paid", "过程"), *ROWS[2:3],
            row("entitled_covered", "效益"), row("satisfaction", "效益"))  # fmt: skip
    assert found(rows=rows)["whole"].holds
    assert broken("whole", rows=(replace(rows[0], level1="过程"), *rows[1:])) == [
        "按决策、过程、产出、效益分类，缺“决策”类指标"
    ]


def test_without_a_sheet_no_principle_can_hold() -> None:
    assert [one.holds for one in found(rows=()).values()] == [False] * 4
    assert found(rows=())["whole"].violations[0].remedy == "请先建本年的指标表"


def test_the_indicators_that_stand_for_an_aspect_exist() -> None:
    assert looked_at() <= set(indicators())


@pytest.mark.usefixtures("county")
def test_the_province_s_goals_and_sheet_keep_all_four() -> None:
    load_sheet_from_policy(YEAR, COUNTY, VALUES, at=LOCKED)
    assert [one.violations for one in principles(YEAR, COUNTY)] == [()] * 4
    take_over_goals(YEAR, COUNTY, unit="民政局", at=LOCKED)
    assert [one.violations for one in principles(YEAR, COUNTY)] == [()] * 4


@pytest.mark.usefixtures("county")
def test_a_goal_of_the_year_s_own_counts() -> None:
    load_sheet_from_policy(YEAR, COUNTY, VALUES, at=LOCKED)
    add_goal(YEAR, COUNTY, GoalEntry("short", "推动工作", "不断提升", "民政局"), at=LOCKED)
    told = {one.key: [violation.goal or violation.indicator for violation in one.violations]
            for one in principles(YEAR, COUNTY)}  # fmt: skip
    weighted = [one.indicator for one in programme(COUNTY).sheet if int(one.weight)]
    assert told == {"agreement": weighted, "measured": ["推动工作"], "specific": ["推动工作"], "whole": []}
