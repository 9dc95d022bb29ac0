"""Points of a row, of the execution block, and of a whole sheet."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from opendibao.evaluation.scoring import rounded, score_execution, score_row, score_sheet, short
from opendibao.evaluation.sheet import Budget, Options, OverCompletion, parse_sheet
from tests.evaluation.sheets import county_sheet, judged, number, one_row

FLAG = Options()
LINEAR = Options(over_completion=OverCompletion.LINEAR)


def points(raw: dict[str, Any], options: Options = FLAG) -> str:
    return str(score_row(one_row(raw), options).by_rule)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # 5330 ÷ 5331.78 × 5 = 4.99833; 960 ÷ 968.59 × 5 = 4.95566
        (number("农村低保金", "at_most", 5330, "5331.78", 5), "5.00"),
        (number("城镇低保金", "at_most", 960, "968.59", 5), "4.96"),
        (number("农村人数", "at_most", 9000, 8520, 5), "5.00"),
        (number("培训", "at_least", 4, 4, 5), "5.00"),
        (number("培训", "at_least", 4, 3, 5), "3.75"),
        # equal: the smaller over the larger, either way round
        (number("使用率", "equal", 100, 98, 5), "4.90"),
        (number("使用率", "equal", 100, 125, 5), "4.00"),
        (number("错付", "at_most", 0, 0, 5), "5.00"),
        (number("错付", "at_most", 0, "0.01", 5), "0.00"),
        (number("合规", "at_least", 100, 50, 0), "0.00"),
    ],
)
def test_a_row_is_scored_by_its_completion(raw: dict[str, Any], expected: str) -> None:
    assert points(raw) == expected


@pytest.mark.parametrize(
    ("scoring", "actual", "expected"),
    [
        ("direct", "94.99", "0.00"),
        ("direct", "95", "10.00"),
        # 57 ÷ 95 = 0.6 stands on the threshold; 56.99 ÷ 95 is under it
        ("threshold", "57", "6.00"),
        ("threshold", "56.99", "0.00"),
        ("satisfaction", "90", "10.00"),
        ("satisfaction", "89.99", "8.00"),
        ("satisfaction", "80", "8.00"),
        ("satisfaction", "79.99", "5.00"),
        ("satisfaction", "60", "5.00"),
        ("satisfaction", "59.99", "0.00"),
    ],
)
def test_each_way_of_scoring_has_its_bounds(scoring: str, actual: str, expected: str) -> None:
    assert points(number("某率", "at_least", 95, actual, 10, unit="%", scoring=scoring)) == expected


def test_far_over_the_target_is_said_or_costs_points() -> None:
    # 290 against 200 is 45 % over, 15 % more than the 30 % that need no word
    raw = number("人数", "at_least", 200, 290, 5)
    flagged = score_row(one_row(raw), FLAG)
    assert str(flagged.by_rule) == "5.00"
    assert "应说明原因" in flagged.flags[0]
    assert points(raw, LINEAR) == "4.25"


def test_thirty_percent_over_is_still_quiet() -> None:
    assert score_row(one_row(number("人数", "at_least", 200, 260, 5)), LINEAR).flags == ()


def test_the_formula_of_far_over_gives_the_points_when_worked_out() -> None:
    # 261 of 200 is 30.5 % over: 5 × (1 − 0.005) = 4.975
    told = score_row(one_row(number("人数", "at_least", 200, 261, 5)), LINEAR)
    assert str(told.by_rule) == "4.98"
    assert told.formula.endswith("：max(1－(261÷200－1－0.3), 0)×5")


def test_points_never_fall_under_zero_however_far_over() -> None:
    assert points(number("人数", "at_least", 200, 2000, 5), LINEAR) == "0.00"


def test_spending_far_under_a_cap_is_no_over_completion() -> None:
    assert points(number("支出", "at_most", 200, 20, 5), LINEAR) == "5.00"


def test_a_judgement_gives_its_ratio_of_the_weight() -> None:
    assert points(judged("减轻", "partly", "0.70", 10)) == "7.00"


def test_a_judgement_without_opinion_or_evidence_is_flagged_and_its_band_shown() -> None:
    row = score_row(one_row(judged("减轻", "partly", "0.70", 10, reason="见意见")), FLAG)
    assert row.flags == ("定性评分没有写评价意见、依据材料",)
    assert row.formula == "部分达成一档[0.60, 0.80)：0.7×10"
    whole = judged("减轻", "achieved", "1.00", 10, text="逐条看过", evidence="台账")
    assert score_row(one_row(whole), FLAG).flags == ()
    assert score_row(one_row(whole), FLAG).formula == "达成一档[0.80, 1.00]：1×10"


def test_execution_far_under_the_plan_asks_for_its_reason() -> None:
    # 89.99 % needs a reason, 90 % does not
    assert score_execution(Budget(Decimal(10000), Decimal(8999), Decimal(10))).flags == ("执行率低于90%，应说明原因",)
    assert score_execution(Budget(Decimal(10000), Decimal(9000), Decimal(10))).flags == ()


def test_unmeasured_gives_nothing_and_keeps_its_weight() -> None:
    sheet = parse_sheet(
        {"indicators": [number("录入", "at_least", 100, "未测得", 5), number("训", "at_least", 4, 4, 5)]}
    )
    scored = score_sheet(sheet)
    assert [str(one.by_rule) for one in scored.rows] == ["0.00", "5.00"]
    assert scored.readings.raw == "5/10"
    assert not scored.rows[0].measured


def test_execution_is_capped_and_the_excess_said() -> None:
    block = score_execution(Budget(Decimal(6290), Decimal("6300.37"), Decimal(10)))
    # 6300.37 ÷ 6290 = 1.001648…
    assert (str(block.rate), str(block.score)) == ("100.16", "10.00")
    assert "B>A" in block.flags[0]


def test_execution_under_plan_scores_its_rate() -> None:
    block = score_execution(Budget(Decimal(6290), Decimal(6000), Decimal(10)))
    # 6000 ÷ 6290 = 0.953895…
    assert (str(block.rate), str(block.score), block.flags) == ("95.39", "9.54", ())


def test_the_county_sheet_has_four_readings_beside_each_other() -> None:
    readings = score_sheet(parse_sheet(county_sheet())).readings
    assert readings.raw == "86/90"
    assert str(readings.over_weights) == "95.56"
    assert str(readings.with_execution) == "96.00"
    # printed rows 5.00 + 4.96 + 80 = 89.96, and 10 for execution
    assert str(readings.by_rule) == "99.96"


def test_the_total_is_the_sum_of_the_printed_rows() -> None:
    # three rows of 1/3 of one point print 0.33 each: the total prints 0.99, not 1.00
    rows = [number(f"第{n}行", "at_least", 3, 1, 1) for n in range(3)]
    assert str(score_sheet(parse_sheet({"indicators": rows})).readings.total) == "0.99"


def test_without_an_execution_block_its_reading_is_absent() -> None:
    sheet = parse_sheet({"indicators": [number("训", "at_least", 4, 4, 5)]})
    assert score_sheet(sheet).readings.with_execution is None


def test_a_tie_goes_up_even_when_the_division_is_endless() -> None:
    # 67 ÷ 300 × 1.5 is exactly 0.335
    assert points(number("某数", "at_least", 300, 67, "1.5")) == "0.34"
    assert str(rounded(Fraction(1, 200))) == "0.01"


def test_a_score_without_its_reason_is_flagged() -> None:
    row = score_row(one_row(number("训", "at_least", 4, 4, 5, given_score=4)), FLAG)
    assert any("没有写理由" in flag for flag in row.flags)
    assert str(row.final) == "4.00"


def test_numbers_print_without_idle_zeros() -> None:
    assert [short(Decimal(text)) for text in ("90.00", "89.96", "100", "0")] == ["90", "89.96", "100", "0"]
