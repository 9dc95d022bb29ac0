"""一份文件: a department's register of a day as the file it hands in, with its manifest and what was planted in it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from opendibao.demo.departments.calendar import Handed
from opendibao.demo.departments.cells import written
from opendibao.demo.departments.damage import damaged
from opendibao.demo.departments.forms import FORMS, NUMBER
from opendibao.demo.departments.homes import Home
from opendibao.demo.departments.records import Record
from opendibao.demo.departments.registers import records_on
from opendibao.demo.departments.strangers import spoilt, strangers
from opendibao.verification.deliveries.manifest import REGISTER, Manifest
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import Source

PURPOSE = "最低生活保障家庭经济状况信息核对"
AUTHORISATION = "演示数据共享协议"
EXCEL = "excel"


@dataclass(frozen=True)
class Planted:
    """A row that speaks of a fact which the family did not declare; `fault` is what is wrong with it."""

    source: str
    kind: str
    id_number: str
    key: str
    row: int
    fault: str


@dataclass(frozen=True)
class Made:
    """A file as it is handed in and what goes beside it; in file order, whose rows they truly are and their faults."""

    handed: Handed
    name: str
    data: bytes
    manifest: Manifest
    planted: tuple[Planted, ...]
    subjects: tuple[str, ...]
    faults: tuple[str, ...]
    first_row: int


def hand_in(handed: Handed, homes: Sequence[Home]) -> Made:
    """The file of a source and day. The same plan gives the same bytes."""
    source, day = SOURCES[handed.source], handed.as_of
    records = [record for home in homes for record in records_on(home, handed.source, day)]
    records += strangers(handed.source, records, homes, day)
    order = list(records)
    Random(f"order {handed.source}").shuffle(order)
    told = [_row(source, record) for record in order]
    ending, above, form = FORMS[handed.form]
    rows = [row for row, _ in told]
    spoilt(handed.source, order, rows)
    data = form(source, rows, day)
    faults = tuple(fault for _, fault in told)
    planted = tuple(_planted(handed, order, faults, above))
    manifest = Manifest(
        handed.source, source.department, source.legal_basis, PURPOSE, f"{AUTHORISATION}{day.year}", REGISTER, None,
        day, len(order), hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    whose = tuple(one.subject.id_number for one in order)
    return Made(handed, f"{source.zh}_{day:%Y%m%d}.{ending}", data, manifest, planted, whose, faults, above + 1)


def _row(source: Source, record: Record) -> tuple[dict[str, str], str]:
    """The cells of a record and the fault it has: the department's record has it in every file."""
    identity, fault = damaged(record.subject, Random(f"{record.source} {record.key}"))
    if fault == EXCEL:
        identity = {**identity, "id_number": f"{NUMBER}{identity['id_number']}"}
    known = {column.name: column for column in source.columns}
    said = {name: written(known[name], value) for name, value in record.payload.items() if name in known}
    return {**_told(source, identity), **said}, fault


def _told(source: Source, identity: Mapping[str, str]) -> dict[str, str]:
    """A register holds as much of a person as it needs: land and banks know neither sex nor birthday."""
    lean = LEAN.get(source.name, ())
    return {name: text for name, text in identity.items() if name not in lean}


LEAN: Mapping[str, tuple[str, ...]] = {
    "real_estate": ("sex", "born", "phone"), "bank_deposits": ("sex", "born", "division"),
    "vehicles": ("born", "phone"), "business_registration": ("sex", "born", "phone"), "public_security": ("phone",),
}  # fmt: skip
"""What a department has not on record."""


def _planted(handed: Handed, order: Sequence[Record], faults: Sequence[str], above: int) -> Iterator[Planted]:
    for number, (record, fault) in enumerate(zip(order, faults, strict=True), above + 1):
        if record.hidden:
            yield Planted(handed.source, record.hidden, record.subject.id_number, record.key, number, fault)
