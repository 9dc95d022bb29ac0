"""发放日历: the days of a month's run, what of it is done, and how many working days are left or over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.audit import queries as audit
from opendibao.kernel.month import month_text
from opendibao.kernel.workdays import add_workdays, workdays_between
from opendibao.payment.calendar import PayCalendar, pay_calendar
from opendibao.payment.queries import MonthRow
from opendibao.web.payment.run_asked import Run, confirmations, subject
from opendibao.web.remembering import MONEY, remembered

events_of = remembered(MONEY)(audit.events_of)

DONE_FROM = {"computed": 1, "checked": 3, "reviewed": 3, "approved": 4, "sent": 5, "closed": 6}
"""How many of the six days lie behind a run in each state."""
CONFIRM = 1
"""Which of the six is the townships'."""


@dataclass(frozen=True)
class RunDay:
    """A day of the calendar: by when, what, how it stands in words; `state` is done, late, next, warn or empty."""

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


def run_days(
    month: date, today: date, done_on: Sequence[date | None] = (), confirm_until: date | None = None
) -> list[RunDay]:
    """The six days of a month's run; `done_on` are the days on which the steps behind it were done, None: unknown.

    `confirm_until` is the townships' day where a late freeze has moved it.
    """
    found = []
    for place, (words, when) in enumerate(_named(pay_calendar(month))):
        if place < len(done_on):
            found.append(RunDay(when, words, *_done(when, done_on[place])))
            continue
        said, state = _left(when, today), _state(when, today, place - len(done_on))
        if place == CONFIRM and confirm_until and confirm_until > when:
            said = _("冻结晚了，顺延到 %(day)s") % {"day": f"{confirm_until:%m-%d}"}
            state = _state(confirm_until, today, place - len(done_on))
        found.append(RunDay(when, words, said, state))
    return found


def days_done(run: Run, row: MonthRow, *, is_confirmed: bool) -> list[date | None]:
    """On which days the steps behind a run were done, the freeze first; None where the viewer cannot see it."""
    number = DONE_FROM[run.state]
    if number == 1 and is_confirmed:
        number = 2
    if number >= DONE_FROM["sent"]:  # the money is there when all is answered, closed or not
        number = DONE_FROM["closed"] if row.is_answered else DONE_FROM["sent"]
    noted = {event.action: event.payload.get("on", "") for event in events_of(subject(month_text(run.month)))}
    days = [
        run.frozen_on, max((each.confirmed_on for each in confirmations(run.pk) if each.confirmed_on), default=None),
        *(date.fromisoformat(noted[act]) if noted.get(act) else None for act in ("复核发放", "财政审核发放")),
        run.sent_on, row.last_booked_on,
    ]  # fmt: skip
    return days[:number]


def _named(calendar: PayCalendar) -> list[tuple[str, date]]:
    return [
        (_("冻结名册"), calendar.freeze_on), (_("乡镇确认"), calendar.confirm_by),
        (pgettext("发放", "复核"), calendar.check_by), (_("财政审核"), calendar.finance_by),
        (_("出盘"), calendar.send_by), (_("到账期限"), calendar.due_on),
    ]  # fmt: skip


def _done(when: date, done_on: date | None) -> tuple[str, str]:
    """How a step that lies behind stands: on which day it was done, and how late that was."""
    if done_on is None:
        return _("已办"), "done"
    day = f"{done_on:%m-%d}"
    if done_on <= when:
        return _("%(day)s 已办") % {"day": day}, "done"
    return _("%(day)s 才办，晚 %(n)s 个工作日") % {"day": day, "n": workdays_between(when, done_on)}, "late"


def _left(when: date, today: date) -> str:
    if when < today:
        return _("已过 %(n)s 个工作日") % {"n": workdays_between(when, today)}
    return _("今天") if when == today else _("剩 %(n)s 个工作日") % {"n": workdays_between(today, when)}


def _state(when: date, today: date, ahead: int) -> str:
    """Of a step that is not done; `ahead` steps come before it."""
    if ahead:
        return ""
    return "warn" if when < today else "next"


def confirm_by(run: Run) -> date:
    """Until when the townships confirm: the calendar's day, counted anew where the list was frozen late."""
    calendar = pay_calendar(run.month)
    if run.frozen_on <= calendar.freeze_on:
        return calendar.confirm_by
    return add_workdays(run.frozen_on, workdays_between(calendar.freeze_on, calendar.confirm_by))


def days_left(month: date, run: Run | None, today: date, row: MonthRow | None = None) -> Left:
    """How far the due day is; it is there when the bank has answered all, or the run is closed."""
    due = run.due_on if run else pay_calendar(month).due_on
    is_over = due < today
    days = workdays_between(due, today) if is_over else workdays_between(today, due)
    is_there = bool(run and run.state == "closed") or bool(row and row.is_answered)
    return Left(due, days, is_over, is_there)
