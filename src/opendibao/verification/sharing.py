"""共同标识: which rows of which deliveries share a blind key with a person, found by the index of keys."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from opendibao.audit.sql_rows import read
from opendibao.verification.deliveries.queries import RecordRow
from opendibao.verification.sealing import unseal_row

SHARING = "SELECT * FROM rows_sharing(%(deliveries)s::bigint[], %(tokens)s::varchar[])"
ROWS = """
SELECT r.id, r.delivery_id, r.row_no, r.row_key, r.is_keyed, r.id_flag, r.sealed FROM verification_sourcerecord r
WHERE r.id = ANY(%(ids)s) AND octet_length(r.sealed) > 0 ORDER BY r.delivery_id, r.row_no
"""


@dataclass(frozen=True)
class Shared:
    """A row that has a key; `record_id` and `is_keyed` are None where the row was sent back."""

    delivery_id: int
    record_id: int | None
    is_keyed: bool | None
    token: str


@dataclass(frozen=True)
class _Sealed:
    id: int
    delivery_id: int
    row_no: int
    row_key: str
    is_keyed: bool
    id_flag: str
    sealed: bytes


def sharing(deliveries: Sequence[int], tokens: Collection[str]) -> list[Shared]:
    """Rows of these deliveries with one of these keys, one entry per row and key."""
    if not deliveries or not tokens:
        return []
    return read(Shared, SHARING, {"deliveries": list(deliveries), "tokens": sorted(tokens)})


def by_delivery(shared: Collection[Shared]) -> dict[int, list[RecordRow]]:
    """The accepted rows among them, unsealed, by delivery."""
    ids = sorted({row.record_id for row in shared if row.record_id})
    found: dict[int, list[RecordRow]] = defaultdict(list)
    for row in read(_Sealed, ROWS, {"ids": ids}) if ids else ():
        opened = unseal_row(row.sealed)
        found[row.delivery_id].append(RecordRow(row.id, row.row_no, row.row_key, row.is_keyed, row.id_flag, opened))
    return dict(found)


def holders(tokens: Mapping[int, Collection[str]]) -> dict[str, set[int]]:
    """By key the persons who have it."""
    found: dict[str, set[int]] = defaultdict(set)
    for person, several in tokens.items():
        for token in several:
            found[token].add(person)
    return dict(found)
