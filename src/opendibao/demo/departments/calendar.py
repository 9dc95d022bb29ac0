"""送达日程: which department hands in what, in which form, as of which day, and when it reaches the county."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from opendibao.demo.plan import CountyPlan
from opendibao.kernel.month import last_day
from opendibao.kernel.workdays import add_workdays, on_or_after
from opendibao.policy.reader import pack_of_division
from opendibao.verification.sources import SOURCES, sources_on

DAYS_OF_A_MONTH = 30
FORM_OF = {
    "public_security": "gb", "social_insurance": "fixed", "vehicles": "xlsx", "real_estate": "bom",
    "bank_deposits": "ndjson", "tax": "utf8",
}  # fmt: skip
USUAL_FORM = "gb"
FRESH = "match.fresh_days"
FIRST_MONTH, LAST_MONTH = -1, 11
"""Months of the year (0: December before): the first data speak of the end of November before the year."""
WORKDAYS_AFTER = 2


@dataclass(frozen=True)
class Handed:
    """A file that a department hands in."""

    source: str
    form: str
    as_of: date
    received_on: date


def calendar(plan: CountyPlan) -> list[Handed]:
    """All files of the year and of its first days after, in the order in which they come."""
    return sorted(_handed(plan.year, plan.county_code), key=lambda one: (one.received_on, one.source))


def _handed(year: int, division: str) -> Iterator[Handed]:
    for source in SOURCES:
        every = _every(source, date(year, 1, 1), division)
        for month in range(FIRST_MONTH, LAST_MONTH + 1, every):
            as_of = last_day(_month(year, month))
            received = add_workdays(on_or_after(as_of), WORKDAYS_AFTER)
            if source in sources_on(as_of):
                yield Handed(source, FORM_OF.get(source, USUAL_FORM), as_of, received)


def _every(source: str, day: date, division: str) -> int:
    """Every how many months, so that the data are fresh most of the time. Raises RuleGap."""
    pack = pack_of_division(division)
    own = pack.find(f"{FRESH}.{source}", day)
    days = int(own.value) if own else int(pack.value(FRESH, day))
    return max(1, days // DAYS_OF_A_MONTH)


def _month(year: int, number: int) -> date:
    """The first day of a month by its number in the year; 0 is the December before."""
    return date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)
