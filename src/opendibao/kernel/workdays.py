"""工作日: the State Council's holiday calendar; later years count weekends only and say so."""

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

KNOWN_DAYS = 16_384  # the calendar takes 75 µs a day, and the clocks of a county's cases ask of the same few months


def is_verified(day: date) -> bool:
    """Whether the published calendar knows this day; otherwise only weekends are counted."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:  # how the calendar says that it does not know the year
        return False
    return True


@lru_cache(maxsize=KNOWN_DAYS)
def is_workday(day: date) -> bool:
    """Whether offices work on a day, make-up days included."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # how the calendar says that it does not know the year
        return day.weekday() < 5


def add_workdays(start: date, count: int) -> date:
    """The count-th working day after start; the day after start is the first (57号 clocks)."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """Working days after start up to and including end."""
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def on_or_before(day: date) -> date:
    """The day itself if offices work, else the last working day before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def on_or_after(day: date) -> date:
    """The day itself if offices work, else the next working day."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def pay_due(month: date) -> date:
    """When a month's money must be in the account: the 10th, or the working day before."""
    return on_or_before(month.replace(day=10))
