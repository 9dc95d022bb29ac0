"""复核排期: on which month ends a household is due, by its class and the county's number of reviews a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.policy.reader import value
from opendibao.reviews.refusal import ReviewRefused

YEAR = 12
PER_YEAR = {"yearly": "review.per_year_stable", "halfyear": "review.per_year_changing"}
"""常保 households are stable, 非常保 ones change (57号 第三十一条)."""


@dataclass(frozen=True)
class Due:
    """One review to come."""

    household_id: int
    division: str
    review_class: str
    due_on: date


def months_between_reviews(review_class: str, *, on: date, division: str) -> int:
    """How many months lie between two reviews of a class; raises ReviewRefused for a class that does not exist."""
    if review_class not in PER_YEAR:
        raise ReviewRefused(f"复核类别“{review_class}”不存在，应为常保或非常保")
    times = value(PER_YEAR[review_class], on=on, division=division)
    if times <= 0 or YEAR % times:
        raise ReviewRefused(f"每年核查{times}次不能平均分到十二个月，请改正参数 {PER_YEAR[review_class]}")
    return YEAR // times


def dues_after(day: date, period: int) -> list[date]:
    """The month ends of the twelve months after a day, one per period."""
    month = month_of(day)
    return [last_day(add_months(month, count)) for count in range(period, YEAR + 1, period)]


def dues_of_year(year: int, period: int, *, place: int, last: date | None) -> list[date]:
    """The month ends of a year on which a household is due.

    It keeps the rhythm of its last review; without one, its place in the list spreads the county over the months.
    """
    first = add_months(month_of(last), period) if last else date.min
    if first < date(year, 1, 1):
        first = date(year, place % period + 1, 1)
    months = (add_months(first, count) for count in range(0, YEAR, period))
    return [last_day(month) for month in months if month.year == year]


def spread(items: Sequence[tuple[int, str, str]], year: int, last: dict[int, date]) -> list[Due]:
    """What is due in a year for households (id, division, class), spread evenly within each class."""
    periods: dict[tuple[str, str], int] = {}
    places: dict[str, int] = {}
    found = []
    for household_id, division, review_class in sorted(items):
        key = (division[:6], review_class)
        if key not in periods:
            periods[key] = months_between_reviews(review_class, on=date(year, 1, 1), division=division)
        place = places.get(review_class, 0)
        places[review_class] = place + 1
        days = dues_of_year(year, periods[key], place=place, last=last.get(household_id))
        found += [Due(household_id, division, review_class, day) for day in days]
    return found
