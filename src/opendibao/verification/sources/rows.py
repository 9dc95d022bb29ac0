"""来源记录: what all sources do with the rows of a person: which still hold on a day, and how figures are said."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import add_months, month_of, month_text, months_between, parse_month
from opendibao.verification.sources.adapter import Row

TAIL = 4
LISTED = 5


def text(row: Row, name: str) -> str:
    """What a row says in a column; "" where the department left it empty."""
    return str(row.get(name) or "")


def number(row: Row, name: str) -> int:
    """Fen, count or hundredths of a column; 0 where it is empty, and where it is less than nothing (an overdraft)."""
    return max(0, int(row.get(name) or 0))


def standing(rows: Iterable[Row], on: date, *, began: str, ended: str = "") -> list[Row]:
    """The rows that had begun by a day and had not ended by it; an empty day has long begun and never ends."""
    day = on.isoformat()
    begun = [row for row in rows if text(row, began) <= day]
    return [row for row in begun if not ended or not text(row, ended) or text(row, ended) > day]


def once(rows: Iterable[Row], *names: str) -> list[Row]:
    """The last row of each thing that the columns name together, so that a thing said twice counts once."""
    return list({tuple(text(row, name).strip().upper() for name in names): row for row in rows}.values())


def income_year(on: date) -> tuple[date, date]:
    """First and last month of the year whose income counts on a day: the twelve up to the month of the decision."""
    return add_months(month_of(on), -11), month_of(on)


def months_drawn(row: Row, on: date, *, since: str = "since", until: str = "until") -> int:
    """How many months of the year of income lie between two month columns, both counted."""
    first, last = income_year(on)
    begins = max(parse_month(text(row, since)), first) if text(row, since) else first
    ends = min(parse_month(text(row, until)), last) if text(row, until) else last
    return months_between(begins, ends)


def in_year(rows: Iterable[Row], on: date, *, month: str) -> list[Row]:
    """The rows of the months whose income counts on a day."""
    first, last = (month_text(one) for one in income_year(on))
    return [row for row in rows if first <= text(row, month) <= last]


def case_yuan(fen: int) -> str:
    """Fen as the facts of a case write them: 98000, 98000.50."""
    return yuan_text(fen).removesuffix(".00")


def case_measure(hundredths: int) -> str:
    """Hundredths as the facts of a case write them: 4.5, 12."""
    return f"{Decimal(hundredths) / 100:f}".rstrip("0").rstrip(".") if hundredths % 100 else str(hundredths // 100)


def tail(account: str) -> str:
    """The last four places of an account, which is all that is ever said of it."""
    return "".join(sign for sign in account if sign.isalnum())[-TAIL:]


def listed(words: Sequence[str]) -> str:
    """A few of many, so that a sentence stays a sentence: 甲、乙、丙、丁、戊等7项."""
    shown = "、".join(words[:LISTED])
    return shown if len(words) <= LISTED else f"{shown}等{len(words)}项"


def joined(*parts: str) -> str:
    """The parts that say something, with commas."""
    return "，".join(part for part in parts if part)
