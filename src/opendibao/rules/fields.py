"""字段检查: read one field of a case strictly; every refusal names the key and says what to write."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from opendibao.kernel.money import NotMoney, yuan
from opendibao.kernel.month import NotAMonth, parse_month

# with these bounds no product of any rule leaves 64 bits (tests/rules/test_bounds.py computes it)
MOST_YUAN = 100_000_000
MOST_ITEM_YUAN = 10_000_000
MOST_ROWS = 30
MOST_MU = 5_000
MOST_ITEM_MU = 1_000
FIRST_YEAR, LAST_YEAR = 1850, 2199
OLDEST = 130
LEAST_COMPARABLES = 3
MOST_OF: Mapping[str, int] = {
    "odd_days": 366,
    "day_wage": 5_000_00,
    "season_months": 12,
    "season_pay": 200_000_00,
    "crop_mu": MOST_ITEM_MU * 100,
    "sold": 1_000,
    "shop_months": 12,
    "plot_mu": MOST_ITEM_MU * 100,
    "plot_rent": MOST_ITEM_YUAN * 100,
    "compensation_amount": MOST_ITEM_YUAN * 100,
    "months_ago": (OLDEST + 1) * 12,
    "house_area": 2_000,
    "house_age": OLDEST,
    "comparable_price": 200_000_00,
    "vehicle_price": MOST_ITEM_YUAN * 100,
    "vehicle_age": OLDEST,
    "vehicle_comparable": MOST_ITEM_YUAN * 100,
    "exempt_amount": MOST_YUAN * 100,
    "held_months": (OLDEST + 1) * 12,
}
"""The most that a fact of an item may be, in its own unit; other amounts of one item stay below MOST_ITEM_YUAN."""
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


def more_than_nothing(value: object, key: str, most: int = MOST_YUAN) -> int:
    """Like money, but more than nothing: what is not known is left out, not written as zero."""
    fen = money(value, key, most)
    if not fen:
        raise CaseError(key, "应多于零；不知道的请不写这一项，按当地参数计算")
    return fen


def median(value: object, key: str, most: int) -> int:
    """Prices of at least three comparable things (yuan) → their median in whole fen; absent means none, zero."""
    given = rows(value, key)
    if not given:
        return 0
    if len(given) < LEAST_COMPARABLES:
        raise CaseError(key, f"可比价至少要{LEAST_COMPARABLES}个，现有{len(given)}个")
    prices = sorted(more_than_nothing(one, f"{key}[{place}]", most) for place, one in enumerate(given))
    middle = len(prices) // 2
    return prices[middle] if len(prices) % 2 else (prices[middle - 1] + prices[middle]) // 2


def optional_money(value: object, key: str) -> int:
    """Like money; absent means nothing."""
    return 0 if value is None else money(value, key)


def count(value: object, key: str, least: int = 0, most: int = 1000) -> int:
    """A whole number within bounds."""
    if type(value) is not int or not least <= value <= most:
        raise CaseError(key, f"“{value}”应为{least}到{most}之间的整数")
    return value


def hundredths(value: object, key: str, most: int = MOST_MU) -> int:
    """A measure of land with at most two decimals, not negative → hundredths (2.5 mu → 250)."""
    try:
        found = Decimal(str(value)) * 100
    except InvalidOperation:
        raise CaseError(key, f"“{value}”应为数字，最多两位小数") from None
    is_whole = not isinstance(value, bool) and found.is_finite() and found == found.to_integral_value()
    if not is_whole or not 0 <= found <= most * 100:
        raise CaseError(key, f"“{value}”应为0到{most}之间的数字，最多两位小数")
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
        return _within(value, key)
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            found = date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return _within(found, key)
    raise CaseError(key, f"“{'' if value is None else value}”不是存在的日期，应写成 2024-05-20 这样")


def _within(found: date, key: str) -> date:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CaseError(key, f"“{found}”不在{FIRST_YEAR}年到{LAST_YEAR}年之间，请核对年份")
    return found


def past_day(value: object, key: str, on: date, what: str = "日期") -> date:
    """A day not after the decision and not unthinkably long ago; `what` is called so in a refusal."""
    found = day(value, key)
    if found > on:
        raise CaseError(key, f"{what}{found}晚于决定日期{on}")
    if on.year - found.year > OLDEST:
        raise CaseError(key, f"{what}{found}不可能，距决定日期超过{OLDEST}年")
    return found


def month(value: object, key: str) -> date:
    """A month as text 2024-05."""
    try:
        return parse_month(str(value))
    except NotAMonth as fault:
        raise CaseError(key, str(fault)) from None


def born(value: object, key: str, on: date) -> date:
    """A birthday that is possible on the day of decision."""
    return past_day(value, key, on, "出生日期")
