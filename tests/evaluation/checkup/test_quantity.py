"""Numbers as reports write them: signs, units, thousands, and digits that count nothing."""

from decimal import Decimal

import pytest

from opendibao.evaluation.checkup.quantity import number, quantities, quantity, said


@pytest.mark.parametrize(
    ("written", "sign", "value", "unit"),
    [
        ("≥95%", "≥", "95", "%"),
        (">=95％", "≥", "95", "%"),
        ("不低于95%", "≥", "95", "%"),
        ("95%以上", "≥", "95", "%"),
        ("90%（含）以上", "≥", "90", "%"),
        ("≤ 1,500 人", "≤", "1500", "人"),
        ("不超过1500人", "≤", "1500", "人"),
        ("1500人以内", "≤", "1500", "人"),
        ("不高于３２０．５０万元", "≤", "320.50", "万元"),
        ("＝100％", "＝", "100", "%"),
        ("=100 %", "＝", "100", "%"),
        ("＞60分", "＞", "60", "分"),
        ("每月10日前", "≤", "10", "日"),
        ("15个工作日内", "≤", "15", "工作日"),
        ("640元/人·月", "", "640", "元/人/月"),
        ("4次/年", "", "4", "次/年"),
        ("12个月", "", "12", "月"),
        ("1,234,567.89元", "", "1234567.89", "元"),
        ("减少－12户", "", "-12", "户"),
        ("按需招聘（＝100%）", "＝", "100", "%"),
        ("97.2%（486/500）", "", "97.2", "%"),
        ("100%（12个月/12个月）", "", "100", "%"),
        ("2.4亿元", "", "2.4", "亿元"),
    ],
)
def test_a_cell_gives_its_number(written: str, sign: str, value: str, unit: str) -> None:
    found = quantity(written)
    assert found is not None
    assert (found.sign, found.value, found.unit) == (sign, Decimal(value), unit)


@pytest.mark.parametrize("written", ["按需招聘", "", "12/12个月按时", "应保尽保率99%；应退尽退率98%", "2024年完成"])
def test_words_and_several_numbers_are_no_number(written: str) -> None:
    assert quantity(written) is None


@pytest.mark.parametrize(
    "counts_nothing",
    [
        "2023年12月31日", "截至2023年年底", "2021—2023年", "财预〔2020〕10号", "1.总体目标", "（1）短期", "7、其他",
        "附表3所列", "第2季度", "1-2年", "3～5年", "W05", "3月底", "（2）其次",
    ],
)  # fmt: skip
def test_dates_and_numbering_count_nothing(counts_nothing: str) -> None:
    assert quantities(counts_nothing) == ()


def test_numbers_that_touch_are_each_read() -> None:
    assert [(one.value, one.unit) for one in quantities("低保320户610人，资金336.15万元")] == [
        (320, "户"),
        (610, "人"),
        (Decimal("336.15"), "万元"),
    ]


def test_units_are_brought_to_one_base() -> None:
    wan, yuan = quantity("336.15万元"), quantity("3361500元")
    assert wan is not None
    assert yuan is not None
    assert (wan.base, wan.base_unit, wan.step) == (yuan.base, "元", 100)


@pytest.mark.parametrize("written", ["约500户", "500余户", "近500户", "500户左右"])
def test_a_round_number_says_so(written: str) -> None:
    found = quantity(written)
    assert found is not None
    assert found.approximate


@pytest.mark.parametrize(
    ("cell", "points"), [("5", "5"), ("4.96分", "4.96"), ("20%", "20"), (" 10 ", "10"), ("—", None), ("满分5分", None)]
)
def test_points_are_plain_numbers(cell: str, points: str | None) -> None:
    assert number(cell) == (None if points is None else Decimal(points))


def test_a_number_is_said_without_idle_zeros() -> None:
    assert [said(Decimal(one)) for one in ("90.00", "100", "4.50")] == ["90", "100", "4.5"]
