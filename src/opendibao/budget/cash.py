"""资金头寸: month by month what was carried over, came, was bound, went out, came back and is left, by level.

Bound money is told by the ledger's budget legs: finance's approval of a run binds it, what is not paid after all comes
back. The money of a run belongs to its month, even where finance approves on the last working day before. What the bank
was sent and returned has no level in the ledger, so that it stands for all levels together.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.budget.arrivals import STANDS
from opendibao.kernel.month import add_months, month_of, year_months
from opendibao.policy.shares import LEVELS

# the first budget year for which the county keeps arrivals; runs before it were paid from money nobody entered
STARTED = f"started AS (SELECT make_date(min(a.year), 1, 1) AS day FROM budget_fundarrival a WHERE {STANDS})"
CAME = f"""
WITH {STARTED}
SELECT date_trunc('month', fund_available_on(a))::date, a.level,
  CASE WHEN a.source = 'carried' AND a.amount_fen > 0 THEN 'carried' ELSE 'arrived' END, sum(a.amount_fen)::bigint
FROM budget_fundarrival a WHERE a.arrived_on <= %(on)s GROUP BY 1, 2, 3
UNION ALL
SELECT date_trunc('month', greatest(g.booked_on, r.month))::date, g.level, 'committed', -sum(g.fen)::bigint
FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_payrun r ON r.id = e.run_id
CROSS JOIN started
WHERE g.account = 'budget' AND g.booked_on <= %(on)s AND r.month >= started.day GROUP BY 1, 2
"""
# a sending is a plus in transit; what the bank gave back a plus among the returned
WENT = f"""
WITH {STARTED}
SELECT date_trunc('month', greatest(g.booked_on, r.month))::date, '',
  CASE g.account WHEN 'transit' THEN 'sent' ELSE 'returned' END, sum(g.fen)::bigint
FROM payment_ledgerleg g JOIN payment_ledgerentry e ON e.id = g.entry_id JOIN payment_payrun r ON r.id = e.run_id
CROSS JOIN started
WHERE g.account IN ('transit', 'returned') AND g.fen > 0 AND g.booked_on BETWEEN %(first)s AND %(on)s
  AND r.month >= started.day GROUP BY 1, 3
"""
SIGNS = {"carried": 1, "arrived": 1, "committed": -1}


@dataclass(frozen=True)
class Flow:
    """Fen of a month and level ("" all together): carried, arrived, committed, sent or returned."""

    month: date
    level: str
    kind: str
    fen: int


@dataclass(frozen=True)
class CashRow:
    """A month's money of a level ("" all together) in fen; `left_fen` below zero was advanced by the other levels."""

    level: str
    carried_fen: int
    arrived_fen: int
    committed_fen: int

    @property
    def left_fen(self) -> int:
        """What is free at the end of the month."""
        return self.carried_fen + self.arrived_fen - self.committed_fen


@dataclass(frozen=True)
class CashMonth:
    """A month: all levels together, each level, and what went to the bank and came back from it (fen)."""

    month: date
    total: CashRow
    levels: tuple[CashRow, ...]
    sent_fen: int
    returned_fen: int


def keeps_arrivals() -> bool:
    """Whether the county enters what came; where it does not, nothing can be said of its cash.

    An entry that is wholly taken back was none.
    """
    return read(bool, f"SELECT EXISTS (SELECT FROM budget_fundarrival a WHERE {STANDS})", {})[0]


def flows(on: date) -> list[Flow]:
    """What came and what was bound up to a day, by month and level; a later year's money stands in its first month."""
    return read(Flow, CAME, {"on": on})


def cash(year: int, on: date) -> list[CashMonth]:
    """The months of a year up to a day, as the ledger and the entries stand on it; empty where nothing is entered.

    A month that has not come is among them where its run is approved.
    """
    if not keeps_arrivals():
        return []
    first = date(year, 1, 1)
    # a run of January may be sent on the last working day of the year before
    went = read_whole(Flow, WENT, {"on": on, "first": add_months(first, -1)})
    found: dict[tuple[date, str, str], int] = defaultdict(int)
    for flow in [*flows(on), *went]:
        found[flow.month, flow.level, flow.kind] += flow.fen
    last = max([month_of(on), *(month for month, _, kind in found if kind == "committed")])
    left = {level: _before(found, level, first) for level in LEVELS}
    months = []
    for month in year_months(year):
        if month <= last:
            months.append(_month(found, month, left))
            left = {row.level: row.left_fen for row in months[-1].levels}
    return months


def _before(found: dict[tuple[date, str, str], int], level: str, first: date) -> int:
    """What a level had left when the year began."""
    return sum(SIGNS[kind] * fen for (month, of, kind), fen in found.items() if of == level and month < first)


def _month(found: dict[tuple[date, str, str], int], month: date, left: dict[str, int]) -> CashMonth:
    def of(level: str, kind: str) -> int:
        return found.get((month, level, kind), 0)

    levels = tuple(
        CashRow(level, left[level] + of(level, "carried"), of(level, "arrived"), of(level, "committed"))
        for level in LEVELS
    )
    total = CashRow(
        "", sum(row.carried_fen for row in levels), sum(row.arrived_fen for row in levels),
        sum(row.committed_fen for row in levels),
    )  # fmt: skip
    return CashMonth(month, total, levels, of("", "sent"), of("", "returned"))


def year_use(year: int, on: date) -> list[CashRow]:
    """A year's money by level in fen: carried over into it, arrived, bound, and what is left to be carried on."""
    months = cash(year, on)
    by_level = zip(*(month.levels for month in months), strict=True)
    return [
        CashRow(
            rows[0].level, rows[0].carried_fen, sum(row.arrived_fen for row in rows),
            sum(row.committed_fen for row in rows),
        )
        for rows in by_level
    ]  # fmt: skip
