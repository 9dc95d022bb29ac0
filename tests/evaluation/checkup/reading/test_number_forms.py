"""编号的写法: numbers as Word writes them."""

import pytest

from opendibao.evaluation.checkup.reading.number_forms import written


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"),
        (20, "chineseCounting", "二十"), (101, "chineseCounting", "一百零一"), (110, "chineseCounting", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"), (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"), (3, "ideographTraditional", "丙"), (2, "ideographZodiac", "丑"),
        (3, "decimalEnclosedCircle", "③"), (21, "decimalEnclosedCircle", "21"), (2, "decimalEnclosedParen", "⑵"),
        (3, "decimalEnclosedFullstop", "⒊"), (12, "decimalFullWidth", "１２"), (7, "decimalZero", "07"),
        (28, "lowerLetter", "bb"), (3, "upperLetter", "C"), (1994, "upperRoman", "MCMXCIV"), (4, "lowerRoman", "iv"),
        (5, "bullet", ""), (5, "none", ""), (5, "somethingNew", "5"), (0, "chineseCounting", "0"),
    ],
)  # fmt: skip
def test_a_number_is_written(number: int, form: str, said: str) -> None:
    assert written(number, form) == said
