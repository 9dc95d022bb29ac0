"""请求时限: by when the other province should answer, how long the case waits, when a request is sent again."""

from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import value


@dataclass(frozen=True)
class Days:
    """The days of a request that is sent on a day: the last two are counted from sending and may fall together."""

    due_on: date
    expires_on: date


def days_of(division: str, sent_on: date, authorised_until: date | None) -> Days:
    """Due day and last day; neither outlasts the authorisation. Raises RuleGap."""
    due = add_workdays(sent_on, _of("due_workdays", division, sent_on))
    last = sent_on + timedelta(days=_of("expiry_days", division, sent_on))
    if authorised_until is not None:
        last = min(last, authorised_until)
    return Days(min(due, last), last)


def next_try(division: str, tried_on: date, attempts: int, expires_on: date | None) -> date | None:
    """When a request that was tried so often is tried again: 3, 6, 12 … days later; None where it is not any more.

    `attempts` counts the one of `tried_on`. Raises RuleGap.
    """
    if attempts >= _of("most_attempts", division, tried_on):
        return None
    wait = _of("first_retry_days", division, tried_on) * _of("retry_times", division, tried_on) ** (attempts - 1)
    again = tried_on + timedelta(days=wait)
    return again if expires_on is None or again <= expires_on else None


def recheck_day(division: str, expires_on: date) -> date:
    """When somebody asks again about what stayed unchecked. Raises RuleGap."""
    return expires_on + timedelta(days=_of("recheck_days", division, expires_on))


def usable_until(division: str, answered_on: date) -> date:
    """The last day on which an answer may be used. Raises RuleGap."""
    return answered_on + timedelta(days=value("match.valid_days", on=answered_on, division=division))


def _of(name: str, division: str, on: date) -> int:
    return value(f"request.{name}", on=on, division=division)
