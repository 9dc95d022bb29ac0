"""变动的要点: what an officer must see of an order, a suspension, a receivable or a waiver before he decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.change_waiting import asked_together, order_groups
from opendibao.payment.recovery_queries import OrderedRow, orders, receivables, suspensions, waivers
from opendibao.web.labels import LINES, RECOVERY_CAUSES, SETTLED

Facts = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Matter:
    """Whose it is (a household's number, or what many households' orders are), what is to be seen, and where it stands.

    `outcome` is "" while it waits, `made_by` who asked for it, `settled` who decided and when, in words; `kind` the
    name of what was ordered.
    """

    who: str
    facts: Facts
    outcome: str
    made_by: str
    settled: str
    is_family: bool = True
    kind: str = ""


def yuan(fen: int) -> str:
    """Fen in words."""
    return _("%(yuan)s 元") % {"yuan": yuan_text(fen, grouped=True)}


def _settled(outcome: str, by: str, on: object, note: str) -> str:
    """Who decided, when and why; "" while it waits."""
    if not outcome:
        return ""
    said = _("%(who)s已在 %(on)s 审批：%(outcome)s") % {"who": by, "on": on, "outcome": SETTLED[outcome]}
    return f"{said}（{note}）" if note else said


def order_facts(order_id: int) -> Matter | None:
    """Of one order. None where there is none."""
    return next(map(_order, orders(order_id=order_id)), None)


def _order(row: OrderedRow) -> Matter:
    facts = [
        (_("家庭"), row.household), (_("种类"), LINES[row.kind]), (_("所属月"), month_text(row.month)),
        (_("金额"), yuan(row.fen)), (_("事由"), row.cause), (_("决定"), row.decision),
        (_("提出"), f"{row.made_by} {row.made_on}"),
    ]  # fmt: skip
    return Matter(
        row.household, facts, row.outcome, row.made_by,
        _settled(row.outcome, row.settled_by, row.settled_on, row.note), kind=LINES[row.kind],
    )  # fmt: skip


def group_facts(order_id: int) -> Matter | None:
    """Of all orders that were asked for together with one; None where there is none."""
    ids = asked_together(order_id)
    if not ids:
        return order_facts(order_id)
    row = next(one for one in order_groups() if one.first_id == ids[0])
    if row.orders == 1:
        return order_facts(order_id)
    first, last = month_text(row.first_month), month_text(row.last_month)
    facts = [
        *([(_("家庭"), row.household)] if row.household else []),
        (_("种类"), LINES[row.kind]), (_("所属月"), first if first == last else f"{first} — {last}"),
        (_("笔数"), _("%(n)s 笔，%(households)s 户")
         % {"n": f"{row.orders:,}", "households": f"{row.households:,}"}),
        (_("金额合计"), yuan(row.fen)), (_("事由"), row.cause), (_("提出"), f"{row.made_by} {row.made_on}"),
    ]  # fmt: skip
    who = row.household or _("%(n)s 户") % {"n": f"{row.households:,}"}
    return Matter(who, facts, "", row.made_by, "", is_family=bool(row.household), kind=LINES[row.kind])


def suspension_facts(suspension_id: int) -> Matter | None:
    """Of a suspension. None where there is none."""
    for row in suspensions(suspension_id=suspension_id):
        facts = [
            (_("家庭"), row.household), (_("暂停起始月"), month_text(row.first_month)), (_("事由"), row.cause),
            (_("提出"), f"{row.made_by} {row.made_on}"),
            *([(_("应发未发"), _("%(n)s 个月，%(yuan)s 元") % {
                "n": row.missed_months, "yuan": yuan_text(row.missed_fen, grouped=True)})]
              if row.missed_months else []),
        ]  # fmt: skip
        settled = _settled(row.outcome, row.settled_by, row.settled_on, row.note)
        return Matter(row.household, facts, row.outcome, row.made_by, settled)
    return None


def receivable_facts(receivable_id: int) -> Matter | None:
    """Of a receivable. None where there is none."""
    for row in receivables(receivable_id=receivable_id):
        facts = [
            (_("家庭"), row.household), (_("追缴事由"), RECOVERY_CAUSES[row.cause]), (_("情况说明"), row.words),
            (_("应追缴"), yuan(row.fen)), (_("余额"), yuan(row.left_fen)), (_("决定"), row.decision),
            (_("提出"), f"{row.made_by} {row.made_on}"),
        ]  # fmt: skip
        settled = _settled(row.outcome, row.settled_by, row.settled_on, row.note)
        return Matter(row.household, facts, row.outcome, row.made_by, settled)
    return None


def waiver_facts(waiver_id: int) -> Matter | None:
    """Of a waiver. None where there is none."""
    for row in waivers(waiver_id=waiver_id):
        facts = [
            (_("家庭"), row.household), (_("减免金额"), yuan(row.fen)), (_("困难情况"), row.cause),
            (_("提出"), f"{row.made_by} {row.made_on}"),
        ]  # fmt: skip
        settled = _settled(row.outcome, row.settled_by, row.settled_on, row.note)
        return Matter(row.household, facts, row.outcome, row.made_by, settled)
    return None
