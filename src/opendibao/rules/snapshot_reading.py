"""读快照: the row groups of a snapshot one after another, as the facts of a day."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from opendibao.formula.columns import Table
from opendibao.kernel.month import add_months, month_of
from opendibao.rules.case import month_number
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.snapshot import BORN, OF_THE_DAY, BadSnapshot, day_number, opened, read_manifest, schema
from opendibao.rules.snapshot_usual import Column, Rows


def groups(folder: Path) -> Iterator[dict[str, Rows]]:
    """The rows of each group of households, by entity and column; raises BadSnapshot by file and column."""
    read_manifest(folder)
    files = {entity: opened(folder, entity) for entity in FACTS}
    for group in range(files["household"].num_row_groups):
        yield {entity: _rows(folder, entity, file, group) for entity, file in files.items()}


def _rows(folder: Path, entity: str, file: pq.ParquetFile, group: int) -> Rows:
    try:
        read = file.read_row_group(group, columns=schema(entity).names)
    except (pa.ArrowInvalid, OSError):
        raise BadSnapshot(f"{folder / entity}.parquet：第{group + 1}组读不出来，文件已损坏，请重新生成快照") from None
    for name in read.column_names:
        if read[name].null_count:
            raise BadSnapshot(f"{folder / entity}.parquet：列 {name} 有空值，请重新生成快照")
    return {name: read[name].to_numpy() for name in read.column_names}


def table_on(rows: Mapping[str, Rows], on: date) -> Table:
    """Rows of a group as a case's facts stand on the day of decision: whole ages, the first month of payment."""
    sizes = {entity: len(next(iter(found.values()))) for entity, found in rows.items()}
    columns = {entity: _facts(entity, rows[entity], sizes[entity], on) for entity in FACTS}
    above = {entity: rows[entity][upper].astype(np.int64) for entity, upper in PARENTS.items() if upper}
    return Table(columns, above, sizes)


def _facts(entity: str, rows: Rows, size: int, on: date) -> dict[str, Column]:
    found = {}
    for name, fact in FACTS[entity].items():
        if name in OF_THE_DAY.get(entity, ()):
            found[name] = np.full(size, month_number(add_months(month_of(on), 1)))
        elif name == BORN.get(entity):
            found[name] = ages_on(rows["born"], on)
        else:
            found[name] = rows[name].astype(np.bool_ if fact.unit == "bool" else np.int64)
    if "death_month" in found:
        # who is born after the day stands as one who is gone, as in a case
        found["death_month"] = np.where(rows["born"] > day_number(on), 0, found["death_month"])
    return found


def ages_on(born: Column, on: date) -> Column:
    """Full years on a day of birthdays written yyyymmdd; zero where none is stated."""
    return np.where(born > 0, np.maximum(0, day_number(on) - born.astype(np.int64)) // 10_000, 0)
