"""W09, W16, W17, C12: rows against each other and against the class they stand in."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper, with_row

IDS = ("W09", "W16", "W17", "C12")
REASON = "政策调整、人口变动考虑不够；与统计部门共享数据"


def test_a_sound_sheet_is_silent() -> None:
    assert found(paper(sheet=SOUND), *IDS) == []


@pytest.mark.parametrize(
    ("name", "level2"),
    [
        ("低保经办人员培训次数", "社会成本指标"),
        ("按岗位要求招聘", "社会成本指标"),
        ("困难群众资金使用率", "经济效益指标"),
        ("确保资金专款专用", "经济效益指标"),
        ("服务对象满意度", "社会效益指标"),
        ("低保金发放及时率", "数量指标"),
        ("保障对象准确率", "时效指标"),
    ],
)
def test_an_indicator_in_the_wrong_class(name: str, level2: str) -> None:
    (one,) = found(paper(sheet=with_row(6, name=name, level2=level2)), "W09")
    assert level2 in one.zh


@pytest.mark.parametrize(
    ("name", "level2"),
    [
        ("低保经办人员培训次数", "数量指标"),
        ("培训合格率", "质量指标"),
        ("资金使用率", "资金管理"),
        ("受益人数", "社会效益指标"),
    ],
)
def test_an_indicator_in_its_class(name: str, level2: str) -> None:
    assert found(paper(sheet=with_row(6, name=name, level2=level2)), "W09") == []


def test_one_reason_for_two_indicators() -> None:
    rows = list(with_row(6, score="18", reason=REASON))
    rows[2] = (*rows[2][:6], "9", REASON.replace("；", "; "))
    (one,) = found(paper(sheet=rows), "W16")
    assert one.place.row == 3
    assert "第3行" in one.zh
    assert "第6行" in one.zh


@pytest.mark.parametrize("refers", ["原因和改进措施见第五部分", "详见正文第四部分", "无"])
def test_a_reference_may_be_the_same_twice(refers: str) -> None:
    rows = list(with_row(6, score="18", reason=refers))
    rows[2] = (*rows[2][:6], "9", refers)
    assert found(paper(sheet=rows), "W16") == []


def test_a_cap_on_persons_beside_the_goal_of_covering_all() -> None:
    capped = with_row(3, name="农村低保对象人数", target="≤700人", actual="610人")
    (one,) = found(paper("符合条件的应保尽保。", sheet=capped), "W17")
    assert "≤700人" in one.zh
    assert found(paper("按预算安排保障。", sheet=capped), "W17") == []
    floor = with_row(3, name="农村低保对象人数", target="≥600人", actual="610人")
    assert found(paper("符合条件的应保尽保。", sheet=floor), "W17") == []


def test_one_indicator_twice() -> None:
    (one,) = found(paper(sheet=with_row(7, name="保障对象 准确率")), "C12")
    assert "与另一行“保障对象准确率”是同一个指标" in one.zh


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("低保对象控制在700人以内。", True),
        ("在保人数不突破700人。", True),
        ("培训经办人员不超过70人。", False),
        ("资金不超过700万元。", False),
    ],
)
def test_a_cap_in_a_sentence(text: str, wrong: bool) -> None:
    assert bool(found(paper("对困难群众应保尽保。", text), "W17")) is wrong


def test_a_cap_on_the_share_of_the_population() -> None:
    sheet = with_row(3, name="低保人口占比", target="≤3%", actual="2.6%")
    assert len(found(paper("做到应保尽保。", sheet=sheet), "W17")) == 1
