"""变动待办: what was asked for and waits for another officer, what a family is late with, who is suspended for long."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.kernel.month import add_months
from opendibao.rulemaking.queries import pack_in_force

# what one officer asked for on one day for one reason is looked at and approved in one go: thousands of families'
# price supplement, or one family's missed months
GROUPS = """
SELECT min(o.id), o.kind, o.cause, o.made_by, o.made_on, min(o.month), max(o.month), count(*),
  count(DISTINCT o.household_id), sum(o.amount_fen)::bigint,
  CASE WHEN min(o.household_id) = max(o.household_id) THEN min(h.number) ELSE '' END,
  CASE WHEN min(o.household_id) = max(o.household_id) THEN min(o.household_id) ELSE 0 END,
  CASE WHEN min(o.household_id) = max(o.household_id) THEN min(o.division) ELSE '' END
FROM payment_payorder o JOIN registry_household h ON h.id = o.household_id WHERE o.outcome = ''
GROUP BY o.kind, o.cause, o.made_by, o.made_on ORDER BY o.made_on, min(o.id)
"""
ALIKE = """
SELECT o.id FROM payment_payorder o JOIN payment_payorder one
  ON (o.kind, o.cause, o.made_by, o.made_on) = (one.kind, one.cause, one.made_by, one.made_on)
WHERE one.id = %(order)s AND o.outcome = '' ORDER BY o.id
"""
# set off: only from money that is paid. Instalments in cash: one a month since they were agreed. Else by the due day.
LATE = """
SELECT * FROM (
  SELECT v.id, v.household_id, h.number, v.division, receivable_left(v.id) AS left_fen,
    CASE WHEN v.way = 'offset' OR v.monthly_fen IS NULL THEN v.due_on
      ELSE (v.agreed_on + (paid.fen / v.monthly_fen + 1) * interval '1 month')::date END AS due_on,
    CASE
      WHEN v.way = 'offset' THEN CASE WHEN EXISTS (
        SELECT FROM decision_decision d WHERE d.household_id = v.household_id AND d.in_force @> %(on)s::date
          AND d.amount_fen > 0) THEN '' ELSE 'no_money' END
      WHEN v.monthly_fen IS NOT NULL THEN CASE
        WHEN (v.agreed_on + (paid.fen / v.monthly_fen + 1) * interval '1 month')::date < %(on)s::date
        THEN 'instalment' ELSE '' END
      WHEN v.due_on < %(on)s::date THEN 'due' ELSE '' END AS why
  FROM payment_receivable v JOIN registry_household h ON h.id = v.household_id
  CROSS JOIN LATERAL (SELECT coalesce(sum(c.fen), 0)::bigint AS fen FROM payment_cashreturn c
    WHERE c.receivable_id = v.id AND c.returned_on >= coalesce(v.agreed_on, c.returned_on)) AS paid
  WHERE v.outcome = 'approved' AND receivable_left(v.id) > 0) AS stands
WHERE why <> '' ORDER BY due_on, id
"""
LONG = """
SELECT s.id, s.household_id, h.number, s.division, s.first_month, s.cause FROM payment_suspension s
JOIN registry_household h ON h.id = s.household_id
WHERE s.outcome = 'approved' AND s.until_month IS NULL AND s.first_month <= %(upto)s::date ORDER BY s.first_month, s.id
"""
MISSED = """
SELECT r.month, d.amount_fen - given_for(d.household_id, r.month) FROM decision_decision d
JOIN payment_payrun r ON d.months @> r.month AND r.state IN ('sent', 'closed')
WHERE d.household_id = %(household)s AND d.amount_fen > given_for(d.household_id, r.month)
  AND NOT EXISTS (SELECT FROM payment_receivablemonth m
    WHERE m.household_id = d.household_id AND m.month = r.month AND NOT m.is_refused)
  AND NOT EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = d.household_id AND s.outcome = 'approved'
    AND s.first_month <= r.month AND s.until_month IS NULL)
ORDER BY r.month
"""
# decisions that grant a month whose list has gone out, and nothing of the month is on a list or ordered; whoever is
# suspended or claimed back is looked at elsewhere
FORGOTTEN = """
SELECT d.household_id, d.division, r.month, d.amount_fen FROM payment_payrun r
JOIN decision_decision d ON d.months @> r.month AND d.amount_fen > 0
WHERE r.state IN ('sent', 'closed')
  AND NOT EXISTS (SELECT FROM payment_payline l
    WHERE l.household_id = d.household_id AND l.month = r.month AND l.kind IN ('regular', 'supplement'))
  AND NOT EXISTS (SELECT FROM payment_payorder o
    WHERE o.household_id = d.household_id AND o.month = r.month AND o.kind = 'supplement' AND o.outcome <> 'refused')
  AND NOT EXISTS (SELECT FROM payment_receivablemonth m
    WHERE m.household_id = d.household_id AND m.month = r.month AND NOT m.is_refused)
  AND NOT EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = d.household_id AND s.outcome = 'approved'
    AND s.first_month <= r.month AND s.until_month IS NULL)
"""
FORGOTTEN_ROWS = f"""
SELECT h.number, f.division, f.month, f.amount_fen FROM ({FORGOTTEN}) AS f
JOIN registry_household h ON h.id = f.household_id ORDER BY f.month, f.division, h.number
"""
# all of it as one list: what waits for another officer, then what is late, then who is suspended for long
TASKS = f"""
SELECT 'order', g.id, g.kind, g.household_id, g.division, g.households, g.fen, g.made_by, g.made_on, NULL::date,
  g.cause, g.first_month FROM ({GROUPS}) AS g (id, kind, cause, made_by, made_on, first_month, last_month, orders,
  households, fen, number, household_id, division)
UNION ALL
SELECT 'suspension', s.id, '', s.household_id, s.division, 1, 0, s.made_by, s.made_on, NULL, s.cause, s.first_month
FROM payment_suspension s WHERE s.outcome = ''
UNION ALL
SELECT 'receivable', v.id, '', v.household_id, v.division, 1, v.amount_fen, v.made_by, v.made_on, NULL, v.words,
  v.since_month FROM payment_receivable v WHERE v.outcome = ''
UNION ALL
SELECT 'waiver', w.id, '', v.household_id, w.division, 1, w.fen, w.made_by, w.made_on, NULL, w.cause, v.since_month
FROM payment_waiver w JOIN payment_receivable v ON v.id = w.receivable_id WHERE w.outcome = ''
UNION ALL
SELECT 'late', l.id, l.why, l.household_id, l.division, 1, l.left_fen, '', NULL, l.due_on, '', NULL
FROM ({LATE}) AS l (id, household_id, number, division, left_fen, due_on, why)
UNION ALL
SELECT 'long', s.id, '', s.household_id, s.division, 1, 0, '', s.first_month, NULL, s.cause, s.first_month
FROM ({LONG}) AS s (id, household_id, number, division, first_month, cause)
UNION ALL
SELECT 'forgotten', 0, '', CASE WHEN count(DISTINCT f.household_id) = 1 THEN min(f.household_id) ELSE 0 END, '',
  count(DISTINCT f.household_id), sum(f.amount_fen)::bigint, '', NULL, NULL, '', min(f.month)
FROM ({FORGOTTEN}) AS f HAVING count(*) > 0
"""
STANDING = f"""
SELECT
  EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = %(household)s AND s.outcome <> 'refused'),
  EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = %(household)s AND s.until_month IS NULL
    AND s.outcome = 'approved'),
  EXISTS (SELECT FROM payment_payorder o WHERE o.household_id = %(household)s AND o.outcome <> 'refused'
    AND NOT EXISTS (SELECT FROM payment_payline l WHERE l.household_id = o.household_id AND l.month = o.month
      AND l.kind = o.kind AND l.supplement_no = o.supplement_no)),
  EXISTS (SELECT FROM payment_receivable v WHERE v.household_id = %(household)s AND v.outcome <> 'refused'),
  count(missed.month), min(missed.month), coalesce(sum(missed.fen), 0)::bigint
FROM ({MISSED}) AS missed (month, fen)
"""
MONTHS = "pay.suspension_months"


@dataclass(frozen=True)
class OrderGroup:
    """Orders asked for together: how many, of how many households, their fen; `household` where it is one family's.

    `first_id` is the first of them, by which the group is named.
    """

    first_id: int
    kind: str
    cause: str
    made_by: str
    made_on: date
    first_month: date
    last_month: date
    orders: int
    households: int
    fen: int
    household: str
    household_id: int
    division: str


@dataclass(frozen=True)
class LateReceivable:
    """What a family should have given back by `due_on` and has not (fen left in all).

    `why`: due (the day passed), instalment (the month's part was not paid), no_money (it was to be set off, and the
    family gets nothing any more).
    """

    id: int
    household_id: int
    household: str
    division: str
    left_fen: int
    due_on: date
    why: str


@dataclass(frozen=True)
class LongSuspension:
    """A household whose money has been suspended for so many months that somebody must look at it."""

    id: int
    household_id: int
    household: str
    division: str
    first_month: date
    cause: str


@dataclass(frozen=True)
class ChangeTask:
    """Something to be done: `matter` is order, suspension, receivable or waiver (approval by another than `made_by`),
    late, long or forgotten; `what` the orders' kind or why it is late; fen where it is about a sum.
    """

    matter: str
    id: int
    what: str
    household_id: int
    division: str
    households: int
    fen: int
    made_by: str
    since: date | None
    due_on: date | None
    words: str
    month: date | None


@dataclass(frozen=True)
class ChangeStanding:
    """Whether a household's money was suspended or is to be, is now, has orders on no list yet, must give back.

    `missed_fen` of `missed_months` from `missed_since` on.
    """

    has_suspensions: bool
    is_suspended: bool
    has_orders: bool
    has_receivables: bool
    missed_months: int
    missed_since: date | None
    missed_fen: int


@dataclass(frozen=True)
class Forgotten:
    """A household that got nothing for a month that its decision grants (fen), and nobody has ordered it."""

    household: str
    division: str
    month: date
    fen: int


@dataclass(frozen=True)
class MissedMonth:
    """A month for which a household got less than its decision grants, and by how many fen."""

    month: date
    fen: int


def order_groups() -> list[OrderGroup]:
    """Orders that wait for approval, by what was asked for together; the oldest first."""
    return read_whole(OrderGroup, GROUPS, {})


def asked_together(order_id: int) -> list[int]:
    """The ids of the orders that wait and were asked for together with this one, itself among them."""
    return read(int, ALIKE, {"order": order_id})


def late_receivables(on: date) -> list[LateReceivable]:
    """What is not given back by its day, the longest overdue first."""
    return read(LateReceivable, LATE, {"on": on})


def long_suspensions(on: date) -> list[LongSuspension]:
    """Suspensions without an end that began as many months ago as the parameter says, or more."""
    return read(LongSuspension, LONG, {"upto": _long_ago(on)})


def forgotten() -> list[Forgotten]:
    """Every month of every household that the lists passed over, the oldest first."""
    return read_whole(Forgotten, FORGOTTEN_ROWS, {})


def change_tasks(on: date) -> list[ChangeTask]:
    """What waits, is late or has lasted for long, in one question."""
    return read_whole(ChangeTask, TASKS, {"on": on, "upto": _long_ago(on)})


def _long_ago(on: date) -> date:
    """The month in which what has lasted for long began at the latest."""
    return add_months(on.replace(day=1), -pack_in_force().value(MONTHS, on))


def change_standing(household_id: int) -> ChangeStanding:
    """How a household stands beside its monthly payments, in one question."""
    return read(ChangeStanding, STANDING, {"household": household_id})[0]


def missed_months(household_id: int) -> list[MissedMonth]:
    """The months whose lists went out without what a household's decision grants; what is ordered already is none.

    A month that is claimed back, or in which its money is suspended, is left out.
    """
    return read(MissedMonth, MISSED, {"household": household_id})
