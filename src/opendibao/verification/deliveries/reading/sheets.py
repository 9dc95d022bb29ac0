"""读出的表: what every reader gives, batch by batch: columns of texts, row numbers, rows that cannot be taken apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from opendibao.verification.sources.adapter import Column, Source

BATCH = 20_000
"""Rows that are read, sealed and stored together."""
RAW = "raw"
"""Where the text of a row stands that could not be taken apart."""


class NumberText(str):
    """Text of an id or account that came as a number of more than fifteen places: the last of them are lost."""

    __slots__ = ()


@dataclass(frozen=True)
class Fault:
    """Why a row goes back: the heading of the field and the reason, which quotes nothing of the row."""

    field: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """Rows by column: `numbers` as the sender's program counts them, `broken` by place in the batch."""

    numbers: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    broken: Mapping[int, Fault] = field(default_factory=dict)

    def row(self, place: int) -> dict[str, str]:
        """What stood in a row, by column name; empty cells left out."""
        return {name: str(texts[place]) for name, texts in self.columns.items() if texts[place]}


@dataclass(frozen=True)
class Sheet:
    """A file that was opened: its form, the columns found with their headings and units of money, its rows to come.

    `remarks` are sentences about what is left aside; readers add to them until the last batch.
    """

    layout: str
    encoding: str
    columns: Mapping[str, Column]
    units: Mapping[str, str]
    batches: Iterator[Batch]
    remarks: list[str]


def columns_of(source: Source) -> dict[str, Column]:
    """All columns of a source by name, whom it is about first."""
    return {column.name: column for column in (*source.identity, *source.columns)}
