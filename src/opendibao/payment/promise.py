"""承诺: one thing that the ledger must keep, as a question to the database that answers only where it is broken."""

from dataclasses import dataclass

RELEASED_TO_BANK = "('approved', 'sent', 'closed')"
"""States of a run whose money finance has released, for SQL."""


@dataclass(frozen=True)
class Check:
    """One promise: `sql` returns a row (what is at fault) only where it is broken."""

    promise: str
    sql: str
