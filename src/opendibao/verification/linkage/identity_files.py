"""人员文件和记录文件: CSV with the identity columns, checked whole before anything is linked."""

import csv
import pathlib
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from opendibao.verification.linkage.encodings import UnknownEncoding, decoded
from opendibao.verification.linkage.normalising import GIVEN

IDENTITY = GIVEN[1:]
BLOCK = 1 << 24


class BadIdentities(ValueError):
    """The file cannot be used; the text names file, row, column and what to do."""


@dataclass(frozen=True)
class Identities:
    """A table with `key` and the identity columns, the encoding, and whether the last line has an end."""

    table: pa.Table
    encoding: str
    is_ended: bool


def read_identities(path: pathlib.Path, key: str) -> Identities:
    """Read a CSV whose columns are `key` and IDENTITY, in any order; every value stays the text that was written.

    Raises BadIdentities: no such file, empty, unknown or mixed encoding, a column missing, unknown or twice, a row
    with more or fewer fields, a row without key, a key twice. A file with a heading only has no rows.
    """
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise BadIdentities(f"{path} 读不出来（{fault.strerror}），请核对路径") from None
    try:
        text, encoding = decoded(data)
    except UnknownEncoding as fault:
        raise BadIdentities(f"{path}：{fault}") from None
    names = _heading(path, text, key)
    table = _parsed(path, text, names)
    _check_keys(path, table[key], key)
    table = table.rename_columns(["key" if name == key else name for name in names])
    return Identities(table.select(GIVEN), encoding, text.endswith(("\n", "\r")))


def _heading(path: pathlib.Path, text: str, key: str) -> list[str]:
    """The names of the columns, in the order of the file."""
    wanted = (key, *IDENTITY)
    names = [name.strip() for name in next(csv.reader([text.splitlines()[0]]))]
    missing = [name for name in wanted if name not in names]
    strange = [name or "（空）" for name in names if name not in wanted]
    twice = sorted({name for name in names if names.count(name) > 1} & set(wanted))
    if len(missing) == len(wanted):
        raise BadIdentities(f"{path}：第 1 行应是列名 {','.join(wanted)}（逗号分隔），请补上列名")
    for what, found in (("缺少列", missing), ("不认识的列", strange), ("重复的列", twice)):
        if found:
            raise BadIdentities(f"{path}：第 1 行{what}：{'、'.join(found)}，应有且只有 {','.join(wanted)}")
    return names


def _parsed(path: pathlib.Path, text: str, names: list[str]) -> pa.Table:
    """All columns as text. An empty line counts as a row, so that row numbers are those that an editor shows."""
    whole = text.rstrip()
    if "\n" not in whole and "\r" not in whole:
        return pa.table({name: pa.array([], pa.string()) for name in names})
    wrong: list[tuple[int, int]] = []

    def note(row: pv.InvalidRow) -> str:
        wrong.append((row.number, row.actual_columns))
        return "skip"

    try:
        table = pv.read_csv(
            pa.BufferReader(whole.encode()),
            pv.ReadOptions(column_names=names, skip_rows=1, use_threads=False, block_size=BLOCK),
            pv.ParseOptions(ignore_empty_lines=False, invalid_row_handler=note),
            pv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as fault:
        raise BadIdentities(f"{path}：读不成表格（{fault}），引号可能没有成对，文件可能不全，请重新导出") from None
    if wrong:
        row, found = wrong[0]
        raise BadIdentities(f"{path}：第 {row} 行有 {found} 列，应有 {len(names)} 列，文件可能不全，请重新导出")
    return table


def _check_keys(path: pathlib.Path, keys: pa.ChunkedArray, key: str) -> None:
    """Every row has a key, and its own."""
    empty = pc.index(pc.equal(pc.utf8_trim_whitespace(keys), ""), pa.scalar(True)).as_py()
    if empty >= 0:
        raise BadIdentities(f"{path}：第 {empty + 2} 行的 {key} 是空的，请补上")
    if pc.count_distinct(keys).as_py() == len(keys):
        return
    first: dict[str, int] = {}
    for row, value in enumerate(keys.to_pylist(), start=2):
        if value in first:
            raise BadIdentities(f"{path}：第 {row} 行的 {key}“{value}”和第 {first[value]} 行重复，请去掉一行")
        first[value] = row
