"""提标补差: the months since a standard's first one that were paid at the old amount, ordered for all in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read_whole
from opendibao.decision.standard_part import standard_part
from opendibao.decision.uprating_queries import UpratingRow, uprating
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, month_text, months_between
from opendibao.payment.models import PayRun
from opendibao.payment.ordering import OrderRow, order_payments
from opendibao.payment.refusal import PaymentRefused

KIND = "backpay"
# What was on a list at the old amount, against what the month is owed. It rests on the decision of the uprating; where
# the family's decision has ended since, on the one that paid those months; where the family was sent to review, on the
# decision that came of it. A month that was suspended and lifted was paid by a supplement. What was given up after it
# was held, is claimed back or suspended still is for an officer to look at.
OWED = """
WITH line AS (
  SELECT l.id, l.household_id, l.former_id, l.former_fen, l.amount_fen, l.result, l.reason, u.effective_month, u.since,
    f.ended_by_id
  FROM decision_upratingline l JOIN decision_uprating u ON u.id = l.uprating_id
  JOIN decision_decision f ON f.id = l.former_id
  WHERE u.id = %(uprating)s AND u.state = 'approved' AND l.result IN ('increase', 'ended', 'review')),
paid AS (
  SELECT line.id, p.month, coalesce(sum(p.amount_fen) FILTER (WHERE NOT EXISTS (
      SELECT FROM payment_hold k WHERE k.line_id = p.id AND k.outcome = 'cancelled')), 0)::bigint AS fen
  FROM line JOIN payment_payline p ON p.decision_id = line.former_id AND p.month >= line.effective_month
  WHERE p.kind IN ('regular', 'supplement') GROUP BY line.id, p.month),
ordered AS (
  SELECT household_id, month, sum(amount_fen)::bigint AS fen FROM payment_payorder
  WHERE kind = 'backpay' AND outcome <> 'refused' GROUP BY household_id, month)
SELECT line.household_id, h.number, paid.month,
  CASE line.result WHEN 'ended' THEN line.former_id WHEN 'increase' THEN line.ended_by_id ELSE n.id END,
  paid.fen, CASE WHEN n.id IS NOT NULL OR line.reason = ''
    THEN greatest(coalesce(n.amount_fen, line.amount_fen) - line.former_fen, 0) ELSE 0 END,
  coalesce(ordered.fen, 0), n.id IS NOT NULL,
  CASE
    WHEN line.result = 'review' AND n.id IS NULL THEN 'review'
    WHEN line.reason <> '' AND n.id IS NULL THEN 'unclear'
    WHEN r.state NOT IN ('sent', 'closed') THEN 'early'
    WHEN paid.fen < line.former_fen THEN 'cancelled'
    WHEN EXISTS (SELECT FROM payment_receivablemonth m WHERE m.household_id = line.household_id
      AND m.month = paid.month AND NOT m.is_refused) THEN 'claimed'
    WHEN EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = line.household_id AND s.outcome = 'approved'
      AND s.first_month <= paid.month AND s.until_month IS NULL) THEN 'suspended'
    ELSE '' END
FROM paid JOIN line ON line.id = paid.id JOIN registry_household h ON h.id = line.household_id
JOIN payment_payrun r ON r.month = paid.month
LEFT JOIN ordered ON ordered.household_id = line.household_id AND ordered.month = paid.month
LEFT JOIN decision_decision n ON line.result = 'review' AND n.id = line.ended_by_id AND n.amount_fen > 0
  AND n.voided_on IS NULL AND n.uprating_id IS NULL AND coalesce(n.reckoned_on, n.decided_on) >= line.since
WHERE line.result <> 'review' OR line.ended_by_id IS NULL OR n.id IS NOT NULL
ORDER BY paid.month, h.number
"""
LEFT = ("review", "unclear", "early", "cancelled", "claimed", "suspended")
"""Why a month is not ordered with the others, by code."""


@dataclass(frozen=True)
class BackPay:
    """A month of a household that was paid at the old amount, and by how much it is short; money in fen.

    `ordered_fen` is what was ordered for the month already, `reason` why it is not ordered ("" it is);
    `is_reviewed`: the family was looked at again since, and is owed what the standard alone makes.
    """

    household_id: int
    household: str
    month: date
    decision_id: int | None
    paid_fen: int
    fen: int
    ordered_fen: int
    is_reviewed: bool
    reason: str

    @property
    def left_fen(self) -> int:
        """What is still to be ordered."""
        return max(self.fen - self.ordered_fen, 0)

    @property
    def is_open(self) -> bool:
        """Whether it may be ordered now."""
        return not self.reason and self.left_fen > 0


def back_pay_rows(uprating_id: int) -> list[BackPay]:
    """Every month that was paid at the old amount since the uprating's first one, ordered or not."""
    made = uprating(uprating_id)
    if made is None:
        return []
    found = read_whole(BackPay, OWED, {"uprating": uprating_id})
    parts = standard_part(made, {one.decision_id for one in found if one.is_reviewed and one.decision_id})
    rows = [_by_standard(one, parts) if one.is_reviewed else one for one in found]
    return [one for one in rows if one.fen or one.reason]


def _by_standard(one: BackPay, parts: dict[int, int]) -> BackPay:
    """A reviewed family's month: its facts may have changed, so it is owed no more than the standard makes of them."""
    part = parts.get(one.decision_id or 0)
    if part is None:
        return replace(one, fen=0, reason=one.reason or "unclear")
    return replace(one, fen=max(min(one.fen, part), 0))


def months_to_come(row: UpratingRow) -> list[date]:
    """The months that the uprating is late for and whose list is not frozen yet: they still get the old amount."""
    if row.first_month is None or row.first_month <= row.effective_month:
        return []
    first, last = row.effective_month, add_months(row.first_month, -1)
    frozen = set(PayRun.objects.filter(month__range=(first, last)).values_list("month", flat=True))
    months = [add_months(first, place) for place in range(months_between(first, last))]
    return [month for month in months if month not in frozen]


@needs(Duty.PAY)
@transaction.atomic
def back_pay(uprating_id: int, *, on: date, at: datetime) -> list[int]:
    """提标补差: order what was paid short, a month and household each; another officer approves the orders.

    Called again it orders what has come since. Raises PaymentRefused where nothing was approved, or nothing is owed.
    """
    made = uprating(uprating_id)
    if made is None or made.state != "approved":
        raise PaymentRefused("没有批准的这次提标，或不在本人可见的区划内")
    rows = [row for row in back_pay_rows(uprating_id) if row.is_open]
    if not rows:
        raise PaymentRefused(f"{month_text(made.effective_month)}起的提标没有要补差的月份，或者都已经提出")
    ids = order_payments(_orders(made, rows), on=on, at=at)
    payload: dict[str, object] = {"on": str(on), "orders": len(ids), "fen": sum(row.left_fen for row in rows)}
    record("提出提标补差", f"提标 {uprating_id}", division=made.division, at=at, payload=payload)
    return ids


def _orders(made: UpratingRow, rows: Sequence[BackPay]) -> list[OrderRow]:
    cause = f"{month_text(made.effective_month)}起提标，{made.approved_on}批准，补发少发的差额"
    return [
        OrderRow(row.household_id, row.month, KIND, row.left_fen, cause, row.decision_id)
        for row in rows
        if row.decision_id is not None
    ]
