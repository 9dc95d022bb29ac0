"""查核对名单: the lists that went out with what came of each, and the lines of one as they are written to its file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.verification.privacy.tokens import NEEDED, STRONG

COLUMNS = """e.id, e.number, e.source, e.form, e.purpose, e.persons, e.made_on, e.made_by, e.key_shown_on,
  e.key_shown_by, e.key_given_to, e.answer_id, d.received_on, d.rows"""
LISTS = f"""
SELECT {COLUMNS} FROM verification_exchange e LEFT JOIN verification_delivery d ON d.id = e.answer_id
WHERE %(id)s = 0 OR e.id = %(id)s ORDER BY e.made_on DESC, e.id DESC
"""
LINES = """
SELECT x.line_no, x.person_id, p.name, p.id_number, p.sex, p.born, x.tokens FROM verification_exchangeperson x
JOIN registry_person p ON p.id = x.person_id WHERE x.exchange_id = %(id)s ORDER BY x.line_no
"""
SCHEME = "HMAC-SM3，取前32位十六进制；每个标识码前写明是哪一部分"


@dataclass(frozen=True)
class ExchangeRow:
    """A list: what for, how many persons, whether its key was handed over, and the delivery that answered it."""

    id: int
    number: str
    source: str
    form: str
    purpose: str
    persons: int
    made_on: date
    made_by: str
    key_shown_on: date | None
    key_shown_by: str
    key_given_to: str
    answer_id: int | None
    answered_on: date | None
    answer_rows: int | None

    @property
    def has_tokens(self) -> bool:
        """Whether persons stand in it by tokens."""
        return self.form == "tokens"


@dataclass(frozen=True)
class ListLine:
    """A person of a list; what tells who he is, is not printed in errors."""

    line_no: int
    person_id: int
    name: str = field(repr=False)
    id_number: str = field(repr=False)
    sex: str = field(repr=False)
    born: date = field(repr=False)
    tokens: list[str] = field(repr=False)


def exchanges() -> Sequence[ExchangeRow]:
    """All lists in sight, newest first."""
    return read(ExchangeRow, LISTS, {"id": 0})


def exchange(exchange_id: int) -> ExchangeRow | None:
    """One list; None where there is none in sight."""
    return next(iter(read(ExchangeRow, LISTS, {"id": exchange_id})), None) if exchange_id else None


def lines_of(exchange_id: int) -> Sequence[ListLine]:
    """The persons of a list in its order."""
    return read(ListLine, LINES, {"id": exchange_id})


def list_file(row: ExchangeRow, department: str) -> bytes:
    """A list as NDJSON: its manifest in the first line, then a person a line, by number or by tokens."""
    head = {
        "list": row.number, "source": row.source, "department": department, "purpose": row.purpose,
        "made_on": str(row.made_on), "persons": row.persons, "form": row.form,
    }  # fmt: skip
    if row.has_tokens:
        head |= {"scheme": SCHEME, "strong": list(STRONG), "needed": NEEDED}
    said = [head, *(_line(line, row.has_tokens) for line in lines_of(row.id))]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said).encode()


def _line(line: ListLine, has_tokens: bool) -> dict[str, object]:
    if has_tokens:
        return {"line": line.line_no, "tokens": line.tokens}
    return {
        "line": line.line_no, "id_number": line.id_number, "name": line.name, "sex": line.sex, "born": str(line.born),
    }  # fmt: skip
