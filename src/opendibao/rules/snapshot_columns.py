"""快照的列: what the files of a snapshot say of their columns, and the few columns of a group that a program needs."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from opendibao.formula.bounds import YES_NO, Span
from opendibao.formula.column_parts import bytes_for
from opendibao.formula.column_text import Kind, Target
from opendibao.formula.columns import Column, Program, Table
from opendibao.rules.case import month_number
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.snapshot import BORN, BadSnapshot, day_number, opened, read_manifest, schema

_ROOT = "household"
_UNTIL = "death_month"


class SnapshotColumns:
    """The files of a snapshot, of which only the columns that rules need are read."""

    def __init__(self, folder: Path, day: date, month: date) -> None:
        read_manifest(folder)
        self.folder, self.day, self.month = folder, day, month
        self.today = day_number(day)
        self.files = {entity: opened(folder, entity) for entity in FACTS}
        groups = {file.num_row_groups for file in self.files.values()}
        if len(groups) != 1:
            raise BadSnapshot(f"{folder}：各文件的行组数不同，请重新生成快照")
        self.groups = groups.pop()

    def kinds(self) -> dict[Target, Kind]:
        """What the files say of every fact: its type, its smallest and largest value."""
        number = month_number(self.month)
        found = {(_ROOT, "month"): Kind(0, (number, number))}
        for entity, file in self.files.items():
            stored = file.schema_arrow
            for field in schema(entity):
                place = stored.get_field_index(field.name)
                said = _said(file.metadata, place)
                self._refuse_empty(entity, field.name, sum(one.null_count or 0 for one in said if one is not None))
                kind = _kind(said, field.type)
                if field.name in FACTS[entity]:
                    found[entity, field.name] = kind
                elif field.name == "born":
                    found[entity, BORN[entity]] = self._age_kind(kind.span)
        at = ("member", _UNTIL)
        if self._has_unborn:
            found[at] = Kind(found[at].width, (0, found[at].span[1]))
        return found

    def _age_kind(self, born: Span) -> Kind:
        oldest = max(0, (self.today - (born[0] or 1_00_00)) // 10_000)
        return Kind(bytes_for((0, oldest)), (0, oldest))

    @cached_property
    def _has_unborn(self) -> bool:
        """Whether some member is born later than the day."""
        file = self.files["member"]
        place = file.schema_arrow.get_field_index("born")
        return _kind(_said(file.metadata, place), pa.int32()).span[1] > self.today

    def stored(self, program: Program) -> dict[str, list[str]]:
        """The columns of each file that a program needs, the row's key first."""
        found = {_ROOT: ["household_id"], **{entity: [str(PARENTS[entity])] for entity in program.lower}}
        for entity, name in program.columns:
            found[entity].append("born" if name == BORN.get(entity) else name)
        if self._has_unborn and ("member", _UNTIL) in program.columns:
            found["member"].append("born")
        return {entity: list(dict.fromkeys(names)) for entity, names in found.items()}

    def read(self, group: int, program: Program) -> Table:
        """The columns of one group that the program needs; raises BadSnapshot naming file and column."""
        sizes = {entity: file.metadata.row_group(group).num_rows for entity, file in self.files.items()}
        columns = {
            entity: self._columns(group, entity, names, program) for entity, names in self.stored(program).items()
        }
        above = {entity: columns[entity].pop(str(PARENTS[entity])) for entity in program.lower}
        return Table(columns, above, sizes)

    def _columns(self, group: int, entity: str, names: list[str], program: Program) -> dict[str, Column]:
        try:
            read = self.files[entity].read_row_group(group, columns=names, use_threads=False)
        except (OSError, pa.ArrowException) as fault:
            raise BadSnapshot(f"{self._file(entity)} 第{group + 1}组读不出来（{fault}），请重新生成") from None
        found = {name: self._numbers(entity, name, read.column(name)) for name in names}
        if "born" in found:
            self._aged(entity, found.pop("born"), found, program)
        for at, name in program.columns:
            if at == entity:
                self._refuse_beyond(entity, name, found[name], program.known.columns[entity, name])
        return found

    def _aged(self, entity: str, born: Column, found: dict[str, Column], program: Program) -> None:
        """Birthdays become ages; who is born later stands as one who is gone, as when a case is decided alone."""
        at = (entity, BORN[entity])
        if at in program.columns:
            age = np.maximum((self.today - born) // 10_000, 0) * (born != 0)  # zero where none is stated
            found[BORN[entity]] = age.astype(f"i{program.known.columns[at].width}")
        if _UNTIL in found and self._has_unborn:
            found[_UNTIL] = np.where(born > self.today, 0, found[_UNTIL])

    def _numbers(self, entity: str, name: str, column: Any) -> Column:
        self._refuse_empty(entity, name, column.null_count)
        whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        numbers: Column = _yes_no(whole) if pa.types.is_boolean(whole.type) else whole.to_numpy()
        return numbers

    def _refuse_empty(self, entity: str, name: str, count: int) -> None:
        if count:
            raise BadSnapshot(f"{self._file(entity)} 的列 {name} 有{count}个空值，请重新生成快照")

    def _refuse_beyond(self, entity: str, name: str, column: Column, kind: Kind) -> None:
        """Types are chosen by what a file says of its columns, so a file that says wrong is refused."""
        if column.dtype == np.bool_ or not len(column):
            return
        low, high = kind.span
        # seen without its sign, what is below zero is above all that is not: one pass finds both
        seen = column if low < 0 else column.view(f"u{column.dtype.itemsize}")
        if int(seen.max()) > high or (low and int(column.min()) < low):
            raise BadSnapshot(
                f"{self._file(entity)} 的列 {name} 有数值超出文件自己写明的范围{kind.span}，请重新生成快照"
            )

    def _file(self, entity: str) -> Path:
        return self.folder / f"{entity}.parquet"


def _yes_no(stored: Any) -> Column:
    """Eight to a byte as they are stored; several times faster than pyarrow's own way."""
    bits = np.frombuffer(stored.buffers()[1], dtype=np.uint8)
    ends = stored.offset + len(stored)
    return np.unpackbits(bits, count=ends, bitorder="little")[stored.offset :].view(np.bool_)


def _said(metadata: pq.FileMetaData, place: int) -> list[pq.Statistics | None]:
    """What each group that has rows says of a column: None where it says nothing."""
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    return [group.column(place).statistics for group in groups if group.num_rows]


def _kind(said: Sequence[pq.Statistics | None], stored: pa.DataType) -> Kind:
    ends = _ends(said)
    if pa.types.is_boolean(stored):
        return Kind(1, (int(ends[0]), int(ends[1])) if ends else YES_NO, True)
    width = stored.bit_width // 8
    most = 2 ** (stored.bit_width - 1)
    return Kind(width, ends or (-most, most - 1))


def _ends(said: Sequence[pq.Statistics | None]) -> Span | None:
    """The smallest and largest value of all groups, where every group says its own; None where one does not."""
    lows, highs = [], []
    for one in said:
        if one is None or not one.has_min_max:
            return None
        lows.append(one.min)
        highs.append(one.max)
    return min(lows, default=0), max(highs, default=0)
