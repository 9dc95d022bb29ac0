"""钱上绝不能有的事: asked of the tables alone in one question, past every action and past the product's own check."""

from datetime import date
from functools import lru_cache
from typing import Any, cast

from django.db import connection

from opendibao.payment.booking import shares_of
from opendibao.payment.ledger import CHECKS
from opendibao.rulemaking.queries import pack_in_force
from tests.faults.money import forbidden

BALANCES = "SELECT account, area, sum(fen)::bigint FROM payment_ledgerleg GROUP BY account, area HAVING sum(fen) <> 0"
SENDINGS = "SELECT e2e, state, account FROM payment_attempt"
LINES = """
SELECT r.month, h.number, l.month, l.kind, l.supplement_no, l.amount_fen, coalesce(o.fen, 0) FROM payment_payline l
JOIN payment_payrun r ON r.id = l.run_id JOIN registry_household h ON h.id = l.household_id
LEFT JOIN payment_offset o ON o.line_id = l.id
"""
LEFT = "SELECT id, receivable_left(id) FROM payment_receivable"
FROZEN = """
SELECT l.household_id, l.decision_id, l.month, l.kind, l.supplement_no, l.division, l.area, l.persons, l.amount_fen,
  l.supplement_fen, l.snapshot::text, o.receivable_id, o.fen
FROM payment_payline l LEFT JOIN payment_offset o ON o.line_id = l.id WHERE l.run_id = $1 ORDER BY l.id
"""
PARAMETERS = ("runs", "central", "province", "city", "offset_share")
RUNS = "SELECT id, month FROM payment_payrun ORDER BY id"
_prepared: dict[str, str] = {}
_known_by: list[object] = []


def _raw() -> Any:
    """The driver's own connection; what was prepared on another one is forgotten."""
    connection.ensure_connection()
    raw = connection.connection
    if not _known_by or _known_by[0] is not raw:
        _known_by[:] = [raw]
        _prepared.clear()
    return cast(Any, raw)


def rows(question: str, *values: Any, types: str = "") -> list[tuple[Any, ...]]:
    """Rows of a question that is asked thousands of times: planned once for each connection."""
    raw = _raw()
    if question not in _prepared:
        _prepared[question] = f"asked_{len(_prepared)}"
        raw.execute(f"PREPARE {_prepared[question]} {types} AS {question}")
    given = f"({', '.join(['%s'] * len(values))})" if values else ""
    found: list[tuple[Any, ...]] = raw.execute(f"EXECUTE {_prepared[question]} {given}", values or None).fetchall()
    return found


def _whole_ledger() -> str:
    """All promises of the product's own check in one question."""
    text = " UNION ALL ".join(
        f"(SELECT '{check.promise}：' || fault FROM ({check.sql}) AS found (fault))" for check in CHECKS
    )
    for place, name in enumerate(PARAMETERS, 1):
        text = text.replace(f"%({name})s", f"${place}")
    return text


@lru_cache
def _shares(month: date) -> tuple[int, ...]:
    """What the three treasuries pay of a month, and the most that may be set off in it."""
    pack = pack_in_force()
    shares = shares_of(month, pack)
    most = pack.find("pay.offset_share", month)
    return (*(shares[place] for place in range(3)), most.value if most else 0)


def unkept() -> list[str]:
    """What the product's own check of the ledger finds."""
    runs = rows(RUNS)
    shares = [_shares(month) for _, month in runs]
    values = [[pk for pk, _ in runs], *[[share[place] for share in shares] for place in range(4)]]
    types = f"({', '.join(['bigint[]'] * len(values))})"
    return [fault for (fault,) in rows(_whole_ledger(), *values, types=types)]


def broken() -> list[str]:
    """What must never be."""
    return [what for part in (forbidden.RUNS, forbidden.BESIDE) for (what,) in rows(part)]


def balances() -> dict[tuple[str, str], int]:
    """What lies in each account of the ledger and area, in fen; empty accounts are left out."""
    return {(account, area): fen for account, area, fen in rows(BALANCES)}


def sendings() -> dict[str, tuple[str, str]]:
    """How every sending stands and whither it went, by its number."""
    return {e2e: (state, account) for e2e, state, account in rows(SENDINGS)}


def lines() -> dict[tuple[date, tuple[str, date, str, int]], tuple[int, int]]:
    """Every line by its run and key (household, month, kind, number): its fen, and what of it is set off."""
    return {(run, (home, month, kind, number)): (fen, off) for run, home, month, kind, number, fen, off in rows(LINES)}


def left() -> dict[int, int]:
    """What is left of each receivable, by its id."""
    return dict(rows(LEFT))


def frozen(run: int) -> list[tuple[Any, ...]]:
    """All that a run's list says, line by line."""
    return rows(FROZEN, run, types="(bigint)")
