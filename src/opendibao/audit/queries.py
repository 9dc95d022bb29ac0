"""查账: what was done, and whether the chain still holds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from opendibao.audit.models import Event, Viewing

STATE = """
SELECT current_database(), current_setting('app.division', true), {heads}, (
  SELECT json_object_agg(package, changes) FROM (
    SELECT split_part(relname, '_', 1) AS package, sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint AS changes
    FROM pg_stat_user_tables GROUP BY 1) AS counted)
"""


@dataclass(frozen=True)
class Source:
    """What an answer is counted from: packages whose tables it reads, and actions that leave those alone."""

    packages: tuple[str, ...]
    quiet: tuple[str, ...]


@dataclass(frozen=True)
class ChainState:
    """How many links a chain has and the first one whose hash or link does not hold (None: all hold)."""

    events: int
    first_broken: int | None


def verify_chain() -> ChainState:
    """Recompute the whole chain in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_broken_event(), (SELECT count(*) FROM audit_event)")
        broken, count = cursor.fetchone()
    return ChainState(count, broken)


def verify_views() -> ChainState:
    """Recompute the chain of viewings in the database; `events` counts viewings."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_broken_view(), (SELECT count(*) FROM audit_viewing)")
        broken, count = cursor.fetchone()
    return ChainState(count, broken)


def views_of(subject: str) -> list[Viewing]:
    """Who opened a record and when, oldest first."""
    return list(Viewing.objects.filter(subject=subject))


def events_of(subject: str) -> list[Event]:
    """All events of one subject, oldest first."""
    return list(Event.objects.filter(subject=subject))


def event(event_id: int) -> Event | None:
    """One event by its number; None where the session does not see it."""
    return Event.objects.filter(pk=event_id).first()


def data_states(sources: Sequence[Source]) -> dict[Source, tuple[object, ...]]:
    """What stands for the data of each source as this session sees them: equal states mean equal answers.

    Every action leaves an event in its transaction, and the chain's lock makes events commit in their order; events
    of a source's quiet actions, which touch none of its tables, do not count. The database's own counters of changed
    rows tell, within seconds, of a change made behind the application's back.
    """
    heads = ", ".join(["audit_head_but(%s)"] * len(sources))
    with connection.cursor() as cursor:
        cursor.execute(STATE.format(heads=heads), [list(source.quiet) for source in sources])
        database, division, *found, changes = cursor.fetchone()
    counted = json.loads(changes) if isinstance(changes, str) else changes
    return {
        source: (database, division, head, *(counted.get(package) for package in source.packages))
        for source, head in zip(sources, found, strict=True)
    }
