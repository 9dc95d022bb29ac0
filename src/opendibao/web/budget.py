"""预算: the formula's inputs and result beside what was approved and what was paid, and who pays which share."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.budget.queries import BudgetRow, ShareRow, shares
from opendibao.budget.queries import budget as budget_rows
from opendibao.evaluation.reviewed import reviewed
from opendibao.evaluation.submissions import accepted_submission
from opendibao.kernel.money import yuan_text
from opendibao.payment.queries import AreaRow
from opendibao.web.asking import Asked
from opendibao.web.counted import booked
from opendibao.web.county import asked_of
from opendibao.web.labels import AREAS, LEVELS
from opendibao.web.paging import pager
from opendibao.web.receiving_words import submission_page
from opendibao.web.tables import Cell, ListPage, Table, count, heads, money, text

FORMULA = gettext_lazy("测算数＝（上年人数×12＋预计新增×6）×人均月补助×物价系数×（1＋预备比例）；新增的人平均发半年。")


def budget(request: HttpRequest) -> HttpResponse:
    """The year's budget by area, with what finance concluded on the year before."""
    question = asked_of(request)
    lines, paid = budget_rows(question.year), booked(question.year).by_area()
    approved, spent = sum(line.approved_fen for line in lines), sum(row.fen for row in paid.values())
    amounts = {"approved": yuan_text(approved, grouped=True), "spent": yuan_text(spent, grouped=True)}
    page = ListPage(
        _("%(year)s 年预算") % {"year": question.year},
        _("批复 %(approved)s 元，已到账 %(spent)s 元。") % amounts if lines else "",
        _table(question, lines, paid),
        breakdown=_shares(lines, shares(question.year)),
        notes=[str(FORMULA)] if lines else [],
    )
    shown = {"page": page, "pager": pager(request, len(lines)), **_result(question.year - 1)}
    return render(request, "web/budget.html", shown)


def _result(year: int) -> dict[str, object]:
    """The accepted evaluation of a year, where there is one: the next budget refers to it."""
    accepted = accepted_submission(year, settings.OPENDIBAO_COUNTY)
    return {"result": reviewed(accepted), "result_href": submission_page(accepted)} if accepted else {}


def _table(question: Asked, lines: list[BudgetRow], paid: dict[str, AreaRow]) -> Table:
    rows = [
        [Cell(AREAS[line.area]), count(line.last_year_persons), money(line.average_benefit_fen),
         _percent(line.price_factor_bp), count(line.expected_entries), _percent(line.reserve_bp),
         money(line.proposed_fen), money(line.approved_fen), _paid(question, line, paid), text(line.approved_on)]
        for line in lines
    ]  # fmt: skip
    summed = [
        Cell(_("合计")), count(sum(line.last_year_persons for line in lines)), Cell(""), Cell(""),
        count(sum(line.expected_entries for line in lines)), Cell(""), money(sum(line.proposed_fen for line in lines)),
        money(sum(line.approved_fen for line in lines)), money(sum(row.fen for row in paid.values())), Cell(""),
    ]  # fmt: skip
    return Table(
        heads(_("城乡"), "#" + _("上年人数"), "#" + _("人均月补助"), "#" + _("物价系数"), "#" + _("预计新增"),
              "#" + _("预备"), "#" + _("测算数（元）"), "#" + _("批复数（元）"), "#" + _("到账（元）"),
              "!" + _("批复日期")),
        rows, summed, _("这一年还没有编预算。"), _("预算和执行"),
    )  # fmt: skip


def _paid(question: Asked, line: BudgetRow, paid: dict[str, AreaRow]) -> Cell:
    href = reverse("rows", args=["paid"]) + question.but(area=line.area)
    return money(paid[line.area].fen, href) if line.area in paid else money(0)


def _shares(lines: list[BudgetRow], split: list[ShareRow]) -> Table | None:
    if not lines:
        return None
    rows = []
    for level in dict.fromkeys(share.level for share in split):
        mine = [share for share in split if share.level == level]
        rows.append([Cell(LEVELS[level]), _percent(mine[0].share_bp), money(sum(share.fen for share in mine))])
    total = sum(line.approved_fen for line in lines)
    summed = [Cell(_("批复数")), Cell("100%"), money(total)]
    return Table(heads(_("层级"), "#" + _("比例"), "#" + _("元")), rows, summed, caption=_("谁出钱"))


def _percent(basis_points: int) -> Cell:
    whole, rest = divmod(basis_points, 100)
    return Cell(f"{whole}.{rest:02d}%" if rest else f"{whole}%")
