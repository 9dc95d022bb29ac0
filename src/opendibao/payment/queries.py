"""发放查询: what was owed, paid and returned; sums come from the ledger, rows from what the ledger books."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.ids import reach_of
from opendibao.payment.booked import AreaRow, Booked, PlaceRow, booked
from opendibao.payment.calendar import PayCalendar, pay_calendar
from opendibao.payment.control import ControlRow, StandingRow, control_totals, run_of, standing
from opendibao.payment.equation import ChangeRow, Equation, Term, equation, equation_rows
from opendibao.payment.hold_queries import HoldRow, holds
from opendibao.payment.ledger import LedgerState, verify
from opendibao.payment.precheck_queries import (
    CheckRow,
    FindingRow,
    Gates,
    TownRow,
    check_table,
    confirmations,
    findings,
    gates,
)

__all__ = [
    "AreaRow",
    "Booked",
    "ChangeRow",
    "CheckRow",
    "ControlRow",
    "Equation",
    "FindingRow",
    "Gates",
    "HistoryRow",
    "HoldRow",
    "LedgerState",
    "MonthRow",
    "PaidRow",
    "PayCalendar",
    "PlaceRow",
    "ReturnRow",
    "StandingRow",
    "Term",
    "TownRow",
    "booked",
    "check_table",
    "confirmations",
    "control_totals",
    "equation",
    "equation_rows",
    "findings",
    "gates",
    "holds",
    "line_history",
    "month_row",
    "month_table",
    "paid_fen",
    "paid_lines",
    "paid_total",
    "pay_calendar",
    "returned_lines",
    "run_of",
    "standing",
    "verify",
]

# the bounds let the lines be read in the order of their index, which a join would not
MONTHS = """
WITH runs AS (SELECT min(id) AS low, max(id) AS high FROM payment_payrun WHERE month BETWEEN %(first)s AND %(last)s),
owed AS (
  SELECT run_id, count(*) AS households, sum(persons)::bigint AS persons, sum(fen)::bigint AS fen
  FROM (SELECT run_id, household_id, max(persons) AS persons, sum(amount_fen) AS fen
    FROM payment_payline WHERE run_id BETWEEN (SELECT low FROM runs) AND (SELECT high FROM runs)
    GROUP BY run_id, household_id) AS household
  GROUP BY run_id),
tried AS (
  SELECT own.id AS run_id, coalesce(sum(a.amount_fen) FILTER (WHERE a.state = 'paid'), 0)::bigint AS paid_fen,
    count(*) FILTER (WHERE a.state = 'returned') AS returned,
    count(*) FILTER (WHERE a.state = 'paid' AND a.number > 1) AS reissued,
    -- what was held back and went out with a later month's file says nothing of how punctual this one was
    max(a.booked_on) FILTER (WHERE a.number = 1 AND a.run_id = own.id) AS last_booked_on,
    bool_and(a.state IN ('paid', 'returned')) FILTER (WHERE a.number = 1 AND a.run_id = own.id) AS is_answered
  FROM payment_attempt a JOIN payment_payline line ON line.id = a.line_id
  JOIN payment_payrun own ON own.id = line.run_id
  WHERE own.month BETWEEN %(first)s AND %(last)s GROUP BY own.id)
SELECT r.id, r.month, r.state, coalesce(owed.households, 0), coalesce(owed.persons, 0), coalesce(owed.fen, 0),
  coalesce(tried.paid_fen, 0), coalesce(tried.returned, 0), coalesce(tried.reissued, 0), tried.last_booked_on,
  coalesce(tried.is_answered, false), r.due_on
FROM payment_payrun r LEFT JOIN owed ON owed.run_id = r.id
LEFT JOIN tried ON tried.run_id = r.id
WHERE r.month BETWEEN %(first)s AND %(last)s ORDER BY r.month
"""
BOOKED = """
FROM payment_ledgerleg leg
WHERE leg.account = 'paid' AND leg.booked_on BETWEEN %(first)s AND %(last)s
  AND starts_with(leg.division, %(reach)s) AND (%(area)s = '' OR leg.area = %(area)s)
  AND starts_with(leg.attempt_id, %(month)s)
"""
PAID_ROWS = f"""
WITH page AS (
  SELECT leg.attempt_id, leg.area, leg.fen, leg.booked_on, leg.division {BOOKED}
  ORDER BY left(leg.attempt_id, 6) COLLATE "C", leg.division COLLATE "C", leg.attempt_id COLLATE "C"
  LIMIT %(limit)s OFFSET %(offset)s)
SELECT line.month, h.number, line.snapshot ->> 'head', line.division, page.area, line.persons, page.fen,
  page.booked_on, a.account, a.e2e, line.snapshot ->> 'decision'
FROM page
JOIN payment_attempt a ON a.e2e = page.attempt_id
JOIN payment_payline line ON line.id = a.line_id
JOIN registry_household h ON h.id = line.household_id
ORDER BY left(page.attempt_id, 6) COLLATE "C", page.division COLLATE "C", page.attempt_id COLLATE "C"
"""
RETURNED = """
SELECT line.month, h.number, line.division, a.amount_fen, a.sent_on, a.reason, a.e2e, again.e2e, again.sent_on,
  again.booked_on
FROM payment_attempt a
JOIN payment_payline line ON line.id = a.line_id
JOIN registry_household h ON h.id = line.household_id
LEFT JOIN payment_attempt again ON again.line_id = a.line_id AND again.number = a.number + 1
WHERE a.state = 'returned' AND a.sent_on BETWEEN %(first)s AND %(last)s ORDER BY line.month, line.division, h.number
"""
HISTORY = """
SELECT line.id, line.month, line.kind, d.number, line.persons, line.amount_fen, line.supplement_fen, a.e2e, a.account,
  coalesce(a.state, ''), a.sent_on, a.booked_on, coalesce(a.reason, ''), coalesce(taken.fen, 0)
FROM payment_payline line
LEFT JOIN payment_offset taken ON taken.line_id = line.id
JOIN decision_decision d ON d.id = line.decision_id
LEFT JOIN payment_attempt a ON a.line_id = line.id
WHERE line.household_id = %(household)s ORDER BY line.month DESC, line.supplement_no, a.number
"""


@dataclass(frozen=True)
class MonthRow:
    """A month of the year: what was owed and booked (fen), and when the last first sending was booked."""

    run_id: int
    month: date
    state: str
    households: int
    persons: int
    fen: int
    paid_fen: int
    returned: int
    reissued: int
    last_booked_on: date | None
    is_answered: bool
    due_on: date

    @property
    def is_on_time(self) -> bool | None:
        """Whether the bank booked the last first sending by the due day; None while answers are missing."""
        if not self.is_answered or self.last_booked_on is None:
            return None
        return self.last_booked_on <= self.due_on


@dataclass(frozen=True)
class PaidRow:
    """A booked sending; `month` is the month it is for, `fen` the amount booked."""

    month: date
    household: str
    head: str | None
    division: str
    area: str
    persons: int
    fen: int
    booked_on: date
    account: str
    e2e: str
    decision: str


@dataclass(frozen=True)
class ReturnRow:
    """A sending that came back, and the one that followed it (None: none yet)."""

    month: date
    household: str
    division: str
    fen: int
    sent_on: date
    reason: str
    e2e: str
    again_e2e: str | None
    again_sent_on: date | None
    again_booked_on: date | None


@dataclass(frozen=True)
class HistoryRow:
    """A sending of a household's line (one row without sending where none was made yet); amounts in fen.

    Of `fen` the part `offset_fen` goes against a receivable; the rest is what is sent.
    """

    line_id: int
    month: date
    kind: str
    decision: str
    persons: int
    fen: int
    supplement_fen: int
    e2e: str | None
    account: str | None
    state: str
    sent_on: date | None
    booked_on: date | None
    reason: str
    offset_fen: int = 0

    @property
    def sent_fen(self) -> int:
        """What of it goes to the bank."""
        return self.fen - self.offset_fen


def _year(year: int) -> dict[str, object]:
    return {"first": date(year, 1, 1), "last": date(year, 12, 31)}


def _booked(year: int, area: str, month: date | None, division: str) -> dict[str, object]:
    begins = f"{month:%Y%m}" if month else ""
    return {**_year(year), "area": area, "month": begins, "reach": reach_of(division) if division else ""}


def month_table(year: int) -> list[MonthRow]:
    """The pay runs of a year, month by month."""
    return read_whole(MonthRow, MONTHS, _year(year))


def month_row(month: date) -> MonthRow | None:
    """The pay run of one month; None before it was computed."""
    # one run of many: found by index, unlike the year
    rows = read(MonthRow, MONTHS, {"first": month, "last": month})
    return rows[0] if rows else None


def paid_total(year: int, *, area: str = "", month: date | None = None, division: str = "") -> tuple[int, int]:
    """How many sendings the bank booked in a year, and how many fen; `month` is the month they were for."""
    found = booked(year).within(area=area, month=month, division=division)
    return found.lines, found.fen


def paid_fen(year: int, area: str | None = None) -> int:
    """Fen booked by the bank in a calendar year, from the ledger; `area` is rural, urban or None for both."""
    return paid_total(year, area=area or "")[1]


def paid_lines(
    year: int, *, area: str = "", month: date | None = None, division: str = "", limit: int = 50, offset: int = 0
) -> list[PaidRow]:
    """The rows behind `paid_total`, page by page."""
    # a page of rows is few: joined row by row, unlike the sums
    return read(PaidRow, PAID_ROWS, {**_booked(year, area, month, division), "limit": limit, "offset": offset})


def returned_lines(year: int) -> list[ReturnRow]:
    """What the bank returned of a year's sendings, and what was sent again."""
    return read(ReturnRow, RETURNED, _year(year))  # few rows, found by their index and joined one by one


def line_history(household_id: int) -> list[HistoryRow]:
    """All a household was owed and how it was sent, latest month first."""
    return read(HistoryRow, HISTORY, {"household": household_id})
