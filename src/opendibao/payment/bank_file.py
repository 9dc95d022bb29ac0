"""银行文件: the text a bank takes, in GB18030, with control totals and a checksum over all before the last line.

Lines end with CR LF, fields are parted by `|`, amounts are yuan with two decimals:
H|批次|发放月|送盘日期|笔数|金额, then D|序号|端到端编号|户名|开户银行|账号|金额|用途, then T|笔数|金额|SHA-256.
"""

import hashlib
import os
import pathlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.refusal import PaymentRefused, named

ENCODING = "gb18030"  # GBK knows no 㛃, 𠮷 or 䶮, and a name must never become "?"
END = "\r\n"
PURPOSE = "低保金"


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
    """What the header says: name of the batch, pay month, day it is sent."""

    name: str
    month: date
    sent_on: date


def e2e_household(e2e: str) -> str:
    """The household number inside an end-to-end id: 202401-H-000123-R-0-1 → H-000123."""
    return e2e.split("-", 1)[1].rsplit("-", 3)[0]


def _unfit(transfer: Transfer) -> bool:
    """Whether a field would break the line format or the encoding, or is empty."""
    fields = (transfer.holder, transfer.bank, transfer.account)
    text = "".join((transfer.e2e, *fields))
    surrogate = any("\ud800" <= sign <= "\udfff" for sign in text)
    return "|" in text or not text.isprintable() or surrogate or not all(field.strip() for field in fields)


def seal(body: str, trailer: Sequence[str]) -> bytes:
    """Encode the body and close it with the trailer line and the checksum of everything before the checksum."""
    head = (body + "|".join(["T", *trailer, ""])).encode(ENCODING)
    return head + (hashlib.sha256(head).hexdigest() + END).encode(ENCODING)


def render(batch: Batch, transfers: Sequence[Transfer]) -> bytes:
    """The bytes of the file; the same transfers always give the same bytes.

    Raises PaymentRefused naming the households whose holder, bank or account cannot be written.
    """
    if unfit := [e2e_household(transfer.e2e) for transfer in transfers if _unfit(transfer)]:
        raise PaymentRefused(f"以下家庭的户名、开户银行或账号为空或含有“|”等符号，请先更正账户：{named(unfit)}")
    total = yuan_text(sum(transfer.fen for transfer in transfers))
    count = str(len(transfers))
    lines = ["|".join(["H", batch.name, month_text(batch.month), batch.sent_on.isoformat(), count, total])]
    lines += [
        f"D|{n}|{t.e2e}|{t.holder}|{t.bank}|{t.account}|{yuan_text(t.fen)}|{month_text(batch.month)}{PURPOSE}"
        for n, t in enumerate(transfers, 1)
    ]
    return seal("".join(line + END for line in lines), [count, total])


def digest(data: bytes) -> str:
    """SHA-256 of a file, as the database keeps it."""
    return hashlib.sha256(data).hexdigest()


def store(path: pathlib.Path, data: bytes) -> pathlib.Path:
    """Write the file whole or not at all: a reader never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    with open(draft, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return path
