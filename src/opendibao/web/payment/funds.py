"""资金页: how long the money lasts, what came and was bound month by month, who still owes what, and the entries."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.budget.arrivals import ArrivalRow, arrivals
from opendibao.budget.book import book
from opendibao.budget.cash import CashMonth, CashRow, cash, keeps_arrivals, year_use
from opendibao.budget.funds import FundShare, LateShare, fund_shares, late_shares
from opendibao.budget.shortage import alarm
from opendibao.web.access import FINANCE, PAYERS, may
from opendibao.web.asking import Asked
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.labels import LEVELS
from opendibao.web.payment.fund_acts import ArrivalForm
from opendibao.web.payment.fund_words import FUND_AREAS, SOURCES
from opendibao.web.payment.here import here
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, Table, blanks, day, heads, money, text

FULL = 100


@dataclass(frozen=True)
class Bar:
    """What was free at the end of a month (fen), as a share of the widest bar in percent."""

    words: str
    fen: int
    width: int

    @property
    def kind(self) -> str:
        """Its colour: what is advanced stands out."""
        return "bad" if self.fen < 0 else "brand"


def funds(request: HttpRequest) -> HttpResponse:
    """The money of a year."""
    question = asked_of(request)
    months, late = cash(question.year, question.as_of), late_shares(question.year, question.as_of)
    listed = arrivals(question.year)
    writes = may(request, PAYERS | FINANCE)
    today = today_in_county()
    shown = {
        "asked": question, "years": _years(question),
        "alarm": alarm(today) if question.year >= today.year - 1 else None,
        "book": _book(question), "keeps": keeps_arrivals(),
        "months": _months(months), "bars": _bars(months),
        "levels": _levels(question, year_use(question.year, question.as_of)),
        "late": [row for row in late if row.arrived_on],
        "overdue": next((row for row in late if not row.arrived_on), None),
        "late_fen": sum(row.fen for row in late if row.arrived_on), "late_days": _longest(late),
        "entries": _entries(listed, writes=writes), "left": months[-1].total.left_fen if months else None,
        "file": reverse("funds-file") + question.but(month="", area="", division=""),
        "entries_file": f"{reverse('funds-arrivals-file')}?year={question.year}" if listed else "",
        "here": here(reverse("enter-arrival"), _("登记到位资金"), ArrivalForm, "") if writes else None,
        "crumbs": [Crumb(_("发放批次"), reverse("pay-runs") + f"?year={question.year}"), Crumb(_("资金"))],
    }  # fmt: skip
    return render(request, "web/funds.html", shown)


def funds_file(request: HttpRequest) -> HttpResponse:
    """Every month by level as a workbook."""
    question = asked_of(request)
    rows = [
        [Cell(f"{month.month:%Y-%m}"), Cell(LEVELS.get(row.level, "") or _("各级合计")), money(row.carried_fen),
         money(row.arrived_fen), money(row.committed_fen), money(row.left_fen),
         *([Cell(""), Cell("")] if row.level else [money(month.sent_fen), money(month.returned_fen)])]
        for month in cash(question.year, question.as_of) for row in (month.total, *month.levels)
    ]  # fmt: skip
    table = Table(
        heads(_("月份"), _("预算级次"), "#" + _("月初结转（元）"), "#" + _("到位（元）"), "#" + _("审核占用（元）"),
              "#" + _("月末可用（元）"), "#" + _("送银行（元）"), "#" + _("银行退回（元）")), rows,
    )  # fmt: skip
    return table_file(_("%(year)s 年低保资金") % {"year": question.year}, table)


def _years(question: Asked) -> Choices:
    years = (question.year - 1, question.year, question.year + 1)
    return Choices(_("年度"), [Choice(str(year), f"?year={year}", year == question.year) for year in years])


def _longest(late: Sequence[LateShare]) -> int:
    return max((row.days for row in late if row.arrived_on), default=0)


def _bars(months: Sequence[CashMonth]) -> list[Bar]:
    widest = max((abs(row.total.left_fen) for row in months), default=0)
    return [
        Bar(_("%(n)s 月") % {"n": row.month.month}, row.total.left_fen, abs(row.total.left_fen) * FULL // (widest or 1))
        for row in months
    ]


def _free(fen: int) -> Cell:
    """What is free; below zero it was advanced."""
    return Cell(money(fen).text, tone="warn") if fen < 0 else money(fen)


def _months(months: Sequence[CashMonth]) -> Table:
    rows = [
        [Cell(_("%(n)s 月") % {"n": row.month.month}), money(row.total.carried_fen), money(row.total.arrived_fen),
         money(row.total.committed_fen), _free(row.total.left_fen), money(row.sent_fen), money(row.returned_fen)]
        for row in months
    ]  # fmt: skip
    totals = [
        Cell(_("全年")), money(months[0].total.carried_fen), money(sum(row.total.arrived_fen for row in months)),
        money(sum(row.total.committed_fen for row in months)), _free(months[-1].total.left_fen),
        money(sum(row.sent_fen for row in months)), money(sum(row.returned_fen for row in months)),
    ] if months else []  # fmt: skip
    return Table(
        heads("!" + _("月份"), "#" + _("月初结转"), "#" + _("到位"), "#" + _("审核占用"), "#" + _("月末可用"),
              "#" + _("送银行"), "#" + _("银行退回")), rows, totals,
        caption=_("各月资金（元）"), nothing=_("这一年还没有登记到位资金"),
        empty=_("把各级下达的资金照文件登记，这里就按月算出结转、到位、占用和可用，并预警用到哪个月。"),
    )  # fmt: skip


def _levels(question: Asked, used: Sequence[CashRow]) -> Table:
    """What each level was to bring and brought, and what of its money is free."""
    expected = {row.level: row for row in fund_shares(question.year, question.as_of)}
    rows = [
        [Cell(LEVELS[row.level]), *_share(expected.get(row.level)), money(row.carried_fen), money(row.arrived_fen),
         money(row.committed_fen), _free(row.left_fen)]
        for row in used
    ]  # fmt: skip
    totals = [
        Cell(_("合计")), *([money(sum(row.expected_fen for row in expected.values())),
                          money(sum(row.outstanding_fen for row in expected.values()))] if expected else blanks(2)),
        money(sum(row.carried_fen for row in used)), money(sum(row.arrived_fen for row in used)),
        money(sum(row.committed_fen for row in used)), _free(sum(row.left_fen for row in used)),
    ] if used else []  # fmt: skip
    return Table(
        heads(_("预算级次"), "#" + _("应到位"), "#" + _("还没有到位"), "#" + _("上年结转"), "#" + _("已到位"),
              "#" + _("审核占用"), "#" + _("可用")), rows, totals,
        caption=_("各级资金（元）"), nothing=_("还没有各级资金"),
        empty=_("登记到位资金以后，各级的应到位、已到位和可用列在这里。"),
    )  # fmt: skip


def _book(question: Asked) -> Table:
    """What the treasuries' own books must show, so that both may be laid side by side."""
    found = book(question.as_of)
    rows = [
        [Cell(LEVELS[row.level] if row.level else _("凭证没有写级次的")), _free(row.free_fen), _free(row.unpaid_fen),
         _free(row.book_fen)]
        for row in found
    ]  # fmt: skip
    totals = [
        Cell(_("合计")), _free(sum(row.free_fen for row in found)), _free(sum(row.unpaid_fen for row in found)),
        _free(sum(row.book_fen for row in found)),
    ] if found else []  # fmt: skip
    return Table(
        heads(_("预算级次"), "#" + _("可用"), "#" + _("已审核未支付"), "#" + _("账面余额")), rows, totals,
        caption=_("和财政账面核对（元）"), nothing=_("还没有各级资金"),
        empty=_("登记到位资金以后，这里列出财政账面应有的余额。"),
    )  # fmt: skip


def _share(row: FundShare | None) -> list[Cell]:
    return [money(row.expected_fen), money(row.outstanding_fen)] if row else list(blanks(2))


def _entries(listed: Sequence[ArrivalRow], *, writes: bool) -> Table:
    rows = [
        [Cell(row.number), Cell(row.text), Cell(LEVELS[row.level]), Cell(SOURCES[row.source]),
         Cell(FUND_AREAS[row.area]), money(row.fen), day(row.arrived_on), *_due(row), text(row.officer),
         _back(row, writes=writes)]
        for row in listed
    ]  # fmt: skip
    totals = [
        Cell(_("合计 %(n)s 笔") % {"n": len(listed)}), *blanks(4), money(sum(row.fen for row in listed)), *blanks(5),
    ]  # fmt: skip
    return Table(
        heads("!" + _("文号"), _("摘要"), _("预算级次"), _("资金来源"), _("城乡"), "#" + _("金额（元）"),
              "!" + _("到位"), "!" + _("应到位"), _("晚到"), _("登记人"), _("冲回")), rows, totals if listed else [],
        caption=_("到位资金"), nothing=_("还没有登记到位资金"), empty=_("收到下达文件、钱到账以后，在这里照文件登记。"),
    )  # fmt: skip


def _due(row: ArrivalRow) -> list[Cell]:
    """By when it was due, and how late it came; nothing of money that has no day."""
    if row.due_on is None:
        return list(blanks(2))
    late = Cell(_("%(n)s 天") % {"n": row.days_late}, tone="warn") if row.days_late else Cell(_("按时"), tone="ok")
    return [day(row.due_on), late]


def _back(row: ArrivalRow, *, writes: bool) -> Cell:
    if row.of:
        return Cell(_("冲回 %(number)s") % {"number": row.of})
    if not row.left_fen:
        return Cell(_("已全部冲回"))
    return Cell(_("冲回"), reverse("take-back-arrival", args=[row.id])) if writes else Cell("")
