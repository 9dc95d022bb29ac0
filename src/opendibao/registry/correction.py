"""更正: closes what was known so far and opens what is known now; nothing that was known is lost."""

import copy
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.registry.models import TwoTimes
from opendibao.registry.refusal import RegistryRefused

Row = TypeVar("Row", bound=TwoTimes)
TICK = timedelta(microseconds=1)


def _close(row: TwoTimes, at: datetime) -> datetime:
    """End what was known; returns since when the new knowledge holds (a tick later where both came at once)."""
    known_since: datetime = row.recorded.lower
    if at < known_since:
        raise RegistryRefused(f"这条记录是{known_since:%Y-%m-%d}登记的，更正不能记在它之前")
    moment = max(at, known_since + TICK)
    row.recorded = DateTimeTZRange(known_since, moment)
    row.save(update_fields=["recorded"])
    return moment


def _open(row: Row, first: date, after: date | None, moment: datetime, **changes: object) -> Row:
    """A copy of a row for [first, after) with changes, known from a moment on."""
    fresh = copy.copy(row)
    fresh.pk = None
    fresh.valid, fresh.recorded = DateRange(first, after), DateTimeTZRange(moment, None)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save(force_insert=True)
    return fresh


@needs(Duty.ACCEPT, Duty.CONFIRM)
def end_row(row: TwoTimes, after: date, at: datetime) -> None:
    """From now on it is known that the row holds only before the day `after` (perhaps never)."""
    moment = _close(row, at)
    if row.valid.lower < after:
        _open(row, row.valid.lower, after, moment)


@needs(Duty.ACCEPT, Duty.CONFIRM)
def change_row(row: Row, on: date, at: datetime, **changes: object) -> Row:
    """From now on it is known that the row holds differently from `on`; before that it stays as it was."""
    moment = _close(row, at)
    if row.valid.lower < on:
        _open(row, row.valid.lower, on, moment)
    return _open(row, max(on, row.valid.lower), row.valid.upper, moment, **changes)
