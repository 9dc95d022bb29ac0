"""日程: the working days on which a synthetic county decides and pays, and the steps of an application in order."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from opendibao.kernel.month import add_months, last_day, year_months
from opendibao.kernel.workdays import add_workdays, is_workday, on_or_before, pay_due, workdays_between

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTICE, OPINION = timedelta(days=6), 10  # the posting day is the first of seven; working days for the county's opinion
FIRST_DAY, LAST_DAY = 11, 25  # decisions fall after a month's money is booked and before the next month's freeze
BANK_DAYS = (1, 1, 2)
"""Working days a bank takes to book a file."""
RHYTHM = (7, 6, 9, 8, 9, 8, 10, 9, 9, 7, 9, 9)
"""How busy the months are; offices are quiet around the New Year of the old calendar and in October."""


def office_hour(day: date) -> datetime:
    """Nine in the morning of a day, when the demonstration's officers act."""
    return datetime.combine(day, time(9), tzinfo=SHANGHAI)


def report_day(year: int) -> date:
    """When the year is evaluated, and the demonstration's today from then on."""
    return date(year + 1, 1, 6)


def decision_days(month: date) -> list[date]:
    """The working days of a month on which decisions fall."""
    days = [month.replace(day=day) for day in range(FIRST_DAY, LAST_DAY + 1)]
    return [day for day in days if is_workday(day)]


def spread(count: int, year: int, rng: Random) -> list[date]:
    """Decision days for `count` households over the year, uneven as months are, in random order."""
    weights = [weight * rng.randrange(85, 116) for weight in RHYTHM]
    whole = sum(weights)
    counts = [count * weight // whole for weight in weights]
    for place in rng.sample(range(12), count - sum(counts)):
        counts[place] += 1
    days = []
    for month, number in zip(year_months(year), counts, strict=True):
        choice = decision_days(month)
        days += [rng.choice(choice) for _ in range(number)]
    rng.shuffle(days)
    return days


@dataclass(frozen=True)
class Steps:
    """The days of one application."""

    applied_on: date
    accepted_on: date
    matched_on: date
    surveyed_on: date
    reviewed_on: date
    posted_on: date
    decided_on: date


def workdays_before(day: date, count: int) -> date:
    """The working day from which the count-th working day is `day`, itself a working day."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return day


def steps_to(decided_on: date, rng: Random) -> Steps:
    """An application that ends on a working day: every step within its clock, the notice up for seven days."""
    survey, review, post = rng.randint(1, 3), rng.randint(5, 8), rng.randint(1, 3)
    match = rng.randint(1, survey)
    posted = review + post
    wait = rng.randint(7, 14)
    posted_on = workdays_before(decided_on, wait)
    while workdays_between(posted_on + NOTICE, decided_on) > OPINION:
        wait -= 1
        posted_on = workdays_before(decided_on, wait)
    accepted_on = workdays_before(posted_on, posted)
    return Steps(
        applied_on=workdays_before(accepted_on, rng.randint(0, 4)),
        accepted_on=accepted_on,
        matched_on=add_workdays(accepted_on, match),
        surveyed_on=add_workdays(accepted_on, survey),
        reviewed_on=add_workdays(accepted_on, review),
        posted_on=posted_on,
        decided_on=decided_on,
    )


@dataclass(frozen=True)
class PayDays:
    """The working days of one month's money; the bank books on or before the due day."""

    frozen: date
    checked: date
    sent: date
    booked: date
    closed: date
    corrected: date
    resent: date
    rebooked: date


def pay_days(month: date) -> PayDays:
    """Freeze on the last working day of the month before; the bank takes a working day or two."""
    frozen = on_or_before(last_day(add_months(month, -1)))
    sent = add_workdays(frozen, 2)
    booked = min(add_workdays(sent, Random(f"{month}").choice(BANK_DAYS)), pay_due(month))
    later = [add_workdays(booked, count) for count in (1, 3, 4, 5)]
    return PayDays(frozen, add_workdays(frozen, 1), sent, booked, *later)


@dataclass(frozen=True)
class OpeningDays:
    """The last working days before the year: the roster comes in, comes again corrected, the act is signed."""

    received: date
    corrected: date
    signed: date


def opening_days(year: int) -> OpeningDays:
    """The act is signed on the year's last working day before, in time for January's freeze."""
    signed = on_or_before(date(year - 1, 12, 31))
    return OpeningDays(workdays_before(signed, 2), workdays_before(signed, 1), signed)
