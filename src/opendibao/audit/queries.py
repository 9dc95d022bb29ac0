"""查账: what was done, and whether the chain still holds."""

from dataclasses import dataclass

from django.db import connection

from opendibao.audit.models import Event

STATE = """
SELECT current_database(), current_setting('app.division', true), audit_head(),
  (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables
   WHERE relname NOT LIKE 'procrastinate%' AND relname NOT LIKE 'django%')::bigint
"""


@dataclass(frozen=True)
class ChainState:
    """How many events there are and the first one whose hash or link does not hold (None: all hold)."""

    events: int
    first_broken: int | None


def verify_chain() -> ChainState:
    """Recompute the whole chain in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT first_broken_event(), (SELECT count(*) FROM audit_event)")
        broken, count = cursor.fetchone()
    return ChainState(count, broken)


def events_of(subject: str) -> list[Event]:
    """All events of one subject, oldest first."""
    return list(Event.objects.filter(subject=subject))


def data_state() -> tuple[object, ...]:
    """What stands for all the data this session sees: equal states mean equal answers.

    Every action leaves an event in its transaction, and the chain's lock makes events commit in their order. The
    database's own counters of changed rows tell, within seconds, of a change made behind the application's back.
    """
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        return tuple(cursor.fetchone())
