"""月份: a month is its first day (datetime.date), written YYYY-MM at the edge."""

import calendar
import re
from datetime import date, timedelta

_FORM = re.compile(r"([0-9]{4})-([0-9]{2})")


class NotAMonth(ValueError):
    """The text is not a month of the form YYYY-MM."""


def month_of(day: date) -> date:
    """The month a day lies in."""
    return day.replace(day=1)


def parse_month(text: str) -> date:
    """Read 2024-05; refuse anything else."""
    found = _FORM.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:
        raise NotAMonth(f"“{text}”不是月份，应写成 2024-05 这样")
    return date(int(found[1]), int(found[2]), 1)


def month_text(month: date) -> str:
    """Write a month as 2024-05."""
    return month.isoformat()[:7]


def add_months(month: date, count: int) -> date:
    """The month `count` months later (earlier when negative)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def last_day(month: date) -> date:
    """The last calendar day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months_between(first: date, last: date) -> int:
    """How many months from first to last, both counted; zero when last is earlier."""
    return max(0, (last.year - first.year) * 12 + last.month - first.month + 1)


def year_months(year: int) -> list[date]:
    """The twelve months of a year."""
    return [date(year, number, 1) for number in range(1, 13)]


def age_on(born: date, day: date) -> int:
    """Full years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def days(first: date, count: int) -> date:
    """The day `count` calendar days later."""
    return first + timedelta(days=count)
