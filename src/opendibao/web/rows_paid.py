"""发放名单: every booked payment, what the bank returned, and the twelve months."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.ids import mask_account
from opendibao.payment.queries import MonthRow
from opendibao.web import choices
from opendibao.web.asking import Asked
from opendibao.web.counted import booked, month_table, paid_lines, returned_lines
from opendibao.web.labels import AREAS
from opendibao.web.paging import ROWS_A_PAGE, Pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, blanks, count, day, heads, household, money, text
from opendibao.web.templatetags.figures import wan, yuan

DUE = gettext_lazy(
    "每月 10 日前到账，10 日是休息日的提前到之前的工作日。看的是首次送出的最后一笔哪天到账，退回补发的不计逾期。"
)


def paid(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """Sendings the bank booked in the year; the totals line is the figure that was clicked."""
    sums = booked(question.year).within(area=question.area, month=question.month, division=question.division)
    lines, fen = sums.lines, sums.fen
    found, names = page(lines), places()
    listed = paid_lines(
        question.year, area=question.area, month=question.month, division=question.division, offset=found.offset
    )
    rows = [
        [household(row.household), text(row.head), text(names.full(row.division)), text(AREAS[row.area]),
         text(f"{row.month:%Y-%m}"), count(row.persons), money(row.fen), day(row.booked_on),
         text(mask_account(row.account)), text(row.decision)]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads(_("户编号"), _("户主"), _("村社区"), _("城乡"), "!" + _("发放月"), "#" + _("人"), "#" + _("金额（元）"),
              "!" + _("到账"), "!" + _("账号"), "!" + _("决定文号")), rows,
        [Cell(_("合计 %(n)s 笔") % {"n": f"{lines:,}"}), *blanks(5), money(fen), *blanks(3)],
        _("这里没有到账的保障金。"), _("到账明细"),
    )  # fmt: skip
    return _paid_page(question, names, table, lines, fen), found


def _paid_page(question: Asked, names: Places, table: Table, lines: int, fen: int) -> ListPage:
    start = _("%(year)s 年保障金") % {"year": question.year}
    amounts = {"n": f"{lines:,}", "yuan": yuan(fen), "wan": wan(fen)}
    return ListPage(
        title=_("%(when)s%(area)s保障金") % {"when": question.when, "area": AREAS.get(question.area, "")},
        lead=_("银行记账到户 %(n)s 笔，%(yuan)s 元，即 %(wan)s 万元。退回没有补发的不算。") % amounts,
        table=table,
        crumbs=list(names.way(question, start, reverse("rows", args=["paid"]))),
        choices=[choices.areas(question), choices.months(question)],
        breakdown=None if is_village(question.division) else _breakdown(question, lines, fen),
    )


def _breakdown(question: Asked, lines: int, fen: int) -> Table:
    parts = booked(question.year).within(area=question.area, month=question.month).by_place(question.division)
    rows = [[Cell(row.name, question.but(division=row.code)), count(row.lines), money(row.fen)] for row in parts]
    summed = [Cell(_("合计")), count(lines), money(fen)]
    return Table(heads(_("地方"), "#" + _("笔"), "#" + _("元")), rows, summed, _("这里没有到账的保障金。"), _("分布"))


def returned(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """What the bank sent back in the year, or of the month's run, and what became of it."""
    sent_back, names = returned_lines(question.year), places()
    listed = [row for row in sent_back if question.month in (None, row.month)]
    found = page(len(listed))
    rows = [
        [household(row.household), text(names.full(row.division)), text(f"{row.month:%Y-%m}"), money(row.fen),
         day(row.sent_on), text(row.reason), day(row.again_sent_on), _again(row.again_booked_on is not None)]
        for row in listed[found.offset : found.offset + ROWS_A_PAGE]
    ]  # fmt: skip
    again = sum(row.again_booked_on is not None for row in listed)
    table = Table(
        heads(_("户编号"), _("村社区"), "!" + _("发放月"), "#" + _("金额（元）"), "!" + _("首次送出"), _("退回原因"),
              "!" + _("再次送出"), "!" + _("结果")), rows,
        [Cell(_("合计 %(n)s 笔") % {"n": f"{len(listed):,}"}), *blanks(2), money(sum(row.fen for row in listed)),
         *blanks(4)],
        _("这段时间没有退回。"), _("退回明细"),
    )  # fmt: skip
    return _returned_page(question, table, len(listed), again), found


def _returned_page(question: Asked, table: Table, sent_back: int, again: int) -> ListPage:
    year, counts = {"year": question.year}, {"n": f"{sent_back:,}", "again": f"{again:,}"}
    lead = _("银行退回 %(n)s 笔，改正账户后已补发到账 %(again)s 笔。补发用的是原来那笔应发，不会发两次。") % counts
    crumbs = [
        Crumb(_("全县一页"), reverse("county") + question.but()),
        Crumb(_("%(year)s 年保障金") % year, reverse("rows", args=["paid"]) + question.but()), Crumb(_("退回补发")),
    ]  # fmt: skip
    return ListPage(_("%(when)s退回和补发") % {"when": question.when}, lead, table, crumbs)


def _again(is_booked: bool) -> Cell:
    return Cell(_("已补发"), tone="ok") if is_booked else Cell(_("等补发"), tone="warn")


def months(question: Asked, page: Callable[[int], Pager]) -> tuple[ListPage, Pager]:
    """The pay runs of the year: when the last first sending was booked, against the due day."""
    listed = month_table(question.year)
    found = page(len(listed))
    rows = [_month(question, row) for row in listed]
    on_time = sum(row.is_on_time is True for row in listed)
    total = [
        Cell(_("合计 %(n)s 个月") % {"n": len(listed)}), count(sum(row.households for row in listed)),
        money(sum(row.fen for row in listed)), money(sum(row.paid_fen for row in listed)),
        count(sum(row.returned for row in listed)), *blanks(2), Cell(_("%(n)s 个月按时") % {"n": on_time}),
    ]  # fmt: skip
    table = Table(
        heads("!" + _("月份"), "#" + _("户"), "#" + _("应发（元）"), "#" + _("到账（元）"), "#" + _("退回笔数"),
              "!" + _("最后到账"), "!" + _("期限"), "!" + _("按时")), rows, total,
        _("这一年还没有发放。"), _("各月发放"),
    )  # fmt: skip
    year = {"year": question.year}
    crumbs = [Crumb(_("全县一页"), reverse("county") + question.but()), Crumb(_("%(year)s 年各月") % year)]
    return ListPage(_("%(year)s 年各月到账") % year, str(DUE), table, crumbs), found


def _month(question: Asked, row: MonthRow) -> list[Cell]:
    lines = reverse("rows", args=["paid"]) + question.but(month=f"{row.month:%Y-%m}", area="", division="")
    if booked(question.year).within(month=row.month).fen != row.paid_fen:
        lines = ""  # what was ordered for other months went with this run's file: the list by month is another sum
    on_time = {
        True: Cell(_("按时"), tone="ok"), False: Cell(_("逾期"), tone="bad"), None: Cell(_("等银行结果"), tone="warn"),
    }  # fmt: skip
    return [
        Cell(_("%(n)s 月") % {"n": row.month.month}, reverse("pay-run", args=[f"{row.month:%Y-%m}"])),
        count(row.households), money(row.fen), money(row.paid_fen, lines), count(row.returned),
        day(row.last_booked_on), day(row.due_on), on_time[row.is_on_time],
    ]  # fmt: skip
