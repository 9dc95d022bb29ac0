"""价格临时补贴: the months for which prices rose enough, and one of them with what it sets off and its money."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.price_link import percent
from opendibao.decision.price_queries import PriceRow, price_supplement, price_supplements
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.order_batches import OrderBatch, price_orders
from opendibao.payment.price_orders import prices_left
from opendibao.web.access import CONFIRMERS, PAYERS, may
from opendibao.web.labels import PRICE_STATES
from opendibao.web.payment.uprating_money import batch_table
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, money, text


def all_price_supplements(request: HttpRequest) -> HttpResponse:
    """The months with a supplement, the latest first, and what can be done about each."""
    rows = [
        [Cell(month_text(row.month), reverse("price-supplement", args=[row.id])), text(PRICE_STATES[row.state]),
         text(percent(row.cpi_bp)),
         text(percent(row.food_bp)), text(f"{percent(row.cpi_trigger_bp)} / {percent(row.food_trigger_bp)}"),
         money(row.rural_fen), money(row.urban_fen), day(row.due_on), text(row.withdrawn_reason)]
        for row in price_supplements()
    ]  # fmt: skip
    table = Table(
        heads(_("补贴月"), _("状态"), "#" + _("居民消费价格"), "#" + _("食品价格"), "!" + _("启动条件"),
              "#" + _("农村每人（元）"), "#" + _("城镇每人（元）"), "!" + _("到账期限"), _("撤回理由")),
        rows, caption=_("价格临时补贴"), nothing=_("还没有启动过价格临时补贴"),
        empty=_("统计部门公布物价指数后，达到启动条件的月份在这里提出。"),
    )  # fmt: skip
    acts = [Crumb(_("提出价格临时补贴"), reverse("propose-price-supplement"))] if may(request, CONFIRMERS) else []
    crumbs = [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("价格临时补贴"))]
    lead = _("物价涨到启动条件，补贴月在保的每人另发一笔，每户的低保金不变（社会救助法第三十二条）。")
    return render(request, "web/rows.html", {"page": ListPage(_("价格临时补贴"), lead, table, crumbs, acts=acts)})


def one_price_supplement(request: HttpRequest, price_id: int) -> HttpResponse:
    """One price supplement: what set it off, how much a person, and how far its money has come."""
    row = found_price(price_id)
    batch = price_orders(row.month) if row.state == "approved" else OrderBatch([])
    left = next((one.households for one in prices_left() if one.price_id == row.id), 0)
    said = [(_("状态"), PRICE_STATES[row.state]), *price_facts(row), *_hands(row)]
    if row.state == "approved":
        said.append((_("还没有提出发放"), _("%(n)s 户") % {"n": f"{left:,}"}))
    return render(request, "web/price_supplement.html", {
        "row": row, "facts": said, "acts": _acts(request, row, batch, left),
        "orders": batch_table(batch, _("价格临时补贴的应发依据")) if batch.orders else None,
        "crumbs": [*prices_way(), Crumb(month_text(row.month))],
    })  # fmt: skip


def _hands(row: PriceRow) -> list[tuple[str, str]]:
    found = [(_("提出"), f"{row.proposed_by} {row.proposed_on}")]
    if row.approved_on:
        found.append((_("批准"), f"{row.approver} {row.approved_on}"))
    if row.withdrawn_reason:
        found.append((_("撤回理由"), row.withdrawn_reason))
    return found


def _acts(request: HttpRequest, row: PriceRow, batch: OrderBatch, left: int) -> list[Crumb]:
    """What the viewer may do about it now."""
    found, pays = [], may(request, PAYERS)
    stands = any(one.outcome != "refused" for one in batch.orders)
    if row.state == "proposed" and may(request, CONFIRMERS):
        found.append(Crumb(_("批准"), reverse("approve-price-supplement", args=[row.id])))
    if row.state == "approved" and pays and left:
        found.append(Crumb(_("提出发放"), reverse("order-price-supplement", args=[row.id])))
    if batch.waiting and pays:
        found.append(Crumb(_("批准发放"), reverse("settle-price-orders", args=[row.id, "approve"])))
        found.append(Crumb(_("不批准发放"), reverse("settle-price-orders", args=[row.id, "refuse"])))
    if row.state != "withdrawn" and not stands and may(request, CONFIRMERS):
        found.append(Crumb(_("撤回"), reverse("withdraw-price-supplement", args=[row.id])))
    return found


def found_price(price_id: int) -> PriceRow:
    """The price supplement of an address. Raises Http404 where there is none."""
    found = price_supplement(price_id)
    if found is None:
        raise Http404(f"没有价格临时补贴 {price_id}")
    return found


def prices_way() -> list[Crumb]:
    """To the list of price supplements."""
    return [Crumb(_("价格临时补贴"), reverse("price-supplements"))]


def price_facts(row: PriceRow) -> list[tuple[str, str]]:
    """What an officer must see of one before he decides."""
    rises = {
        "cpi": percent(row.cpi_bp), "food": percent(row.food_bp), "over": percent(row.cpi_trigger_bp),
        "food_over": percent(row.food_trigger_bp), "rise": percent(row.rise_bp),
        "rural": yuan_text(row.rural_fen), "urban": yuan_text(row.urban_fen),
        "rural_standard": yuan_text(row.rural_standard_fen), "urban_standard": yuan_text(row.urban_standard_fen),
    }  # fmt: skip
    return [
        (_("补贴月"), month_text(row.month)),
        (_("居民消费价格"), _("涨 %(cpi)s（启动条件 %(over)s）") % rises),
        (_("食品价格"), _("涨 %(food)s（启动条件 %(food_over)s）") % rises),
        (_("农村每人"), _("%(rural)s 元（标准 %(rural_standard)s 元，涨幅 %(rise)s）") % rises),
        (_("城镇每人"), _("%(urban)s 元（标准 %(urban_standard)s 元，涨幅 %(rise)s）") % rises),
        (_("依据"), row.source),
        (_("与原文核对"), _("已与原文核对") if row.is_verified else _("未与原文核对")),
        (_("到账期限"), row.due_on.isoformat()),
    ]  # fmt: skip
