"""SHEET.yaml is read strictly: every refusal names key, line and remedy."""

from decimal import Decimal
from typing import Any

import pytest

from opendibao.evaluation.sheet import NotMeasured, Quantitative, SheetError, parse_sheet, read_sheet
from tests.evaluation.sheets import judged, number, one_row


@pytest.mark.parametrize(
    ("raw", "key", "words"),
    [
        (number("训", "at_least", 4, 4, 5, colour="red"), "indicators[0].colour", "不认识"),
        (number("训", "at_least", 4, 4, 5, band="partly"), "indicators[0].band", "不认识"),
        (number("训", "upward", 4, 4, 5), "indicators[0].direction", "at_least、at_most、equal"),
        (number("训", "at_least", -4, 4, 5), "indicators[0].target", "不能是负数"),
        (number("训", "at_least", 4, "≥95%", 5), "indicators[0].actual", "应为数字"),
        (number("训", "at_least", 4, None, 5), "indicators[0].actual", "未测得"),
        (number("训", "at_least", 4, True, 5), "indicators[0].actual", "应为数字"),
        (number("训", "at_least", 4, "NaN", 5), "indicators[0].actual", "不是可用的数字"),
        (number("训", "at_least", 4, 4, 101), "indicators[0].weight", "0到100"),
        (number("训", "at_least", 4, 4, 5, given_score="5.01"), "indicators[0].given_score", "0到5"),
        (number("训", "at_least", 4, 4, 5, given_score="4.555"), "indicators[0].given_score", "两位小数"),
        (number("录", "at_least", 4, "未测得", 5, given_score=5), "indicators[0].given_score", "不得给分"),
        (number("钱", "at_most", 5, "1.001", 5, unit="元"), "indicators[0].actual", "最多2位小数"),
        (number("意", "at_least", 95, 101, 5, scoring="satisfaction"), "indicators[0].actual", "0到100"),
        (number("", "at_least", 4, 4, 5), "indicators[0].name", "应填写文字"),
        (judged("减", "partly", "0.85", 10), "indicators[0].ratio", "不在partly一档[0.60, 0.80)"),
        (judged("减", "partly", "0.80", 10), "indicators[0].ratio", "不在"),
        (judged("减", "partly", "0.59", 10), "indicators[0].ratio", "不在"),
        (judged("减", "achieved", "1.01", 10), "indicators[0].ratio", "不在"),
        (judged("减", "nearly", "0.70", 10), "indicators[0].band", "应为以下之一"),
        ({"name": "训", "weight": 5}, "indicators[0].kind", "quantitative、qualitative"),
        (number("钱", "at_most", 5, 4, 5, unit="扎"), "indicators[0].unit", "第1个指标“钱”：“扎”不是认识的单位"),
        (number("钱", "at_most", 5, 4, 5, unit="扎"), "indicators[0].unit", "可用的有：亿元、万元、元"),
        (number("训", None, 4, 4, 5), "indicators[0].direction", "指标值没有方向，请写以下之一：at_least（不低于）"),
        (number("意", "at_most", 95, 90, 5, scoring="satisfaction"), "indicators[0].direction", "越高越好"),
        (number("意", "at_least", 95, 90, 5, scoring="satisfaction", unit="人"), "indicators[0].unit", "以%计"),
        (number("训", "at_least", 4, 4, 5, evidence="表"), "indicators[0].evidence", "不认识"),
    ],
)
def test_a_bad_row_is_refused_by_its_key(raw: dict[str, Any], key: str, words: str) -> None:
    with pytest.raises(SheetError) as refusal:
        one_row(raw)
    assert refusal.value.key == key
    assert words in str(refusal.value)


@pytest.mark.parametrize(("band", "ratio"), [("achieved", "0.80"), ("achieved", 1), ("partly", "0.60"), ("not", 0)])
def test_the_bounds_of_a_band_belong_to_it(band: str, ratio: object) -> None:
    assert one_row(judged("减", band, ratio, 10)).weight == 10


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ([], "文件"),
        ({}, "indicators"),
        ({"indicators": []}, "indicators"),
        ({"indicators": ["训"]}, "indicators[0]"),
        ({"indicators": [number("训", "at_least", 4, 4, 5)], "total": 86}, "total"),
    ],
)
def test_a_sheet_without_rows_or_with_strange_keys_is_refused(data: object, key: str) -> None:
    with pytest.raises(SheetError, match=key.replace("[", r"\[")):
        parse_sheet(data)


@pytest.mark.parametrize(
    ("block", "key"),
    [
        ({"budget": {"planned": 0, "executed": 1, "weight": 10}}, "budget.planned"),
        ({"budget": {"planned": 1, "executed": -1, "weight": 10}}, "budget.executed"),
        ({"budget": {"planned": 1, "weight": 10}}, "budget.executed"),
        ({"options": {"over_completion": "ignore"}}, "options.over_completion"),
        ({"options": {"grade_scheme": "abcd"}}, "options.grade_scheme"),
    ],
)
def test_budget_and_options_are_strict_too(block: dict[str, Any], key: str) -> None:
    with pytest.raises(SheetError) as refusal:
        parse_sheet({"indicators": [number("训", "at_least", 4, 4, 5)], **block})
    assert refusal.value.key == key


def test_the_line_of_the_fault_is_named() -> None:
    text = "indicators:\n  - name: 训\n    kind: quantitative\n    direction: up\n    weight: 5\n"
    with pytest.raises(SheetError, match=r"第4行 indicators\[0\]\.direction"):
        read_sheet(text)


def test_text_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(SheetError, match="YAML"):
        read_sheet("indicators: [")


def test_a_decimal_is_read_as_it_is_written() -> None:
    text = "indicators: [{name: 钱, kind: quantitative, direction: at_most, target: 5330, actual: 5331.78, weight: 5}]"
    measure = read_sheet(text).rows[0].measure
    assert isinstance(measure, Quantitative)
    assert measure.actual == Decimal("5331.78")


def test_unmeasured_is_a_value_of_its_own() -> None:
    measure = one_row(number("录", "at_least", 100, "未测得", 5)).measure
    assert isinstance(measure, Quantitative)
    assert isinstance(measure.actual, NotMeasured)
    assert one_row({"name": "减", "kind": "qualitative", "band": "未测得", "weight": 5}).weight == 5


def test_a_sheet_in_which_nothing_has_a_weight_is_refused() -> None:
    row = (
        "  - {level1: 产出指标, level2: 数量指标, name: 人数, kind: quantitative, direction: at_least, "
        "target: 2, actual: 1, unit: 人, weight: %s}\n"
    )
    with pytest.raises(SheetError, match="各行分值都是0"):
        read_sheet("indicators:\n" + row % 0)
    assert len(read_sheet("indicators:\n" + row % 0 + row % 5).rows) == 2
