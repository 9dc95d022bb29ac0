"""暂缓清单: what is held back, by whom and why, and how it ended."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

HOLDS = """
SELECT hold.id, hold.run_id, l.month, l.household_id, h.number, coalesce(l.snapshot ->> 'head', ''), hold.division,
  hold.amount_fen, hold.reason, hold.held_by, hold.held_on, hold.outcome, hold.settled_by, hold.settled_on, hold.note
FROM payment_hold hold JOIN payment_payline l ON l.id = hold.line_id JOIN registry_household h ON h.id = l.household_id
WHERE (%(run)s::bigint IS NULL OR hold.run_id = %(run)s)
  AND (%(is_open)s::boolean IS NULL OR (hold.outcome = '') = %(is_open)s)
ORDER BY l.month DESC, hold.division, h.number, hold.id
"""


@dataclass(frozen=True)
class HoldRow:
    """A line held back (fen), with its reason; outcome empty while it waits, else released or cancelled."""

    id: int
    run_id: int
    month: date
    household_id: int
    household: str
    head: str
    division: str
    fen: int
    reason: str
    held_by: str
    held_on: date
    outcome: str
    settled_by: str
    settled_on: date | None
    note: str


def holds(run_id: int | None = None, is_open: bool | None = None) -> list[HoldRow]:
    """Holds of a run (or of all), open or ended (or both); the newest month first."""
    return read(HoldRow, HOLDS, {"run": run_id, "is_open": is_open})
