"""字段检查: read one field of a case strictly; every refusal names the key and says what to write."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from opendibao.kernel.money import NotMoney, yuan

# with these bounds no product of any rule leaves 64 bits (tests/rules/test_bounds.py computes it)
MOST_YUAN = 100_000_000
MOST_ITEM_YUAN = 10_000_000
MOST_ROWS = 30
MOST_MU = 10_000
OLDEST = 130
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CaseError(ValueError):
    """A case is refused; `key` is where, `line` the line of the YAML text when it is known."""

    def __init__(self, key: str, reason: str, line: int | None = None) -> None:
        self.key, self.reason, self.line = key, reason, line
        where = f"第{line}行 " if line else ""
        super().__init__(f"{where}{key}：{reason}")


def mapping(value: object, key: str, known: frozenset[str]) -> Mapping[str, Any]:
    """A mapping with known keys only."""
    if not isinstance(value, Mapping):
        raise CaseError(key, "应为一组“键: 值”")
    if not known.issuperset(value):
        for name in value:
            if name not in known:
                where = f"{key}.{name}" if key else str(name)
                raise CaseError(where, f"不认识这个键，可用的有：{'、'.join(sorted(known))}")
    return value


def rows(value: object, key: str) -> Sequence[Any]:
    """A list; absent means empty."""
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise CaseError(key, "应为列表（每行以“- ”开头）")
    if len(value) > MOST_ROWS:
        raise CaseError(key, f"有{len(value)}行，最多{MOST_ROWS}行，请核对是否粘贴了多户")
    return value


def money(value: object, key: str, most: int = MOST_YUAN) -> int:
    """Yuan with at most two decimals, not negative, at most `most` yuan → fen."""
    if type(value) is int:
        fen = value * 100
    else:
        try:
            fen = _fen(value)
        except NotMoney as fault:
            raise CaseError(key, str(fault)) from None
    if fen < 0:
        raise CaseError(key, f"金额“{value}”不能是负数")
    if fen > most * 100:
        raise CaseError(key, f"金额“{value}”大得不可能，请核对是否多写了零")
    return fen


def _fen(value: object) -> int:
    if value is None or isinstance(value, bool | date | Mapping | list):
        raise NotMoney("应写成元，最多两位小数，如 620 或 620.50")
    return yuan(str(value))


def optional_money(value: object, key: str) -> int:
    """Like money; absent means nothing."""
    return 0 if value is None else money(value, key)


def count(value: object, key: str, least: int = 0, most: int = 1000) -> int:
    """A whole number within bounds."""
    if type(value) is not int or not least <= value <= most:
        raise CaseError(key, f"“{value}”应为{least}到{most}之间的整数")
    return value


def hundredths(value: object, key: str) -> int:
    """A measure of land with at most two decimals, not negative → hundredths (2.5 mu → 250)."""
    try:
        found = Decimal(str(value)) * 100
    except InvalidOperation:
        raise CaseError(key, f"“{value}”应为数字，最多两位小数") from None
    is_whole = not isinstance(value, bool) and found.is_finite() and found == found.to_integral_value()
    if not is_whole or not 0 <= found <= MOST_MU * 100:
        raise CaseError(key, f"“{value}”应为0到{MOST_MU}之间的数字，最多两位小数")
    return int(found)


def yes_no(value: object, key: str, default: bool) -> int:
    """true or false."""
    if value is None:
        return int(default)
    if not isinstance(value, bool):
        raise CaseError(key, f"“{value}”应为 true 或 false")
    return int(value)


def word(value: object, key: str, words: tuple[str, ...], *, required: bool = False) -> int:
    """The place of a word in its list; absent means the first, unless required."""
    if value is None and not required:
        return 0
    if isinstance(value, str) and value in words and value:
        return words.index(value)
    raise CaseError(key, f"“{'' if value is None else value}”应为以下之一：{'、'.join(w for w in words if w)}")


def text(value: object, key: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise CaseError(key, "必须填写文字")
    return value.strip()


def day(value: object, key: str) -> date:
    """A day that exists, as a date or as text 2024-05-20."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise CaseError(key, f"“{value}”不是存在的日期，应写成 2024-05-20 这样")


def born(value: object, key: str, on: date) -> date:
    """A birthday that is possible on the day of decision."""
    found = day(value, key)
    if found > on:
        raise CaseError(key, f"出生日期{found}晚于决定日期{on}")
    if on.year - found.year > OLDEST:
        raise CaseError(key, f"出生日期{found}不可能，超过{OLDEST}岁")
    return found
