"""一格: writes a value of a record as a department's system prints it: days, yuan, codes in its own words."""

from collections.abc import Callable, Mapping
from typing import Any

from opendibao.verification.sources.adapter import CODE, COUNT, DAY, MEASURE, MONEY, MONTH, TEXT, Column

FEN_OF = {"yuan": 100, "wan": 1_000_000, "fen": 1}


class NoSuchWord(LookupError):
    """A code for which the department has no word: the register and the source's columns do not fit."""


def written(column: Column, value: Any) -> str:
    """A value by the kind of its column; nothing stays empty. Raises NoSuchWord."""
    return "" if value in (None, "") else _KINDS[column.kind](column, value)


def _money(column: Column, fen: int) -> str:
    """Whole fen in the column's unit, with as many places as it takes."""
    unit = FEN_OF[column.unit]
    whole, rest = divmod(int(fen), unit)
    return f"{whole}.{rest:0{len(str(unit)) - 1}d}" if unit > 1 else str(whole)


def _measure(column: Column, hundredths: int) -> str:
    whole, rest = divmod(int(hundredths), 100)
    return f"{whole}.{rest:02d}"


def _code(column: Column, code: str) -> str:
    for word, meant in column.choices.items():
        if meant == code:
            return word
    raise NoSuchWord(f"{column.zh}没有“{code}”的写法，有：{'、'.join(column.choices)}")


_KINDS: Mapping[str, Callable[[Column, Any], str]] = {
    TEXT: lambda column, value: str(value), DAY: lambda column, value: str(value),
    MONTH: lambda column, value: str(value)[:7], MONEY: _money, MEASURE: _measure,
    COUNT: lambda column, value: str(int(value)), CODE: _code,
}  # fmt: skip
