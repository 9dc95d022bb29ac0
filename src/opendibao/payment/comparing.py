"""三方比较: what differs between ledger, vouchers and statement becomes an exception, and ends when it vanishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_said
from opendibao.payment.level_vouchers import LevelDue, level_differences
from opendibao.payment.models import ExceptionKind, PayRun, ReconException, Resolution
from opendibao.payment.run_record import locked, note
from opendibao.payment.three_way import ThreeWay, ThreeWayRow, three_way

NO_VOUCHER, NO_STATEMENT = "没有登记财政支付凭证", "没有收银行对账单"


@dataclass(frozen=True)
class _Difference:
    """Kind, the words that begin its detail and by which it is found again, all of it in words, fen."""

    kind: ExceptionKind
    begins: str
    detail: str
    fen: int


def _of(row: ThreeWayRow) -> _Difference:
    kind = ExceptionKind.VOUCHER if row.key == "voucher" else ExceptionKind.STATEMENT
    return _Difference(kind, f"{row.zh}：", f"{row.words}，相差{yuan_said(row.difference)}元", row.difference)


def _of_level(row: LevelDue) -> _Difference:
    due, said = yuan_said(row.due_fen), yuan_said(row.voucher_fen)
    detail = f"{row.begins}按分担比例应付{due}元，凭证{said}元，相差{yuan_said(row.difference)}元"
    return _Difference(ExceptionKind.VOUCHER, row.begins, detail, row.difference)


def _differences(found: ThreeWay, levels: Sequence[LevelDue]) -> list[_Difference]:
    """Each line that differs; a side that has said nothing at all is one difference, not three."""
    said = [
        _of(row) for row in found.differences
        if (found.has_vouchers if row.key == "voucher" else found.has_statement)
    ]  # fmt: skip
    if not found.has_vouchers and found.ledger_sent:
        said.append(_Difference(ExceptionKind.VOUCHER, NO_VOUCHER, NO_VOUCHER, -found.ledger_sent))
    if not found.has_statement and found.ledger_sent:
        said.append(_Difference(ExceptionKind.STATEMENT, NO_STATEMENT, NO_STATEMENT, -found.ledger_sent))
    return [*said, *map(_of_level, levels)]


@needs(Duty.PAY, Duty.FINANCE)
@transaction.atomic
def compare_money(run_id: int, *, on: date, at: datetime) -> ThreeWay:
    """三方核对: put down what differs; a decision about another sum is asked for again, what vanished is ended."""
    run = locked(run_id)
    found = three_way(run.pk)
    differences = _differences(found, level_differences(run.pk))
    money = (ExceptionKind.VOUCHER, ExceptionKind.STATEMENT)
    still = list(ReconException.objects.select_for_update().filter(run=run, kind__in=money, settled_on=None))
    new = [_put_down(run, each, still, on) for each in differences]
    _end(still, differences, on)
    if any(new):
        note(run, "三方核对有差异", at, on=on, differences=[each.detail for each in differences])
    return found


@needs(Duty.PAY, Duty.FINANCE)
def compare_again(run: PayRun, found_before: bool, *, on: date, at: datetime) -> None:
    """After a voucher or a statement: compare once both are there, or where something was open."""
    both = three_way(run.pk)
    if found_before or (both.has_vouchers and both.has_statement):
        compare_money(run.pk, on=on, at=at)


def has_open(run: PayRun) -> bool:
    """Whether a difference with vouchers or statement is open."""
    money = (ExceptionKind.VOUCHER, ExceptionKind.STATEMENT)
    return ReconException.objects.filter(run=run, kind__in=money, settled_on=None).exists()


def _is(each: ReconException, difference: _Difference) -> bool:
    return each.kind == difference.kind and each.detail.startswith(difference.begins)


def _put_down(run: PayRun, difference: _Difference, still: Sequence[ReconException], on: date) -> bool:
    """A new exception, or the open one brought up to date; returns whether anything is new."""
    before = next((each for each in still if _is(each, difference)), None)
    if before is None:
        ReconException.objects.create(
            run=run, division=run.division, kind=difference.kind, fen=difference.fen, detail=difference.detail,
            found_on=on,
        )  # fmt: skip
        return True
    if before.detail == difference.detail:
        return False
    before.detail, before.fen = difference.detail, difference.fen
    before.resolution, before.decided_by, before.decided_on = Resolution.WAITING, "", None
    before.save(update_fields=["detail", "fen", "resolution", "decided_by", "decided_on"])
    return True


def _end(still: Sequence[ReconException], differences: Sequence[_Difference], on: date) -> None:
    for each in still:
        if any(_is(each, difference) for difference in differences):
            continue
        if not each.resolution:
            said = "已经收到，见三方核对" if each.detail in (NO_VOUCHER, NO_STATEMENT) else "已经相符"
            each.owner, each.note = each.owner or officer_name(), said
            each.resolution, each.decided_by, each.decided_on = Resolution.EXPLAINED, officer_name(), on
        each.settled_on = on
        each.save(update_fields=["owner", "note", "resolution", "decided_by", "decided_on", "settled_on"])
