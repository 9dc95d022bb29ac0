"""提标补差的钱: what is owed for months gone by, what of it is ordered, and which families an officer must look at."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.uprating_queries import UpratingRow
from opendibao.kernel.month import month_text
from opendibao.payment import back_pay as owing
from opendibao.payment.back_pay import LEFT, BackPay, months_to_come
from opendibao.payment.order_batches import OrderBatch, back_pay_orders, fen_of
from opendibao.registry.queries import heads_of
from opendibao.web.access import PAYERS, may
from opendibao.web.labels import BACK_PAY_LEFT
from opendibao.web.remembering import EVERYTHING, remembered
from opendibao.web.tables import Cell, Crumb, Table, count, heads, household, money, text

SHOWN = 200
back_pay_rows = remembered(EVERYTHING)(owing.back_pay_rows)


def back_pay_part(request: HttpRequest, row: UpratingRow) -> dict[str, object]:
    """What the page of an uprating says of its back-pay; nothing before it is approved."""
    if row.state != "approved":
        return {"acts": []}
    owed, batch, coming = back_pay_rows(row.id), back_pay_orders(row.id, row.effective_month), months_to_come(row)
    left = [one for one in owed if one.reason]
    return {
        "owed": _by_month(owed, coming), "left": _left(left[:SHOWN]), "left_more": max(len(left) - SHOWN, 0),
        "orders": batch_table(batch, _("提标补差的应发依据")) if batch.orders else None,
        "acts": _acts(request, row, owed, batch),
    }  # fmt: skip


def _acts(request: HttpRequest, row: UpratingRow, owed: Sequence[BackPay], batch: OrderBatch) -> list[Crumb]:
    if not may(request, PAYERS):
        return []
    found = []
    if any(one.is_open for one in owed):
        found.append(Crumb(_("提出补差"), reverse("order-back-pay", args=[row.id])))
    if batch.waiting:
        found.append(Crumb(_("批准补差"), reverse("settle-back-pay", args=[row.id, "approve"])))
        found.append(Crumb(_("不批准补差"), reverse("settle-back-pay", args=[row.id, "refuse"])))
    return found


def _by_month(rows: Sequence[BackPay], coming: Sequence[date]) -> Table | None:
    """What is owed by month, what of it is ordered or can be, and how many are left for an officer."""
    if not rows and not coming:
        return None
    months = sorted({one.month for one in rows})
    said = [[text(month_text(month)), *_month([one for one in rows if one.month == month])] for month in months]
    said += [
        [text(month_text(month)), count(0), money(0), money(0), money(0), text(_("名册还没有编制，发放以后再补差"))]
        for month in coming
    ]
    return Table(
        heads(_("月份"), "#" + _("户"), "#" + _("少发（元）"), "#" + _("已提出（元）"), "#" + _("可以提出（元）"),
              _("不能一并补的")),
        said, [text(_("合计")), *_month(rows)], caption=_("按原标准发过的月份"),
    )  # fmt: skip


def _month(rows: Sequence[BackPay]) -> list[Cell]:
    reasons = [reason for reason, _household in {(one.reason, one.household_id) for one in rows if one.reason}]
    left = _("；").join(
        _("%(n)s 户%(why)s") % {"n": f"{reasons.count(key):,}", "why": BACK_PAY_LEFT[key]}
        for key in LEFT
        if key in reasons
    )
    return [
        count(len({one.household_id for one in rows})), money(sum(one.fen for one in rows)),
        money(sum(min(one.ordered_fen, one.fen) for one in rows)),
        money(sum(one.left_fen for one in rows if one.is_open)), text(left),
    ]  # fmt: skip


def _left(rows: Sequence[BackPay]) -> Table | None:
    """Who is not ordered with the others, for which months and why."""
    if not rows:
        return None
    found: dict[tuple[str, str], list[BackPay]] = defaultdict(list)
    for one in rows:
        found[one.household, one.reason].append(one)
    names = heads_of(sorted({number for number, _reason in found}))
    said = [
        [household(number), text(names.get(number, "")), text(_("、").join(month_text(one.month) for one in months)),
         money(sum(one.fen for one in months)), text(BACK_PAY_LEFT[reason])]
        for (number, reason), months in sorted(found.items())
    ]  # fmt: skip
    return Table(
        heads("!" + _("家庭"), _("户主"), _("月份"), "#" + _("少发（元）"), _("原因和办法")), said,
        caption=_("不能一并补的家庭"),
    )  # fmt: skip


def batch_table(batch: OrderBatch, caption: str) -> Table:
    """How far the orders of a batch have come; an approved one is on a list or waits for the next."""
    listed = {one.id for one in batch.listed}
    parts = (
        (_("等另一人批准"), batch.waiting),
        (_("已批准，等编入名册"), [one for one in batch.of("approved") if one.id not in listed]),
        (_("已编入名册"), batch.listed), (_("不批准"), batch.of("refused")),
    )  # fmt: skip
    rows = [[text(words), count(len(orders)), money(fen_of(orders))] for words, orders in parts if orders]
    return Table(
        heads(_("办到哪一步"), "#" + _("笔"), "#" + _("金额（元）")), rows,
        [text(_("合计")), count(len(batch.orders)), money(fen_of(batch.orders))], caption=caption,
    )  # fmt: skip
