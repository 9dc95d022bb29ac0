"""待提标: new standards, in force or soon, to which families in force have not been taken and nobody is taking them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from opendibao.audit.sql_rows import read
from opendibao.decision.standard_change import (
    RESTS_ON,
    StandardChange,
    areas_of,
    month_from,
    standard_changes,
)
from opendibao.policy.pack import Pack
from opendibao.rulemaking.queries import pack_in_force

DAYS_AHEAD = 45
"""A new standard is told of a month and a half before its day: its uprating may be approved a month before."""
# those by the former numbers; whom an uprating took there, sent to review, or is about to take there, is in hand
BEHIND = """
SELECT count(*)::int FROM decision_decision d
WHERE d.in_force @> %(on)s::date AND d.amount_fen > 0 AND d.kind <> 'grace' AND d.area = ANY(%(areas)s)
  AND coalesce(d.reckoned_on, d.decided_on) < %(since)s
  AND NOT EXISTS (SELECT FROM decision_upratingline l JOIN decision_uprating u ON u.id = l.uprating_id
    WHERE l.former_id = d.id AND u.since = %(since)s AND u.state <> 'withdrawn')
"""


@dataclass(frozen=True)
class StandardAhead:
    """A new standard: its day, the first month that it is owed for, and how many households are still by the former."""

    since: date
    month: date
    changes: tuple[StandardChange, ...]
    households: int


def standards_ahead(on: date, *, days: int) -> Iterator[StandardAhead]:
    """What is in force on a day or will be within so many days, and has households behind it; the oldest first."""
    pack = pack_in_force()
    for since in sorted(_days_of_change(pack, on, on + timedelta(days=days))):
        month = month_from(since)
        changes = standard_changes(pack, month, since=since)
        if changes:
            asked = {"on": on, "areas": areas_of(changes), "since": since}
            if households := read(int, BEHIND, asked)[0]:
                yield StandardAhead(since, month, changes, households)


def _days_of_change(pack: Pack, *days: date) -> set[date]:
    """The days since when the numbers of these days hold."""
    found = (pack.find(path, day) for path in pack.paths if path.split(".")[0] in RESTS_ON for day in days)
    return {row.since for row in found if row}
