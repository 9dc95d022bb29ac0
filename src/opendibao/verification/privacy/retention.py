"""留存: how long a department's data are kept, which deliveries may be cleared by now, and what still keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.policy.reader import pack_of_division

# an answer that nobody has settled, a row that waits for a person, a warning that is open: their rows are still needed
KEPT = """
SELECT d.id, d.source, d.division, d.department, d.file_name, d.sha256, d.as_of, d.received_on, d.accepted, d.rejected,
  d.purged_on,
  (SELECT count(*)::int FROM verification_matchresult m
    WHERE m.delivery_id = d.id AND m.outcome = 'hit' AND m.disposition IN ('', 'recheck')),
  (SELECT count(*)::int FROM verification_link l JOIN verification_sourcerecord r ON r.id = l.record_id
    WHERE r.delivery_id = d.id AND l.state = 'waiting'),
  coalesce(p.purged_by, ''), coalesce(p.reason, '')
FROM verification_delivery d LEFT JOIN verification_purge p ON p.delivery_id = d.id
WHERE %(id)s = 0 OR d.id = %(id)s ORDER BY d.received_on, d.id
"""
GENERAL = "retention.months"


@dataclass(frozen=True)
class _Stored:
    id: int
    source: str
    division: str
    department: str
    file_name: str
    sha256: str
    as_of: date
    received_on: date
    accepted: int
    rejected: int
    purged_on: date | None
    open_hits: int
    waiting_links: int
    purged_by: str
    reason: str


@dataclass(frozen=True)
class Retained:
    """A delivery with its last words on keeping: for how many months, from which day it may be cleared.

    `open_hits` and `waiting_links` need its rows still; `clause` is where the months are written.
    """

    stored: _Stored
    months: int
    due_on: date
    clause: str
    is_verified: bool

    @property
    def needed(self) -> bool:
        """Whether something that waits for a person rests on its rows."""
        return bool(self.stored.open_hits or self.stored.waiting_links)

    def is_due(self, on: date) -> bool:
        """Whether it may be cleared on a day."""
        return self.stored.purged_on is None and self.due_on <= on and not self.needed


def retained(on: date) -> Sequence[Retained]:
    """All deliveries in sight, the longest kept first, with the day on which each may be cleared. Raises RuleGap."""
    return [_with_day(row, on) for row in read(_Stored, KEPT, {"id": 0})]


def retained_delivery(delivery_id: int, on: date) -> Retained | None:
    """One delivery; None where there is none in sight. Raises RuleGap."""
    return next((_with_day(row, on) for row in read(_Stored, KEPT, {"id": delivery_id})), None)


def due_on(received_on: date, months: int) -> date:
    """The first day on which what was received on a day may be cleared: so many months later."""
    month = add_months(month_of(received_on), months)
    return month.replace(day=min(received_on.day, last_day(month).day))


def _with_day(row: _Stored, on: date) -> Retained:
    """The rule of today, not of the day it came: what is kept shorter or longer by decree, is so for all."""
    pack = pack_of_division(row.division)
    own = f"{GENERAL}_{row.source}"
    found = pack.find(own, on) or pack.row(GENERAL, on)
    months = int(found.value)
    return Retained(row, months, due_on(row.received_on, months), found.source, found.is_verified)
