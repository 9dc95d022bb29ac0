"""银行文件: the file a bank takes, as its template says: control totals, the words on the slip, and how it is kept.

A line of the file is streamed from the table to the disk: a file of a million lines needs no more memory than one of
five thousand.
"""

import os
import pathlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import BinaryIO

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.bank_sheet import write_sheet
from opendibao.payment.bank_text import Fault, Row, Unwritable, fault_of, texts_of, write_text
from opendibao.payment.digests import digests_of
from opendibao.payment.refusal import SHOWN, PaymentRefused, named
from opendibao.payment.templates import BankTemplate, load_template

COUNTY_TEXT = "county-text"


@dataclass(frozen=True)
class Transfer:
    """One line of the file: what goes to whose account; `fen` is the amount."""

    e2e: str
    holder: str
    bank: str
    account: str
    fen: int


@dataclass(frozen=True)
class Batch:
    """What the header says: name of the batch, pay month, day it is sent; and the number to call, for the slip."""

    name: str
    month: date
    sent_on: date
    hotline: str = ""


@dataclass(frozen=True)
class Control:
    """Control totals of a file: lines and fen."""

    count: int
    fen: int


def e2e_household(e2e: str) -> str:
    """The household number inside an end-to-end id: 202401-H-000123-R-0-1 → H-000123."""
    return e2e.split("-", 1)[1].rsplit("-", 3)[0]


def purpose_of(template: BankTemplate, month: str, hotline: str) -> str:
    """摘要: what the family reads on its slip for a month (YYYYMM); the first wording that the bank has room for.

    Raises PaymentRefused where none fits, or where the number to call is not said.
    """
    told = {"year": month[:4], "month": str(int(month[4:])), "two_digits": month[4:], "hotline": hotline}
    for text in template.purposes:
        if "{hotline}" in text and not hotline.strip():
            raise PaymentRefused("摘要里要写咨询电话，请先在参数“写进摘要的咨询电话”里填上")
        words = text.format(**told)
        if len(words.encode(template.encoding)) <= template.purpose_bytes:
            return words
    raise PaymentRefused(f"模板“{template.zh}”的摘要只能写{template.purpose_bytes}字节，咨询电话太长，请改短")


def compose(
    template: BankTemplate, batch: Batch, control: Control, transfers: Iterable[Transfer], out: BinaryIO
) -> None:
    """Write the file of these transfers, whose totals are known beforehand; the same always gives the same bytes.

    Raises PaymentRefused naming the households that cannot be written, or when the totals are not those of the lines.
    """
    values = {
        "batch": batch.name, "month": month_text(batch.month), "sent_on": batch.sent_on.isoformat(),
        "day": f"{batch.sent_on:%Y%m%d}", "count": str(control.count), "yuan": yuan_text(control.fen),
        "fen": str(control.fen),
    }  # fmt: skip
    counted = _Counted(template, batch.hotline, transfers)
    write_file(template, values, counted.rows(), out)
    if (counted.count, counted.fen) != (control.count, control.fen):
        raise PaymentRefused("银行文件的明细与控制数不符，没有生成，请报系统运行人员")


def write_file(template: BankTemplate, values: Row, rows: Iterable[tuple[str, Row]], out: BinaryIO) -> None:
    """Write rows (household, fields) as the template says. Raises PaymentRefused naming what cannot be written."""
    write = write_sheet if template.kind == "xlsx" else write_text
    try:
        write(template, values, rows, out)
    except Unwritable as fault:
        raise PaymentRefused(_refusal(template, fault.faults)) from None


class _Counted:
    """The lines of the file as they pass, and how many and how much they were."""

    def __init__(self, template: BankTemplate, hotline: str, transfers: Iterable[Transfer]) -> None:
        self.count = self.fen = 0
        self.transfers = transfers
        self.purpose = lru_cache(lambda month: purpose_of(template, month, hotline))

    def rows(self) -> Iterator[tuple[str, Row]]:
        for each in self.transfers:
            self.count += 1
            self.fen += each.fen
            household, month = e2e_household(each.e2e), each.e2e[:6]
            yield household, {
                "row": str(self.count), "e2e": each.e2e, "household": household, "holder": each.holder,
                "bank": each.bank, "account": each.account, "yuan": yuan_text(each.fen), "fen": str(each.fen),
                "purpose": self.purpose(month), "month": month,
            }  # fmt: skip


def _refusal(template: BankTemplate, faults: Sequence[Fault]) -> str:
    """What the officer reads: the rare signs with household and name, else what is empty, broken or too long."""
    if rare := [f"{each.household}“{each.text}”的“{each.signs}”" for each in faults if each.signs]:
        return (
            f"模板“{template.zh}”用{template.encoding.upper()}编码，写不出下列家庭的字，文件没有生成："
            f"{_listed(rare)}。请改用GB18030的模板，或与银行商定写法，不要用“?”代替"
        )
    if long := [f"{each.household}的{each.zh}" for each in faults if each.is_too_long]:
        return f"超过模板“{template.zh}”规定的长度，文件没有生成，请先更正账户：{_listed(long)}"
    unfit = [each.household for each in faults]
    return f"以下家庭的户名、开户银行或账号为空或含有“|”等符号，请先更正账户：{named(unfit)}"


def _listed(places: Sequence[str]) -> str:
    more = f"等{len(places)}处" if len(places) > SHOWN else ""
    return "、".join(places[:SHOWN]) + more


def unwritable(template: BankTemplate, hotline: str, transfers: Iterable[Transfer]) -> str:
    """Why a file of these transfers could not be written, in the officer's words; empty where it could."""
    rows = _Counted(template, hotline, transfers).rows()
    found = (fault_of(template, texts_of(template.columns, row), household) for household, row in rows)
    try:
        faults = [fault for fault in found if fault]
    except PaymentRefused as refusal:  # no wording of the slip fits
        return str(refusal)
    return _refusal(template, faults) if faults else ""


def render(batch: Batch, transfers: Sequence[Transfer], template: str = COUNTY_TEXT) -> bytes:
    """The bytes of a file of these transfers. Raises PaymentRefused as `compose` does."""
    out = BytesIO()
    control = Control(len(transfers), sum(each.fen for each in transfers))
    compose(load_template(template), batch, control, transfers, out)
    return out.getvalue()


def digest(data: bytes) -> str:
    """SHA-256 of a file, as the database keeps it."""
    return digests_of(data).sha256


@contextmanager
def drafted(folder: pathlib.Path) -> Iterator[BinaryIO]:
    """A draft beside the file that it will become; a fault takes it away, a kill leaves it under a name nobody reads.

    Every draft has a name of its own: two officers who send at once never write into one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".draft-", suffix=".tmp", delete=False) as draft:
        try:
            yield draft  # type: ignore[misc]  # its wrapper has all of BinaryIO
        finally:  # once it has its place the draft's name is gone
            pathlib.Path(draft.name).unlink(missing_ok=True)


def place(draft: BinaryIO, path: pathlib.Path) -> pathlib.Path:
    """Let a draft become the file, whole: it is on the disk before its name is."""
    draft.flush()
    os.fsync(draft.fileno())
    pathlib.Path(draft.name).replace(path)
    return path


def store(path: pathlib.Path, data: bytes) -> pathlib.Path:
    """Write the file whole or not at all: a reader never meets half of it."""
    with drafted(path.parent) as draft:
        draft.write(data)
        return place(draft, path)
