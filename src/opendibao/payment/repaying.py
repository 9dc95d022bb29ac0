"""退回和减免: in which way a family gives back, what it paid in cash, and what it is let off in hardship."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.payment.claiming import held_receivable
from opendibao.payment.models import CashReturn, Receivable, Waiver
from opendibao.payment.recovery_booking import book_cash_return, book_waiver
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import wait_for_turn
from opendibao.payment.settling import SETTLED, checked_words, settle

LEFT = "SELECT receivable_left(%(receivable)s)"
# whether the household has a month's money from which something can be set off
HAS_MONEY = """
SELECT EXISTS (SELECT FROM decision_decision d WHERE d.household_id = %(household)s AND d.in_force @> %(on)s::date
  AND d.amount_fen > 0)
"""
# a list at work has taken its part, and may give it up again
AT_WORK = """
SELECT to_char(r.month, 'YYYY-MM') FROM payment_offset o JOIN payment_payrun r ON r.id = o.run_id
WHERE o.receivable_id = %(receivable)s AND r.state IN ('computed', 'checked', 'reviewed') ORDER BY r.month
"""
RECEIPT_LENGTH = 40


def balance_of(receivable_id: int) -> int:
    """What is left of a receivable in fen: counted less given back, set off and waived."""
    return read(int, LEFT, {"receivable": receivable_id})[0]


def _owed(receivable_id: int) -> tuple[Receivable, int]:
    """A receivable in force and what is left of it; held, so that two officers do not take the same rest."""
    wait_for_turn()
    found = held_receivable(receivable_id)
    if found.outcome != "approved":
        raise PaymentRefused("这笔追缴还没有批准，不能办理退回、抵扣或者减免")
    left = balance_of(found.pk)
    if left <= 0:
        raise PaymentRefused("这笔追缴已经结清，不用再办")
    return found, left


@needs(Duty.PAY)
@transaction.atomic
def agree_way(
    receivable_id: int, *, way: str, monthly_fen: int | None = None, on: date, at: datetime
) -> Receivable:  # fmt: skip
    """约定退回方式: `cash`, or `offset` against the coming months, in instalments of `monthly_fen` where agreed.

    The share of a month that may be set off at all is a parameter. Raises PaymentRefused where nothing is left, an
    instalment is more than that, or the family has no month's money to set off against.
    """
    found, left = _owed(receivable_id)
    if way not in ("cash", "offset") or (monthly_fen is not None and not 0 < monthly_fen <= left):
        raise PaymentRefused(
            f"退回方式是现金退回或者从以后月份抵扣；约定每月退多少的，应大于零，不超过还没有退回的{yuan_text(left)}元"
        )
    if way == "offset" and not read(bool, HAS_MONEY, {"household": found.household_id, "on": on})[0]:
        raise PaymentRefused("这一家现在没有在发的保障金，没有可以抵扣的，请约定现金退回，可以分月")
    found.way, found.monthly_fen, found.agreed_on = way, monthly_fen, on
    found.save(update_fields=["way", "monthly_fen", "agreed_on"])
    _tell("约定退回方式", found, at, on, way=way, monthly=yuan_text(monthly_fen) if monthly_fen else "")
    return found


@needs(Duty.PAY)
@transaction.atomic
def enter_cash_return(receivable_id: int, *, fen: int, receipt: str, on: date, at: datetime) -> CashReturn:
    """登记现金退回: by the number of its receipt, which is entered once.

    Raises PaymentRefused for more than is left (a list at work may have set off part of it), or a receipt that is
    entered already.
    """
    found, left = _owed(receivable_id)
    number = receipt.strip()
    if not number or len(number) > RECEIPT_LENGTH:
        raise PaymentRefused(f"“收据号”要填，最多{RECEIPT_LENGTH}个字")
    if CashReturn.objects.filter(receipt=number).exists():
        raise PaymentRefused(f"收据{number}已经登记过，一张收据只登记一次")
    if not 0 < fen <= left:
        raise PaymentRefused(f"退回金额应大于零，不超过还没有退回的{yuan_text(left)}元")
    made = CashReturn.objects.create(
        receivable=found, division=found.division, fen=fen, receipt=number, returned_on=on, officer=officer_name()
    )
    book_cash_return(found, on, fen)
    _tell("登记现金退回", found, at, on, yuan=yuan_text(fen), receipt=number, left=yuan_text(left - fen))
    return made


@needs(Duty.PAY)
@transaction.atomic
def ask_waiver(receivable_id: int, *, cause: str, on: date, at: datetime) -> Waiver:
    """申请困难减免: of all that is left; finance approves it."""
    found, left = _owed(receivable_id)
    if Waiver.objects.filter(receivable=found, outcome="").exists():
        raise PaymentRefused("这笔追缴已申请减免，正在等待审批")
    made = Waiver.objects.create(
        receivable=found, division=found.division, fen=left, cause=checked_words(cause, "困难情况"),
        made_by=officer_name(), made_on=on,
    )  # fmt: skip
    _tell("申请困难减免", found, at, on, yuan=yuan_text(left), cause=made.cause)
    return made


def _waiver(waiver_id: int, outcome: str, note: str, on: date) -> tuple[Waiver, Receivable]:
    """A waiver with what finance says of it, which is not saved yet, and its receivable; both are held."""
    asked = Waiver.objects.filter(pk=waiver_id).first()
    if asked is None:
        raise PaymentRefused("没有这项减免申请，或不在本人可见的区划内")
    wait_for_turn()
    receivable = held_receivable(asked.receivable_id)
    waiver = Waiver.objects.select_for_update().get(pk=waiver_id)
    settle(waiver, "项减免", outcome, note, on)
    return waiver, receivable


@needs(Duty.FINANCE)
@transaction.atomic
def approve_waiver(waiver_id: int, *, on: date, at: datetime) -> Waiver:
    """批准困难减免: by finance; the rest of the receivable is given up.

    Raises PaymentRefused where the rest is another than the one asked for: then it is refused and asked anew; and
    while a list that finance has not passed sets off part of it, which may come back into the rest.
    """
    waiver, receivable = _waiver(waiver_id, "approved", "", on)
    left = balance_of(receivable.pk)
    if month := next(iter(read(str, AT_WORK, {"receivable": receivable.pk})), ""):
        raise PaymentRefused(f"{month}的名册正在办理，里面还有这笔追缴的抵扣；请等财政审核通过那一批以后再批准减免")
    if waiver.fen != left:
        raise PaymentRefused(
            f"申请以后余额已变（申请{yuan_text(waiver.fen)}元，现余{yuan_text(left)}元），请不批准并重新申请"
        )
    waiver.save(update_fields=SETTLED)
    book_waiver(receivable, on, waiver.fen)
    _tell("批准困难减免", receivable, at, on, yuan=yuan_text(waiver.fen))
    return waiver


@needs(Duty.FINANCE)
@transaction.atomic
def refuse_waiver(waiver_id: int, *, note: str, on: date, at: datetime) -> Waiver:
    """不批准困难减免: by finance, with the reason; the family owes the rest as before."""
    waiver, receivable = _waiver(waiver_id, "refused", checked_words(note, "不批准的理由"), on)
    waiver.save(update_fields=SETTLED)
    _tell("不批准困难减免", receivable, at, on, note=waiver.note)
    return waiver


def _tell(action: str, receivable: Receivable, at: datetime, on: date, **more: object) -> None:
    payload = {"on": str(on), "receivable": receivable.pk, **more}
    record(action, f"家庭 {receivable.household.number}", division=receivable.division, at=at, payload=payload)
