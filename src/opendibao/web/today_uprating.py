"""提标待办: new standards that nobody has carried out, upratings and price supplements that wait, and their money."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.session import current_session
from opendibao.decision import price_queries, uprating_queries
from opendibao.decision.price_queries import PriceRow
from opendibao.decision.standards_ahead import DAYS_AHEAD, standards_ahead
from opendibao.decision.uprating_queries import UpratingRow, letters_by_town, waiting_for_review
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import add_months, month_text
from opendibao.payment.order_batches import OrderBatch, back_pay_orders, fen_of, price_orders
from opendibao.payment.price_orders import prices_left
from opendibao.web.payment.uprating_money import back_pay_rows
from opendibao.web.remembering import REGISTER, remembered
from opendibao.web.today_task import Task

upratings = remembered(REGISTER)(uprating_queries.upratings)
price_supplements = remembered(REGISTER)(price_queries.price_supplements)


def upratings_waiting(today: date) -> Iterator[Task]:
    """What to prepare for a new standard, what another officer is to approve, and who was sent to review."""
    for ahead in standards_ahead(today, days=DAYS_AHEAD):
        opens = add_months(ahead.month, -1)
        yield Task(
            _("编制提标：%(what)s") % {"what": _("、").join(one.zh for one in ahead.changes[:2])}, _("编制提标"),
            Duty.CONFIRM, settings.OPENDIBAO_COUNTY, reverse("upratings"), _("%(day)s 起执行") % {"day": ahead.since},
            opens=opens, due=ahead.month - timedelta(days=1), since=opens,
            tag=_("%(n)s 户还按原标准") % {"n": f"{ahead.households:,}"},
            form=reverse("prepare-uprating") + f"?month={month_text(ahead.month)}",
        )  # fmt: skip
    for row in upratings():
        if row.state == "prepared":
            yield _to_approve(row)
        elif row.state == "approved" and row.to_review:
            yield from _to_review(row)


def _to_approve(row: UpratingRow) -> Task:
    own = current_session().officer == row.prepared_by
    return Task(
        _("批准提标：%(month)s 起") % {"month": month_text(row.effective_month)}, _("核对后批准"), Duty.CONFIRM,
        settings.OPENDIBAO_COUNTY, reverse("uprating", args=[row.id]), _("%(n)s 户") % {"n": f"{row.households:,}"},
        due=row.effective_month - timedelta(days=1), since=row.prepared_on,
        waits_for=_("批准人（不能是编制人）") if own else "", form=reverse("uprating", args=[row.id]),
    )  # fmt: skip


def _to_review(row: UpratingRow) -> Iterator[Task]:
    """Families that still get the former amount because somebody must look at them first."""
    if left := len(waiting_for_review(row.id)):
        yield Task(
            _("提标转复核：%(month)s 起") % {"month": month_text(row.effective_month)}, _("逐户复核"), Duty.CONFIRM,
            settings.OPENDIBAO_COUNTY, reverse("uprating", args=[row.id]) + "?result=review",
            _("%(n)s 户") % {"n": f"{left:,}"}, since=row.approved_on,
        )  # fmt: skip


def uprating_letters(today: date) -> Iterator[Task]:
    """Letters of an uprating that have not reached the families, by township; a village's are entered together."""
    for row in letters_by_town():
        form = reverse("deliver-uprating", args=[row.uprating_id])
        yield Task(
            _("送达提标告知书：%(day)s 的决定") % {"day": row.decided_on}, _("按村登记送达"), Duty.ACCEPT,
            row.town, form, _("%(n)s 份") % {"n": f"{row.letters:,}"}, since=row.decided_on, form=form,
        )  # fmt: skip


def back_pay_waiting(today: date) -> Iterator[Task]:
    """Months that were paid at the old amount: to be ordered, and to be approved by another."""
    for row in upratings():
        if row.state != "approved":
            continue
        page, month = reverse("uprating", args=[row.id]), {"month": month_text(row.effective_month)}
        if owed := [one for one in back_pay_rows(row.id) if one.is_open]:
            yield Task(
                _("提出提标补差：%(month)s 起") % month, _("提出补差"), Duty.PAY, settings.OPENDIBAO_COUNTY, page,
                _("%(n)s 笔") % {"n": f"{len(owed):,}"}, since=row.approved_on,
                tag=_("%(yuan)s 元") % {"yuan": yuan_text(sum(one.left_fen for one in owed), grouped=True)},
                form=reverse("order-back-pay", args=[row.id]),
            )  # fmt: skip
        batch = back_pay_orders(row.id, row.effective_month)
        if batch.waiting:
            form = reverse("settle-back-pay", args=[row.id, "approve"])
            yield _orders_to_approve(_("批准提标补差：%(month)s 起") % month, batch, page, form)


def _orders_to_approve(what: str, batch: OrderBatch, page: str, form: str, due: date | None = None) -> Task:
    own = batch.makers == [current_session().officer]
    return Task(
        what, _("由另一人批准"), Duty.PAY, settings.OPENDIBAO_COUNTY, page,
        _("%(n)s 笔") % {"n": f"{len(batch.waiting):,}"}, due=due,
        tag=_("%(yuan)s 元") % {"yuan": yuan_text(fen_of(batch.waiting), grouped=True)},
        waits_for=_("审批人（不能是提出人）") if own else "", form=form,
    )  # fmt: skip


def prices_waiting(today: date) -> Iterator[Task]:
    """A price supplement that another officer is to approve; due when its money is to have come."""
    for row in price_supplements():
        if row.state == "proposed":
            own = current_session().officer == row.proposed_by
            yield Task(
                _("批准价格临时补贴：%(month)s") % {"month": month_text(row.month)}, _("核对后批准"), Duty.CONFIRM,
                settings.OPENDIBAO_COUNTY, _page(row), _("全县"), due=row.due_on, since=row.proposed_on,
                waits_for=_("批准人（不能是提出人）") if own else "",
                form=reverse("approve-price-supplement", args=[row.id]),
            )  # fmt: skip


def price_money_waiting(today: date) -> Iterator[Task]:
    """An approved price supplement that is not ordered for all, and orders that another officer is to approve."""
    approved = [row for row in price_supplements() if row.state == "approved"]
    left = {one.price_id: one.households for one in prices_left()} if approved else {}
    for row in approved:
        month = {"month": month_text(row.month)}
        if row.id in left:
            yield Task(
                _("提出发放价格临时补贴：%(month)s") % month, _("提出发放"), Duty.PAY, settings.OPENDIBAO_COUNTY,
                _page(row), _("%(n)s 户") % {"n": f"{left[row.id]:,}"}, due=row.due_on, since=row.approved_on,
                form=reverse("order-price-supplement", args=[row.id]),
            )  # fmt: skip
        batch = price_orders(row.month)
        if batch.waiting:
            form = reverse("settle-price-orders", args=[row.id, "approve"])
            yield _orders_to_approve(_("批准发放价格临时补贴：%(month)s") % month, batch, _page(row), form, row.due_on)


def _page(row: PriceRow) -> str:
    return reverse("price-supplement", args=[row.id])
