"""W04, W05, C03, C04, C05: points of a row against its target."""

import pytest

from tests.evaluation.checkup.papers import SOUND, found, paper, with_row

IDS = ("W04", "W05", "C03", "C04", "C05")


def _ids(number: int, **cells: str) -> list[str]:
    return [one.id for one in found(paper(sheet=with_row(number, **cells)), *IDS)]


def test_a_sound_sheet_is_silent() -> None:
    assert found(paper(sheet=SOUND), *IDS) == []


@pytest.mark.parametrize(
    ("number", "cells"),
    [
        (1, {"score": "9", "reason": "预算不准；加强测算"}),
        (3, {"actual": "2次", "score": "8", "reason": "培训不够；多办"}),
        (5, {"score": "9", "reason": "个别月份"}),
        (7, {"score": "8"}),
    ],
)
def test_a_reached_target_loses_nothing(number: int, cells: dict[str, str]) -> None:
    (one,) = found(paper(sheet=with_row(number, **cells)), *IDS)
    assert (one.id, one.place.row) == ("W04", number)
    assert "应得满分10分" in one.zh


def test_far_over_the_target_points_may_be_taken_off_with_a_reason() -> None:
    assert _ids(3, actual="4次", score="8", reason="指标值定得过低，按偏离度调减；下年提高指标值") == []
    assert _ids(3, actual="4次", score="8") == ["W04"]


def test_a_deduction_out_of_proportion() -> None:
    cells = {"actual": "340.2万元", "score": "8", "reason": "预算测算不准；按月测算"}
    (one,) = found(paper(sheet=with_row(1, **cells)), *IDS)
    assert one.id == "W05"
    assert "应得9.99分（舍入前9.994）" in one.zh  # 340 / 340.2 × 10
    assert "扣分过重" in one.zh


def test_a_deduction_far_too_small() -> None:
    (one,) = found(paper(sheet=with_row(4, actual="57%", score="19", reason="复查发现差错；加强核对")), *IDS)
    assert one.id == "W05"
    assert "应得12.00分" in one.zh  # 57 / 95 × 20
    assert "扣分过轻" in one.zh


@pytest.mark.parametrize("score", ["19.37", "19.4", "19"])
def test_a_proportionate_deduction_in_any_rounding(score: str) -> None:
    assert _ids(4, actual="92%", score=score, reason="个别家庭收入变化；重点复核") == []  # 92 / 95 × 20 = 19.368


def test_points_by_interval_of_satisfaction() -> None:
    assert _ids(7, actual="85%", score="8", reason="答复慢；限时答复") == []


def test_a_missed_target_with_full_points() -> None:
    (one,) = found(paper(sheet=with_row(4, actual="90%")), *IDS)
    assert one.id == "C03"
    assert "应得18.95分" in one.zh


def test_full_points_where_the_share_rounds_to_them() -> None:
    assert _ids(1, actual="340.1万元") == []  # 340 / 340.1 × 10 = 9.997


def test_a_cap_and_an_equality() -> None:
    assert _ids(1, target="不超过330万元") == ["C03"]
    assert _ids(5, actual="91.67%（11/12）") == ["C03"]


def test_points_beyond_the_weight_and_under_nothing() -> None:
    (over,) = found(paper(sheet=with_row(6, score="21")), "C04")
    (under,) = found(paper(sheet=with_row(6, score="-1")), "C04")
    assert "得分21高于分值20" in over.zh
    assert "负数" in under.zh


@pytest.mark.parametrize("reason", ["", "无", "—", " / "])
def test_a_deduction_without_reason(reason: str) -> None:
    assert _ids(6, score="17", reason=reason) == ["C05"]
    assert _ids(6, score="17", reason="个别家庭突发疾病；转介医疗救助") == []


def test_what_was_not_measured_is_not_judged() -> None:
    assert _ids(4, actual="未测得", score="0", reason="没有抽样；下年抽样") == []


def test_budget_execution_with_full_points() -> None:
    heads = ("项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    funds = ("年度资金总额", "420.00", "378.00", "10", "90%", "10")
    sheet = (funds, ("三级指标", "指标值", "实际完成值", "分值", "得分", ""), ("满意度", "≥90%", "92%", "90", "90", ""))
    (one,) = found(paper(sheet=sheet, heads=heads), "C03")
    assert "应得9.00分" in one.zh


@pytest.mark.parametrize(("reason", "ids"), [("目标测算不准", ["W04"]), ("指标值过低，按偏离度调减", [])])
def test_only_a_target_set_too_low_excuses_points_off_a_reached_one(reason: str, ids: list[str]) -> None:
    assert _ids(3, score="8", reason=reason) == ids


def test_intervals_excuse_satisfaction_only_where_the_report_scores_by_them() -> None:
    sheet = with_row(7, target="≥95%", actual="92%（184/200）")
    assert [one.id for one in found(paper("结果分为四档。", sheet=sheet), "C03")] == ["C03"]
    assert found(paper("满意度按区间计分：90%以上得满分。", sheet=sheet), "C03") == []


def test_a_tie_of_budget_execution_goes_up() -> None:
    heads = ("项目资金（万元）", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    funds = ("年度资金总额", "400.00", "393.00", "10", "98.25%", "10")
    sheet = (funds, ("三级指标", "指标值", "实际完成值", "分值", "得分", ""), ("满意度", "≥90%", "92%", "90", "90", ""))
    (one,) = found(paper(sheet=sheet, heads=heads), "C03")
    assert "应得9.83分" in one.zh  # 10 × 0.9825 = 9.825


def test_a_tie_of_the_share_goes_up() -> None:
    (one,) = found(paper(sheet=with_row(4, target="≥80%", actual="64.1%")), "C03")
    assert "完成比例是80.13%，应得16.03分" in one.zh  # 64.1 / 80 = 0.80125, × 20 = 16.025


def test_a_tie_of_the_points_before_rounding_goes_up() -> None:
    cells = {"target": "≥80%", "actual": "64.1%", "score": "5", "reason": "个别月份；按月核对"}
    (one,) = found(paper(sheet=with_row(5, **cells)), "W05")
    assert "应得8.01分（舍入前8.013）" in one.zh  # 0.80125 × 10 = 8.0125


def test_points_of_the_execution_row_are_beyond_its_weight_too() -> None:
    (one,) = found(paper(sheet=with_row(8, score="11")), "C04")
    assert (one.place.row, "得分11高于分值10" in one.zh) == (8, True)
