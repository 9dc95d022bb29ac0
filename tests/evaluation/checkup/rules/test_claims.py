"""W10, W19 to W23, D10: what one chapter claims and another, or the figures, contradict."""

import pytest

from tests.evaluation.checkup.papers import found
from tests.evaluation.checkup.rules.whole_report import SHEET, after, report

PROBLEM = "两个乡镇的复核材料与申请材料分开存放。"
PRACTICE = "材料一次告知，审核由两人签字，公示期满再确认。"
OUTPUT = "全年应发放12个月，12个月按时发放，按时发放率100%。"


def row(number: int, **cells: str) -> tuple[tuple[str, ...], ...]:
    """The sheet with a row written otherwise."""
    names = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
    rows = [list(one) for one in SHEET]
    for name, text in cells.items():
        rows[number - 1][names.index(name)] = text
    return tuple(tuple(one) for one in rows)


@pytest.mark.parametrize(
    "claim",
    [
        "申请低保的人数逐年增加。",
        "保障对象不断增多，任务加重。",
        "低保对象人数呈上升趋势。",
        "来申请的困难家庭越来越多。",
    ],
)
def test_growth_against_the_figures(claim: str) -> None:
    (hit,) = found(report(after(PROBLEM, claim)), "W10")

    assert "新增82户151人、核减120户214人" in hit.zh


@pytest.mark.parametrize(
    "claim", ["保障标准逐年提高，资金支出不断增加。", "如果申请人数持续增加，再行追加预算。", "困难群众收入稳步增长。"]
)
def test_growth_of_other_things(claim: str) -> None:
    assert found(report(after(PROBLEM, claim)), "W10") == []


def test_growth_that_the_figures_bear_out() -> None:
    document = report(
        ("新增82户151人，核减120户214人", "新增182户351人，核减120户214人"), after(PROBLEM, "申请人数逐年增加。")
    )

    assert found(document, "W10") == []


@pytest.mark.parametrize(
    "claim", ["资金拨付率达100%。", "补助发放到位率为100％。", "百分之百在规定时限内拨付资金。", "核定金额全部准确。"]
)
def test_a_hundred_per_cent_without_counts(claim: str) -> None:
    (hit,) = found(report(after(OUTPUT, claim)), "W19", "D10")

    assert hit.id == "W19"


@pytest.mark.parametrize(
    "claim", ["应拨付4批，实际拨付4批，拨付率100%。", "拨付率100%（4/4）。", "12个月的补助全部到账。"]
)
def test_a_hundred_per_cent_with_counts(claim: str) -> None:
    assert found(report(after(OUTPUT, claim)), "W19", "D10") == []


def test_a_goal_that_was_due_before_the_year() -> None:
    goal = "困难群众生活有所改善，对办理过程感到满意。"

    (hit,) = found(report(after(goal, "让困难群众基本生活改善，实现全面小康社会的目标。")), "W19")

    assert "2020年" in hit.zh
    assert found(report(after(goal, "巩固已建成的全面小康社会成果，改善基本生活。")), "W19") == []


@pytest.mark.parametrize("claim", ["全部公示，群众没有异议。", "所有案卷无一差错。", "档案合格率100%。"])
def test_all_of_it_without_counts_elsewhere(claim: str) -> None:
    (hit,) = found(report(after(PRACTICE, claim)), "D10", "W19")

    assert hit.id == "D10"


def test_every_household_visited_while_checks_are_weak() -> None:
    claim, admitted = "对申请家庭进行100%入户调查。", "成员在外地的家庭，跨区域核查难度较大。"

    (hit,) = found(report(after(PRACTICE, claim), after(PROBLEM, admitted)), "W20", "D10")

    assert hit.id == "W20"
    assert found(report(after(PRACTICE, claim)), "W20") == []
    assert found(report(after(PROBLEM, admitted)), "W20") == []


def test_visits_with_counts_and_a_sample_are_believed() -> None:
    claim, admitted = "申请82户，入户82户，入户调查率100%。", "成员在外地的家庭，跨区域核查难度较大。"

    assert found(report(after(PRACTICE, claim), after(PROBLEM, admitted)), "W20") == []


@pytest.mark.parametrize(
    "admitted",
    [
        "县级配套资金缺口较大，影响了低保金足额发放。",
        "本级财政困难，有两个月的补助推迟到次月发放。",
        "配套资金没有足额安排，部分乡镇低保金未能按时到户。",
    ],
)
def test_short_money_against_full_payment(admitted: str) -> None:
    (hit,) = found(report(after(PROBLEM, admitted)), "W21")

    assert "按时发放率" in hit.zh


@pytest.mark.parametrize(
    "told", ["预算编制偏紧，年中已经追加，没有影响发放。", "退出家庭停发不及时。", "公示材料更新滞后。"]
)
def test_money_that_was_paid_all_the_same(told: str) -> None:
    assert found(report(after(PROBLEM, told)), "W21") == []


@pytest.mark.parametrize("admitted", ["部分经办人员业务能力有待提高。", "乡镇民政所人手不足，一人多岗。"])
def test_weak_staff_against_a_full_score(admitted: str) -> None:
    (hit,) = found(report(after(PROBLEM, admitted)), "W22")

    assert "低保经办人员培训次数" in hit.zh


def test_weak_staff_and_points_lost_for_it() -> None:
    sheet = row(3, actual="1次", score="5", reason="人手不足，少办了一次；下年补足")

    assert found(report(after(PROBLEM, "乡镇民政所人手不足。"), sheet=sheet), "W22") == []


@pytest.mark.parametrize("admitted", ["政策宣传还有死角。", "老年人对政策的知晓率较低。", "不少群众不知道如何申请。"])
def test_publicity_that_no_indicator_measures(admitted: str) -> None:
    (hit,) = found(report(after(PROBLEM, admitted)), "W23")

    assert "知晓率" in hit.zh


def test_publicity_that_an_indicator_measures() -> None:
    assert found(report(after(PROBLEM, "政策宣传还有死角。"), sheet=row(6, name="低保政策知晓率")), "W23") == []
