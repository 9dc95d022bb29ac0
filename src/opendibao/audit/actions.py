"""记一笔: write events of the chain, one or many, inside the transaction of the action they tell of."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from opendibao.audit.bulk import copy_rows
from opendibao.audit.session import officer_name

EVENT = """
INSERT INTO audit_event (at, actor, action, subject, division, payload, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, '', '')
"""


def record(action: str, subject: str, *, division: str, at: datetime, payload: dict[str, object] | None = None) -> None:
    """Write one event; the actor is the session's officer. Raises NoOfficer when nobody acts."""
    content = json.dumps(payload or {}, ensure_ascii=False)
    with connection.cursor() as cursor:  # every action ends here, and nothing of the row is needed back
        cursor.execute(EVENT, [at, officer_name(), action, subject, division, content])


def record_many(action: str, rows: Iterable[tuple[str, str, dict[str, object]]], *, at: datetime) -> int:
    """Write one event per (subject, division, payload) of a set-based action; returns how many."""
    actor = officer_name()
    return copy_rows(
        "audit_event",
        ["at", "actor", "action", "subject", "division", "payload", "previous_hash", "hash"],
        (
            (at, actor, action, subject, division, json.dumps(payload, ensure_ascii=False), "", "")
            for subject, division, payload in rows
        ),
    )
