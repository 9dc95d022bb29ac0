"""读出的行: a file of a source as rows that can be kept and rows that go back, each with field and reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as part
from datetime import date
from typing import Any

from opendibao.verification.deliveries.reading.identities import identity_texts, refuse_shifted
from opendibao.verification.deliveries.reading.open_sheet import open_sheet
from opendibao.verification.deliveries.reading.sheets import Batch, Fault, Sheet, columns_of
from opendibao.verification.deliveries.reading.values import Reading, Value, read_column
from opendibao.verification.sources.adapter import Column, Source

MOST_SAID = 180
"""Characters of the reasons of one row."""
NEEDED = "没有填；这一列必须有内容，请部门补填"


@dataclass(frozen=True)
class Rejected:
    """A row that goes back: its number, the field, the reason; `row` is what stood there, as text."""

    number: int
    field: str
    reason: str
    row: Mapping[str, str] = part(repr=False)


@dataclass(frozen=True)
class Rows:
    """A batch of rows: the numbers and the values by column name of those that can be kept, and those that go back."""

    numbers: Sequence[int]
    kept: Sequence[dict[str, Any]] = part(repr=False)
    rejected: Sequence[Rejected] = part(repr=False)


@dataclass(frozen=True)
class RowsRead:
    """A file that is being read: how it is written, the batches to come, what is to be told when they have come."""

    layout: str
    encoding: str
    batches: Iterator[Rows]
    remarks: Sequence[str]


def read_rows(data: bytes, source: Source, as_of: date, others: Iterable[Source] = ()) -> RowsRead:
    """The rows of a department's file as of a day; `others` are told apart by their headings.

    Every identity and payload column is in each kept row: "" or None where it was left empty. Raises DeliveryRefused,
    also while the batches are taken.
    """
    sheet = open_sheet(data, source, others)
    return RowsRead(sheet.layout, sheet.encoding, _batches(sheet, source, as_of), sheet.remarks)


def _batches(sheet: Sheet, source: Source, as_of: date) -> Iterator[Rows]:
    is_first = True
    for batch in sheet.batches:
        if is_first and batch.numbers:
            refuse_shifted(batch, sheet.columns)
            is_first = False
        yield _rows(batch, sheet, source, as_of)


def _rows(batch: Batch, sheet: Sheet, source: Source, as_of: date) -> Rows:
    faults: dict[int, list[Fault]] = {place: [fault] for place, fault in batch.broken.items()}
    values = {
        name: _values(batch.columns.get(name, [""] * len(batch.numbers)), column, sheet, source, as_of, faults)
        for name, column in columns_of(source).items()
    }
    names = list(values)
    rows = [dict(zip(names, cells, strict=True)) for cells in zip(*values.values(), strict=True)]
    if not faults:
        return Rows(batch.numbers, rows, [])
    good = [place for place in range(len(rows)) if place not in faults]
    rejected = [_rejected(batch, place, faults[place]) for place in sorted(faults)]
    return Rows([batch.numbers[place] for place in good], [rows[place] for place in good], rejected)


def _values(
    texts: Sequence[str],
    column: Column,
    sheet: Sheet,
    source: Source,
    as_of: date,
    faults: dict[int, list[Fault]],
) -> Sequence[Value]:
    """The values of a column; what is wrong with a row is added to its faults."""
    found: Sequence[Value]
    if column in source.identity:
        found, wrong = identity_texts(texts), dict[int, str]()
    else:
        found, wrong = read_column(texts, Reading(column, sheet.units.get(column.name, column.unit), as_of))
    for place, said in wrong.items():
        faults.setdefault(place, []).append(Fault(column.zh, said))
    if column.is_needed:
        for place, value in enumerate(found):
            if value in ("", None) and place not in wrong and not _is_broken(faults, place):
                faults.setdefault(place, []).append(Fault(column.zh, NEEDED))
    return found


def _is_broken(faults: Mapping[int, Sequence[Fault]], place: int) -> bool:
    """Whether the row could not even be taken apart, so that its empty fields say nothing."""
    return any(fault.field == "整行" for fault in faults.get(place, ()))


def _rejected(batch: Batch, place: int, faults: Sequence[Fault]) -> Rejected:
    said = f"“{faults[0].field}”{faults[0].reason}"
    for other in faults[1:]:
        more = f"；“{other.field}”{other.reason}"
        said += more if len(said) + len(more) <= MOST_SAID else ""
    return Rejected(batch.numbers[place], faults[0].field, said[:200], batch.row(place))
