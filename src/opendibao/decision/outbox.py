"""上报: decisions go to the superior system in files, and its receipts say what it accepted or returned."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.decision.models import DecisionKind, OutboxEvent
from opendibao.decision.refusal import DecisionRefused, named
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import county_of
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text

SENT_COLUMNS = (
    "决定文号", "决定种类", "户编号", "区划代码", "城乡", "保障人数", "月保障金(元)", "决定日期", "起发月", "止发月",
)  # fmt: skip
RECEIPT_COLUMNS = ("决定文号", "状态", "接收日期", "回执号", "原因")
ACCEPTED, RETURNED = "接收", "退回"
WORDS = {"接收": ACCEPTED, "已接收": ACCEPTED, "退回": RETURNED, "已退回": RETURNED}
AREAS = {"rural": "农村", "urban": "城镇"}


@dataclass(frozen=True)
class ReceiptResult:
    """What a file of receipts said: newly accepted, returned, and known already."""

    accepted: int
    returned: int
    known: int


@dataclass(frozen=True)
class _Receipt:
    line: int
    number: str
    status: str
    day: str
    receipt: str
    reason: str


@needs(Duty.CONFIRM)
def send_outbox(*, upto: date, on: date, at: datetime, out_dir: Path) -> Path | None:
    """上报: write into one file what happened up to a day and is not sent (or came back); None when there is nothing.

    The database knows the sending before the file appears; the same events give the same bytes.
    """
    with transaction.atomic():
        waiting = OutboxEvent.objects.filter(happened_on__lte=upto, sent_on=None).select_for_update(of=("self",))
        events = list(waiting.select_related("decision__household").order_by("decision__number"))
        if not events:
            return None
        name = f"上报-{on:%Y%m%d}-{_files_of(on) + 1}.csv"
        OutboxEvent.objects.filter(pk__in=[e.pk for e in events]).update(sent_on=on, file=name)
        division = county_of(events[0].division)
        payload: dict[str, object] = {"on": str(on), "upto": str(upto), "events": len(events)}
        record("上报上级系统", f"上报文件 {name}", division=division, at=at, payload=payload)
    out_dir.mkdir(parents=True, exist_ok=True)
    path = out_dir / name
    path.write_text(_render(events), encoding="utf-8", newline="")
    return path


def _files_of(on: date) -> int:
    return OutboxEvent.objects.filter(sent_on=on).values("file").distinct().count()


def _render(events: Sequence[OutboxEvent]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(SENT_COLUMNS)
    for event in events:
        d = event.decision
        months = (month_text(month) if month else "" for month in (d.first_month, d.last_month))
        writer.writerow(
            (d.number, DecisionKind(d.kind).label, d.household.number, d.division, AREAS[d.area], d.persons,
             yuan_text(d.amount_fen), d.decided_on.isoformat(), *months)
        )  # fmt: skip
    return text.getvalue()


@needs(Duty.CONFIRM)
@transaction.atomic
def take_receipts(path: Path, *, on: date, at: datetime) -> ReceiptResult:
    """接收回执: what the superior system answered, wholly or not at all; a returned event can be sent again.

    A receipt that came before changes nothing. Raises DecisionRefused naming line, column and remedy.
    """
    receipts = _read(Path(path))
    known = OutboxEvent.objects.filter(decision__number__in=[r.number for r in receipts])
    events = {e.decision.number: e for e in known.select_for_update(of=("self",)).select_related("decision")}
    changed = [event for r in receipts if (event := _apply(r, events.get(r.number), on))]
    OutboxEvent.objects.bulk_update(changed, ["sent_on", "accepted_on", "receipt", "rejected_reason"])
    rows: list[tuple[str, str, dict[str, object]]] = [
        (f"决定 {e.decision.number}", e.division, {"receipt": e.receipt, "reason": e.rejected_reason}) for e in changed
    ]
    record_many("上级系统回执", rows, at=at)
    accepted = sum(event.accepted_on is not None for event in changed)
    return ReceiptResult(accepted, len(changed) - accepted, len(receipts) - len(changed))


def _read(path: Path) -> list[_Receipt]:
    if not path.is_file():
        raise DecisionRefused(f"没有回执文件“{path.name}”，请核对路径")
    rows = list(csv.DictReader(io.StringIO(_decoded(path))))
    if not rows or tuple(rows[0]) != RECEIPT_COLUMNS:
        raise DecisionRefused(f"回执文件“{path.name}”的列应为：{'、'.join(RECEIPT_COLUMNS)}，且至少有一行")
    found = [_Receipt(n, *[(row[c] or "").strip() for c in RECEIPT_COLUMNS]) for n, row in enumerate(rows, 2)]
    numbers = [receipt.number for receipt in found]
    if doubles := sorted({number for number in numbers if numbers.count(number) > 1}):
        raise DecisionRefused(f"回执文件“{path.name}”里同一决定有两行：{named(doubles)}，请上级系统重出")
    return found


def _decoded(path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return path.read_bytes().decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DecisionRefused(f"回执文件“{path.name}”的编码不是 UTF-8 或 GB18030，请重新导出")


def _apply(receipt: _Receipt, event: OutboxEvent | None, on: date) -> OutboxEvent | None:
    """The event as the receipt changes it; None when it says nothing new."""
    where = f"回执第{receipt.line}行（{receipt.number}）"
    if event is None:
        raise DecisionRefused(f"{where}：没有上报过这个决定文号，请核对回执文件")
    day, status = _day(receipt, where, on), WORDS.get(receipt.status)
    if status is None:
        raise DecisionRefused(f"{where}：状态“{receipt.status}”应为接收或退回，请核对回执文件")
    if event.accepted_on:
        _refuse_other(receipt, event, where, day, status)
        return None
    if event.sent_on is None:
        if status == RETURNED and receipt.reason == event.rejected_reason:
            return None
        raise DecisionRefused(f"{where}：这个决定还没有上报，或退回后还没有重报，请核对回执文件")
    if day < event.sent_on:
        raise DecisionRefused(f"{where}：接收日期{day}早于上报日期{event.sent_on}，请核对回执文件")
    if status == ACCEPTED:
        event.accepted_on, event.receipt = day, _needed(receipt.receipt, "回执号", where)[:40]
    else:
        event.sent_on, event.rejected_reason = None, _needed(receipt.reason, "原因", where)[:120]
    return event


def _refuse_other(receipt: _Receipt, event: OutboxEvent, where: str, day: date, status: str) -> None:
    if (status, day, receipt.receipt) != (ACCEPTED, event.accepted_on, event.receipt):
        raise DecisionRefused(f"{where}：上级系统已在{event.accepted_on}接收（{event.receipt}），与这一行不同，请核对")


def _day(receipt: _Receipt, where: str, on: date) -> date:
    try:
        day = date.fromisoformat(receipt.day)
    except ValueError:
        raise DecisionRefused(f"{where}：接收日期“{receipt.day}”不是存在的日期，应写成 2024-05-20 这样") from None
    if day > on:
        raise DecisionRefused(f"{where}：接收日期{day}晚于今天{on}，请核对回执文件")
    return day


def _needed(text: str, column: str, where: str) -> str:
    if not text:
        raise DecisionRefused(f"{where}：没有填{column}，请上级系统补上")
    return text
