"""The statements are plain SQL: another database gives the same links from the same text."""

import re
import sqlite3
from importlib.resources import files
from typing import Any

import pyarrow as pa
import pytest

from opendibao.verification.linkage import engine
from opendibao.verification.linkage.engine import Linker, linked_of
from tests.verification.linkage.test_families import EXPECTED, OTHERS, ROWS
from tests.verification.linkage.written import MODEL, ZHANG, row, table, zhang

FUNCTIONS = {"substring", "length", "count", "sum", "max", "row_number", "lead"}
WORDS = {"in", "and", "or", "as", "over", "from", "join", "exists", "then", "when", "else", "where", "not"}


def _texts() -> dict[str, str]:
    folder = files("opendibao.verification.linkage") / "sql"
    places = [*folder.iterdir(), *(folder / "levels").iterdir()]
    return {place.name: re.sub(r"--.*", "", place.read_text("utf-8")) for place in places if place.is_file()}


@pytest.mark.parametrize("name", sorted(_texts()))
def test_a_statement_calls_only_what_every_database_has(name: str) -> None:
    called = {found.lower() for found in re.findall(r"\b([a-z_]+)\s*\(", _texts()[name], re.I)}

    assert called - WORDS <= FUNCTIONS


class Sqlite:
    """SQLite with the few ways in which a linker speaks to its database."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:")

    def cursor(self) -> "Sqlite":
        return self

    def register(self, name: str, given: pa.Table) -> None:
        columns, marks = ", ".join(given.column_names), ", ".join("?" * given.num_columns)
        self._database.execute(f"DROP TABLE IF EXISTS {name}")
        self._database.execute(f"CREATE TEMP TABLE {name} ({columns})")
        rows = zip(*(given[column].to_pylist() for column in given.column_names), strict=True)
        self._database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)

    def unregister(self, name: str) -> None:
        self._database.execute(f"DROP TABLE {name}")

    def execute(self, statement: str) -> sqlite3.Cursor:
        made = re.match(r"CREATE OR REPLACE TEMP (TABLE|VIEW) (\w+)", statement)
        if made:
            self._database.execute(f"DROP {made[1]} IF EXISTS {made[2]}")
        return self._database.execute(statement.replace("CREATE OR REPLACE", "CREATE", 1))

    def sql(self, statement: str) -> "Answer":
        return Answer(self._database.execute(statement))

    def close(self) -> None:
        self._database.close()


class Answer:
    """Rows of SQLite as a table."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._names = [column[0] for column in cursor.description]
        self._rows = cursor.fetchall()

    def to_arrow_table(self) -> pa.Table:
        columns = zip(*self._rows, strict=True) if self._rows else [[] for _ in self._names]
        return pa.table(dict(zip(self._names, map(list, columns), strict=True)))


@pytest.fixture
def in_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_database", lambda process, threads: Sqlite())


@pytest.mark.usefixtures("in_sqlite")
def test_another_database_gives_the_same_links() -> None:
    with Linker(table(*OTHERS)) as linker:
        found: list[Any] = linked_of(linker.link(table(*ROWS), MODEL), MODEL)

    assert found == EXPECTED


@pytest.mark.usefixtures("in_sqlite")
def test_another_database_leaves_out_who_is_not_the_same() -> None:
    with Linker(table(zhang())) as linker:
        rows = table(row(id_number=ZHANG, key="a"), row(id_number=ZHANG, key="b"))
        found = linked_of(linker.link(rows, MODEL, never=[("zhang", "a")]), MODEL)

    assert [(one.record, one.tier, one.score) for one in found] == [("b", "confirmed", 4000)]
