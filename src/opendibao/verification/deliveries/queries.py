"""查送达数据: which files came from whom, which of them counts on a day, their rows and what was sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as part
from datetime import date, datetime
from typing import Any

from opendibao.audit.sql_rows import read
from opendibao.verification.sealing import unseal_row

COLUMNS = """d.id, d.source, d.department, d.legal_basis, d.purpose, d.authorisation, d.covers, d.list_of, d.as_of,
  d.received_on, d.received_by, d.file_name, d.layout, d.encoding, d.size, d.sha256, d.rows, d.accepted, d.rejected,
  ARRAY(SELECT jsonb_array_elements_text(d.remarks)), d.older_because, d.linked_at, d.purged_on"""
DELIVERIES = f"""
SELECT {COLUMNS} FROM verification_delivery d
WHERE (%(source)s = '' OR d.source = %(source)s) AND (%(id)s = 0 OR d.id = %(id)s)
ORDER BY d.received_on DESC, d.id DESC
"""
# the newest data count, and of two files of one day the one that came later
CURRENT = f"""
SELECT DISTINCT ON (d.source) {COLUMNS} FROM verification_delivery d
WHERE d.received_on <= %(on)s AND d.purged_on IS NULL
ORDER BY d.source, d.as_of DESC, d.received_on DESC, d.id DESC
"""
RECORDS = """
SELECT r.id, r.row_no, r.row_key, r.is_keyed, r.id_flag, r.sealed FROM verification_sourcerecord r
WHERE r.delivery_id = %(id)s AND octet_length(r.sealed) > 0 ORDER BY r.row_no
"""
REJECTS = """
SELECT r.id, r.delivery_id, r.row_no, r.field, r.reason, r.sealed FROM verification_deliveryreject r
WHERE r.delivery_id = %(id)s ORDER BY r.row_no
"""
FLAGS = """
SELECT r.id_flag, r.is_keyed, count(*)::int FROM verification_sourcerecord r WHERE r.delivery_id = %(id)s
GROUP BY r.id_flag, r.is_keyed ORDER BY count(*) DESC, r.id_flag
"""


@dataclass(frozen=True)
class DeliveryRow:
    """A file of a department with its manifest and counts (送达数据)."""

    id: int
    source: str
    department: str
    legal_basis: str
    purpose: str
    authorisation: str
    covers: str
    list_of: date | None
    as_of: date
    received_on: date
    received_by: str
    file_name: str
    layout: str
    encoding: str
    size: int
    sha256: str
    rows: int
    accepted: int
    rejected: int
    remarks: Sequence[str]
    older_because: str
    linked_at: datetime | None
    purged_on: date | None


@dataclass(frozen=True)
class RecordRow:
    """An accepted row, unsealed: `row` holds identity and payload by column name, every column, empty "" or None."""

    id: int
    row_no: int
    row_key: str
    is_keyed: bool
    id_flag: str
    row: dict[str, Any] = part(repr=False)


@dataclass(frozen=True)
class RejectRow:
    """A row that went back: which field, why; `row` is what stood there, by column name, as text."""

    id: int
    delivery_id: int
    row_no: int
    field: str
    reason: str
    row: dict[str, Any] = part(repr=False)


@dataclass(frozen=True)
class FlagCount:
    """How many accepted rows of a delivery have an id number in some state, and can tell whom they are about."""

    id_flag: str
    is_keyed: bool
    rows: int


@dataclass(frozen=True)
class _Sealed:
    id: int
    row_no: int
    row_key: str
    is_keyed: bool
    id_flag: str
    sealed: bytes


@dataclass(frozen=True)
class _SealedReject:
    id: int
    delivery_id: int
    row_no: int
    field: str
    reason: str
    sealed: bytes


def deliveries(source: str = "") -> list[DeliveryRow]:
    """All deliveries of a source ("" of all), the last received first."""
    return read(DeliveryRow, DELIVERIES, {"source": source, "id": 0})


def delivery_of(delivery_id: int) -> DeliveryRow | None:
    """One delivery; None where it does not exist or the officer may not see it."""
    found = read(DeliveryRow, DELIVERIES, {"source": "", "id": delivery_id})
    return found[0] if found and delivery_id else None


def current_deliveries(on: date) -> dict[str, DeliveryRow]:
    """By source the delivery that counts on a day: the newest data that had come and are not purged."""
    return {row.source: row for row in read(DeliveryRow, CURRENT, {"on": on})}


def records_of(delivery_id: int) -> list[RecordRow]:
    """All accepted rows of a delivery, unsealed, in file order; none after a purge."""
    return [_opened(row) for row in read(_Sealed, RECORDS, {"id": delivery_id})]


def rejects_of(delivery_id: int) -> list[RejectRow]:
    """The rows of a delivery that went back, in file order."""
    return [_opened_reject(row) for row in read(_SealedReject, REJECTS, {"id": delivery_id})]


def flags_of(delivery_id: int) -> list[FlagCount]:
    """Accepted rows of a delivery by the state of their id numbers."""
    return read(FlagCount, FLAGS, {"id": delivery_id})


def _opened(row: _Sealed) -> RecordRow:
    return RecordRow(row.id, row.row_no, row.row_key, row.is_keyed, row.id_flag, unseal_row(row.sealed))


def _opened_reject(row: _SealedReject) -> RejectRow:
    content = unseal_row(row.sealed) if len(row.sealed) else {}
    return RejectRow(row.id, row.delivery_id, row.row_no, row.field, row.reason, content)
