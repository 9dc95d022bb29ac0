"""谁在办: the officer and the divisions of this database session; row-level security and audit read them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

SET = "SELECT set_config('app.officer', %s, false), set_config('app.division', %s, false)"

REMEMBERED = "opendibao_session"


class NoOfficer(RuntimeError):
    """An action was called outside `acting`: nobody is named who does it."""


def _say(connection: BaseDatabaseWrapper, officer: str, reach: str) -> None:
    """Tell the database session, and remember what it was told: asking back before each event doubles the queries."""
    with connection.cursor() as cursor:
        cursor.execute(SET, [officer, reach])
    setattr(connection, REMEMBERED, (officer, reach))


def _deny(sender: object, connection: BaseDatabaseWrapper, **_: object) -> None:
    """A fresh connection sees no row until somebody says who he is."""
    _say(connection, "", "")


connection_created.connect(_deny, dispatch_uid="rls-deny")


def _current() -> tuple[str, str]:
    found: tuple[str, str] = getattr(_wrapper(), REMEMBERED, ("", ""))
    return found


def _wrapper() -> BaseDatabaseWrapper:
    """This thread's connection itself, not the proxy that stands for it."""
    return connections[DEFAULT_DB_ALIAS]


@contextmanager
def acting(officer: str, reach: str) -> Iterator[None]:
    """Act as a named officer within a reach (code prefix, see kernel.ids.reach_of); the former state returns after.

    Session-level on purpose: SET LOCAL would be gone before a view opens its transaction.
    """
    before = _current()
    if before == (officer, reach):  # the same officer goes on: nothing to tell
        yield
        return
    _say(_wrapper(), officer, reach)
    try:
        yield
    finally:
        _say(_wrapper(), *before)


def officer_name() -> str:
    """Who acts in this session; raises NoOfficer when nobody does."""
    officer = _current()[0]
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
