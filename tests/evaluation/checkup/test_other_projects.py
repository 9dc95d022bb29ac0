"""别的项目的报告: roads, schools and frameworks of finance reviewers are read as what they say, not as assistance."""

import pytest

from opendibao.evaluation.checkup.document import Document, Paragraph
from opendibao.evaluation.checkup.report import Report
from tests.evaluation.checkup.papers import Row, found, paper, with_row

FRAMEWORK: tuple[Row, ...] = (
    ("决策", "项目立项", "立项依据充分性", "依据充分", "依据充分", "20", "20", ""),
    ("过程", "资金管理", "资金到位率", "100%", "98.5%（985/1000）", "5", "4.93", "市级补助晚到15万元；已催拨"),
    ("过程", "资金管理", "预算执行率", "100%", "96%（960/1000）", "5", "4.8", "招标节约；按季调整"),
    ("过程", "组织实施", "制度执行有效性", "执行到位", "抽查12个标段，记录完整", "10", "10", ""),
    ("产出", "产出数量", "新栽行道树", "≥800株", "812株", "30", "30", ""),
    ("效益", "社会效益", "因路面破损引发的事故", "≤3起", "2起", "30", "30", ""),
    ("合计", "", "", "", "", "100", "99.73", ""),
)


def _row(name: str, target: str, actual: str, *, score: str = "10") -> list[Row]:
    return [("产出指标", "质量指标", name, target, actual, "10", score, "天气原因；来年早开工")]


def _framework(*lines: str, **changed: str) -> Document:
    return paper(*lines, sheet=[tuple(changed.get(cell, cell) for cell in row) for row in FRAMEWORK])


def test_a_rate_of_a_hundred_without_a_sign_is_to_be_reached() -> None:
    assert found(_framework(), "W04", "C03", "W06") == []
    (full,) = found(_framework(**{"4.93": "5"}), "C03")
    assert "98.5%" in full.zh
    (met,) = found(paper(sheet=_row("工程返工差错率", "2%", "1.5%", score="9")), "W04")
    assert "已达到指标值2%" in met.zh


def test_budget_execution_under_process_counts_for_process() -> None:
    assert found(_framework("过程得19.73分。"), "C02") == []
    (one,) = found(_framework("过程得18.73分。"), "C02")
    assert "得分合计19.73" in one.zh


def test_the_full_mark_of_a_framework_is_no_total() -> None:
    told = "评价体系设置5个三级指标，总分100分。"
    assert found(_framework(told, "综合得分99.73分，评价等级为优。"), "C09") == []
    assert len(found(_framework(told, "综合得分99.37分，评价等级为优。"), "C09")) == 1


@pytest.mark.parametrize("unit", ["公里", "株", "万立方米", "篇", "座"])
def test_units_of_other_projects(unit: str) -> None:
    assert found(paper(sheet=_row("完成数量", f"≥80{unit}", f"82{unit}")), "C08") == []
    assert len(found(paper(sheet=_row("完成数量", f"≥80{unit}", "82%")), "C08")) == 1


def test_a_count_behind_the_number_of_a_list_is_no_number_of_a_heading() -> None:
    lines = ("一、存在的问题", "1.工期偏紧。原因是开工晚。", "2.3个标段没有验收。原因是资料不全。", "3.养护记录不全。")
    assert found(paper(*lines), "D01") == []
    numbers = [one.heading.mark for one in Report(paper(*lines)).outline.every()]
    assert numbers == ["一、", "1.", "2.", "3."]
    assert len(found(paper(lines[0], lines[1], lines[3]), "D01")) == 1


def test_chapters_numbered_by_a_digit_and_a_blank() -> None:
    report = Report(paper("1 基本情况", "项目概况写在这里。", "2 存在的问题", "工期偏紧。", "3 有关建议", "提前开工。"))
    assert [(one.heading.level, one.heading.title) for one in report.outline.every()] == [
        (1, "基本情况"),
        (1, "存在的问题"),
        (1, "有关建议"),
    ]
    assert Report(paper("12 户家庭提出建议，已经办结。")).outline.every() == ()


def test_plain_numbers_stand_inside_a_styled_heading_without_one() -> None:
    blocks = (
        Paragraph("评价工作开展情况", level=1),
        Paragraph("（一）评价的目的"),
        Paragraph("了解资金效果。"),
        Paragraph("评价结论", level=1),
        Paragraph("得分90分。"),
    )
    report = Report(Document("报告.docx", "docx", blocks))
    assert [one.heading.level for one in report.outline.every()] == [1, 2, 1]
    assert found(report.document, "D12") == []


def test_a_held_stock_of_anything_adds_up() -> None:
    told = "年初有公厕{}座，全年新建6座，拆除2座，年末有公厕45座。"
    assert found(paper(told.format(41)), "C10") == []
    (one,) = found(paper(told.format(43)), "C10")
    assert "43座＋新增6－减少2＝47座" in one.zh


def test_a_unit_writing_of_itself_is_not_asked_for_every_chapter() -> None:
    chapters = ("基本情况", "绩效目标", "评价结论", "指标分析", "主要经验", "存在的问题", "有关建议")
    lines = [line for at, title in enumerate(chapters) for line in (f"{'一二三四五六七'[at]}、{title}", "写了内容。")]
    assert found(paper("示范县2024年度公厕管护资金绩效自评报告", *lines), "D11") == []
    assert len(found(paper("示范县2024年度公厕管护资金部门评价报告", *lines), "D11")) == 2
    short = [line for line in lines if line not in ("七、有关建议",)]
    assert ["有关建议" in one.zh for one in found(paper("2024年度绩效自评报告", *short), "D11")] == [True]


def test_an_indicator_serves_a_goal_of_like_meaning() -> None:
    goals = ("一、绩效目标", "道路通行安全，群众出行负担减轻。", "二、结论", "见表。")
    sheet = [*FRAMEWORK[5:6], ("效益", "经济效益", "油费占家庭支出的比例", "≤3%", "2.8%", "10", "10", "")]
    assert found(paper(*goals, sheet=sheet), "D08") == []


def test_the_rate_without_a_count_is_named_before_the_words_all_done() -> None:
    lines = ("四、绩效评价指标分析", "（一）产出情况", "养护任务全部完成，边坡隐患处治率达到100%。")
    (one,) = found(paper(*lines, sheet=FRAMEWORK), "W19")
    assert "边坡隐患处治率达到100%" in one.zh


def test_satisfaction_of_exactly_the_target_is_not_sampled_by_a_goal() -> None:
    goals = ("一、绩效目标", "受益不少于6000人，群众满意。", "二、结论", "见表。")
    assert len(found(paper(*goals, sheet=with_row(7, actual="90%")), "W07")) == 1


def test_budget_execution_in_the_table_needs_its_reason_too() -> None:
    assert len(found(paper(sheet=with_row(8, reason="")), "C05")) == 1
    told = "执行率98.17%，原因是年底停发的家庭较多。"
    assert found(paper(told, sheet=with_row(8, reason="")), "C05") == []


@pytest.mark.parametrize(
    "said", ["上半年只能按七成发放补助。", "县级配套没有按时落实，影响了使用。", "低保金先发一部分，其余跨年。"]
)
def test_money_paid_in_part(said: str) -> None:
    lines = ("一、产出情况", "补助资金足额发放率100%。", "二、存在的问题", f"1.资金偏紧。{said}")
    assert len(found(paper(*lines), "W21")) == 1


def test_what_was_held_or_printed_is_an_output() -> None:
    sheet = [("效益指标", "社会效益指标", name, "≥3场", "4场", "10", "10", "") for name in ("政策宣讲场次", "巡查次数")]
    assert len(found(paper(sheet=sheet), "W09")) == 2


def test_decisions_that_tell_of_rounds_and_registers() -> None:
    lines = ("四、绩效评价指标分析", "（一）决策情况", "巡查员按路段登记，及时清理落石。")
    (one,) = found(_framework(*lines), "W14")
    assert "巡查" in one.zh
