"""读行: runs a SELECT and returns typed rows; the columns stand in the order of the dataclass."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

Row = TypeVar("Row")
WHOLE = "opendibao_whole_tables"
Parameters = Mapping[str, Any]  # what psycopg adapts: text, whole numbers, dates, lists of them


@contextmanager
def over_whole_tables() -> Iterator[None]:
    """Around queries that read all rows of a table: join by hash or merge, never row by row.

    PostgreSQL takes a row-level policy to let one row in two hundred through and so believes every join to be
    tiny; joining 5,000 households row by row took it 30 s, by hash 0.05 s. One block inside another adds nothing.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    if getattr(wrapper, WHOLE, False):
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        setattr(wrapper, WHOLE, True)
        try:
            yield
        finally:
            setattr(wrapper, WHOLE, False)
        cursor.execute("SET LOCAL enable_nestloop = on")  # after an error the rollback does it


def read(row: type[Row], sql: str, parameters: Parameters) -> list[Row]:
    """All rows of a query as `row` objects."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(parameters))
        return [row(*cells) for cells in cursor.fetchall()]


def read_whole(row: type[Row], sql: str, parameters: Parameters) -> list[Row]:
    """`read` for a query over whole tables."""
    with over_whole_tables():
        return read(row, sql, parameters)


def execute(sql: str, parameters: Parameters) -> int:
    """Run one INSERT or UPDATE; returns how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(parameters))
        return int(cursor.rowcount)


def first_row(sql: str, parameters: Parameters) -> tuple[object, ...] | None:
    """The first row of a query, None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, dict(parameters))
        row: tuple[object, ...] | None = cursor.fetchone()
    return row
