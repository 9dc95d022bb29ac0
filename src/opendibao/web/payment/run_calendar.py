"""发放日历: the days of a month's run, what of it is done, and how many working days are left or over."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.kernel.workdays import add_workdays, workdays_between
from opendibao.payment.calendar import PayCalendar, pay_calendar
from opendibao.web.payment.run_asked import Run

DONE_FROM = {"computed": 1, "checked": 3, "reviewed": 3, "approved": 4, "sent": 5, "closed": 6}
"""How many of the six days lie behind a run in each state."""


@dataclass(frozen=True)
class RunDay:
    """A day of the calendar: by when, what, how it stands in words; `state` is done, next, warn or empty."""

    when: date
    words: str
    said: str
    state: str


@dataclass(frozen=True)
class Left:
    """Working days left to the due day, or over it."""

    due: date
    days: int
    is_over: bool
    is_there: bool


def run_days(month: date, run: Run | None, today: date, *, is_confirmed: bool = False) -> list[RunDay]:
    """The six days of a month's run; `run` is None before it is computed."""
    calendar = pay_calendar(month)
    done = DONE_FROM[run.state] if run else 0
    if done == 1 and is_confirmed:
        done = 2
    return [
        RunDay(when, words, _said(when, today, is_done=place < done), _state(when, today, place, done))
        for place, (words, when) in enumerate(_named(calendar))
    ]


def _named(calendar: PayCalendar) -> list[tuple[str, date]]:
    return [
        (_("冻结名册"), calendar.freeze_on), (_("乡镇确认"), calendar.confirm_by),
        (pgettext("发放", "复核"), calendar.check_by), (_("财政审核"), calendar.finance_by),
        (_("出盘"), calendar.send_by), (_("到账期限"), calendar.due_on),
    ]  # fmt: skip


def _said(when: date, today: date, *, is_done: bool) -> str:
    if is_done:
        return _("已办")
    if when < today:
        return _("已过 %(n)s 个工作日") % {"n": workdays_between(when, today)}
    return _("今天") if when == today else _("剩 %(n)s 个工作日") % {"n": workdays_between(today, when)}


def _state(when: date, today: date, place: int, done: int) -> str:
    if place < done:
        return "done"
    if place > done:
        return ""
    return "warn" if when < today else "next"


def confirm_by(run: Run) -> date:
    """Until when the townships confirm: the calendar's day, counted anew where the list was frozen late."""
    calendar = pay_calendar(run.month)
    if run.frozen_on <= calendar.freeze_on:
        return calendar.confirm_by
    return add_workdays(run.frozen_on, workdays_between(calendar.freeze_on, calendar.confirm_by))


def days_left(month: date, run: Run | None, today: date) -> Left:
    """How far the due day is; it is there when the run is closed."""
    due = run.due_on if run else pay_calendar(month).due_on
    is_over = due < today
    days = workdays_between(due, today) if is_over else workdays_between(today, due)
    return Left(due, days, is_over, bool(run and run.state == "closed"))
