"""成批的应发依据: what was ordered for the whole county at once (提标补差, 价格临时补贴), and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole

COLUMNS = """
SELECT o.id, o.amount_fen, o.outcome, o.made_by, l.id IS NOT NULL FROM payment_payorder o
LEFT JOIN payment_payline l ON l.household_id = o.household_id AND l.month = o.month AND l.kind = o.kind
  AND l.supplement_no = o.supplement_no
"""
# back-pay rests on the decision that paid the months where it has ended since, else on the one that followed it
OF_UPRATING = f"""
{COLUMNS} WHERE o.kind = 'backpay' AND o.month >= %(month)s::date AND o.decision_id IN (
  SELECT CASE n.result WHEN 'ended' THEN n.former_id ELSE f.ended_by_id END FROM decision_upratingline n
  JOIN decision_decision f ON f.id = n.former_id WHERE n.uprating_id = %(uprating)s)
ORDER BY o.id
"""
OF_PRICE = f"{COLUMNS} WHERE o.kind = 'price' AND o.month = %(month)s::date ORDER BY o.id"


@dataclass(frozen=True)
class BatchedOrder:
    """An order of a batch: fen, how it was settled ("" it waits), who asked, and whether it is on a list."""

    id: int
    fen: int
    outcome: str
    made_by: str
    is_listed: bool


@dataclass(frozen=True)
class OrderBatch:
    """The orders of an uprating's back-pay or of a price supplement."""

    orders: Sequence[BatchedOrder]

    def of(self, outcome: str) -> Sequence[BatchedOrder]:
        """Those settled so; "" those that wait for another officer."""
        return [one for one in self.orders if one.outcome == outcome]

    @property
    def waiting(self) -> Sequence[BatchedOrder]:
        """What waits for another officer."""
        return self.of("")

    @property
    def listed(self) -> Sequence[BatchedOrder]:
        """What is on a list."""
        return [one for one in self.orders if one.is_listed]

    @property
    def makers(self) -> list[str]:
        """Who asked for what waits; another one approves."""
        return sorted({one.made_by for one in self.waiting})


def fen_of(orders: Sequence[BatchedOrder]) -> int:
    """What they come to, in fen."""
    return sum(one.fen for one in orders)


def back_pay_orders(uprating_id: int, month: date) -> OrderBatch:
    """What was ordered as back-pay of an uprating that is owed from a month on."""
    return OrderBatch(read_whole(BatchedOrder, OF_UPRATING, {"uprating": uprating_id, "month": month}))


def price_orders(month: date) -> OrderBatch:
    """What was ordered as the price supplement of a month."""
    return OrderBatch(read_whole(BatchedOrder, OF_PRICE, {"month": month}))
