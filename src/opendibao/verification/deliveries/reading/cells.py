"""格子: what stands in a cell, as text."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from opendibao.verification.deliveries.reading.sheets import NumberText

EXACT_DIGITS = 15
"""Places of a number that a spreadsheet keeps."""
SPACES = " \t\r\n\v\f\u00a0\u3000\ufeff"
QUOTED = re.compile(r'="(.*)"', re.DOTALL)
"""A trick of exports that keeps a spreadsheet from reading an id as a number."""
TOTAL_BEGINS = frozenset("合总小")
TOTALS = re.compile(r"(合\s*计|总\s*计|小\s*计|总\s*数)[:：]?")


def cell_text(cell: object) -> str:
    """A cell of a workbook as text: days as 2024-03-05, numbers without exponent, too long ones marked."""
    if cell.__class__ is str:
        return cell.strip(SPACES)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return number_text(cell)
    return _moment_text(cell)


def _moment_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return str(cell).strip(SPACES)


def number_text(number: int | float) -> str:
    """A number as text; of more than fifteen places it is given as 3.60429198001011E+17, because the rest is lost."""
    if isinstance(number, float) and number != number:
        return ""
    if abs(number) >= 10**EXACT_DIGITS:
        digits, _, exponent = f"{number:.{EXACT_DIGITS - 1}e}".partition("e")
        return NumberText(f"{digits}E{exponent}")
    return f"{Decimal(f'{number:.{EXACT_DIGITS}g}'):f}"


def typed_text(cell: str) -> str:
    """A cell of a text file: without the marks that keep a spreadsheet from reading an id as a number."""
    text = cell.strip(SPACES)
    if text[:1] == "'":
        return text[1:].strip(SPACES)
    if text[:1] == "=" and (quoted := QUOTED.fullmatch(text)):
        return quoted.group(1).strip(SPACES)
    return text


def is_total(first: str) -> bool:
    """Whether a row begins like a line of totals, which is no row of anybody."""
    return TOTALS.fullmatch(first) is not None


def typed_texts(cells: Iterable[str]) -> list[str]:
    """Cells of a column of a text file; those of letters and digits alone need no look."""
    return [cell if not cell or cell.isalnum() else typed_text(cell) for cell in cells]


def cell_texts(cells: Iterable[object]) -> list[str]:
    """Cells of a column of a workbook; texts of letters and digits alone need no look."""
    return [cell if cell.__class__ is str and cell.isalnum() else cell_text(cell) for cell in cells]
