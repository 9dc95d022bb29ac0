"""W03, W11 to W14, D05, D06, D11, D12: what the chapters must hold."""

import pytest

from tests.evaluation.checkup.papers import found
from tests.evaluation.checkup.rules.whole_report import SHEET, after, report, without

CONCLUSION = "经综合评价，项目总得分99.82分，评价等级为“优”。"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("各项指标完成较好，详见下表。", "总分和等级"),
        ("项目总得分99.82分，各项指标完成较好。", "没有等级"),
        ("项目评价等级为“优”，各项指标完成较好。", "没有总分"),
        ("满分100分，90分以上为优，80分以上为良。", "总分和等级"),
    ],
)
def test_a_conclusion_without_total_or_grade(said: str, missing: str) -> None:
    (hit,) = found(report((CONCLUSION, said), sheet=SHEET[:-1]), "W03")

    assert missing in hit.zh


@pytest.mark.parametrize(
    "said", ["综合得分为99.82分，评定为优秀等次。", "自评得分99.82，结论：优。", "评价总分99.82分，属“优”级。"]
)
def test_a_conclusion_with_both(said: str) -> None:
    assert found(report((CONCLUSION, said), sheet=SHEET[:-1]), "W03") == []


@pytest.mark.parametrize("said", ["", "\n无。", "\n暂无。"])
def test_problems_without_suggestions(said: str) -> None:
    first, _ = without("（1）制定现金收入核算办法", "七、其他")

    (hit,) = found(report((f"六、有关建议\n{first}", f"六、有关建议{said}\n")), "W11", "D12")

    assert hit.id == "W11"
    assert "2类问题" in hit.zh


@pytest.mark.parametrize(
    "process",
    [
        "对照评价指标，对我县低保工作进行绩效自评。",
        "由社会救助股自行打分，填写自评表。",
        "成立自评小组，形成自评结论。",
    ],
)
def test_a_self_evaluation_under_the_title_of_another(process: str) -> None:
    whole, _ = without("评价组由局机关", "三、综合评价")

    (hit,) = found(report((whole, f"{process}\n")), "W12")

    assert "自评" in hit.zh


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("到四个乡镇走访，逐项打分。", "复核各乡镇的自评材料，逐项打分。"),
        ("资金部门评价报告", "资金绩效自评报告"),
    ],
)
def test_an_evaluation_that_is_what_its_title_says(old: str, new: str) -> None:
    assert found(report((old, new)), "W12") == []


def test_an_indicator_system_without_content() -> None:
    line, _ = without("指标体系由成本", "3.评价方法")

    hits = found(report((line, "")), "W13", "D12")

    assert [one.id for one in hits] == ["W13"]


def test_decisions_that_tell_of_the_process() -> None:
    old = "立项依据充分，预算按上年末人数和保障标准测算。本节只作说明，不计分。"

    (hit,) = found(report((old, "通过入户走访和打分，选出符合政策的家庭。")), "W14")

    assert "入户" in hit.zh


def test_decisions_that_no_indicator_measures() -> None:
    (hit,) = found(report(("本节只作说明，不计分。", "")), "W14")

    assert "没有决策类指标" in hit.zh


def test_decisions_that_an_indicator_measures() -> None:
    sheet = (("决策", "项目立项", "立项依据充分性", "充分", "充分", "5", "5", ""), *SHEET)

    assert found(report(("本节只作说明，不计分。", ""), sheet=sheet), "W14") == []


def test_a_problem_without_its_own_suggestion() -> None:
    suggestion, _ = without("（2）统一卷宗目录", "七、其他")

    (hit,) = found(report((suggestion, "")), "D05")

    assert "卷宗目录不统一" in hit.zh


def test_problems_are_answered_by_name() -> None:
    suggestions, _ = without("（1）制定现金收入核算办法", "七、其他")
    named = "（1）针对“现金收入核算办法不细”：参照行业工资核算。\n（2）针对“卷宗目录不统一”：随卷归档。\n"

    assert found(report((suggestions, named)), "D05") == []
    (hit,) = found(report((suggestions, named.split("（2）")[0] + "（2）针对“工作经费”：列入预算。\n")), "D05")
    assert "卷宗目录不统一" in hit.zh


def test_one_suggestion_for_two_problems() -> None:
    old = "复核材料随卷归档，每半年抽看一次。"

    (hit,) = found(report((old, "参照行业工资核算零散务工收入，第二季度前印发。")), "D06")

    assert "完全相同" in hit.zh or "同一段话" in hit.zh


def test_a_paragraph_pasted_twice() -> None:
    line = "每月与社保、公安等部门比对数据，发现线索由乡镇核实。"

    assert len(found(report(after(line, line)), "D06")) == 1


def test_a_chapter_that_is_missing() -> None:
    goals, _ = without("（二）项目绩效目标", "二、绩效评价工作")

    (hit,) = found(report((goals, "")), "D11")

    assert "项目绩效目标" in hit.zh


def test_a_part_of_a_chapter_that_is_missing() -> None:
    problems, _ = without("（二）存在的问题及原因分析", "六、有关建议")

    (hit,) = found(report((problems, "")), "D11")

    assert "存在的问题" in hit.zh


def test_a_heading_with_nothing_beneath() -> None:
    line, _ = without("回访200户", "五、主要经验")

    (hit,) = found(report((line, "")), "D12")

    assert "项目效益情况" in hit.zh


def test_entries_of_a_list_are_no_empty_headings() -> None:
    practices, _ = without("（1）规范受理", "（二）存在的问题及原因分析")
    entries = "（1）材料一次告知，审核由两人签字。\n（2）每月与社保部门比对，逐条登记。\n"

    assert found(report((practices, entries)), "D12") == []


def test_a_short_self_evaluation_is_not_asked_for_every_chapter() -> None:
    title = ("资金部门评价报告", "资金绩效自评报告")
    analysis = without("四、绩效评价指标分析", "五、主要经验")
    other = ("七、其他需要说明的问题\n无。", "")

    assert found(report(title, analysis, other), "D11") == []
    assert [one.zh for one in found(report(title, analysis), "D11")] != []
