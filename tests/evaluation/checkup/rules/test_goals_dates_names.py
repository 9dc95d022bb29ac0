"""D07, D08, D09, D13, D14: goals and indicators, dates, attachments, names of counties."""

import pytest

from tests.evaluation.checkup.papers import found
from tests.evaluation.checkup.rules.whole_report import SHEET, after, report

GOAL = "困难群众生活有所改善，对办理过程感到满意。"
OUTPUT = "抽查200户，193户准确，准确率96.5%。"


@pytest.mark.parametrize("goal", ["建成两座农村敬老院。", "完成全县地名标志更换。", "推进殡葬设施改造。"])
def test_a_goal_that_no_indicator_measures(goal: str) -> None:
    (hit,) = found(report(after(GOAL, goal)), "D07")

    assert goal.rstrip("。") in hit.zh


def test_a_goal_that_names_its_indicator() -> None:
    goal = "到年底把差错降下来。衡量标志：复查。对应指标：保障对象准确率。"

    assert found(report(after(GOAL, goal)), "D07") == []


def test_an_indicator_that_serves_no_goal() -> None:
    other = ("产出指标", "数量指标", "新建公墓数量", "≥1座", "1座", "5", "5", "")

    (hit,) = found(report(sheet=(*SHEET[:-1], other, SHEET[-1])), "D08")

    assert "新建公墓数量" in hit.zh


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("截至2023年年底，示范县", "截至2021年年底，示范县", "2021年"),
        ("每月10日之前到账", "2023年2月30日全部结清", "不存在"),
        ("逐项打分。", "逐项打分，2029年3月完成。", "2029年"),
    ],
)
def test_a_date_that_cannot_be(old: str, new: str, said: str) -> None:
    hits = found(report((old, new)), "D09")

    assert said in hits[0].zh


def test_a_title_of_another_year() -> None:
    (hit,) = found(report(("示范县2023年度城乡", "示范县2022年度城乡")), "D09")

    assert "2022年度" in hit.zh


@pytest.mark.parametrize(
    "said",
    [
        "比2022年减少63人。",
        "《示范县低保办法》自2019年起施行。",
        "本报告于2024年2月写成。",
        "近三年（2021—2023年）标准没有变化。",
        "2007年建立农村低保制度。",
    ],
)
def test_other_years_told_rightly(said: str) -> None:
    assert found(report(after(OUTPUT, said)), "D09") == []


@pytest.mark.parametrize("said", ["名单见附件2。", "样式附后。", "详见附录。", "走势见图1。", "明细见附表三。"])
def test_an_attachment_that_is_not_there(said: str) -> None:
    (hit,) = found(report(after(OUTPUT, said)), "D13")

    assert "找不到" in hit.zh


def test_attachments_that_are_there() -> None:
    listed = ("七、其他需要说明的问题\n无。", "七、其他需要说明的问题\n无。\n附件：1.评分表 2.名单")

    assert found(report(after(OUTPUT, "名单见附件2。"), listed), "D13") == []
    assert found(report(after(OUTPUT, "评分表附后。")), "D13") == []


@pytest.mark.parametrize(
    "said",
    [
        "远山县坚持应保尽保。",
        "本次评价由远山县民政局组织。",
        "截至2023年年底，远山县共有低保1260户。",
        "评价范围覆盖远山县各乡镇。",
    ],
)
def test_the_name_of_another_county(said: str) -> None:
    (hit,) = found(report(after(OUTPUT, said)), "D14")

    assert "远山县" in hit.zh
    assert "示范县" in hit.zh


@pytest.mark.parametrize(
    "said",
    [
        "乡镇审核后报县民政局确认。",
        "评价组由县财政局牵头，县级部门参加。",
        "赴远山县民政局学习入户调查做法。",
        "与邻近的远山县建立跨区域协查。",
        "全县各乡镇均已公示1次。",
        "示范县民政局负责发放。",
    ],
)
def test_counties_named_rightly(said: str) -> None:
    assert found(report(after(OUTPUT, said)), "D14") == []
