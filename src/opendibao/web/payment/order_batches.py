"""成批审批应发依据: the back-pay of an uprating or a price supplement, settled for all at once by another officer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.actions import approve_orders, refuse_orders
from opendibao.payment.order_batches import OrderBatch, back_pay_orders, fen_of, price_orders
from opendibao.web.access import takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.payment.price_supplements import found_price, price_facts
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.run_holds import NoteForm
from opendibao.web.payment.upratings import found_uprating, uprating_way
from opendibao.web.tables import Crumb

APPROVE, REFUSE = "approve", "refuse"


@takes_a_form
def settled_back_pay(request: HttpRequest, uprating_id: int, step: str) -> HttpResponse:
    """批准 or 不批准提标补差. Raises Http404."""
    row = found_uprating(uprating_id)
    titles = {APPROVE: _("批准提标补差"), REFUSE: _("不批准提标补差")}
    facts = [(_("提标"), _("%(month)s 起，%(day)s 由%(who)s批准") % {
        "month": month_text(row.effective_month), "day": row.approved_on, "who": row.approver})]  # fmt: skip
    batch = back_pay_orders(uprating_id, row.effective_month)
    back = reverse("uprating", args=[uprating_id])
    return _settled(request, batch, step, titles, facts, f"提标 {uprating_id}", uprating_way(row), back)


@takes_a_form
def settled_price_orders(request: HttpRequest, price_id: int, step: str) -> HttpResponse:
    """批准 or 不批准发放价格临时补贴. Raises Http404."""
    row = found_price(price_id)
    titles = {APPROVE: _("批准发放价格临时补贴"), REFUSE: _("不批准发放价格临时补贴")}
    back = reverse("price-supplement", args=[price_id])
    way = [Crumb(_("价格临时补贴"), reverse("price-supplements")), Crumb(month_text(row.month), back)]
    subject = f"价格临时补贴 {month_text(row.month)}"
    return _settled(request, price_orders(row.month), step, titles, price_facts(row), subject, way, back)


def _settled(
    request: HttpRequest, batch: OrderBatch, step: str, titles: Mapping[str, str], facts: Sequence[tuple[str, str]],
    subject: str, way: Sequence[Crumb], back: str,
) -> HttpResponse:  # fmt: skip
    if step not in titles:
        raise Http404(f"没有“{step}”这一步")
    ids, today = [one.id for one in batch.waiting], today_in_county()
    number = {"n": f"{len(ids):,}"}

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        if step == APPROVE:
            approve_orders(ids, on=today, at=at)
            return Done(back, _("已批准 %(n)s 笔，编入下一批名册。") % number)
        refuse_orders(ids, note=given["note"], on=today, at=at)
        return Done(back, _("没有批准 %(n)s 笔，可以重新提出。") % number)

    said = {**number, "yuan": yuan_text(fen_of(batch.waiting), grouped=True)}
    return answer(
        request,
        Act(
            title=titles[step], button=titles[step], form=NothingForm if step == APPROVE else NoteForm, do=do, way=way,
            subject=subject,
            facts=[*facts, (_("等批准"), _("%(n)s 笔，%(yuan)s 元") % said), (_("提出人"), _("、").join(batch.makers))],
            notes=[_("提出的人不能审批，请另一人办。批准后逐户编入下一批名册。")],
            closed="" if ids else _("没有等批准的，或者都已经审批。"),
        ),
    )  # fmt: skip
