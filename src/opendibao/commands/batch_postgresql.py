"""成批认定（数据库）: run a plan's SQL over the facts of many households in temporary tables; nothing stays behind."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import psycopg
import pyarrow as pa
from psycopg import sql
from pyarrow import csv

from opendibao.formula.columns import Column, Table
from opendibao.formula.graph import Plan
from opendibao.formula.scalar import ROOT
from opendibao.formula.sql import facts_used, statement_of, tables_of
from opendibao.kernel.month import add_months, last_day
from opendibao.rules.assess import TARGETS
from opendibao.rules.batch import result_schema
from opendibao.rules.law import Law, law_of
from opendibao.rules.snapshot import read_manifest, refuse_taken
from opendibao.rules.snapshot_answers import answers, write_answers
from opendibao.rules.snapshot_reading import groups, table_on

# a level's values differ from row to row: remembering them costs more than it saves
_SETTINGS = "SET LOCAL enable_memoize = off; SET LOCAL jit = off"


def assess_in_postgresql(
    connection: psycopg.Connection,
    folder: Path,
    month: date,
    out: Path,
    *,
    told: Callable[[int], None] = lambda done: None,
) -> int:
    """Decide every household of a snapshot for a first month of money, as `assess_snapshot` does in columns.

    Gives the number of households; the file appears only when it is whole. Raises BadSnapshot.
    """
    refuse_taken(out)
    law = law_of(read_manifest(folder).policy)
    schema = result_schema(law, month, "postgresql")
    return write_answers(out, schema, _decided(connection, folder, month, law, schema, told))


def _decided(
    connection: psycopg.Connection,
    folder: Path,
    month: date,
    law: Law,
    schema: pa.Schema,
    told: Callable[[int], None],
) -> Iterator[pa.Table]:
    on, done = last_day(add_months(month, -1)), 0
    plan, numbers = law.on(on)
    if not plan.absent:
        plan = plan.narrowed([(ROOT, name) for name in TARGETS])
    for rows in groups(folder):
        found = evaluate(connection, plan, table_on(rows, on), numbers, TARGETS)
        yield answers(rows[ROOT]["household_id"], found, month, schema)
        done += len(rows[ROOT]["household_id"])
        told(done)


def evaluate(
    connection: psycopg.Connection, plan: Plan, table: Table, parameters: Mapping[str, int], targets: Sequence[str]
) -> dict[str, list[int | None]]:
    """The values of household rules, one list each in the order of the table; None where a number is lacking.

    What it did in the database is given up at the end, and the temporary tables with it.
    """
    with connection.transaction(force_rollback=True), connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        cursor.execute(tables_of(plan).encode())
        for entity, names in facts_used(plan).items():
            _copy(cursor, entity, _rows(table, entity, names))
        cursor.execute(statement_of(plan, parameters, targets).encode())
        columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * (len(targets) + 1)
    return dict(zip(targets, (list(column) for column in columns[1:]), strict=True))


def _rows(table: Table, entity: str, names: Sequence[str]) -> pa.Table:
    columns: dict[str, Column] = {"_row": np.arange(table.sizes[entity])}
    if entity != ROOT:
        columns["_of"] = table.above[entity]
    return pa.table(columns | {name: table.columns[entity][name] for name in names})


def _copy(cursor: psycopg.Cursor, entity: str, rows: pa.Table) -> None:
    text = io.BytesIO()
    csv.write_csv(rows, text, csv.WriteOptions(include_header=False))
    into = sql.Identifier(f"{entity}_facts")
    with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT csv)").format(into)) as copy:
        copy.write(text.getbuffer())
    cursor.execute(sql.SQL("ANALYZE {}").format(into))
