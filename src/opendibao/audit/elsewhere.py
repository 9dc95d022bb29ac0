"""别的库: this thread reads for a while from another database of the same server, the sandbox, as the same role."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections


class DatabaseGone(RuntimeError):
    """There is no such database, or not any more."""


@contextmanager
def in_database(name: str) -> Iterator[None]:
    """Let the thread's connection be one to another database; nobody acts there until `acting` names somebody.

    The connection is of this block alone and ends with it. Raises DatabaseGone.
    """
    usual = connections[DEFAULT_DB_ALIAS]
    other = usual.copy()
    other.settings_dict["NAME"] = name
    other.settings_dict["OPTIONS"].pop("pool", None)  # a pool belongs to the usual database
    try:
        other.ensure_connection()
    except OperationalError:
        raise DatabaseGone(f"没有数据库 {name}，或已被删除") from None
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = usual
        other.close()
