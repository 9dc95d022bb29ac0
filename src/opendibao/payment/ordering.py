"""应发依据: money for a month beside its regular line, ordered by one officer and approved by another.

What is approved goes as a line of its own into the next run that is frozen. Nothing is ordered for a month whose run
has not gone to the bank (its regular line may still come), nor more than a decision grants.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.sql_rows import over_whole_tables, read, read_whole
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.models import PayOrder
from opendibao.payment.refusal import PaymentRefused, named
from opendibao.payment.run_record import wait_for_turn
from opendibao.payment.settling import checked_words

ASKED = """
asked AS (
  SELECT * FROM unnest(%(households)s::bigint[], %(months)s::date[], %(kinds)s::text[], %(fens)s::bigint[],
    %(causes)s::text[], %(decisions)s::bigint[]) WITH ORDINALITY
    AS a (household_id, month, kind, fen, cause, decision_id, place))
"""
# the first reason why a row may not be ordered; the walls of the table refuse the same
UNFIT = f"""
WITH {ASKED},
judged AS (
  SELECT a.place, coalesce(h.number, '户 ' || a.household_id) AS household, a.month, CASE
    WHEN d.id IS NULL OR a.kind <> 'backpay' AND NOT d.months @> a.month THEN 'decision'
    WHEN a.fen <= 0 THEN 'nothing'
    WHEN a.kind = 'price' THEN CASE WHEN count(*) FILTER (WHERE a.kind = 'price')
          OVER (PARTITION BY a.household_id, a.month) > 1
        OR EXISTS (SELECT FROM payment_payorder o WHERE o.household_id = a.household_id AND o.month = a.month
          AND o.kind = 'price' AND o.outcome <> 'refused') THEN 'priced' ELSE '' END
    WHEN EXISTS (SELECT FROM payment_payrun r WHERE r.month = a.month AND r.state NOT IN ('sent', 'closed'))
      OR NOT EXISTS (SELECT FROM payment_payrun r WHERE r.month >= a.month) THEN 'early'
    WHEN NOT EXISTS (SELECT FROM payment_payrun r WHERE r.month <= a.month) THEN 'before'
    WHEN EXISTS (SELECT FROM payment_receivablemonth m
      WHERE m.household_id = a.household_id AND m.month = a.month AND NOT m.is_refused) THEN 'claimed'
    WHEN EXISTS (SELECT FROM payment_suspension s WHERE s.household_id = a.household_id AND s.outcome = 'approved'
      AND s.first_month <= a.month AND s.until_month IS NULL) THEN 'suspended'
    WHEN given_for(a.household_id, a.month)
        + sum(a.fen) FILTER (WHERE a.kind <> 'price') OVER (PARTITION BY a.household_id, a.month)
      > greatest(granted_for(a.household_id, a.month), CASE a.kind WHEN 'backpay' THEN d.amount_fen ELSE 0 END)
      THEN 'twice'
    ELSE '' END AS reason
  FROM asked a LEFT JOIN registry_household h ON h.id = a.household_id
  LEFT JOIN decision_decision d ON d.id = a.decision_id AND d.household_id = a.household_id AND d.amount_fen > 0
    AND d.voided_on IS NULL)
SELECT household, month, reason FROM judged WHERE reason <> '' ORDER BY reason, place
"""
REASONS = {
    "before": "这些月份在本系统第一次发放以前，是原系统发的，不能在这里补发",
    "claimed": "这些家庭的当月已经提出追缴，应发多少以追缴依据的决定为准，不能补发",
    "decision": "这些家庭当月没有有效决定，不能补发，请先作出决定",
    "early": "当月的批次还没有送银行，应在当月名册里发放，不能另行补发",
    "nothing": "金额应大于零",
    "priced": "这些家庭当月的物价补贴已经提出，一个月只发一次",
    "suspended": "这些家庭正在暂停发放，请先恢复发放",
    "twice": "补发后会超过决定的金额，一个月的钱不发两次",
}
ENTERED = f"""
WITH {ASKED}
INSERT INTO payment_payorder (household_id, decision_id, division, month, kind, supplement_no, amount_fen, cause,
  made_by, made_on, outcome, settled_by, note)
SELECT a.household_id, d.id, d.division, a.month, a.kind,
  coalesce((SELECT max(o.supplement_no) FROM payment_payorder o
    WHERE o.household_id = a.household_id AND o.month = a.month AND o.kind = a.kind), 0)
    + row_number() OVER (PARTITION BY a.household_id, a.month, a.kind ORDER BY a.place),
  a.fen, a.cause, %(officer)s, %(on)s, '', '', ''
FROM asked a JOIN decision_decision d ON d.id = a.decision_id ORDER BY a.place RETURNING id
"""
# what a decision grants for a month, less what is on a list or ordered already
MISSING = """
SELECT d.id, d.amount_fen - given_for(d.household_id, %(month)s::date) FROM decision_decision d
WHERE d.household_id = %(household)s AND d.months @> %(month)s::date AND d.amount_fen > 0 AND d.voided_on IS NULL
"""
TOLD = """
SELECT h.number, o.division, o.month, o.kind, o.amount_fen, o.cause, o.note FROM payment_payorder o
JOIN registry_household h ON h.id = o.household_id WHERE o.id = ANY(%(ids)s) ORDER BY o.id
"""


@dataclass(frozen=True)
class OrderRow:
    """One order asked for: whose, for which month, of which kind (PayOrder.kind), fen, why, by which decision."""

    household_id: int
    month: date
    kind: str
    amount_fen: int
    cause: str
    decision_id: int


@dataclass(frozen=True)
class _Unfit:
    household: str
    month: date
    reason: str


@dataclass(frozen=True)
class _Missing:
    decision_id: int
    fen: int


@dataclass(frozen=True)
class _Told:
    household: str
    division: str
    month: date
    kind: str
    fen: int
    cause: str
    note: str


def _columns(rows: Sequence[OrderRow]) -> dict[str, object]:
    return {
        "households": [row.household_id for row in rows],
        "months": [row.month for row in rows],
        "kinds": [row.kind for row in rows],
        "fens": [row.amount_fen for row in rows],
        "causes": [checked_words(row.cause, "事由") for row in rows],
        "decisions": [row.decision_id for row in rows],
    }


def _refuse_unfit(asked: dict[str, object]) -> None:
    unfit = read_whole(_Unfit, UNFIT, asked)
    if unfit:
        same = [f"{one.household}（{month_text(one.month)}）" for one in unfit if one.reason == unfit[0].reason]
        raise PaymentRefused(f"{REASONS[unfit[0].reason]}：{named(same)}")


@needs(Duty.PAY)
@transaction.atomic
def order_payments(rows: Sequence[OrderRow], *, on: date, at: datetime) -> list[int]:
    """提出应发依据: for many households at once, all or none; returns the orders' ids in the order of the rows.

    Each waits for another officer's approval. Raises PaymentRefused naming the households whose month cannot be
    ordered: no decision grants it, its run is not sent, it is claimed back or suspended, or it would be paid twice.
    """
    wait_for_turn()
    if not rows:
        return []
    asked = _columns(rows)
    _refuse_unfit(asked)
    with over_whole_tables():
        ids = read(int, ENTERED, {**asked, "officer": officer_name(), "on": on})
    _tell("提出补发", ids, on, at)
    return ids


@needs(Duty.PAY)
def order_payment(
    household_id: int, *, month: date, kind: str, amount_fen: int, cause: str, decision_id: int, on: date, at: datetime
) -> PayOrder:
    """提出应发依据: one household's; see `order_payments`.

    Whoever asks computes the amount (fen), nobody types it.
    """
    (made,) = order_payments([OrderRow(household_id, month, kind, amount_fen, cause, decision_id)], on=on, at=at)
    return PayOrder.objects.get(pk=made)


@needs(Duty.PAY)
@transaction.atomic
def order_supplement(household_id: int, *, month: date, cause: str, on: date, at: datetime) -> PayOrder:
    """补发: what the month's decision grants and no list or order has yet; the amount follows from them.

    Raises PaymentRefused where nothing is missing, and as `order_payments`.
    """
    wait_for_turn()
    missing = read(_Missing, MISSING, {"household": household_id, "month": month})
    if not missing:
        raise PaymentRefused(f"{month_text(month)}没有有效决定，不能补发，请先作出决定")
    if missing[0].fen <= 0:
        raise PaymentRefused(f"{month_text(month)}的钱已经足额编入名册或者已提出补发，不能再补")
    return order_payment(
        household_id, month=month, kind="supplement", amount_fen=missing[0].fen, cause=cause,
        decision_id=missing[0].decision_id, on=on, at=at,
    )  # fmt: skip


@needs(Duty.PAY)
@transaction.atomic
def approve_orders(order_ids: Sequence[int], *, on: date, at: datetime) -> int:
    """批准补发: by another officer than the one who asked; returns how many go into the next run.

    Raises PaymentRefused where one is settled already, is the officer's own, or is not seen.
    """
    return _settle(order_ids, "approved", "", on, at)


@needs(Duty.PAY)
def approve_order(order_id: int, *, on: date, at: datetime) -> PayOrder:
    """批准补发: one order; see `approve_orders`."""
    approve_orders([order_id], on=on, at=at)
    return PayOrder.objects.get(pk=order_id)


@needs(Duty.PAY)
@transaction.atomic
def refuse_orders(order_ids: Sequence[int], *, note: str, on: date, at: datetime) -> int:
    """不批准补发: with the reason; nothing is paid by them, and the month may be ordered anew."""
    return _settle(order_ids, "refused", checked_words(note, "不批准的理由"), on, at)


def _settle(order_ids: Sequence[int], outcome: str, note: str, on: date, at: datetime) -> int:
    wait_for_turn()
    officer, ids = officer_name(), sorted(set(order_ids))
    found = PayOrder.objects.select_for_update(of=("self",)).select_related("household").filter(pk__in=ids)
    orders = list(found.order_by("pk"))
    if not ids or len(orders) != len(ids):
        raise PaymentRefused("没有这笔应发依据，或不在本人可见的区划内")
    if settled := [each.household.number for each in orders if each.outcome]:
        raise PaymentRefused(f"这些家庭的补发已经审批过：{named(settled)}")
    if own := [each.household.number for each in orders if each.made_by == officer]:
        raise PaymentRefused(f"提出和审批应由两人分别办理，请换人审批：{named(own)}")
    changed = PayOrder.objects.filter(pk__in=ids).update(
        outcome=outcome, settled_by=officer, settled_on=on, note=note
    )  # fmt: skip
    _tell("批准补发" if outcome == "approved" else "不批准补发", ids, on, at)
    return changed


def _tell(action: str, ids: Sequence[int], on: date, at: datetime) -> None:
    """An event for every household."""
    events: list[tuple[str, str, dict[str, object]]] = [
        (
            f"家庭 {row.household}", row.division,
            {"on": str(on), "month": month_text(row.month), "kind": row.kind, "yuan": yuan_text(row.fen),
             "cause": row.cause, "note": row.note},
        )
        for row in read_whole(_Told, TOLD, {"ids": list(ids)})
    ]  # fmt: skip
    record_many(action, events, at=at)
