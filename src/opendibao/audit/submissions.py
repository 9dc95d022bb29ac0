"""一次只办一遍: forms that were sent, and what happened to a subject since somebody last looked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import execute, read

DONE = "SELECT officer, content, led_to, said FROM audit_submission WHERE key = %(key)s"
KEEP = """
INSERT INTO audit_submission (key, officer, division, subject, content, at, led_to, said)
VALUES (%(key)s, %(officer)s, %(division)s, %(subject)s, %(content)s, %(at)s, %(led_to)s, %(said)s)
ON CONFLICT (key) DO NOTHING
"""
NEWEST = "SELECT coalesce(max(id), 0)::bigint FROM audit_event WHERE subject = %s"
SINCE = """
SELECT at, actor, action, payload::text FROM audit_event
WHERE subject = %(subject)s AND id > %(seen)s AND NOT (actor = %(actor)s AND at = %(at)s) ORDER BY id
"""


class DoneBefore(ValueError):
    """A form of this key is done already, by somebody else or with other contents; the text is what was said then."""


@dataclass(frozen=True)
class Submitted:
    """A form that was done: by whom, the hash of what was typed, where it led and what was said."""

    officer: str
    content: str
    led_to: str
    said: str


@dataclass(frozen=True)
class SubjectEvent:
    """Something done to a subject; `payload` is JSON text."""

    at: datetime
    actor: str
    action: str
    payload: str


def hold(name: str) -> None:
    """Whoever holds the same name waits until this transaction ends; call it inside one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def submitted(key: str) -> Submitted | None:
    """The form of this key as it was done; None where it was not, or not within the officer's sight."""
    return next(iter(read(Submitted, DONE, {"key": key})), None)


def keep_submission(
    key: str, *, division: str, subject: str, content: str, at: datetime, led_to: str, said: str
) -> None:
    """Note that the form of this key is done. Raises DoneBefore where it is, out of this officer's sight."""
    values = {"key": key, "division": division, "subject": subject, "content": content, "at": at, "led_to": led_to}
    if not execute(KEEP, {**values, "said": said, "officer": officer_name()}):
        raise DoneBefore("")


def newest_event(subject: str) -> int:
    """Id of the newest event of a subject, 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [subject])
        return int(cursor.fetchone()[0])


def events_since(subject: str, seen: int, *, at: datetime) -> list[SubjectEvent]:
    """Events of a subject after the one seen, oldest first, without what this officer himself does at this moment."""
    return read(SubjectEvent, SINCE, {"subject": subject, "seen": seen, "actor": officer_name(), "at": at})
