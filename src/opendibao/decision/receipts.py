"""上级回执: what the superior system answered is read, shown and taken, wholly or not at all."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import current_session, officer_name
from opendibao.decision.models import OutboxEvent, ReceiptFile, SentBack
from opendibao.decision.refusal import SHOWN, DecisionRefused, named
from opendibao.kernel.duties import Duty

RECEIPT_COLUMNS = ("决定文号", "状态", "接收日期", "回执号", "原因")
ACCEPTED, RETURNED = "接收", "退回"
WORDS = {"接收": ACCEPTED, "已接收": ACCEPTED, "退回": RETURNED, "已退回": RETURNED}
LARGEST_BYTES = 5_000_000
NAME_LENGTH = 120


@dataclass(frozen=True)
class ReceiptResult:
    """What a file of receipts said: newly accepted, returned, and known already."""

    accepted: int
    returned: int
    known: int


@dataclass(frozen=True)
class Receipt:
    """A line of a file of receipts as it stands there; `line` counts as a text editor does."""

    line: int
    number: str
    status: str
    day: str
    receipt: str
    reason: str

    @property
    def where(self) -> str:
        """The place, for a message."""
        return f"回执第{self.line}行（{self.number or '没有决定文号'}）"


@dataclass(frozen=True)
class Effect:
    """What a line does: `accepted`, `returned`, or `known` where it says nothing new."""

    receipt: Receipt
    effect: str


@dataclass(frozen=True)
class _Change:
    event: OutboxEvent
    receipt: Receipt
    effect: str
    day: date


@needs(Duty.CONFIRM)
@transaction.atomic
def take_receipt_file(content: bytes, name: str, *, on: date, at: datetime) -> ReceiptResult:
    """接收回执: what the superior system answered, wholly or not at all; a returned event waits for its correction.

    A file or line that came before changes nothing. Raises DecisionRefused naming every wrong line, column and remedy.
    """
    receipts = read_receipts(content, name)
    if _was_taken(content):
        return ReceiptResult(0, 0, len(receipts))
    changes = [change for _receipt, change in _judged(receipts, _events(receipts, is_locked=True), on) if change]
    for change in changes:
        _apply(change)
    changed = [change.event for change in changes]
    OutboxEvent.objects.bulk_update(changed, ["sent_on", "accepted_on", "receipt", "rejected_reason"])
    SentBack.objects.bulk_create([_back(c) for c in changes if c.effect == RETURNED])
    rows: list[tuple[str, str, dict[str, object]]] = [
        (f"决定 {c.event.decision.number}", c.event.division,
         {"receipt": c.event.receipt, "reason": c.event.rejected_reason, "file": name[:NAME_LENGTH]})
        for c in changes
    ]  # fmt: skip
    record_many("上级系统回执", rows, at=at)
    accepted = sum(change.effect == ACCEPTED for change in changes)
    result = ReceiptResult(accepted, len(changes) - accepted, len(receipts) - len(changes))
    if changes:
        _keep(content, name, result, on)
    return result


@needs(Duty.CONFIRM)
def take_receipts(path: Path, *, on: date, at: datetime) -> ReceiptResult:
    """接收回执: `take_receipt_file` for a file of a folder. Raises DecisionRefused where it is not there."""
    if not Path(path).is_file():
        raise DecisionRefused(f"没有回执文件“{path.name}”，请核对路径")
    return take_receipt_file(path.read_bytes(), path.name, on=on, at=at)


def preview_receipts(content: bytes, name: str, *, on: date) -> list[Effect]:
    """预览回执: what each line would do. Raises DecisionRefused as `take_receipt_file` does."""
    receipts = read_receipts(content, name)
    if _was_taken(content):
        return [Effect(receipt, "known") for receipt in receipts]
    judged = _judged(receipts, _events(receipts), on)
    words = {ACCEPTED: "accepted", RETURNED: "returned"}
    return [Effect(receipt, words[change.effect] if change else "known") for receipt, change in judged]


def read_receipts(content: bytes, name: str) -> list[Receipt]:
    """The lines of a file. Raises DecisionRefused for another form: columns, encoding, half a line, doubles."""
    rows = [(n, row) for n, row in _rows(_decoded(content, name), name) if any(cell.strip() for cell in row)]
    if len(rows) < 2 or tuple(cell.strip() for cell in rows[0][1]) != RECEIPT_COLUMNS:
        raise DecisionRefused(f"回执文件“{name}”的列应为：{'、'.join(RECEIPT_COLUMNS)}，且至少有一行")
    if odd := [f"第{n}行有{len(row)}格" for n, row in rows[1:] if len(row) != len(RECEIPT_COLUMNS)]:
        raise DecisionRefused(
            f"回执文件“{name}”不完整：每行应有{len(RECEIPT_COLUMNS)}格，{named(odd)}。请重新下载整份文件"
        )
    found = [Receipt(n, *(cell.strip() for cell in row)) for n, row in rows[1:]]
    numbers = [receipt.number for receipt in found]
    if doubles := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise DecisionRefused(f"回执文件“{name}”里同一决定有两行：{named(doubles)}，请上级系统重出")
    return found


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells; a quote that is never closed is half a file."""
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error:
        raise DecisionRefused(f"回执文件“{name}”在第{reader.line_num}行断开，不完整，请重新下载整份文件") from None


def _decoded(content: bytes, name: str) -> str:
    if len(content) > LARGEST_BYTES:
        raise DecisionRefused(f"回执文件“{name}”超过 {LARGEST_BYTES // 1_000_000} MB，请分成几份")
    if content[:2] == b"PK":
        raise DecisionRefused(f"回执文件“{name}”是 Excel，请另存为 CSV 再导入")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DecisionRefused(f"回执文件“{name}”的编码不是 UTF-8 或 GB18030，请重新导出")


def _events(receipts: Sequence[Receipt], *, is_locked: bool = False) -> dict[str, OutboxEvent]:
    found = OutboxEvent.objects.filter(decision__number__in=[r.number for r in receipts], decision__voided_on=None)
    found = found.select_related("decision").order_by("pk")
    return {event.decision.number: event for event in (found.select_for_update(of=("self",)) if is_locked else found)}


def _judged(
    receipts: Sequence[Receipt], events: dict[str, OutboxEvent], on: date
) -> list[tuple[Receipt, _Change | None]]:
    """Each line and what it changes. Raises DecisionRefused naming every line that cannot be."""
    judged, faults = list[tuple[Receipt, _Change | None]](), list[str]()
    for receipt in receipts:
        try:
            judged.append((receipt, _change(receipt, events.get(receipt.number), on)))
        except DecisionRefused as refusal:
            faults.append(str(refusal))
    if faults:
        more = f"；等{len(faults)}处" if len(faults) > SHOWN else ""
        raise DecisionRefused("；".join(faults[:SHOWN]) + more)
    return judged


def _change(receipt: Receipt, event: OutboxEvent | None, on: date) -> _Change | None:
    """What a line changes; None when it says nothing new."""
    where = receipt.where
    if event is None:
        raise DecisionRefused(f"{where}：没有上报过这个决定文号，请核对回执文件")
    day, status = _day(receipt, on), WORDS.get(receipt.status)
    if status is None:
        raise DecisionRefused(f"{where}：状态“{receipt.status}”应为接收或退回，请核对回执文件")
    if event.accepted_on:
        _refuse_other(receipt, event, day, status)
        return None
    if event.sent_on is None or _is_former(receipt, event, day, status):
        if status == RETURNED and _came_before(receipt, event, day):
            return None
        raise DecisionRefused(f"{where}：这个决定还没有上报，或退回后还没有重报，请核对回执文件")
    if day < event.sent_on:
        raise DecisionRefused(f"{where}：接收日期{day}早于上报日期{event.sent_on}，请核对回执文件")
    if status == ACCEPTED:
        _needed(receipt.receipt, "回执号", where, 40)
    else:
        _needed(receipt.reason, "原因", where, 120)
    return _Change(event, receipt, status, day)


def _is_former(receipt: Receipt, event: OutboxEvent, day: date, status: str) -> bool:
    """Whether a line is the answer to an earlier sending, which was returned, corrected and has gone up again."""
    return status == RETURNED and day < (event.sent_on or date.max) and _came_before(receipt, event, day)


def _came_before(receipt: Receipt, event: OutboxEvent, day: date) -> bool:
    return SentBack.objects.filter(event=event, returned_on=day, reason=receipt.reason).exists()


def _refuse_other(receipt: Receipt, event: OutboxEvent, day: date, status: str) -> None:
    if status == RETURNED and _came_before(receipt, event, day):
        return
    if (status, day, receipt.receipt) != (ACCEPTED, event.accepted_on, event.receipt):
        raise DecisionRefused(
            f"{receipt.where}：上级系统已在{event.accepted_on}接收（{event.receipt}），与这一行不同，请核对"
        )


def _day(receipt: Receipt, on: date) -> date:
    try:
        day = date.fromisoformat(receipt.day)
    except ValueError:
        raise DecisionRefused(
            f"{receipt.where}：接收日期“{receipt.day}”不是存在的日期，应写成 2024-05-20 这样"
        ) from None
    if day > on:
        raise DecisionRefused(f"{receipt.where}：接收日期{day}晚于今天{on}，请核对回执文件")
    return day


def _needed(text: str, column: str, where: str, most: int) -> None:
    if not text:
        raise DecisionRefused(f"{where}：没有填{column}，请上级系统补上")
    if len(text) > most:
        raise DecisionRefused(f"{where}：{column}有{len(text)}个字，超过{most}个，请上级系统缩短")


def _apply(change: _Change) -> None:
    event = change.event
    if change.effect == ACCEPTED:
        event.accepted_on, event.receipt = change.day, change.receipt.receipt
    else:
        event.sent_on, event.rejected_reason = None, change.receipt.reason


def _back(change: _Change) -> SentBack:
    event = change.event
    return SentBack(
        event=event, division=event.division, file=event.file, returned_on=change.day, reason=event.rejected_reason
    )


def _was_taken(content: bytes) -> bool:
    """Whether this very file came before and changed something."""
    return ReceiptFile.objects.filter(sha256=hashlib.sha256(content).hexdigest()).exists()


def _keep(content: bytes, name: str, result: ReceiptResult, on: date) -> None:
    ReceiptFile.objects.create(
        name=name[:NAME_LENGTH], division=current_session().reach.ljust(12, "0"),
        sha256=hashlib.sha256(content).hexdigest(), taken_on=on, taken_by=officer_name(), accepted=result.accepted,
        returned=result.returned, known=result.known,
    )  # fmt: skip
