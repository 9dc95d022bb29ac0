"""时限: the days by which each step of a case must be done; working days count from the day after."""

from dataclasses import dataclass
from datetime import date

from opendibao.kernel.month import add_months, days, month_of, month_text
from opendibao.kernel.workdays import add_workdays, is_verified, on_or_before
from opendibao.policy.pack import Pack


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


def deadlines(
    accepted: date, *, notice_posted: date | None = None, decided: date | None = None, pack: Pack
) -> Deadlines:
    """The clocks of a case (57号 arts. 15, 19, 21, 22); raises BadDates, or RuleGap where a clock has no number."""
    _check(accepted, notice_posted, decided)
    first = add_months(month_of(decided), 1) if decided else None
    return Deadlines(
        start_survey_by=add_workdays(accepted, pack.value("clock.survey_start", accepted)),
        decide_by=add_workdays(accepted, pack.value("clock.decide", accepted)),
        extended_decide_by=add_workdays(accepted, pack.value("clock.decide_extended", accepted)),
        notice_ends=notice_ends(notice_posted, pack) if notice_posted else None,
        first_month=first,
        pay_by=pay_by(first, pack) if first else None,
    )


def notice_ends(posted: date, pack: Pack) -> date:
    """The last day of the public notice: calendar days, the day of posting is the first."""
    return days(posted, pack.value("clock.notice", posted) - 1)


def pay_by(month: date, pack: Pack) -> date:
    """The day a month's money must be there: the policy's day, or the working day before it."""
    return on_or_before(month.replace(day=pack.value("clock.pay_day", month)))


def _check(accepted: date, posted: date | None, decided: date | None) -> None:
    if posted and posted < accepted:
        raise BadDates(f"公示日{posted}早于受理日{accepted}")
    if decided and decided < (posted or accepted):
        raise BadDates(f"决定日{decided}早于{'公示' if posted else '受理'}日{posted or accepted}")
