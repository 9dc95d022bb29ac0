"""认定结果文件: what a month's money is for each household of a snapshot, when another engine has computed it."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from opendibao.kernel.month import month_text
from opendibao.rules.assess import PAID, TARGETS, TEKUN_TARGETS
from opendibao.rules.snapshot_usual import Column
from opendibao.rules.vocabulary import OUTCOMES, RULE_GAP, TEKUN

Found: TypeAlias = Mapping[str, Sequence[int | None]]
"""The values of `TARGETS`, one each household; None where a number that it needs is not in force."""
_AMOUNTS = ("monthly_benefit", "base_benefit", "supplements")
_WORDS = pa.array([*OUTCOMES, RULE_GAP])
_GAP = len(OUTCOMES)


def answers(ids: Column, found: Found, month: date, schema: pa.Schema) -> pa.Table:
    """The rows of the file: as `assess` answers each household, who lacks a number being a rule gap without amounts."""
    gap = _gaps(found)
    outcome = np.where(gap, _GAP, _whole(found["outcome"])).astype(np.int8)
    is_paid = np.isin(outcome, [OUTCOMES.index(word) for word in PAID])
    columns = [
        pa.array(ids),
        pa.DictionaryArray.from_arrays(outcome, _WORDS),
        pa.array(_whole(found["members"]).astype(np.int32)),
        *(pa.array(np.where(gap, 0, _whole(found[name]))) for name in _AMOUNTS),
        pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(ids), np.int8), mask=~is_paid), [month_text(month)]),
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _whole(values: Sequence[int | None]) -> Column:
    return np.array([value or 0 for value in values], dtype=np.int64)


def _gaps(found: Found) -> Column:
    """Who lacks a number that his decision needs; for a tekun household fewer are needed."""
    lacks = {name: np.array([value is None for value in found[name]], dtype=np.bool_) for name in TARGETS}
    some, of_tekun = (reduce(np.logical_or, [lacks[name] for name in names]) for names in (TARGETS, TEKUN_TARGETS))
    return np.where(_whole(found["outcome"]) == TEKUN, of_tekun, some)


def write_answers(out: Path, schema: pa.Schema, tables: Iterable[pa.Table]) -> int:
    """Write a file that appears only when it is whole; how many households it holds."""
    beside, done = out.with_name(f".{out.name}.{os.getpid()}"), 0
    try:
        with pq.ParquetWriter(beside, schema, compression="lz4") as writer:
            for table in tables:
                writer.write_table(table)
                done += table.num_rows
        os.replace(beside, out)
    finally:
        beside.unlink(missing_ok=True)
    return done
