"""读行: typed rows, and queries over whole tables that leave the session as it was."""

from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.audit.sql_rows import execute, first_row, over_whole_tables, read, read_whole

pytestmark = pytest.mark.usefixtures("county")


@dataclass(frozen=True)
class Pair:
    n: int
    text: str


def nested_loops() -> object:
    row = first_row("SHOW enable_nestloop", {})
    assert row is not None
    return row[0]


def test_rows_come_as_objects_in_order() -> None:
    sql = "SELECT n, 'x' || n FROM generate_series(1, %(last)s) n"
    assert read(Pair, sql, {"last": 2}) == read_whole(Pair, sql, {"last": 2}) == [Pair(1, "x1"), Pair(2, "x2")]


def test_no_row_is_none() -> None:
    assert first_row("SELECT 1 WHERE false", {}) is None


def test_a_statement_says_how_many_rows_it_touched() -> None:
    assert execute("UPDATE registry_division SET name = name", {}) == 0


def test_whole_tables_are_not_joined_row_by_row_and_only_inside() -> None:
    with over_whole_tables():
        assert nested_loops() == "off"
    assert nested_loops() == "on"


def test_an_error_inside_leaves_the_session_as_it_was() -> None:
    with transaction.atomic():
        with pytest.raises(DatabaseError), over_whole_tables(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert nested_loops() == "on"
