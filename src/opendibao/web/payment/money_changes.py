"""补发、暂停、追缴: what waits for another officer, who is suspended, what must be given back, and what was ordered."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.month import month_text
from opendibao.payment.change_waiting import OrderGroup, forgotten, late_receivables, order_groups
from opendibao.payment.recovery_queries import (
    ReceivableRow,
    SuspensionRow,
    order_count,
    orders,
    receivables,
    suspensions,
    waivers,
)
from opendibao.web.access import FINANCE, PAYERS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.labels import LINES, RECOVERY_CAUSES
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.change_acts import changes_way
from opendibao.web.payment.change_words import act, approval, by_whom, letter, order_table, outcome
from opendibao.web.payment.run_asked import officer
from opendibao.web.places import places
from opendibao.web.tables import (
    Cell,
    Choice,
    Choices,
    Crumb,
    ListPage,
    Table,
    blanks,
    day,
    heads,
    household,
    money,
    text,
)

SHOWN, LATEST = 200, 10
ORDERED = ("supplement", "price", "backpay")


def money_changes(request: HttpRequest) -> HttpResponse:
    """Everything beside the monthly lists, what waits first."""
    number = order_count()
    shown = {
        "waiting": _waiting(request), "suspensions": _suspensions(request), "receivables": _receivables(),
        "orders": order_table(orders(limit=LATEST)), "number": number, "more": number > LATEST,
        "crumbs": [*changes_way()[:1], Crumb(_("补发、暂停、追缴"))],
    }  # fmt: skip
    return render(request, "web/money_changes.html", shown)


def _waiting(request: HttpRequest) -> Table:
    """What one officer asked for and another must decide; orders that were asked for together are one row."""
    rows = [*_orders_waiting(request), *_others_waiting(request)]
    return Table(
        heads(_("事项"), "!" + _("家庭"), "!" + _("月份"), "#" + _("金额（元）"), _("事由"), _("提出"), "!" + _("批准"),
              "!" + _("不批准")),
        rows, caption=_("等审批"), nothing=_("没有等审批的"),
        empty=_("提出补发、暂停、追缴或者减免以后，在这里等另一人审批。"),
    )  # fmt: skip


def _orders_waiting(request: HttpRequest) -> Iterator[list[Cell]]:
    pays = may(request, PAYERS)
    for row in order_groups():
        yield [
            text(LINES[row.kind]), _whose(row), text(_span(row)), money(row.fen), text(row.cause),
            by_whom(row.made_by, row.made_on),
            *approval(request, "order", row.first_id, row.made_by, may_settle=pays),
        ]  # fmt: skip


def _whose(row: OrderGroup) -> Cell:
    if row.household:
        return household(row.household)
    return Cell(_("%(n)s 户") % {"n": f"{row.households:,}"}, f"{reverse('money-orders')}?kind={row.kind}")


def _span(row: OrderGroup) -> str:
    first, last = month_text(row.first_month), month_text(row.last_month)
    return first if first == last else _("%(first)s 至 %(last)s") % {"first": first, "last": last}


def _others_waiting(request: HttpRequest) -> Iterator[list[Cell]]:
    pays, is_finance = may(request, PAYERS), may(request, FINANCE)
    for one in suspensions(is_open=True, limit=SHOWN):
        if not one.outcome:
            yield [
                text(_("暂停发放")), household(one.household), text(_("%(month)s 起") % {"month": month_text(
                    one.first_month)}), text(""), text(one.cause), by_whom(one.made_by, one.made_on),
                *approval(request, "suspension", one.id, one.made_by, may_settle=pays),
            ]  # fmt: skip
    for claim in receivables(limit=SHOWN):
        if not claim.outcome:
            href = reverse("receivable", args=[claim.id])
            yield [
                text(_("追缴")), household(claim.household), text(_("%(month)s 起") % {"month": month_text(
                    claim.since_month)}), money(claim.fen, href), text(claim.words),
                by_whom(claim.made_by, claim.made_on),
                *approval(request, "receivable", claim.id, claim.made_by, may_settle=pays),
            ]  # fmt: skip
    for waiver in waivers():
        yield [
            text(_("困难减免")), household(waiver.household), text(""),
            money(waiver.fen, reverse("receivable", args=[waiver.receivable_id])), text(waiver.cause),
            by_whom(waiver.made_by, waiver.made_on),
            *approval(request, "waiver", waiver.id, waiver.made_by, may_settle=is_finance),
        ]  # fmt: skip


def _suspensions(request: HttpRequest) -> Table:
    rows = [
        [household(row.household), text(month_text(row.first_month)),
         text(month_text(row.until_month) if row.until_month else ""), text(row.cause), _missed(row),
         by_whom(row.made_by, row.made_on), outcome(row.outcome), _lift(request, row),
         letter("suspension", row.id, shown=row.outcome == "approved")]
        for row in suspensions(limit=SHOWN) if row.outcome
    ]  # fmt: skip
    return Table(
        heads("!" + _("家庭"), "!" + _("从哪月起"), "!" + _("恢复月"), _("事由"), "#" + _("应发未发（元）"), _("提出"),
              _("审批"), "!" + _("恢复"), "!" + _("告知书")),
        rows, caption=_("暂停发放"), nothing=_("没有暂停发放的"), empty=_("正在核查的，在家庭主页提出暂停。"),
    )  # fmt: skip


def _missed(row: SuspensionRow) -> Cell:
    """What the decisions grant for the months without money; nothing is lost by a suspension."""
    return money(row.missed_fen) if row.missed_months else text("")


def _lift(request: HttpRequest, row: SuspensionRow) -> Cell:
    """恢复, by another officer than the one who suspended."""
    if row.outcome != "approved" or row.until_month is not None or not may(request, PAYERS):
        return Cell("")
    if row.made_by == officer(request):
        return Cell(_("等另一人恢复"))
    return act("suspension", row.id, "lift", _("恢复"), shown=True)


def _receivables() -> Table:
    late = {row.id for row in late_receivables(today_in_county())}
    rows = [
        [household(row.household), text(RECOVERY_CAUSES[row.cause]), money(row.fen), money(row.cash_fen),
         money(row.offset_fen), money(row.waived_fen), money(row.left_fen, reverse("receivable", args=[row.id])),
         _due(row, is_late=row.id in late), outcome(row.outcome)]
        for row in receivables(limit=SHOWN) if row.outcome
    ]  # fmt: skip
    return Table(
        heads("!" + _("家庭"), _("追缴事由"), "#" + _("应追缴（元）"), "#" + _("现金退回"), "#" + _("抵扣"),
              "#" + _("减免"), "#" + _("余额"), "!" + _("期限"), _("审批")),
        rows, caption=_("追缴"), nothing=_("没有追缴"), empty=_("多发的，先作出决定，再在家庭主页提出追缴。"),
    )  # fmt: skip


def _due(row: ReceivableRow, *, is_late: bool) -> Cell:
    if row.outcome == "approved" and not row.left_fen:
        return Cell(_("已结清"), tone="ok")
    return Cell(_("逾期"), tone="bad") if is_late else day(row.due_on)


def forgotten_months(request: HttpRequest) -> HttpResponse:
    """Families that got nothing for a month that their decision grants, and nobody has ordered it."""
    every, names = forgotten(), places()
    found, pays = pager(request, len(every)), may(request, PAYERS)
    rows = [
        [household(row.household), text(names.full(row.division)), text(month_text(row.month)), money(row.fen),
         Cell(_("提出补发"), reverse("ask-change", args=["supplement", row.household])) if pays else Cell("")]
        for row in every[found.offset : found.offset + ROWS_A_PAGE]
    ]  # fmt: skip
    total = [Cell(_("合计 %(n)s 户月") % {"n": f"{len(every):,}"}), *blanks(2), money(sum(row.fen for row in every)),
             Cell("")]  # fmt: skip
    page = ListPage(
        title=_("没有列入名册的月份"),
        lead=_("决定应发、名册已经送出，但名册里没有、也没有人提出补发的。多半是决定晚于冻结日。"),
        table=Table(
            heads("!" + _("家庭"), _("村社区"), "!" + _("月份"), "#" + _("应发（元）"), "!" + _("办理")), rows, total,
            caption=_("没有列入名册的月份"), nothing=_("没有漏下的"), empty=_("有家庭当月没有列入名册，会列在这里。"),
        ),
        crumbs=[*changes_way(), Crumb(_("没有列入名册的月份"))],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def money_orders(request: HttpRequest) -> HttpResponse:
    """Every order beside the monthly lists, page by page. Raises BadQuestion for a kind that there is not."""
    kind = request.GET.get("kind", "")
    if kind and kind not in ORDERED:
        raise BadQuestion(_("没有“%(kind)s”这一种，请从页面上方点开") % {"kind": kind})
    found = pager(request, order_count(kind))
    options = [Choice(LINES[one] if one else _("全部"), f"?kind={one}", one == kind) for one in ("", *ORDERED)]
    page = ListPage(
        title=_("补发、物价补贴、提标补差"), lead=_("按月名册以外应发的，%(n)s 笔。") % {"n": f"{found.rows:,}"},
        table=order_table(orders(kind=kind, offset=found.offset)),
        crumbs=[*changes_way(), Crumb(_("全部应发依据"))], choices=[Choices(_("种类"), options)],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})
