"""记一笔: write events of the chain, inside the transaction of the action they tell of, and who viewed a record."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from opendibao.audit.bulk import copy_rows
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute

EVENT = """
INSERT INTO audit_event (at, actor, action, subject, division, payload, previous_hash, hash)
VALUES (%s, %s, %s, %s, %s, %s, '', '')
"""
# the same officer who reads on within ten minutes is on record already
VIEW = """
INSERT INTO audit_viewing (at, actor, division, subject, page, previous_hash, hash)
SELECT %(at)s::timestamptz, %(actor)s, %(division)s, %(subject)s, %(page)s, '', ''
WHERE NOT EXISTS (
  SELECT 1 FROM audit_viewing WHERE subject = %(subject)s AND actor = %(actor)s AND page = %(page)s
    AND at > %(at)s::timestamptz - interval '10 minutes' AND at <= %(at)s::timestamptz)
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


def record_view(subject: str, division: str, page: str, *, at: datetime) -> None:
    """Note that the session's officer opens a full record of a division. Raises NoOfficer when nobody looks."""
    seen = {"at": at, "actor": officer_name(), "division": division, "subject": subject, "page": page}
    execute(VIEW, seen)
