"""值: a column of texts as what it stands for: days, months, fen, counts, measures, codes; nothing is guessed."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from opendibao.verification.deliveries.reading.sheets import NumberText
from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, TEXT, Column

Value = str | int | None
EMPTY = frozenset(("", "-", "--", "—", "——", "/", "\\N", "NULL", "null", "None", "N/A", "#N/A"))
"""What departments and databases write where there is nothing."""
NOTHING = EMPTY | {"无"}
DAY_SAID = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[ T]\d{1,2}:\d{2}.*)?")
MONTH_SAID = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))")
MONEY_SAID = re.compile(r"[¥￥]?([-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?)(万元|元|分)?")
NUMBER_SAID = re.compile(r"(-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?)(平方米|㎡|m2|亩|人|个月|月|次|个)?")
FEN = {"yuan": 100, "元": 100, "wan": 1_000_000, "万元": 1_000_000, "fen": 1, "分": 1}
EARLIEST = date(1850, 1, 1)
MOST_FEN = 10**15
"""Ten million million yuan: more than a bank holds, so that it is a slip."""
LONGEST = 200
LOST = "是数字格式，第15位以后的数字已丢失；请部门把这一列改成文本格式后重送"
SHOWN = 12


class Unreadable(ValueError):
    """A text is not what its column holds; the message is what is said of it, without the text."""


@dataclass(frozen=True)
class Reading:
    """What a column is read by: the column, its unit of money in this file, the day of the data."""

    column: Column
    unit: str
    as_of: date


def read_column(texts: Sequence[str], reading: Reading) -> tuple[list[Value], dict[int, str]]:
    """The values of a column, and by place in it what is said of those that cannot be read."""
    of, faults = READERS[reading.column.kind], dict[int, str]()
    nothing: Value = "" if reading.column.kind in (TEXT, CODE) else None
    known: dict[str, Value | Unreadable] = {}
    values: list[Value] = []
    for place, text in enumerate(texts):
        key = text if text.__class__ is str else f"\0{text}"  # a number is not the text it looks like
        found = known.get(key)
        if found is None and key not in known:
            found = known[key] = _read(text, reading, of, nothing)
        if isinstance(found, Unreadable):
            faults[place], found = str(found), nothing
        values.append(found)
    return values, faults


def _read(text: str, reading: Reading, of: Callable[[str, Reading], Value], nothing: Value) -> Value | Unreadable:
    """One text; texts come again and again, so each is read once."""
    if text in EMPTY:
        return nothing
    try:
        if isinstance(text, NumberText):
            raise Unreadable(LOST)
        return of(text, reading)
    except Unreadable as fault:
        return fault


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-").strip()


def _text(text: str, reading: Reading) -> Value:
    if len(text) > LONGEST:
        raise Unreadable(f"超过{LONGEST}个字，不像这一列的内容；请部门核对列有没有错位")
    return text


def _day(text: str, reading: Reading) -> Value:
    plain = _plain(text)
    if plain in NOTHING:
        return None
    said = DAY_SAID.fullmatch(plain)
    if not said:
        raise Unreadable("不是日期，应写成 2024-03-05 这样")
    year, month, day = said[1], said[2] or said[4], said[3] or said[5]
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Unreadable("这一天不存在，请部门核对年月日") from None
    if found < EARLIEST:
        raise Unreadable("年份太早，请部门核对年月日")
    if found > reading.as_of and not reading.column.is_ahead:
        raise Unreadable(f"晚于数据截止日期{reading.as_of}，请部门核对年月日")
    return found.isoformat()


def _month(text: str, reading: Reading) -> Value:
    plain = _plain(text)
    if plain in NOTHING:
        return None
    if said := MONTH_SAID.fullmatch(plain):
        year, month = int(said[1]), int(said[2] or said[3])
    elif said := DAY_SAID.fullmatch(plain):
        year, month = int(said[1]), int(said[2] or said[4])
    else:
        raise Unreadable("不是月份，应写成 2024-03 这样")
    if not 1 <= month <= 12 or year < EARLIEST.year:
        raise Unreadable("这个月份不存在，请部门核对年月")
    if (year, month) > (reading.as_of.year, reading.as_of.month) and not reading.column.is_ahead:
        raise Unreadable(f"晚于数据截止日期{reading.as_of}，请部门核对年月")
    return f"{year}-{month:02d}"


def _money(text: str, reading: Reading) -> Value:
    said = MONEY_SAID.fullmatch(_plain(text).replace(" ", ""))
    if not said:
        raise Unreadable("不是金额，应写成 1234.56 这样")
    fen = Decimal(said[1].replace(",", "")) * FEN[said[2] or reading.unit]
    if fen != fen.to_integral_value():
        raise Unreadable("不足一分，元最多两位小数、万元最多六位小数；请部门核对金额")
    if abs(fen) > MOST_FEN:
        raise Unreadable("金额太大，请部门核对单位和小数点")
    return int(fen)


def _number(text: str) -> Decimal:
    said = NUMBER_SAID.fullmatch(_plain(text).replace(" ", ""))
    if not said:
        raise Unreadable("不是数，应只写数字")
    try:
        return Decimal(said[1].replace(",", ""))
    except InvalidOperation:
        raise Unreadable("不是数，应只写数字") from None


def _count(text: str, reading: Reading) -> Value:
    number = _number(text)
    if number != number.to_integral_value() or number < 0:
        raise Unreadable("不是整数，应写成 3 这样")
    return int(number)


def _measure(text: str, reading: Reading) -> Value:
    hundredths = _number(text) * 100
    if hundredths != hundredths.to_integral_value() or hundredths < 0:
        raise Unreadable("应是不小于零的数，最多两位小数")
    return int(hundredths)


def _code(text: str, reading: Reading) -> Value:
    choices = reading.column.choices
    plain = _plain(text)
    found = {_plain(written): code for written, code in choices.items()}.get(plain)
    if found is not None:
        return found
    if plain in choices.values():
        return plain
    if plain in NOTHING:
        return ""
    known = list(choices)
    more = "等" if len(known) > SHOWN else ""
    raise Unreadable(f"不是约定的写法，应为{'、'.join(known[:SHOWN])}{more}")


READERS: dict[str, Callable[[str, Reading], Value]] = {
    TEXT: _text, DAY: _day, MONTH: _month, MONEY: _money, COUNT: _count, MEASURE: _measure, CODE: _code,
}  # fmt: skip
