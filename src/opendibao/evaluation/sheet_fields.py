"""指标表的字段: read one field of a sheet strictly; every refusal names the key and says what to write."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from opendibao.evaluation import scale

FINEST = {"元": 2, "万元": 6}  # one fen
FINEST_OTHER = 6
MOST = Decimal(10) ** 12


class SheetError(ValueError):
    """A sheet is refused; `key` is where, `line` the line of the YAML text when it is known."""

    def __init__(self, key: str, reason: str, line: int | None = None) -> None:
        self.key, self.reason, self.line = key, reason, line
        where = f"第{line}行 " if line else ""
        super().__init__(f"{where}{key or '文件'}：{reason}")


def grade_schemes() -> Iterable[str]:
    """Names of the known grade schemes, the usual one first."""
    return scale.grade_cuts()


def mapping(value: object, key: str, known: set[str]) -> Mapping[str, Any]:
    """A mapping with known keys only."""
    if not isinstance(value, Mapping):
        raise SheetError(key, "应为一组“键: 值”")
    for name in value:
        if name not in known:
            where = f"{key}.{name}" if key else str(name)
            raise SheetError(where, f"不认识或此处不能用这个键，可用的有：{'、'.join(sorted(known))}")
    return value


def text(row: Mapping[str, Any], name: str, key: str, *, required: bool = False) -> str:
    """A text; absent means empty unless required."""
    value = row.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise SheetError(f"{key}.{name}", "应填写文字")
    return value.strip()


def unit(row: Mapping[str, Any], key: str) -> str:
    """The unit of a number; absent means none, an unknown one is refused with those that are known."""
    found = text(row, "unit", key)
    known: list[str] = scale.in_force("units")
    if found and found not in known:
        raise SheetError(f"{key}.unit", f"“{found}”不是认识的单位，可用的有：{'、'.join(known)}；都不合适的不写单位")
    return found


def word(row: Mapping[str, Any], name: str, key: str, words: tuple[str, ...], *, default: str = "") -> str:
    """One of the known words; absent means the default where there is one."""
    value = row.get(name)
    if value is None and default:
        return default
    if not isinstance(value, str) or value not in words:
        raise SheetError(f"{key}.{name}", f"“{'' if value is None else value}”应为以下之一：{'、'.join(words)}")
    return value


def _number(row: Mapping[str, Any], name: str, key: str, hint: str) -> Decimal:
    value = row.get(name)
    where = f"{key}.{name}"
    if value is None:
        raise SheetError(where, f"必须填写数字{hint}")
    if not isinstance(value, int | str | float | Decimal) or isinstance(value, bool):
        raise SheetError(where, f"“{value}”应为数字{hint}")
    try:
        # str first: a YAML library's binary number prints as it was written
        found = Decimal(str(value).strip())
    except InvalidOperation:
        raise SheetError(where, f"“{value}”应为数字，不带单位和比较号{hint}") from None
    if not found.is_finite() or abs(found) > MOST:
        raise SheetError(where, f"“{value}”不是可用的数字{hint}")
    if found < 0:
        raise SheetError(where, f"“{value}”不能是负数")
    return found


def _decimals(found: Decimal) -> int:
    exponent = found.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def amount(row: Mapping[str, Any], name: str, key: str, unit: str, *, hint: str = "") -> Decimal:
    """A number that is not negative, in a unit; no finer than one fen where it is money."""
    found = _number(row, name, key, hint)
    finest = FINEST.get(unit, FINEST_OTHER)
    if _decimals(found) > finest:
        raise SheetError(f"{key}.{name}", f"“{found}”最多{finest}位小数")
    return found


def weight(row: Mapping[str, Any], name: str, key: str) -> Decimal:
    """A weight: 0 to 100, at most two decimals."""
    return score(row, name, key, scale.number("full_marks"))


def score(row: Mapping[str, Any], name: str, key: str, most: Decimal) -> Decimal:
    """Points: 0 to `most`, at most two decimals."""
    found = _number(row, name, key, "")
    if _decimals(found) > 2 or found > most:
        raise SheetError(f"{key}.{name}", f"“{found}”应在0到{most}之间，最多两位小数")
    return found


def ratio_in_band(row: Mapping[str, Any], name: str, key: str, band: str) -> Decimal:
    """The ratio picked inside a qualitative band; refused outside it."""
    found = _number(row, name, key, "")
    low, high, closed = scale.band(band)
    if found < low or found > high or (found == high and not closed):
        edge = "]" if closed else ")"
        raise SheetError(f"{key}.{name}", f"“{found}”不在{band}一档[{low}, {high}{edge}之内")
    return found
