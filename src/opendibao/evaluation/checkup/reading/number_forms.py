"""编号的写法: a number as Word numbers a list: 1, 一, （一）'s 一, ①, a, IV, 甲."""

from collections.abc import Callable

DIGITS, FORMAL = "〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
PLACES, FORMAL_PLACES = ("", "十", "百", "千"), ("", "拾", "佰", "仟")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
MOST_COUNTED = 9999


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一."""
    said = _placed(number, DIGITS.replace("〇", "零"), PLACES)
    return said[1:] if said.startswith("一十") else said


def _placed(number: int, digits: str, places: tuple[str, ...]) -> str:
    if not 0 < number <= MOST_COUNTED:
        return str(number)
    said, has_gap = "", False
    for place, digit in zip(range(3, -1, -1), f"{number:04d}", strict=True):
        if digit == "0":
            has_gap = bool(said)
            continue
        said += (digits[0] if has_gap else "") + digits[int(digit)] + places[place]
        has_gap = False
    return said


def _formal(number: int) -> str:
    return _placed(number, FORMAL, FORMAL_PLACES)


def _digits(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


def _bracketed(number: int) -> str:
    return chr(0x2474 + number - 1) if 1 <= number <= 20 else f"({number})"


def _dotted(number: int) -> str:
    return chr(0x2488 + number - 1) if 1 <= number <= 20 else f"{number}."


def _wide(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    said = ""
    for value, sign in ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _bracketed,
    "decimalEnclosedFullstop": _dotted,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "japaneseDigitalTenThousand": _digits,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": _of(STEMS),
    "ideographZodiac": _of(BRANCHES),
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 1 <= number <= 10 else chinese(number),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "bullet": lambda number: "",
    "none": lambda number: "",
}


def written(number: int, form: str) -> str:
    """A number in one of Word's forms; a form unknown here is written in figures."""
    return FORMS.get(form, str)(number)
