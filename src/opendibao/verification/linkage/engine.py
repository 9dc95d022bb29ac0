"""认人引擎: plain equi-joins that find pairs, one pattern per pair, one choice per row.

The statements in `sql/` use nothing that only DuckDB has: each is one SELECT over named tables, so that the same text
can run on a cluster, where `Linker._table` would make a view of it.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opendibao.verification.linkage.blocks import BLOCKS, DAY_BLOCKS
from opendibao.verification.linkage.id_numbers import WHOLE
from opendibao.verification.linkage.model import Model
from opendibao.verification.linkage.patterns import (
    OF_OTHER_NUMBER,
    OF_SAME_NUMBER,
    Evidence,
    Verdict,
    evidence_of,
    levels_sql,
    sql,
    verdicts,
)

SLICE = 500_000
"""Rows of a delivery that are looked at at once: a row's choice hangs on no other row, and memory does not grow."""
COMPARED = (
    "i", "id18", "id_flag", "region6", "birth8", "seq4", "name", "pinyin", "surname", "born8", "sex", "phone11",
    "division",
)  # fmt: skip


@dataclass(frozen=True)
class Linked:
    """A row held to be about a person: how sure (tier), weight, lead over the second (hundredths), field by field."""

    person: str
    record: str
    tier: str
    score: int
    margin: int | None
    evidence: tuple[Evidence, ...]


def link(
    persons: pa.Table, records: pa.Table, model: Model, *, never: Collection[tuple[str, str]] = ()
) -> list[Linked]:
    """Who the rows are about; both tables normalised; sorted by row, then person, whatever the order of the input.

    `never`: pairs of (person key, record key) that somebody found not to be the same.
    """
    with Linker(persons) as linker:
        return linked_of(linker.link(records, model, never=never), model)


def linked_of(table: pa.Table, model: Model) -> list[Linked]:
    """The rows that `Linker.link` found, each with its evidence."""
    evidence = {pattern: evidence_of(pattern, model) for pattern in table["pattern"].unique().to_pylist()}
    columns = [table[name].to_pylist() for name in ("person", "record", "tier", "score", "margin", "pattern")]
    return [
        Linked(person, record, tier, score, margin, evidence[pattern])
        for person, record, tier, score, margin, pattern in zip(*columns, strict=True)
    ]


class Linker:
    """Our people made ready once, to be found in one delivery after the other. A context: it holds a database."""

    def __init__(self, persons: pa.Table, *, threads: int | None = None) -> None:
        """`persons` normalised; `threads`: how many at once, all by default; the answer does not hang on it."""
        self._connection = _database(os.getpid(), threads).cursor()
        self._keys = persons["key"].combine_chunks()
        self._connection.register("persons", _numbered(persons))
        self._table("people", f"SELECT key, {', '.join(COMPARED)} FROM persons")
        self._connection.unregister("persons")
        self._has_damaged = bool(pc.any(pc.invert(pc.is_in(persons["id_flag"], pa.array(WHOLE)))).as_py())
        sides = ["people"]
        if self._has_damaged:
            self._table("damaged_people", "SELECT * FROM people WHERE id_flag NOT IN ('ok', 'legacy15')")
            sides.append("damaged_people")
        for side in sides:
            self._table(f"{side}_days", sql("days").format(table=side))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def link(self, records: pa.Table, model: Model, *, never: Collection[tuple[str, str]] = ()) -> pa.Table:
        """person, record, tier, score, margin, pattern (see `patterns.evidence_of`) of the rows of one delivery.

        Sorted by record, then person; `never` as in `link`.
        """
        slices = [records.slice(start, SLICE) for start in range(0, max(records.num_rows, 1), SLICE)]
        found = pa.concat_tables([self._link_slice(rows, model, never) for rows in slices])
        return found.sort_by([("record", "ascending"), ("person", "ascending")])

    def _link_slice(self, records: pa.Table, model: Model, never: Collection[tuple[str, str]]) -> pa.Table:
        self._connection.register("records", _numbered(records))
        self._connection.register("never", self._never(records, never))
        self._settle_by_number(model, bool(never))
        self._search(bool(never))
        found = self._choose(model)
        for given in ("records", "never", "judged"):
            self._connection.unregister(given)
        return pa.table({
            "person": self._keys.take(found["person"]), "record": records["key"].take(found["record"]),
            **{name: found[name] for name in ("tier", "score", "margin", "pattern")},
        })  # fmt: skip

    def _table(self, name: str, select: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")

    def _view(self, name: str, select: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {select}")

    def _pairs(self, name: str, select: str, has_never: bool) -> None:
        """A table of pairs without those that somebody found not to be the same."""
        if has_never:
            select = f"""SELECT f.* FROM ({select}) AS f WHERE NOT EXISTS
                (SELECT 1 FROM never n WHERE n.person = f.person AND n.record = f.record)"""
        self._table(name, select)

    def _settle_by_number(self, model: Model, has_never: bool) -> None:
        levels = levels_sql(OF_SAME_NUMBER)
        self._pairs("same_number", sql("same_number").format(levels=levels, sides=sql("sides")), has_never)
        self._judge("same_number", model)
        self._table("confirmed", sql("confirmed"))

    def _search(self, has_never: bool) -> None:
        """Look for the rows that no number settled."""
        self._table("unsettled", sql("unsettled").format(columns=", ".join(f"r.{name}" for name in COMPARED)))
        for rows, condition in (("doubtful", "is_doubtful"), ("sound", "NOT is_doubtful")):
            self._view(f"{rows}_rows", f"SELECT * FROM unsettled WHERE {condition}")
            self._view(f"{rows}_days", sql("days").format(table=f"{rows}_rows"))
        self._pairs("candidates", " UNION ".join(searches(self._has_damaged)), has_never)
        self._table("compared", sql("compared").format(levels=levels_sql(OF_OTHER_NUMBER), sides=sql("sides")))

    def _choose(self, model: Model) -> pa.Table:
        self._judge("compared", model)
        self._table("ranked", sql("ranked"))
        limits = {"margin": model.margin, "offered": model.offered, "review": model.review}
        self._view("chosen", sql("chosen").format(**limits))
        return self._connection.sql(
            """SELECT person, record, pattern, score, margin, tier FROM chosen
            UNION ALL
            SELECT person, record, pattern, score, NULL, 'confirmed' FROM confirmed"""
        ).to_arrow_table()

    def _judge(self, pairs: str, model: Model) -> None:
        """Weigh each pattern once."""
        patterns = [row[0] for row in self._connection.execute(f"SELECT DISTINCT pattern FROM {pairs}").fetchall()]
        self._connection.register("judged", _verdict_table(verdicts(patterns, model)))
        self._view("verdicts", "SELECT * FROM judged")

    def _never(self, records: pa.Table, never: Collection[tuple[str, str]]) -> pa.Table:
        """The pairs by row number; a pair of which one is not here is left out."""
        pairs = sorted(never)
        sides = {"person": self._keys, "record": records["key"].combine_chunks()}
        places = {
            name: pc.index_in(pa.array([pair[side] for pair in pairs], pa.string()), keys)
            for side, (name, keys) in enumerate(sides.items())
        }
        return pa.table(places).drop_null()


@cache
def _database(process: int, threads: int | None) -> duckdb.DuckDBPyConnection:
    """One database in memory for each process (threads do not outlive a fork); what a linker makes there is its own."""
    return duckdb.connect(config=_settings(threads))


def _settings(threads: int | None) -> dict[str, Any]:
    """Nothing is fetched from anywhere, and the order of rows is nobody's promise."""
    asked: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    return asked | ({"threads": threads} if threads else {})


def _numbered(table: pa.Table) -> pa.Table:
    return table.append_column("i", pa.array(np.arange(table.num_rows, dtype=np.int32)))


def _verdict_table(judged: dict[int, Verdict]) -> pa.Table:
    return pa.table({
        "pattern": pa.array(judged, pa.int64()),
        "score": pa.array([one.score for one in judged.values()], pa.int32()),
        "tier": pa.array([one.tier for one in judged.values()], pa.string()),
        "is_same_number": pa.array([one.is_same_number for one in judged.values()], pa.bool_()),
    })  # fmt: skip


def searches(has_damaged: bool) -> list[str]:
    """Doubtful rows among all people; rows with a whole number among people whose own number is damaged.

    And rows with a whole number by name and telephone, should the number be another's.
    """
    sides = [("people", "doubtful"), *([("damaged_people", "sound")] if has_damaged else [])]
    found = [
        _block(fields, people, f"{rows}_rows")
        for people, rows in sides for name, fields in BLOCKS.items() if name not in DAY_BLOCKS
    ]  # fmt: skip
    found += [_block(("day", "pinyin"), f"{people}_days", f"{rows}_days") for people, rows in sides]
    return [*found, _block(BLOCKS["pinyin_phone"], "people", "sound_rows")]


def _block(fields: tuple[str, ...], people: str, rows: str) -> str:
    equal = " AND ".join(f"p.{field} = r.{field}" for field in fields)
    filled = " AND ".join(f"r.{field} <> ''" for field in fields)
    return sql("block").format(people=people, rows=rows, equal=equal, filled=filled)
