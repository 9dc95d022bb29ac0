"""查追缴: what families must give back and what is left of it, what was ordered, who is suspended, what is set off."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.ids import reach_of
from opendibao.payment.claiming import OverpaidMonth, deciding, overpaid
from opendibao.payment.models import ORDERED, RecoveryCause

__all__ = [
    "MovementRow",
    "OffsetSum",
    "OrderedRow",
    "OverpaidMonth",
    "ReceivableRow",
    "SuspensionRow",
    "WaiverRow",
    "deciding",
    "movements",
    "offset_sum",
    "order_count",
    "orders",
    "overpaid",
    "receivable_months",
    "receivables",
    "suspensions",
    "waivers",
]

RECEIVABLES = """
SELECT v.id, v.household_id, h.number, v.division, d.number, v.since_month, v.cause, v.words, v.amount_fen,
  coalesce((SELECT sum(fen) FROM payment_cashreturn c WHERE c.receivable_id = v.id), 0)::bigint,
  coalesce((SELECT sum(fen) FROM payment_offset o WHERE o.receivable_id = v.id), 0)::bigint,
  coalesce((SELECT sum(fen) FROM payment_waiver w WHERE w.receivable_id = v.id AND w.outcome = 'approved'), 0)::bigint,
  v.outcome, v.made_by, v.made_on, v.settled_by, v.settled_on, v.note, v.due_on, v.way, v.monthly_fen,
  v.agreed_on
FROM payment_receivable v JOIN registry_household h ON h.id = v.household_id
JOIN decision_decision d ON d.id = v.decision_id
WHERE (%(household)s::bigint IS NULL OR v.household_id = %(household)s) AND starts_with(v.division, %(reach)s)
  AND (%(receivable)s::numeric IS NULL OR v.id = %(receivable)s)
ORDER BY v.outcome <> '', v.made_on DESC, v.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
MONTHS = """
SELECT month, paid_fen, due_fen FROM payment_receivablemonth WHERE receivable_id = %(receivable)s ORDER BY month
"""
# a waiver that waits or was refused moves nothing
MOVEMENTS = """
SELECT * FROM (
  SELECT 'cash', c.returned_on, c.fen, c.receipt, c.officer FROM payment_cashreturn c
  WHERE c.receivable_id = %(receivable)s
  UNION ALL
  SELECT 'offset', r.frozen_on, o.fen, to_char(r.month, 'YYYY-MM'), r.maker FROM payment_offset o
  JOIN payment_payrun r ON r.id = o.run_id WHERE o.receivable_id = %(receivable)s
  UNION ALL
  SELECT 'waiver', w.settled_on, w.fen, w.cause, w.settled_by FROM payment_waiver w
  WHERE w.receivable_id = %(receivable)s AND w.outcome = 'approved') AS moved (kind, on_day, fen, words, officer)
ORDER BY on_day, kind, words
"""
ORDERS = """
SELECT o.id, o.household_id, h.number, o.division, o.month, o.kind, o.supplement_no, o.amount_fen, o.cause, d.number,
  o.made_by, o.made_on, o.outcome, o.settled_by, o.settled_on, o.note, r.month
FROM payment_payorder o JOIN registry_household h ON h.id = o.household_id
JOIN decision_decision d ON d.id = o.decision_id
LEFT JOIN payment_payline l ON l.household_id = o.household_id AND l.month = o.month AND l.kind = o.kind
  AND l.supplement_no = o.supplement_no
LEFT JOIN payment_payrun r ON r.id = l.run_id
WHERE (%(household)s::bigint IS NULL OR o.household_id = %(household)s) AND starts_with(o.division, %(reach)s)
  AND (%(order)s::numeric IS NULL OR o.id = %(order)s) AND (%(kind)s = '' OR o.kind = %(kind)s)
  AND (%(is_waiting)s::boolean IS NULL OR (o.outcome = '') = %(is_waiting)s)
  AND (NOT %(is_ahead)s OR o.outcome <> 'refused' AND l.id IS NULL)
ORDER BY o.outcome <> '', o.made_on DESC, o.division, h.number, o.month, o.id LIMIT %(limit)s OFFSET %(offset)s
"""
ORDER_COUNT = "SELECT count(*) FROM payment_payorder WHERE %(kind)s::text IN ('', kind)"
SUSPENSIONS = """
SELECT s.id, s.household_id, h.number, s.division, s.first_month, s.until_month, s.cause, s.made_by, s.made_on,
  s.outcome, s.settled_by, s.settled_on, s.note, s.lifted_by, s.lifted_on, s.lift_note, missed.months, missed.fen
FROM payment_suspension s JOIN registry_household h ON h.id = s.household_id
CROSS JOIN LATERAL (
  -- lists that went out without it, as far as its decisions grant the month and nothing was ordered for it
  SELECT count(*) AS months, coalesce(sum(d.amount_fen - given_for(s.household_id, r.month)), 0)::bigint AS fen
  FROM payment_payrun r JOIN decision_decision d ON d.household_id = s.household_id AND d.months @> r.month
    AND d.amount_fen > given_for(s.household_id, r.month)
  WHERE s.outcome = 'approved' AND r.month >= s.first_month AND coalesce(r.month < s.until_month, true)
    AND r.state IN ('sent', 'closed')) AS missed
WHERE (%(household)s::bigint IS NULL OR s.household_id = %(household)s) AND starts_with(s.division, %(reach)s)
  AND (%(suspension)s::numeric IS NULL OR s.id = %(suspension)s)
  AND (%(is_open)s::boolean IS NULL OR (s.until_month IS NULL AND s.outcome <> 'refused') = %(is_open)s)
ORDER BY s.until_month IS NOT NULL, s.made_on DESC, s.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
WAIVERS = """
SELECT w.id, w.receivable_id, v.household_id, h.number, w.division, w.fen, w.cause, w.made_by, w.made_on, w.outcome,
  w.settled_by, w.settled_on, w.note
FROM payment_waiver w JOIN payment_receivable v ON v.id = w.receivable_id
JOIN registry_household h ON h.id = v.household_id
WHERE (%(waiver)s::numeric IS NULL OR w.id = %(waiver)s)
  AND CASE WHEN %(receivable)s::numeric IS NOT NULL THEN w.receivable_id = %(receivable)s
    ELSE %(waiver)s::numeric IS NOT NULL OR w.outcome = '' END
ORDER BY w.made_on DESC, w.id DESC
"""
SET_OFF = "SELECT count(*), coalesce(sum(fen), 0)::bigint FROM payment_offset WHERE run_id = %(run)s"
ORDER_KINDS = dict(ORDERED)


@dataclass(frozen=True)
class ReceivableRow:
    """What a family must give back (fen): counted, given back in cash, set off, waived; `outcome` "" while it waits."""

    id: int
    household_id: int
    household: str
    division: str
    decision: str
    since_month: date
    cause: str
    words: str
    fen: int
    cash_fen: int
    offset_fen: int
    waived_fen: int
    outcome: str
    made_by: str
    made_on: date
    settled_by: str
    settled_on: date | None
    note: str
    due_on: date | None
    way: str
    monthly_fen: int | None
    agreed_on: date | None

    @property
    def left_fen(self) -> int:
        """What is left of it."""
        return self.fen - self.cash_fen - self.offset_fen - self.waived_fen

    @property
    def cause_zh(self) -> str:
        """The cause's name."""
        return str(RecoveryCause(self.cause).label)


@dataclass(frozen=True)
class MovementRow:
    """What lowered a receivable on a day: cash (words: receipt), offset (its month) or waiver (the hardship); fen."""

    kind: str
    on_day: date
    fen: int
    words: str
    officer: str


@dataclass(frozen=True)
class OrderedRow:
    """Money (fen) ordered for a month beside its line; `run_month` is the list it is on (None: on none yet)."""

    id: int
    household_id: int
    household: str
    division: str
    month: date
    kind: str
    supplement_no: int
    fen: int
    cause: str
    decision: str
    made_by: str
    made_on: date
    outcome: str
    settled_by: str
    settled_on: date | None
    note: str
    run_month: date | None

    @property
    def kind_zh(self) -> str:
        """The kind's name."""
        return ORDER_KINDS[self.kind]


@dataclass(frozen=True)
class SuspensionRow:
    """A household whose money is suspended, asked for, or was; `until_month` None while it lasts.

    `missed_fen` is what its decisions grant for the `missed_months` in which it got nothing so far.
    """

    id: int
    household_id: int
    household: str
    division: str
    first_month: date
    until_month: date | None
    cause: str
    made_by: str
    made_on: date
    outcome: str
    settled_by: str
    settled_on: date | None
    note: str
    lifted_by: str
    lifted_on: date | None
    lift_note: str
    missed_months: int
    missed_fen: int


@dataclass(frozen=True)
class WaiverRow:
    """What is to be given up of a receivable (fen) for a family in hardship; `outcome` "" while it waits."""

    id: int
    receivable_id: int
    household_id: int
    household: str
    division: str
    fen: int
    cause: str
    made_by: str
    made_on: date
    outcome: str
    settled_by: str
    settled_on: date | None
    note: str


@dataclass(frozen=True)
class OffsetSum:
    """How many lines of a run are set off in part, and by how many fen in all."""

    lines: int
    fen: int


def _asked(household_id: int | None, division: str, limit: int, offset: int) -> dict[str, object]:
    reach = reach_of(division) if division else ""
    return {"household": household_id, "reach": reach, "limit": limit, "offset": offset}


def receivables(
    household_id: int | None = None, division: str = "", *, receivable_id: int | None = None, limit: int = 50,
    offset: int = 0,
) -> list[ReceivableRow]:  # fmt: skip
    """What is to be recovered of a household or within a division, what waits for approval first."""
    asked = {**_asked(household_id, division, limit, offset), "receivable": receivable_id}
    return read(ReceivableRow, RECEIVABLES, asked)


def receivable_months(receivable_id: int) -> list[OverpaidMonth]:
    """The months of a receivable: what was paid and what was due."""
    return read(OverpaidMonth, MONTHS, {"receivable": receivable_id})


def movements(receivable_id: int) -> list[MovementRow]:
    """What lowered a receivable, the oldest first; what a list at work sets off is among it."""
    return read(MovementRow, MOVEMENTS, {"receivable": receivable_id})


def orders(
    household_id: int | None = None, division: str = "", *, order_id: int | None = None, kind: str = "",
    is_waiting: bool | None = None, is_ahead: bool = False, limit: int = 50, offset: int = 0,
) -> list[OrderedRow]:  # fmt: skip
    """What was ordered for a household or within a division, what waits for approval first.

    `is_ahead`: only what is on no list yet and was not refused.
    """
    asked = {
        **_asked(household_id, division, limit, offset), "order": order_id, "kind": kind, "is_waiting": is_waiting,
        "is_ahead": is_ahead,
    }  # fmt: skip
    return read_whole(OrderedRow, ORDERS, asked)


def order_count(kind: str = "") -> int:
    """How many orders `orders` lists."""
    return read_whole(int, ORDER_COUNT, {"kind": kind})[0]


def suspensions(
    household_id: int | None = None, division: str = "", *, suspension_id: int | None = None,
    is_open: bool | None = None, limit: int = 50, offset: int = 0,
) -> list[SuspensionRow]:  # fmt: skip
    """Suspensions of a household or within a division, what lasts first."""
    asked = {**_asked(household_id, division, limit, offset), "suspension": suspension_id, "is_open": is_open}
    return read(SuspensionRow, SUSPENSIONS, asked)


def waivers(receivable_id: int | None = None, *, waiver_id: int | None = None) -> list[WaiverRow]:
    """Waivers of a receivable, or one by its id, the newest first; of all, those that wait."""
    return read(WaiverRow, WAIVERS, {"receivable": receivable_id, "waiver": waiver_id})


def offset_sum(run_id: int) -> OffsetSum:
    """What of a run goes against receivables and so not to the bank."""
    return read(OffsetSum, SET_OFF, {"run": run_id})[0]
