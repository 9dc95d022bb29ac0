"""追缴: what was paid beyond what was due is counted, approved by another officer, and then the family owes it.

What was due is what the deciding decision grants (nothing, where it stops): the amount follows from it and from what
the bank paid. 社会救助法 第七十三、七十四条 (from 2026-07-01), 社会救助暂行办法 第六十八条 (before).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import read
from opendibao.decision.models import Decision, DecisionKind
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.models import Receivable, ReceivableMonth, RecoveryCause
from opendibao.payment.recovery_booking import book_claim
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import wait_for_turn
from opendibao.payment.settling import SETTLED, checked_words, settle
from opendibao.rulemaking.queries import pack_in_force

__all__ = ["OverpaidMonth", "approve_claim", "ask_claim", "deciding", "overpaid", "refuse_claim"]

ENDING = [DecisionKind.STOP, DecisionKind.REDUCE, DecisionKind.GRACE]
# The months before the deciding decision, and one of its own whose list had gone out by the decision before it. What a
# later decision grants is judged by that one.
OVERPAID = """
SELECT got.month, got.fen, d.amount_fen FROM decision_decision d
JOIN (SELECT DISTINCT month, paid_for(household_id, month) AS fen FROM payment_payline
  WHERE household_id = %(household)s AND month >= %(since)s::date AND kind <> 'price') AS got ON got.fen > d.amount_fen
WHERE d.id = %(decision)s AND d.household_id = %(household)s
  AND NOT EXISTS (SELECT FROM payment_payline l JOIN decision_decision own ON own.id = l.decision_id
    WHERE l.household_id = d.household_id AND l.month = got.month AND l.kind = 'regular'
      AND (own.decided_on, own.id) >= (d.decided_on, d.id))
  AND NOT EXISTS (SELECT FROM decision_decision later WHERE later.household_id = d.household_id
    AND (later.decided_on, later.id) > (d.decided_on, d.id) AND later.months @> got.month)
  AND NOT EXISTS (SELECT FROM payment_receivablemonth m
    WHERE m.household_id = d.household_id AND m.month = got.month AND NOT m.is_refused)
ORDER BY got.month
"""
WHAT = "笔追缴"
# money that was sent for months since then and that the bank has not booked yet
SENT_SINCE = """
SELECT DISTINCT to_char(l.month, 'YYYY-MM') FROM payment_payline l
WHERE l.household_id = %(household)s AND l.month >= %(since)s::date AND l.kind <> 'price' AND EXISTS (
  SELECT FROM payment_attempt a WHERE a.line_id = l.id AND a.state IN ('new', 'sent', 'unknown', 'differs')) ORDER BY 1
"""
# money of those months whose way is not at its end: in transit, held, returned and not given up, ordered
UNDER_WAY = """
SELECT DISTINCT to_char(found.month, 'YYYY-MM') FROM (
  SELECT l.month FROM payment_payline l WHERE l.household_id = %(household)s AND l.month = ANY(%(months)s::date[])
    AND l.kind <> 'price'
    AND NOT EXISTS (SELECT FROM payment_attempt a WHERE a.line_id = l.id AND a.state = 'paid')
    AND NOT EXISTS (SELECT FROM payment_hold h WHERE h.line_id = l.id AND h.outcome = 'cancelled')
    AND NOT EXISTS (SELECT FROM payment_attempt a JOIN payment_reconexception x ON x.attempt_id = a.e2e
      WHERE a.line_id = l.id AND a.state = 'returned' AND x.resolution = 'stop')
  UNION ALL
  SELECT o.month FROM payment_payorder o WHERE o.household_id = %(household)s AND o.month = ANY(%(months)s::date[])
    AND o.kind <> 'price' AND o.outcome <> 'refused' AND NOT EXISTS (
      SELECT FROM payment_payline l WHERE l.household_id = o.household_id AND l.month = o.month AND l.kind = o.kind
        AND l.supplement_no = o.supplement_no)) AS found
ORDER BY 1
"""


@dataclass(frozen=True)
class OverpaidMonth:
    """A month for which the bank paid more than was due, in fen."""

    month: date
    paid_fen: int
    due_fen: int

    @property
    def fen(self) -> int:
        """What is too much."""
        return self.paid_fen - self.due_fen


def deciding(household_id: int) -> int | None:
    """The id of a household's newest decision that lowers or stops; None where there is none.

    What came after it (an uprating, say) grants later months, and changes nothing in what was due before.
    """
    found = Decision.objects.filter(household=household_id, voided_on=None, kind__in=ENDING)
    newest = found.order_by("decided_on", "pk").last()
    return newest.pk if newest else None


def overpaid(household_id: int, *, decision_id: int, since_month: date) -> list[OverpaidMonth]:
    """The months from `since_month` on that were paid above what a decision says was due and nobody claims yet."""
    asked = {"household": household_id, "decision": decision_id, "since": since_month}
    return read(OverpaidMonth, OVERPAID, asked)


@needs(Duty.PAY)
@transaction.atomic
def ask_claim(
    household_id: int, *, decision_id: int, since_month: date, cause: str, words: str, on: date, at: datetime
) -> Receivable:
    """提出追缴: from the month in which the ground arose; the amount is counted, never typed.

    Raises PaymentRefused where the decision neither lowers nor stops, nothing was paid beyond it, or money of one of
    the months is still under way.
    """
    wait_for_turn()
    if cause not in RecoveryCause.values:
        raise PaymentRefused(f"没有“{cause}”这种追缴事由")
    said = checked_words(words, "情况说明")
    decision = Decision.objects.filter(
        pk=decision_id, household=household_id, kind__in=ENDING, voided_on=None
    ).select_related("household").first()  # fmt: skip
    if decision is None:
        raise PaymentRefused("追缴要有减发、渐退或者停发的决定，请先作出决定")
    if since_month.day != 1:
        raise PaymentRefused(f"追缴起始月应写当月第一天，收到的是{since_month}")
    months = overpaid(household_id, decision_id=decision_id, since_month=since_month)
    if not months:
        raise PaymentRefused(_nothing_too_much(household_id, decision, since_month))
    _refuse_under_way(household_id, months)
    made = Receivable.objects.create(
        household_id=household_id, decision=decision, division=decision.division, area=decision.area,
        since_month=since_month, cause=cause, words=said, amount_fen=sum(one.fen for one in months),
        made_by=officer_name(), made_on=on,
    )  # fmt: skip
    ReceivableMonth.objects.bulk_create(
        ReceivableMonth(receivable=made, household_id=household_id, division=decision.division, **vars(one))
        for one in months
    )
    _tell("提出追缴", made, at, on)
    return made


def _nothing_too_much(household_id: int, decision: Decision, since_month: date) -> str:
    """Why there is nothing to claim: it is still with the bank, or the decision grants what was paid."""
    asked = {"household": household_id, "since": since_month}
    if waiting := "、".join(read(str, SENT_SINCE, asked)):
        return f"{waiting}的钱还在银行，没有到账，等银行回盘以后再提出追缴"
    return (
        f"{month_text(since_month)}以来没有多发，或者都已提出追缴；"
        f"按决定{decision.number}，以前各月应发{yuan_text(decision.amount_fen)}元"
    )


def _refuse_under_way(household_id: int, months: list[OverpaidMonth]) -> None:
    asked = {"household": household_id, "months": [one.month for one in months]}
    if waiting := "、".join(read(str, UNDER_WAY, asked)):
        raise PaymentRefused(f"{waiting}还有钱在暂缓、在途、退回或者待补发，请等有了结果再提出追缴")


def held_receivable(receivable_id: int) -> Receivable:
    """The receivable, held until the transaction ends. Raises PaymentRefused when there is none."""
    found = (
        Receivable.objects.select_for_update(of=("self",))
        .select_related("household").filter(pk=receivable_id).first()
    )  # fmt: skip
    if found is None:
        raise PaymentRefused("没有这笔应追缴，或不在本人可见的区划内")
    return found


@needs(Duty.PAY)
@transaction.atomic
def approve_claim(receivable_id: int, *, on: date, at: datetime) -> Receivable:
    """批准追缴: by another officer; the family owes it from now on, in cash by a day that a parameter sets."""
    wait_for_turn()
    found = held_receivable(receivable_id)
    settle(found, WHAT, "approved", "", on)
    found.due_on = on + timedelta(days=pack_in_force().value("pay.return_days", on))
    found.save(update_fields=[*SETTLED, "due_on"])
    book_claim(found, on)
    _tell("批准追缴", found, at, on)
    return found


@needs(Duty.PAY)
@transaction.atomic
def refuse_claim(receivable_id: int, *, note: str, on: date, at: datetime) -> Receivable:
    """不批准追缴: by another officer, with the reason; its months may be claimed anew."""
    wait_for_turn()
    found = held_receivable(receivable_id)
    settle(found, WHAT, "refused", checked_words(note, "不批准的理由"), on)
    found.save(update_fields=SETTLED)
    ReceivableMonth.objects.filter(receivable=found).update(is_refused=True)
    _tell("不批准追缴", found, at, on)
    return found


def _tell(action: str, receivable: Receivable, at: datetime, on: date) -> None:
    payload: dict[str, object] = {
        "on": str(on), "since": month_text(receivable.since_month), "yuan": yuan_text(receivable.amount_fen),
        "cause": receivable.cause, "note": receivable.note or receivable.words,
    }  # fmt: skip
    record(action, f"家庭 {receivable.household.number}", division=receivable.division, at=at, payload=payload)
