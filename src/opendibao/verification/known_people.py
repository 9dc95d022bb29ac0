"""认人用的人员: everybody on the register as the linkage reads them, with the last telephone of the household."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

import pyarrow as pa

from opendibao.audit.sql_rows import read, read_whole
from opendibao.verification.linkage.blocks import block_keys
from opendibao.verification.linkage.normalising import normalise
from opendibao.verification.sealing import blind

PERSONS = """
WITH phones AS (
  SELECT m.person_id, max(h.phone) AS phone FROM registry_membership m
  JOIN registry_householdplace h ON h.household_id = m.household_id AND upper_inf(h.valid) AND upper_inf(h.recorded)
  WHERE upper_inf(m.valid) AND upper_inf(m.recorded) {members} GROUP BY m.person_id
)
SELECT p.id::text, p.name, p.id_number, p.sex, p.born::text, p.division, coalesce(f.phone, '')
FROM registry_person p LEFT JOIN phones f ON f.person_id = p.id {persons} ORDER BY p.id
"""
RIVALS = """WHERE p.id_number = ANY(%(numbers)s) OR substr(p.id_number, 7, 8) = ANY(%(births)s)
  OR substr(p.id_number, 15, 4) = ANY(%(seqs)s) OR to_char(p.born, 'YYYYMMDD') = ANY(%(births)s)
  OR f.phone = ANY(%(phones)s) OR p.id = ANY(%(ids)s)"""
SOME = {"members": "AND m.person_id = ANY(%(ids)s)", "persons": "WHERE p.id = ANY(%(ids)s)"}
ALL = {"members": "", "persons": ""}
IDENTITY = ("key", "name", "id_number", "sex", "born", "division", "phone")


@dataclass(frozen=True)
class KnownPerson:
    """A person as the linkage reads him; `key` is his id in the register as text."""

    key: str
    name: str
    id_number: str
    sex: str
    born: str
    division: str
    phone: str


def everybody() -> list[KnownPerson]:
    """All persons that this session may see."""
    return read_whole(KnownPerson, PERSONS.format(**ALL), {})


def some(person_ids: Collection[int]) -> list[KnownPerson]:
    """Those of the persons that this session may see."""
    return read(KnownPerson, PERSONS.format(**SOME), {"ids": list(person_ids)})


def rivals(records: pa.Table, person_ids: Collection[int]) -> list[KnownPerson]:
    """Everybody who shares a block with one of these normalised rows, and these persons themselves.

    Each block has the day of birth, the last places of the number or the telephone in it, so nobody is left out.
    """
    seen = {name: _distinct(records[name]) for name in ("id18", "birth8", "born8", "seq4", "phone11")}
    asked = {
        "numbers": seen["id18"], "births": sorted({*seen["birth8"], *seen["born8"]}), "seqs": seen["seq4"],
        "phones": seen["phone11"], "ids": list(person_ids),
    }  # fmt: skip
    return read_whole(KnownPerson, PERSONS.format(members="", persons=RIVALS), asked)


def _distinct(column: pa.ChunkedArray) -> list[str]:
    return sorted(filter(None, column.unique().to_pylist()))


def person_table(people: Sequence[KnownPerson]) -> pa.Table:
    """Persons as columns of text."""
    return _table({one.name: [getattr(person, one.name) for person in people] for one in fields(KnownPerson)})


def record_table(rows: Sequence[tuple[int, Mapping[str, object]]]) -> pa.Table:
    """Rows of departments as columns of text: the id of the record, and whom the row names."""
    columns = {name: [_text(row.get(name)) for _id, row in rows] for name in IDENTITY[1:]}
    return _table({"key": [str(record_id) for record_id, _row in rows], **columns})


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _table(columns: Mapping[str, Sequence[str]]) -> pa.Table:
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def tokens_of(people: Sequence[KnownPerson]) -> dict[int, frozenset[str]]:
    """By person the blind keys of the blocks in which rows about him may stand."""
    return _tokens(people, person_table(people)) if people else {}


def name_tokens_of(people: Sequence[KnownPerson]) -> dict[int, frozenset[str]]:
    """By person the blind keys that a row with nothing but his name has."""
    if not people:
        return {}
    return _tokens(people, record_table([(int(one.key), {"name": one.name}) for one in people]))


def _tokens(people: Sequence[KnownPerson], table: pa.Table) -> dict[int, frozenset[str]]:
    keys = block_keys(normalise(table))
    return {
        int(person.key): frozenset(blind(key) for key in several) for person, several in zip(people, keys, strict=True)
    }
