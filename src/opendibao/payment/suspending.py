"""暂停发放: a household gets no line while something is looked into; lifted, what its decisions grant becomes orders.

Nothing is forfeited by a suspension: what is owed no longer is ended by a decision, not here.
"""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, month_text
from opendibao.payment.models import PayRun, Suspension
from opendibao.payment.ordering import OrderRow, order_payments
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import wait_for_turn
from opendibao.payment.settling import SETTLED, checked_words, settle
from opendibao.payment.states import RunState
from opendibao.registry.models import Household

BEYOND_RECALL = [RunState.CHECKED, RunState.REVIEWED, RunState.APPROVED]
WHAT = "项暂停"
# the months of a suspension whose lists went out without the household, as far as a decision grants them still
MISSED = """
SELECT s.household_id, r.month, 'supplement', d.amount_fen - given_for(s.household_id, r.month), %(cause)s, d.id
FROM payment_suspension s
JOIN payment_payrun r ON r.month >= s.first_month AND r.month < s.until_month AND r.state IN ('sent', 'closed')
JOIN decision_decision d ON d.household_id = s.household_id AND d.months @> r.month AND d.amount_fen > 0
  AND d.voided_on IS NULL
WHERE s.id = %(suspension)s AND d.amount_fen > given_for(s.household_id, r.month) ORDER BY r.month
"""


def next_month(today: date) -> date:
    """The month whose list can still be changed: that of the newest run while it is computed, else the one after."""
    newest = PayRun.objects.order_by("-month").first()
    if newest is None:
        return today.replace(day=1)
    return newest.month if newest.state == RunState.COMPUTED else add_months(newest.month, 1)


@needs(Duty.PAY)
@transaction.atomic
def ask_suspension(household_id: int, *, first_month: date, cause: str, on: date, at: datetime) -> Suspension:
    """提出暂停: from a month whose list can still be changed; waits for another officer's approval.

    Raises PaymentRefused where that list is beyond recall, or where the household is suspended or asked for already.
    """
    wait_for_turn()
    words = checked_words(cause, "暂停事由")
    home = Household.objects.filter(pk=household_id).first()
    if home is None:
        raise PaymentRefused("没有这一家，或不在本人可见的区划内")
    _refuse_passed(first_month, on)
    if Suspension.objects.filter(household=home, until_month=None).exclude(outcome="refused").exists():
        raise PaymentRefused(f"家庭{home.number}已经提出或正在暂停发放，不用再提")
    made = Suspension.objects.create(
        household=home, division=home.division, first_month=first_month, cause=words, made_by=officer_name(), made_on=on
    )
    _tell("提出暂停发放", made, at, on)
    return made


def _refuse_passed(first_month: date, on: date) -> None:
    if first_month.day != 1:
        raise PaymentRefused(f"暂停起始月应写当月第一天，收到的是{first_month}")
    earliest = next_month(on)
    if first_month < earliest:
        raise PaymentRefused(
            f"{month_text(first_month)}的名册已经复核，不能再暂停，最早从{month_text(earliest)}起；已发的多发款请办理追缴"
        )


def _held(suspension_id: int) -> Suspension:
    found = (
        Suspension.objects.select_for_update(of=("self",))
        .select_related("household").filter(pk=suspension_id).first()
    )  # fmt: skip
    if found is None:
        raise PaymentRefused("没有这项暂停，或不在本人可见的区划内")
    return found


@needs(Duty.PAY)
@transaction.atomic
def approve_suspension(suspension_id: int, *, on: date, at: datetime) -> Suspension:
    """批准暂停: by another officer; a list that is computed must be frozen again before it can be checked.

    Raises PaymentRefused where the list of its first month has been checked meanwhile.
    """
    wait_for_turn()
    suspension = _held(suspension_id)
    settle(suspension, WHAT, "approved", "", on)
    if suspension.first_month < (earliest := next_month(on)):
        raise PaymentRefused(
            f"{month_text(suspension.first_month)}的名册已经复核，这项暂停批晚了；请“不批准”，"
            f"再从{month_text(earliest)}起提出"
        )
    suspension.save(update_fields=SETTLED)
    _tell("批准暂停发放", suspension, at, on)
    return suspension


@needs(Duty.PAY)
@transaction.atomic
def refuse_suspension(suspension_id: int, *, note: str, on: date, at: datetime) -> Suspension:
    """不批准暂停: by another officer, with the reason; the household is paid as before."""
    wait_for_turn()
    suspension = _held(suspension_id)
    settle(suspension, WHAT, "refused", checked_words(note, "不批准的理由"), on)
    suspension.save(update_fields=SETTLED)
    _tell("不批准暂停发放", suspension, at, on)
    return suspension


@needs(Duty.PAY)
@transaction.atomic
def lift_suspension(suspension_id: int, *, note: str, on: date, at: datetime) -> list[int]:
    """恢复发放: the household is on the next list again, and every month it missed becomes an order (补发).

    Returns the ids of the orders, which wait for another officer's approval as every order does. Raises
    PaymentRefused for the officer who suspended it, while a list is between check and bank, or where it was lifted.
    """
    wait_for_turn()
    words = checked_words(note, "恢复说明")
    suspension = _held(suspension_id)
    if suspension.outcome != "approved" or suspension.until_month is not None:
        raise PaymentRefused("这项暂停没有生效或者已经恢复，不用再恢复")
    if suspension.made_by == officer_name():
        raise PaymentRefused("暂停和恢复应由两人分别办理，请换人恢复")
    if waiting := PayRun.objects.filter(state__in=BEYOND_RECALL).first():
        raise PaymentRefused(f"{month_text(waiting.month)}的名册正在审核，请等送银行以后再恢复，当月的钱届时补发")
    suspension.until_month = max(next_month(on), suspension.first_month)
    suspension.lifted_by, suspension.lifted_on, suspension.lift_note = officer_name(), on, words
    suspension.save(update_fields=["until_month", "lifted_by", "lifted_on", "lift_note"])
    rows = read(OrderRow, MISSED, {"suspension": suspension.pk, "cause": f"恢复发放：{words}"[:200]})
    made = order_payments(rows, on=on, at=at)
    _tell("恢复发放", suspension, at, on, months_ordered=len(made))
    return made


def _tell(action: str, suspension: Suspension, at: datetime, on: date, **more: object) -> None:
    payload: dict[str, object] = {
        "on": str(on), "first_month": month_text(suspension.first_month), "cause": suspension.cause,
        "note": suspension.lift_note or suspension.note, **more,
    }  # fmt: skip
    record(action, f"家庭 {suspension.household.number}", division=suspension.division, at=at, payload=payload)
