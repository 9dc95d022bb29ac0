from decimal import Decimal

import pytest

from opendibao.kernel.money import NotMoney, in_words, wan_yuan_text, yuan, yuan_text


@pytest.mark.parametrize(
    ("amount", "fen"),
    [(620, 62_000), ("620.5", 62_050), ("0.01", 1), (" 1,378.00 ", 137_800), (Decimal("3.10"), 310), ("-5", -500)],
)
def test_yuan_become_whole_fen(amount: int | str | Decimal, fen: int) -> None:
    assert yuan(amount) == fen


@pytest.mark.parametrize(
    "amount", ["", "abc", "0.001", "1,2", "1,23.4", "1e3", "nan", "Infinity", "620元", True, 6.2, None, "1_000"]
)
def test_what_is_no_amount_is_refused(amount: object) -> None:
    with pytest.raises(NotMoney, match="应写成元"):
        yuan(amount)  # type: ignore[arg-type]


def test_fen_are_printed_as_yuan() -> None:
    assert yuan_text(137_800) == "1378.00"
    assert yuan_text(5) == "0.05"
    assert yuan_text(-105) == "-1.05"
    assert yuan_text(123_456_789, grouped=True) == "1,234,567.89"


@pytest.mark.parametrize(
    ("fen", "text"), [(1_000_000, "1.00"), (4_999, "0.00"), (5_000, "0.01"), (14_999, "0.01"), (15_000, "0.02")]
)
def test_ten_thousands_are_rounded_half_up(fen: int, text: str) -> None:
    assert wan_yuan_text(fen) == text


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (137_800, "壹仟叁佰柒拾捌元整"),
        (137_850, "壹仟叁佰柒拾捌元伍角整"),
        (137_805, "壹仟叁佰柒拾捌元零伍分"),
        (1_05, "壹元零伍分"),
        (5, "伍分"),
        (50, "伍角整"),
        (10_000_00, "壹万元整"),
        (10_001_00, "壹万零壹元整"),
        (100_500_00, "壹拾万零伍佰元整"),
        (1_000_000_05, "壹佰万元零伍分"),
        (100_000_001_00, "壹亿零壹元整"),
        (1_010_00, "壹仟零壹拾元整"),
        (-100, "负壹元整"),
    ],
)
def test_the_bank_slip_writes_the_amount_in_words(fen: int, words: str) -> None:
    assert in_words(fen) == words
