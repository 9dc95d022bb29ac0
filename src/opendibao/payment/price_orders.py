"""发价格临时补贴: an approved price supplement is ordered for everybody in force in its month, so much a person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read, read_whole
from opendibao.decision.price_queries import PriceRow, price_supplement
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_text
from opendibao.payment.ordering import OrderRow, order_payments
from opendibao.payment.refusal import PaymentRefused

KIND = "price"
ENTITLED = """
SELECT d.household_id, d.id, d.area, d.persons, EXISTS (SELECT FROM payment_payorder o
    WHERE o.household_id = d.household_id AND o.month = %(month)s::date AND o.kind = 'price'
      AND o.outcome <> 'refused')
FROM decision_decision d
WHERE d.months @> %(month)s::date AND d.amount_fen > 0 AND d.voided_on IS NULL ORDER BY d.household_id
"""
# supplements that are approved and not ordered for all
LEFT = """
SELECT s.id, count(*)::int FROM decision_pricesupplement s JOIN decision_decision d ON d.months @> s.month
WHERE s.state = 'approved' AND d.amount_fen > 0 AND d.voided_on IS NULL AND NOT EXISTS (
  SELECT FROM payment_payorder o WHERE o.household_id = d.household_id AND o.month = s.month AND o.kind = 'price'
    AND o.outcome <> 'refused')
GROUP BY s.id ORDER BY s.id
"""


@dataclass(frozen=True)
class PriceLeft:
    """An approved price supplement, and for how many households nobody has ordered it."""

    price_id: int
    households: int


@dataclass(frozen=True)
class Entitled:
    """A household in force in the month, and whether its supplement is ordered already."""

    household_id: int
    decision_id: int
    area: str
    persons: int
    is_ordered: bool

    def fen(self, price: PriceRow) -> int:
        """What it gets for the month, so much a person."""
        return self.persons * (price.rural_fen if self.area == "rural" else price.urban_fen)


def prices_left() -> list[PriceLeft]:
    """Approved price supplements that are not ordered for everybody in force in their month."""
    return read(PriceLeft, LEFT, {})  # asked on every page of the day: one statement


def entitled(month: date) -> list[Entitled]:
    """Everybody in force in a month."""
    return read_whole(Entitled, ENTITLED, {"month": month})


@needs(Duty.PAY)
@transaction.atomic
def order_price_supplement(price_id: int, *, on: date, at: datetime) -> list[int]:
    """提出价格临时补贴的应发依据: persons × the amount a person, for all in one go; another officer approves them.

    Called again it orders for who came into force since. Raises PaymentRefused where it is not approved, or nobody is
    left.
    """
    price = price_supplement(price_id)
    if price is None or price.state != "approved":
        raise PaymentRefused("没有批准的这次价格临时补贴，或不在本人可见的区划内")
    found = [one for one in entitled(price.month) if not one.is_ordered]
    if not found:
        raise PaymentRefused(f"{month_text(price.month)}没有要发价格临时补贴的家庭，或者都已经提出")
    cause = f"{month_text(price.month)}价格临时补贴：{price.source}"[:200]
    orders = [
        OrderRow(one.household_id, price.month, KIND, one.fen(price), cause, one.decision_id) for one in found
    ]  # fmt: skip
    ids = order_payments(orders, on=on, at=at)
    payload: dict[str, object] = {"on": str(on), "orders": len(ids), "fen": sum(one.amount_fen for one in orders)}
    record(
        "提出价格临时补贴发放",
        f"价格临时补贴 {month_text(price.month)}",
        division=price.division,
        at=at,
        payload=payload,
    )
    return ids
