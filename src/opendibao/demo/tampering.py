"""改坏一笔: what somebody with the owner's rights could change behind the application's back; for the sandbox only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from opendibao.audit.sql_rows import first_row

MORE_FEN = 100_000
CHOSEN = """
SELECT l.id, l.area, l.amount_fen, to_char(l.month, 'YYYY-MM'), extract(year FROM a.booked_on)::int, h.number,
  coalesce(l.snapshot ->> 'head', ''), l.division
FROM payment_attempt a JOIN payment_payline l ON l.id = a.line_id JOIN registry_household h ON h.id = l.household_id
WHERE a.e2e = %(e2e)s AND a.number = 1 AND a.state = 'paid'
"""
# somebody who knows the books: line, sending and legs agree, and both sides of every booking are equal
LINE = "UPDATE payment_payline SET amount_fen = amount_fen + %s WHERE id = %s"
SENDING = "UPDATE payment_attempt SET amount_fen = amount_fen + %s WHERE e2e = %s"
LEGS = "UPDATE payment_ledgerleg SET fen = fen + sign(fen)::bigint * %s WHERE attempt_id = %s"
OTHER_SIDE = """
UPDATE payment_ledgerleg SET fen = fen - %s WHERE account = 'payable' AND fen < 0 AND area = %s
  AND entry_id = (SELECT entry_id FROM payment_ledgerleg WHERE attempt_id = %s AND account = 'transit' AND fen > 0)
"""
TOLD = """
SELECT id, action, (payload ->> 'total_fen')::bigint FROM audit_event
WHERE subject = %s AND action = '发放送银行' ORDER BY id LIMIT 1
"""
RETOLD = "UPDATE audit_event SET payload = jsonb_set(payload, '{total_fen}', to_jsonb(%s::bigint)) WHERE id = %s"


NO_SUCH = "没有首次就到账的发送“%s”，请从到账明细里另选一户"


class NothingToSpoil(ValueError):
    """There is no such sending or event; the text names it and the remedy."""


@dataclass(frozen=True)
class Spoiled:
    """What was changed: a payment (household, sending) or an event (its number and action), from and to in fen."""

    month: str
    year: int
    before_fen: int
    after_fen: int
    e2e: str = ""
    household: str = ""
    head: str = ""
    division: str = ""
    event: int = 0
    action: str = ""


def refuse_unknown(e2e: str) -> None:
    """Before a county is copied for it: raises NothingToSpoil where no first sending of this number was booked."""
    if first_row(CHOSEN, {"e2e": e2e}) is None:
        raise NothingToSpoil(NO_SUCH % e2e)


def spoil_payment(owner: psycopg.Connection[Any], e2e: str) -> Spoiled:
    """Raise one booked payment by 1,000 yuan in line, sending and ledger, the guards switched off.

    Raises NothingToSpoil where the number names no first sending that the bank booked.
    """
    found = owner.execute(CHOSEN, {"e2e": e2e}).fetchone()
    if found is None:
        raise NothingToSpoil(NO_SUCH % e2e)
    line, area, before, month, year, *family = found
    with _unguarded(owner, ("payment_payline", "payment_attempt", "payment_ledgerleg")):
        owner.execute(LINE, [MORE_FEN, line])
        owner.execute(SENDING, [MORE_FEN, e2e])
        owner.execute(LEGS, [MORE_FEN, e2e])
        owner.execute(OTHER_SIDE, [MORE_FEN, area, e2e])
    return Spoiled(month, year, before, before + MORE_FEN, e2e, *family)


def spoil_event(owner: psycopg.Connection[Any], month: str) -> Spoiled:
    """Raise the total in the event that tells of a month's sending (2024-12) by 1,000 yuan. Raises NothingToSpoil."""
    found = owner.execute(TOLD, [f"发放批次 {month}"]).fetchone()
    if found is None:
        raise NothingToSpoil(f"{month} 没有送银行的审计事件，请选一个已经送过银行的月份")
    event, action, before = found
    with _unguarded(owner, ("audit_event",)):
        owner.execute(RETOLD, [before + MORE_FEN, event])
    return Spoiled(month, int(month[:4]), before, before + MORE_FEN, event=event, action=action)


@contextmanager
def _unguarded(owner: psycopg.Connection[Any], tables: Sequence[str]) -> Iterator[None]:
    """Only a table's owner can do this; the names are constants of the program."""
    with owner.transaction():
        for table in tables:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
