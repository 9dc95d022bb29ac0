"""谁在办: the officer and the divisions of this database session; row-level security and audit read them."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from opendibao.kernel.duties import Duty

SET = "SELECT set_config('app.officer', %s, false), set_config('app.division', %s, false)"

REMEMBERED = "opendibao_session"


@dataclass(frozen=True)
class Session:
    """Who acts on this connection: name, reach (code prefix, see kernel.ids.reach_of) and duties."""

    officer: str = ""
    reach: str = ""
    duties: frozenset[Duty] = frozenset()


NOBODY = Session()


class NoOfficer(RuntimeError):
    """An action was called outside `acting`: nobody is named who does it."""


def _say(connection: BaseDatabaseWrapper, session: Session) -> None:
    """Tell the database session, and remember what it was told: asking back before each event doubles the queries."""
    setattr(connection, REMEMBERED, NOBODY)  # where telling fails, the connection is lost and nobody acts on it
    with connection.cursor() as cursor:
        cursor.execute(SET, [session.officer, session.reach])
    setattr(connection, REMEMBERED, session)


def _deny(sender: object, connection: BaseDatabaseWrapper, **_: object) -> None:
    """A fresh connection sees no row until somebody says who he is."""
    _say(connection, NOBODY)


connection_created.connect(_deny, dispatch_uid="rls-deny")


def current_session() -> Session:
    """Who acts on this thread's connection; NOBODY where none was named."""
    found: Session = getattr(_wrapper(), REMEMBERED, NOBODY)
    return found


def _wrapper() -> BaseDatabaseWrapper:
    """This thread's connection itself, not the proxy that stands for it."""
    return connections[DEFAULT_DB_ALIAS]


@contextmanager
def acting(officer: str, reach: str, duties: Collection[Duty]) -> Iterator[None]:
    """Act as a named officer within a reach (code prefix, see kernel.ids.reach_of) and for his duties; after that the
    former state returns.

    Session-level on purpose: SET LOCAL would be gone before a view opens its transaction.
    """
    before, now = current_session(), Session(officer, reach, frozenset(duties))
    if before == now:  # the same officer goes on: nothing to tell
        yield
        return
    _say(_wrapper(), now)
    try:
        yield
    finally:
        _say(_wrapper(), before)


def officer_name() -> str:
    """Who acts in this session; raises NoOfficer when nobody does."""
    officer = current_session().officer
    if not officer:
        raise NoOfficer("没有登记经办人，不能办理")
    return officer


def grant_app(role: str) -> None:
    """Give the app's role its rights after migrations; run as the owner. The role owns nothing."""
    with connection.cursor() as cursor:
        for statement in (
            f'GRANT USAGE ON SCHEMA public TO "{role}"',
            f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
            f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
            f'GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO "{role}"',
            f'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{role}"',
        ):
            cursor.execute(statement)
