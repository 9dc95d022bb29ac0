"""评价结论: rows, subtotals, readings, grade, findings and deviation of a small county, worked out by hand."""

import pytest

from opendibao.evaluation.actions import sign_note
from opendibao.evaluation.conclusion import Conclusion, NoSheet, conclude
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def said(county: None) -> Conclusion:
    small_county.whole()
    return conclude(year())


def test_each_row_prints_target_actual_and_both_scores(said: Conclusion) -> None:
    # 0.05 ÷ 0.06 × 10 = 8.33; 3 ÷ 4 × 20 = 15
    told = [(row.name, row.target, row.actual, row.weight, row.by_rule, row.given, row.score) for row in said.rows]
    assert told == [
        ("农村低保金", "≤0.05万元", "0.06万元", "10", "8.33", "5.00", "5.00"),
        ("城镇低保对象人数", "≤2人", "1人", "10", "10.00", "9.00", "9.00"),
        ("全年组织低保经办人员培训次数", "≥4次", "3次", "20", "15.00", "", "15.00"),
        ("保障对象准确率", "≥95%", "未测得", "10", "0.00", "", "0.00"),
        ("农村低保对象人数", "≤9人", "2人", "40", "40.00", "", "40.00"),
    ]
    assert [row.figure_id for row in said.rows] == [f"indicator.{n:02d}" for n in range(1, 6)]
    assert (said.rows[0].reason, said.rows[0].officer) == (small_county.REASON, "张经办")


def test_what_was_not_measured_scores_nothing_keeps_its_weight_and_is_named(said: Conclusion) -> None:
    assert said.unmeasured == ("保障对象准确率",)
    assert said.weights == "90"
    assert not said.rows[3].is_measured


def test_the_row_without_weight_stands_beside(said: Conclusion) -> None:
    assert [(row.name, row.weight, row.actual) for row in said.beside] == [("补助标准合规性", "0", "未测得")]


def test_totals_are_sums_of_printed_rows(said: Conclusion) -> None:
    assert [(one.level1, one.weight, one.score) for one in said.subtotals] == [
        ("成本指标", "30", "20.00"),
        ("产出指标", "60", "49.00"),
    ]
    assert said.score == "69.00"


def test_every_reading_stands_beside_the_others_with_its_grade(said: Conclusion) -> None:
    # 69 ÷ 90 = 76.67; 69 + 10 = 79; by rule 73.33 + 10 = 83.33
    assert [(one.key, one.points, one.grade) for one in said.readings] == [
        ("raw", "69/90", ""),
        ("over_weights", "76.67", "中"),
        ("with_execution", "79.00", "中"),
        ("by_rule", "83.33", "良"),
        ("by_rule_raw", "73.33/90", ""),
    ]
    assert (said.grade, said.grade_score, said.grades_agree) == ("中", "79.00", False)


def test_execution_is_capped_and_stands_outside_the_table(said: Conclusion) -> None:
    # 0.13 ÷ 0.12 万元
    assert said.execution is not None
    assert (said.execution.planned, said.execution.executed) == ("0.12", "0.13")
    assert (said.execution.rate, said.execution.score, said.execution.weight) == ("108.33%", "10.00", "10")


def test_findings_are_open_until_somebody_signs(said: Conclusion) -> None:
    found = [(one.id, one.severity, one.is_open) for one in said.findings]
    assert found == [
        ("W01", "error", True),
        ("W02", "error", True),
        ("W04", "error", True),
        ("W05", "warning", False),
    ]
    assert "相差0.01万元" in said.findings[0].zh

    sign_note(YEAR, COUNTY, "W01", "舍入尾差", at=LOCKED)
    first, second, *_ = conclude(year()).findings
    assert (first.is_open, first.note, first.officer) == (False, "舍入尾差", "张经办")
    assert second.is_open


def test_the_deviation_falls_apart_into_parts_that_add_up(said: Conclusion) -> None:
    rural, urban = said.deviations
    # planned 3×12 + 1×6 = 42 months at 20.00; paid 2 months (two persons, January), 640.00
    assert (rural.planned_months, rural.paid_months, rural.average_planned_fen) == (42, 2, 2000)
    assert (rural.persons_fen, rural.average_fen, rural.rest_fen) == (-80000, 60000, 24000)
    assert rural.deviation_fen == 4000
    for one in (rural, urban):
        assert one.persons_fen + one.average_fen + one.rest_fen == one.deviation_fen == one.paid_fen - one.budget_fen


def test_goals_and_the_rows_that_serve_them(said: Conclusion) -> None:
    assert [one.key for one in said.horizons] == ["short", "middle", "long"]
    assert said.rows[0].goals == ("预算随保障人数、标准和物价科学测算",)
    assert said.overall_goal.startswith("让每一户")


def test_without_a_budget_the_execution_is_missing_and_said() -> None:
    small_county.live()
    small_county.load()
    said = conclude(year())
    assert said.execution is None
    assert [one.key for one in said.readings] == ["raw", "over_weights", "by_rule_raw"]
    assert said.deviations == ()
    assert {"W01", "W02"} <= {one.id for one in said.findings}
    # 8.33 + 10 + 15 + 0 + 40 = 73.33 of 90: 81.48
    assert (said.grade, said.grade_score) == ("良", "81.48")


def test_a_year_without_sheet_has_no_conclusion() -> None:
    with pytest.raises(NoSheet, match="2024年度没有录入指标表"):
        conclude(year())


def test_a_sample_s_lower_bound_under_the_target_is_said() -> None:
    from tests.evaluation.test_resurveys import ALONE, checked

    checked(ALONE)
    small_county.load()
    # one of one: Wilson's lower bound is 20.65 %
    row = conclude(year()).rows[3]
    assert row.actual == "100.00%"
    assert row.note == "95%区间 20.65%—100.00%（样本1）；区间下限20.65%低于指标值95%"
