"""账面余额: what the treasuries' books must show by level: what is free, and what is bound and not paid by voucher."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.budget.cash import SIGNS, STARTED, flows, keeps_arrivals
from opendibao.policy.shares import LEVELS

VOUCHERS = f"""
WITH {STARTED}
SELECT v.level, sum(v.fen)::bigint FROM payment_voucher v JOIN payment_payrun r ON r.id = v.run_id CROSS JOIN started
WHERE v.issued_on <= %(on)s AND r.month >= started.day GROUP BY v.level
"""


@dataclass(frozen=True)
class _Paid:
    level: str
    fen: int


@dataclass(frozen=True)
class BookRow:
    """A level's money on a day in fen: free (money for a later year among it), and bound but not paid by voucher.

    The level "" is what vouchers without level have paid: it lowers the sum and no level's own.
    """

    level: str
    free_fen: int
    unpaid_fen: int

    @property
    def book_fen(self) -> int:
        """What came and was carried over less what vouchers paid: the balance that the treasury's book must show."""
        return self.free_fen + self.unpaid_fen


def book(on: date) -> list[BookRow]:
    """Every level on a day, last what vouchers without level paid; empty where nothing is entered."""
    if not keeps_arrivals():
        return []
    free, bound = defaultdict[str, int](int), defaultdict[str, int](int)
    for flow in flows(on):
        free[flow.level] += SIGNS[flow.kind] * flow.fen
        if flow.kind == "committed":
            bound[flow.level] += flow.fen
    paid = {row.level: row.fen for row in read(_Paid, VOUCHERS, {"on": on})}
    rows = [BookRow(level, free[level], bound[level] - paid.get(level, 0)) for level in LEVELS]
    return [*rows, BookRow("", 0, -paid[""])] if paid.get("") else rows
