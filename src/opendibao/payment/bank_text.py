"""银行文本: writes a text file line by line as its template says, and names every line that cannot be written."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from opendibao.payment.templates import BankTemplate, Cell, Line

END = "\r\n"
REQUIRED = ("e2e", "household", "holder", "bank", "account")
"""What a line to the bank says in any case; its answer may leave the name out."""
OURS = ("pay", "account_check")
NOT_AT_THE_START = ("=", "+", "-", "@")  # a spreadsheet takes what begins so for a formula
Row = Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be written: whose line, which column, its text, and the signs the encoding does not know."""

    household: str
    zh: str
    text: str
    signs: str
    is_too_long: bool


class Unwritable(ValueError):
    """Lines that cannot be written as the template says; nothing of the file may be used."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)}行写不出")


class _Sealing:
    """Writes bytes on and remembers the SHA-256 of all that it wrote."""

    def __init__(self, out: BinaryIO) -> None:
        self.out, self.sha256 = out, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.sha256.update(data)
        self.out.write(data)


def texts_of(line: Line, values: Row) -> list[str]:
    """The cells of a line: fixed texts, and the values of its fields."""
    return [values[cell.field] if cell.field else cell.text for cell in line]


def fault_of(template: BankTemplate, texts: Sequence[str], household: str) -> Fault | None:
    """The first cell of a line that cannot be written; None where all can."""
    for cell, text in zip(template.columns, texts, strict=True):
        missing = template.use in OURS and cell.field in REQUIRED and not text.strip()
        if missing or not text.isprintable() or _breaks(template, cell, text):
            return Fault(household, cell.zh, text, "", False)
        if template.kind == "xlsx":
            continue
        signs = _unknown_signs(text, template.encoding)
        if signs:
            return Fault(household, cell.zh, text, signs, False)
        if _is_too_long(cell, text.encode(template.encoding)):
            return Fault(household, cell.zh, text, "", True)
    return None


def _breaks(template: BankTemplate, cell: Cell, text: str) -> bool:
    """Whether a text would be taken for two cells, or for a formula where the bank opens the file as a table."""
    if template.kind == "xlsx" or not template.separator:
        return False
    is_table = template.separator in (",", "\t") and cell.field in REQUIRED
    return template.separator in text or (is_table and (text.startswith(NOT_AT_THE_START) or '"' in text))


def _unknown_signs(text: str, encoding: str) -> str:
    """The signs of a text that an encoding does not have."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        first = text[error.start : error.end]
        return first + _unknown_signs(text[error.end :], encoding)
    return ""


def _is_too_long(cell: Cell, data: bytes) -> bool:
    return any(limit and len(data) > limit for limit in (cell.width, cell.max_bytes))


def _line(template: BankTemplate, line: Line, texts: Sequence[str]) -> bytes:
    """The bytes of a line, without its end."""
    if template.separator:
        return template.separator.join(texts).encode(template.encoding)
    return b"".join(map(_padded, line, (text.encode(template.encoding) for text in texts)))


def _padded(cell: Cell, data: bytes) -> bytes:
    fill = cell.fill.encode()
    return data.rjust(cell.width, fill) if cell.is_right else data.ljust(cell.width, fill)


def write_text(template: BankTemplate, values: Row, rows: Iterable[tuple[str, Row]], out: BinaryIO) -> None:
    """Write header, a line for each row (household, its fields) and trailer; `values` are the fields of the two.

    Only one line is held at a time. Raises Unwritable naming every line that cannot be written.
    """
    sealing, end = _Sealing(out), END.encode(template.encoding)
    for line in template.header:
        sealing.write(_line(template, line, texts_of(line, values)) + end)
    if template.has_headings:
        sealing.write(_line(template, template.columns, [cell.zh for cell in template.columns]) + end)
    faults = []
    for household, row in rows:
        texts = texts_of(template.columns, row)
        if fault := fault_of(template, texts, household) if _is_odd(template, texts) else None:
            faults.append(fault)
        elif not faults:
            sealing.write(_line(template, template.columns, texts) + end)
    if faults:
        raise Unwritable(faults)
    for line in template.trailer:
        _close(template, line, values, sealing)


def _is_odd(template: BankTemplate, texts: Sequence[str]) -> bool:
    """Whether a line must be looked at cell by cell; most lines of a million need not be."""
    if template.separator != "|" or any(cell.max_bytes for cell in template.columns):
        return True
    whole = "".join(texts)
    try:
        whole.encode(template.encoding)
    except UnicodeEncodeError:
        return True
    return "|" in whole or not whole.isprintable() or not all(text.strip() for text in texts)


def _close(template: BankTemplate, line: Line, values: Row, sealing: _Sealing) -> None:
    """A trailer line; where it ends with the checksum, that is of all that stands before it."""
    end = END.encode(template.encoding)
    if line[-1].field != "sha256":
        sealing.write(_line(template, line, texts_of(line, values)) + end)
        return
    head = texts_of(line[:-1], values)
    sealing.write(_line(template, line[:-1], [*head, ""] if template.separator else head))
    sealing.write(sealing.sha256.hexdigest().encode() + end)
