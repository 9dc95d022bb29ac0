"""时限: the days by which each step of a case must be done; working days count from the day after; paused days not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from opendibao.kernel.month import add_months, days, month_of, month_text
from opendibao.kernel.workdays import add_workdays, is_verified, is_workday, on_or_before
from opendibao.policy.pack import Pack
from opendibao.policy.procedures import Procedure, procedure_in

STARTS_KEPT = 4_096
"""Many cases begin on the same days under the same few clocks."""


class BadDates(ValueError):
    """The days given contradict each other."""


@dataclass(frozen=True)
class Deadlines:
    """Days by which; None where the day it hangs on was not given."""

    start_survey_by: date
    decide_by: date
    extended_decide_by: date
    notice_ends: date | None
    first_month: date | None
    pay_by: date | None

    @property
    def is_verified(self) -> bool:
        """Whether the published holiday calendar covers all of these; else weekends only were counted."""
        return all(is_verified(d) for d in (self.extended_decide_by, self.pay_by) if d)

    def as_json(self) -> dict[str, str | None]:
        """In the form of the contract."""
        return {
            "start_survey_by": self.start_survey_by.isoformat(),
            "decide_by": self.decide_by.isoformat(),
            "extended_decide_by": self.extended_decide_by.isoformat(),
            "notice_ends": self.notice_ends.isoformat() if self.notice_ends else None,
            "first_month": month_text(self.first_month) if self.first_month else None,
            "pay_by": self.pay_by.isoformat() if self.pay_by else None,
        }


@dataclass(frozen=True)
class Paused:
    """Days that do not count in a case's clock: from the first up to the day before `until`, which counts again."""

    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether the clock stands still on a day."""
        return self.since <= day < self.until


def deadlines(
    accepted: date,
    *,
    notice_posted: date | None = None,
    decided: date | None = None,
    pack: Pack,
    procedure: Procedure | None = None,
    paused: Sequence[Paused] = (),
) -> Deadlines:
    """The clocks of a case by its procedure, or by the pack's of its day (57号 arts. 15, 19, 21, 22).

    Raises BadDates, or RuleGap where a clock has no number.
    """
    _check(accepted, notice_posted, decided)
    first = add_months(month_of(decided), 1) if decided else None
    asked = procedure or procedure_in(pack, accepted)
    return Deadlines(
        start_survey_by=counted(accepted, asked.clock("survey_start"), paused),
        decide_by=counted(accepted, asked.clock("decide"), paused),
        extended_decide_by=counted(accepted, asked.clock("decide_extended"), paused),
        notice_ends=notice_ends(notice_posted, asked) if notice_posted else None,
        first_month=first,
        pay_by=pay_by(first, pack) if first else None,
    )


def counted(start: date, workdays: int, paused: Sequence[Paused] = ()) -> date:
    """The day that is so many working days after start; days on which the clock stands still do not count."""
    if not paused:
        return _without_pause(start, workdays)
    day = start
    while workdays > 0:
        day += timedelta(days=1)
        workdays -= is_workday(day) and not any(each.holds(day) for each in paused)
    return day


@lru_cache(maxsize=STARTS_KEPT)
def _without_pause(start: date, workdays: int) -> date:
    return add_workdays(start, workdays)


def used(start: date, today: date, paused: Sequence[Paused] = ()) -> int:
    """How many working days of a clock are used up on a day."""
    passed = (start + timedelta(days=n) for n in range(1, (today - start).days + 1))
    return sum(is_workday(day) and not any(each.holds(day) for each in paused) for day in passed)


def notice_ends(posted: date, procedure: Procedure) -> date:
    """The last day of the public notice: calendar days, the day of posting is the first."""
    return days(posted, procedure.clock("notice") - 1)


def pay_by(month: date, pack: Pack) -> date:
    """The day a month's money must be there: the policy's day, or the working day before it."""
    return on_or_before(month.replace(day=pack.value("clock.pay_day", month)))


def _check(accepted: date, posted: date | None, decided: date | None) -> None:
    if posted and posted < accepted:
        raise BadDates(f"公示日{posted}早于受理日{accepted}")
    if decided and decided < (posted or accepted):
        raise BadDates(f"决定日{decided}早于{'公示' if posted else '受理'}日{posted or accepted}")
