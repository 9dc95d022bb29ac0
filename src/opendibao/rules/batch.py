"""成批认定: decide the households of a snapshot in columns, group by group; the same for each as when decided alone."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from opendibao.formula.column_text import Known
from opendibao.formula.columns import Column, NotInOrder, Program, TooManyRows
from opendibao.kernel.month import add_months, last_day, month_text
from opendibao.rules.assess import PAID, TARGETS, TEKUN_TARGETS
from opendibao.rules.fields import MOST_ROWS
from opendibao.rules.law import Law, law_of
from opendibao.rules.snapshot import BadSnapshot, read_manifest, refuse_taken
from opendibao.rules.snapshot_columns import SnapshotColumns
from opendibao.rules.vocabulary import OUTCOMES, RULE_GAP, TEKUN

WRITTEN = ("outcome", "members", "monthly_benefit", "base_benefit", "supplements")
"""The values of a decision that the file holds, besides its first month."""
MONEY = ("monthly_benefit_fen", "base_benefit_fen", "supplement_fen")
_GAP = len(OUTCOMES)
_WORDS = pa.array([*OUTCOMES, RULE_GAP])
_ROOT = "household"
_PAID = np.isin([*OUTCOMES, RULE_GAP], PAID)
_STORED: dict[str, Any] = {
    "use_dictionary": ["outcome", "first_month"],
    "column_encoding": dict.fromkeys(("household_id", "members", *MONEY), "DELTA_BINARY_PACKED"),
    "compression": "none",
    "write_statistics": False,
}
"""Differences in as few bits as they need: smaller than plain numbers compressed, and half the time."""
_USUAL_ROWS = 8
"""Members of a household, incomes of a kind of a member: with no more of them, sums fit narrower numbers."""


def result_schema(law: Law, month: date, engine: str) -> pa.Schema:
    """The columns of a file of decisions, whichever engine made them, and what it says of itself."""
    said = {"rule_set": law.rule_set, "policy": law.pack.name, "month": month_text(month), "engine": engine}
    words = pa.dictionary(pa.int8(), pa.string())
    money = [(name, pa.int64()) for name in MONEY]
    columns = [("household_id", pa.int64()), ("outcome", words), ("members", pa.int32()), *money]
    return pa.schema([*columns, ("first_month", words)], metadata=said)


def assess_snapshot(
    folder: Path,
    month: date,
    out: Path,
    *,
    policy: str | None = None,
    told: Callable[[int], None] = lambda done: None,
) -> int:
    """Decide every household of a snapshot for a first month of money; the file appears only when it is whole.

    Gives the number of households; `told` hears how many are decided. Raises BadSnapshot naming file and column, and
    CaseError where the policy does not exist.
    """
    refuse_taken(out)
    law = law_of(policy or read_manifest(folder).policy)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    done = 0
    try:
        with _steady_memory(), pq.ParquetWriter(beside, result_schema(law, month, "numpy"), **_STORED) as writer:
            for decided in decisions(folder, month, law):
                writer.write_table(pa.Table.from_arrays(decided, schema=writer.schema))
                done += len(decided[0])
                told(done)
        beside.rename(out)
    finally:
        beside.unlink(missing_ok=True)
    return done


@contextmanager
def _steady_memory() -> Iterator[None]:
    """Arrow's own pool returns memory to the system after each group and has it mapped in again for the next."""
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(usual)


def decisions(folder: Path, month: date, law: Law) -> Iterator[list[pa.Array]]:
    """The decisions of each group of households, in the columns of `result_schema`.

    One after the other in one thread: what was read is still in the processor's cache when it is decided.
    """
    snapshot = SnapshotColumns(folder, last_day(add_months(month, -1)), month)
    program = _program(snapshot, law, _USUAL_ROWS)
    for group in range(snapshot.groups):
        table = snapshot.read(group, program)
        try:
            found, lacks = program.run(table, {})
        except TooManyRows:
            found, lacks = _in_wide_numbers(snapshot, law, group)
        except NotInOrder as fault:
            raise BadSnapshot(f"{folder} 第{group + 1}组：{fault}，请重新生成快照") from None
        yield _decided(table.columns[_ROOT]["household_id"], found, lacks, month)


def columns_read(folder: Path, month: date, law: Law) -> dict[str, list[str]]:
    """The columns of each file that are read for a month: those that the rules need, and that differ at all."""
    snapshot = SnapshotColumns(folder, last_day(add_months(month, -1)), month)
    return snapshot.stored(_program(snapshot, law, _USUAL_ROWS))


def _program(snapshot: SnapshotColumns, law: Law, rows: int) -> Program:
    plan, numbers = law.on(snapshot.day)
    return Program(plan, Known(snapshot.kinds(), numbers.values_by_path, rows), WRITTEN, TARGETS)


def _in_wide_numbers(snapshot: SnapshotColumns, law: Law, group: int) -> tuple[dict[str, Column], dict[str, Column]]:
    """The few groups with a household larger than usual."""
    program = _program(snapshot, law, MOST_ROWS)
    try:
        return program.run(snapshot.read(group, program), {})
    except (TooManyRows, NotInOrder) as fault:
        raise BadSnapshot(f"{snapshot.folder} 第{group + 1}组：{fault}，请重新生成快照") from None


def _decided(ids: Column, found: Mapping[str, Column], lacks: Mapping[str, Column], month: date) -> list[pa.Array]:
    outcome = found["outcome"].astype(np.int8, copy=False)
    values = [found[name] for name in WRITTEN[1:]]
    if lacks:
        outcome, values = _with_gaps(outcome, values, lacks)
    first = _array(np.zeros(len(ids), np.int8), np.packbits(_PAID.take(outcome), bitorder="little"))
    kinds = (np.int32, np.int64, np.int64, np.int64)
    return [
        _array(ids),
        pa.DictionaryArray.from_arrays(_array(outcome), _WORDS, safe=False),
        *(_array(column.astype(kind, copy=False)) for column, kind in zip(values, kinds, strict=True)),
        pa.DictionaryArray.from_arrays(first, pa.array([month_text(month)]), safe=False),
    ]


def _array(column: Column, known: Column | None = None) -> pa.Array:
    """Whole numbers as they lie in memory, and bits of which are known; pa.array takes 0.1 s the first time."""
    bits = None if known is None else pa.py_buffer(known)
    return pa.Array.from_buffers(pa.from_numpy_dtype(column.dtype), len(column), [bits, pa.py_buffer(column)])


def _with_gaps(outcome: Column, values: list[Column], lacks: Mapping[str, Column]) -> tuple[Column, list[Column]]:
    """Whoever needs a number that nobody has set is decided by nobody: no amounts, and members where they are known."""
    nobody = np.zeros(len(outcome), dtype=np.bool_)

    def some(names: tuple[str, ...]) -> Column:
        return reduce(np.logical_or, (lacks[name] for name in names if name in lacks), nobody)

    gap = some(("outcome",)) | np.where(outcome == TEKUN, some(TEKUN_TARGETS), some(TARGETS))
    members = np.where(some(("members",)), 0, values[0])
    return np.where(gap, np.int8(_GAP), outcome), [members, *(np.where(gap, 0, column) for column in values[1:])]
