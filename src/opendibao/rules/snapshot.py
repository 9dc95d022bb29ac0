"""快照: a folder of Parquet files with the facts of many households, from which the rules run in columns or as SQL."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.snapshot_families import families, lines_of
from opendibao.rules.snapshot_usual import Rows
from opendibao.rules.vocabulary import WORDS

VERSION = 1
ROW_GROUP = 65_536
"""Households in one row group of every file; the groups of all files go together."""
BORN = {"member": "age", "supporter": "supporter_age"}
"""Facts that are kept as a birthday (`born`, yyyymmdd; 0: not stated), because an age belongs to a day."""
OF_THE_DAY = {"household": ("month",)}
"""Facts that belong to the day and not to the household."""
_TYPES = {
    "bool": pa.bool_(), "fen": pa.int32(), "bp": pa.int32(), "mu": pa.int32(), "square_metres": pa.int32(),
    "count": pa.int16(), "months": pa.int16(), "years": pa.int16(), "days": pa.int16(),
}  # fmt: skip


class BadSnapshot(ValueError):
    """A folder is no snapshot, is broken, or may not be written; the message says what to do."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot says of itself; `facts` is the SHA-256 of the layout of its columns."""

    version: int
    households: int
    seed: int
    policy: str
    facts: str


def schema(entity: str) -> pa.Schema:
    """The columns of an entity's file: its key (household_id, or the place of the row it belongs to), then facts."""
    key = (
        pa.field("household_id", pa.int64()) if PARENTS[entity] is None else pa.field(str(PARENTS[entity]), pa.int32())
    )
    born = [pa.field("born", pa.int32())] if entity in BORN else []
    left_out = {BORN.get(entity), *OF_THE_DAY.get(entity, ())}
    facts = [pa.field(name, _type(name, fact.unit)) for name, fact in FACTS[entity].items() if name not in left_out]
    return pa.schema([key, *born, *facts])


def opened(folder: Path, entity: str) -> pq.ParquetFile:
    """An entity's file, with every column in its type; raises BadSnapshot naming file and column."""
    path = folder / f"{entity}.parquet"
    try:
        file = pq.ParquetFile(path)
    except (OSError, pa.ArrowException):
        raise BadSnapshot(f"{path}：不是完整的 Parquet 文件，请重新生成快照") from None
    stored = file.schema_arrow
    for field in schema(entity):
        place = stored.get_field_index(field.name)
        if place < 0 or stored.field(place).type != field.type:
            raise BadSnapshot(f"{path}：没有类型为 {field.type} 的列 {field.name}，请重新生成快照")
    return file


def day_number(day: date) -> int:
    """A day as birthdays are kept: yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


def _type(name: str, unit: str) -> pa.DataType:
    if unit == "code":
        return pa.int8() if max(WORDS.get(name, {999: ""})) < 128 else pa.int32()
    return _TYPES[unit]


def layout_hash() -> str:
    """SHA-256 of the layout: which entities have which columns of which type."""
    text = json.dumps({entity: [[f.name, str(f.type)] for f in schema(entity)] for entity in FACTS})
    return hashlib.sha256(text.encode()).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """What a snapshot holds; raises BadSnapshot where it is none of this program's version and facts."""
    path = folder / "manifest.json"
    try:
        found = Manifest(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        raise BadSnapshot(f"{path}：读不出快照说明，请用 opendibao synth snapshot 重新生成") from None
    if (found.version, found.facts) != (VERSION, layout_hash()):
        raise BadSnapshot(f"{path}：快照的事实与现在的规则不同，请用 opendibao synth snapshot 重新生成")
    for entity in FACTS:
        if not (folder / f"{entity}.parquet").is_file():
            raise BadSnapshot(f"{folder}：缺少 {entity}.parquet，请重新生成快照")
    return found


def refuse_taken(out: Path) -> None:
    """A folder or file that is there already is never written over."""
    if out.exists():
        raise BadSnapshot(f"{out} 已经存在，请换一个目录或先删除它")


def write_snapshot(
    households: int,
    seed: int,
    out: Path,
    policy: str = "jx-demo-2024",
    *,
    told: Callable[[int], None] = lambda done: None,
    finish: Callable[[Path], object] = lambda folder: None,
) -> Manifest:
    """Write fictional households by a seed, chunk by chunk; the folder appears only when it is whole.

    `told` hears how many households are written; `finish` may add to the folder before it appears. Raises BadSnapshot
    where the folder is taken.
    """
    refuse_taken(out)
    manifest = Manifest(VERSION, households, seed, policy, layout_hash())
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    beside.mkdir()
    try:
        _write(beside, chunks(manifest), told)
        (beside / "manifest.json").write_text(json.dumps(asdict(manifest)), "utf-8")
        finish(beside)
        os.rename(beside, out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def chunks(manifest: Manifest) -> Iterator[Mapping[str, Rows]]:
    """The rows of each group of households, the same for the same manifest."""
    lines = lines_of(manifest.policy)
    for first in range(0, manifest.households, ROW_GROUP):
        yield families(manifest.seed, first, min(ROW_GROUP, manifest.households - first), lines)


def _write(folder: Path, made: Iterator[Mapping[str, Rows]], told: Callable[[int], None]) -> None:
    done = 0
    files = {
        entity: pq.ParquetWriter(folder / f"{entity}.parquet", schema(entity), compression="lz4") for entity in FACTS
    }
    try:
        for chunk in made:
            for entity, writer in files.items():
                table = pa.table({f.name: chunk[entity][f.name] for f in schema(entity)}, schema=schema(entity))
                writer.write_table(table, row_group_size=max(1, table.num_rows))
            done += len(chunk["household"]["household_id"])
            told(done)
    finally:
        for writer in files.values():
            writer.close()
