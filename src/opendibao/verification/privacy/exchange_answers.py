"""按标识码答复: a department's rows that carry tokens become rows about persons of the list, and are filed as usual.

Of each row only what its tokens prove is known; so a number that was damaged stays damaged, and the linkage judges it
as it judges every other row.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.verification.deliveries.filing import Filed, file_delivery
from opendibao.verification.deliveries.manifest import REQUEST, Manifest
from opendibao.verification.deliveries.reading.open_sheet import open_sheet
from opendibao.verification.deliveries.reading.sheets import Batch, Sheet
from opendibao.verification.known_people import some
from opendibao.verification.models import Exchange, ExchangeForm, ExchangePerson
from opendibao.verification.privacy.exchanges import locked_exchange, subject_of
from opendibao.verification.privacy.tokens import Listed, TokenIndex, proven
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import Column, Source

TOKENS = Column("id_number", "标识码", also=("标识", "tokens"), is_needed=True)
"""Stands in an answer where the number stands in other files."""
TOKEN = re.compile(r"[a-z_]+:[0-9a-f]{32}")
UNITS = {"yuan": "元", "wan": "万元", "fen": "分"}
WHO = ("id_number", "name", "sex", "born", "division", "phone")


@dataclass(frozen=True)
class Resolved:
    """What became of an answer by tokens: the delivery, and the rows whose tokens speak of nobody or of several."""

    filed: Filed
    rows: int
    unresolved: Sequence[str]


@dataclass(frozen=True)
class AnswerManifest:
    """What goes with an answer: who answers, on what ground and authorisation, as of which day."""

    department: str
    legal_basis: str
    authorisation: str
    as_of: date


@needs(Duty.CONFIRM)
@transaction.atomic
def file_answer(
    exchange_id: int, data: bytes, file_name: str, manifest: AnswerManifest, *, on: date, at: datetime
) -> Resolved:
    """收下按标识码的答复: turn tokens back into what they prove of the list's persons and file the rows as a delivery.

    Raises VerificationRefused for a list by numbers, one that is answered, a row whose tokens are none, or a file
    without a row about anybody of the list; DeliveryRefused for what no file may have.
    """
    found = locked_exchange(exchange_id)
    if found.form != ExchangeForm.TOKENS:
        raise VerificationRefused(f"名单{found.number}写的是证件号码，答复请从“送达数据”登记")
    if found.answer_id:
        raise VerificationRefused(f"名单{found.number}已经收到答复，请勿重复；部门补充的数据请从“送达数据”登记")
    source = SOURCES[found.source]
    sheet = open_sheet(data, replace(source, identity=(TOKENS,), widths=()))
    made, unresolved, rows = _turned(sheet, source, _index(found))
    if rows and not made.count:
        raise VerificationRefused(f"文件里的{rows}行没有一行说的是名单{found.number}里的人，请核对名单和密钥")
    given = Manifest(
        source.name, manifest.department, manifest.legal_basis, found.purpose, manifest.authorisation, REQUEST,
        found.made_on, manifest.as_of, made.count,
    )  # fmt: skip
    filed = file_delivery(made.content(), file_name, given, on=on, at=at)
    found.answer_id = filed.delivery_id
    found.save(update_fields=["answer"])
    payload: dict[str, object] = {
        "sha256": hashlib.sha256(data).hexdigest(), "rows": rows, "filed": made.count, "unresolved": len(unresolved)
    }  # fmt: skip
    record("收下名单答复", subject_of(found.pk), division=found.division, at=at, payload=payload)
    return Resolved(filed, rows, unresolved)


class _Written:
    """Rows about persons as a file that every delivery could be: headings of the source, money in the unit it came."""

    def __init__(self, sheet: Sheet, source: Source) -> None:
        self.count = 0
        self._names = [column.name for column in source.columns if column.name in sheet.columns]
        self._text = io.StringIO()
        self._lines = csv.writer(self._text, lineterminator="\n")
        who = {column.name: column.zh for column in source.identity}
        heads = [_heading(sheet, source, name) for name in self._names]
        self._lines.writerow([*(who[name] for name in WHO), *heads])

    def add(self, who: Mapping[str, str], batch: Batch, place: int) -> None:
        """One row of what is proven of a person, and what the department says."""
        self._lines.writerow([*(who[name] for name in WHO), *(batch.columns[name][place] for name in self._names)])
        self.count += 1

    def content(self) -> bytes:
        """The file, UTF-8."""
        return self._text.getvalue().encode()


def _heading(sheet: Sheet, source: Source, name: str) -> str:
    zh = next(column.zh for column in source.columns if column.name == name)
    return f"{zh}（{UNITS[sheet.units[name]]}）" if name in sheet.units else zh


def _turned(sheet: Sheet, source: Source, index: TokenIndex) -> tuple[_Written, list[str], int]:
    made, unresolved, rows = _Written(sheet, source), list[str](), 0
    for batch in sheet.batches:
        rows += len(batch.numbers)
        for place, tokens in _tokens(batch):
            whom = index.persons(tokens)
            if len(whom) == 1:
                made.add(proven(whom[0][0].person, whom[0][1]), batch, place)
            else:
                unresolved.append(_unresolved(batch.numbers[place], len(whom)))
    return made, unresolved, rows


def _tokens(batch: Batch) -> Iterator[tuple[int, frozenset[str]]]:
    """The tokens of each row. Raises VerificationRefused for a row that has none or something else."""
    for place, text in enumerate(batch.columns[TOKENS.name]):
        number = batch.numbers[place]
        if place in batch.broken:
            raise VerificationRefused(f"第{number}行{batch.broken[place].reason}")
        tokens = re.split(r"[\s,;，；、]+", text.strip())
        if not all(TOKEN.fullmatch(token) for token in tokens):
            raise VerificationRefused(f"第{number}行的“标识码”写得不对，应照名单原样填写，几个之间用空格隔开")
        yield place, frozenset(tokens)


def _unresolved(number: int, persons: int) -> str:
    why = f"与名单里{persons}人同样相符" if persons else "不足以认出名单里的人"
    return f"第{number}行的标识码{why}，没有入库"


def _index(found: Exchange) -> TokenIndex:
    rows = list(ExchangePerson.objects.filter(exchange=found).values_list("person_id", "line_no", "tokens"))
    people = {int(person.key): person for person in some([person_id for person_id, _line, _tokens in rows])}
    return TokenIndex(
        Listed(line_no, frozenset(tokens), vars(people[person_id])) for person_id, line_no, tokens in rows
    )
