"""密封的行: rows of a file with what they are found by, blind, ready to be stored."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from opendibao.verification.deliveries.reading.rows import Rejected, Rows
from opendibao.verification.linkage.blocks import block_keys
from opendibao.verification.linkage.normalising import normalise
from opendibao.verification.sealing import blind, blinded, seal_row
from opendibao.verification.sources.adapter import Source

WHO = ("name", "id_number", "sex", "born", "division", "phone")
SEPARATOR = "\x1f"
TWICE = "与第{number}行完全相同，同一件东西送了两次；请部门删去一行"
RECORD_COLUMNS = ("row_no", "row_key", "tokens", "id_flag", "is_keyed", "sealed")
REJECT_COLUMNS = ("row_no", "field", "reason", "tokens", "sealed")
Stored = tuple[Any, ...]


@dataclass(frozen=True)
class _Known:
    """What the identity columns of a row tell: the tokens it is found by, the state of its number."""

    tokens: list[str]
    id_flag: str
    is_keyed: bool


def known(rows: Sequence[Mapping[str, Any]]) -> list[_Known]:
    """What the identity columns of rows tell, in one go."""
    table = pa.table(
        {
            "key": pa.array([str(place) for place in range(len(rows))], pa.string()),
            **{name: pa.array([row.get(name) or "" for row in rows], pa.string()) for name in WHO},
        }
    )
    normal = normalise(table)
    told = zip(block_keys(normal), normal["id_flag"].to_pylist(), normal["has_key"].to_pylist(), strict=True)
    return [_Known(blinded(keys), flag, has_key) for keys, flag, has_key in told]


def thing_of(row: Mapping[str, Any], source: Source) -> tuple[str, ...]:
    """What tells the thing a row speaks of from others of the source; () where the row does not say."""
    parts = tuple(_same(row[name]) for name in source.key)
    return parts if any(parts) else ()


def _same(value: object) -> str:
    """A value as it is compared: width, case and spaces make no difference."""
    text = "" if value is None else str(value)
    return text if text.isascii() and text.isalnum() else "".join(unicodedata.normalize("NFKC", text).split())


def row_key(row: Mapping[str, Any], source: Source) -> str:
    """The blind key of the thing a row speaks of: the same in the next delivery."""
    parts = thing_of(row, source) or _whole(row)
    return blind(SEPARATOR.join((source.name, *parts)).upper())


def _whole(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_same(value) for value in row.values())


class OnceOnly:
    """Tells rows of one file apart that say the same of the same thing twice, which would count money double."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.seen: dict[bytes, int] = {}

    def sift(self, rows: Rows) -> Rows:
        """The rows without those that were here before; these go back."""
        if not self.source.key:
            return rows
        numbers, kept, back = [], [], list(rows.rejected)
        for number, row in zip(rows.numbers, rows.kept, strict=True):
            first = self._first(row, number) if thing_of(row, self.source) else number
            if first == number:
                numbers.append(number)
                kept.append(row)
            else:
                shown = {name: str(value) for name, value in row.items() if value not in ("", None)}
                back.append(Rejected(number, "整行", TWICE.format(number=first), shown))
        return Rows(numbers, kept, back)

    def _first(self, row: Mapping[str, Any], number: int) -> int:
        whole = hashlib.blake2b(repr(tuple(row.values())).encode(), digest_size=16).digest()  # never stored
        return self.seen.setdefault(whole, number)


def sealed_records(rows: Rows, source: Source) -> Iterator[Stored]:
    """Rows that are kept, in the order of RECORD_COLUMNS."""
    for number, row, who in zip(rows.numbers, rows.kept, known(rows.kept), strict=True):
        key = row_key(row, source)
        yield number, key, who.tokens, who.id_flag, who.is_keyed, seal_row(row)


def sealed_rejects(rejected: Iterable[Rejected]) -> Iterator[Stored]:
    """Rows that go back, in the order of REJECT_COLUMNS."""
    rejected = list(rejected)
    for one, who in zip(rejected, known([one.row for one in rejected]), strict=True):
        yield one.number, one.field[:30], one.reason, who.tokens, seal_row(one.row)
