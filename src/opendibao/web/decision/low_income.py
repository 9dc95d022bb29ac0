"""低收入家庭的页: who is to be recognised, who stands in the register, who is to be looked at again, who left it."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.beyond_queries import (
    CandidateRow,
    LowIncomeRow,
    candidates,
    candidates_count,
    low_income,
    low_income_count,
)
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.village_tabs import case_cell
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.labels import LOW_INCOME_ENDS, OUTCOMES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, household, text

WAITING = "waiting"
VIEWS = {
    "now": gettext_lazy("有效"), WAITING: gettext_lazy("待认定"), "recheck": gettext_lazy("要复查"),
    "ended": gettext_lazy("已失效"),
}  # fmt: skip


def low_income_list(request: HttpRequest) -> HttpResponse:
    """One view of the register, page by page."""
    view, today, may_act = _asked(request), today_in_county(), may(request, CONFIRMERS)
    counts = _counts(today)
    found = pager(request, counts[view])
    if view == WAITING:
        table = _waiting(candidates(limit=50, offset=found.offset), may_act=may_act)
    else:
        table = _entries(low_income(view, today, offset=found.offset), today, view, may_act=may_act)
    _seen(request, table)
    options = [Choice(f"{words} {counts[code]:,}", f"?view={code}", code == view) for code, words in VIEWS.items()]
    lead = _("低保没有批，收入和财产合于低保边缘或刚性支出困难规定的家庭，认定后可以申请医疗、教育等救助。")
    page = ListPage(
        _("低收入家庭"), lead, table, choices=[case_tabs("low-income"), Choices(_("看哪些家庭"), options)],
        acts=[Crumb(_("导出表格"), reverse("low-income-file") + f"?view={view}")],
        notes=[_("有效期和复查天数是有日期的本地参数，没有与原文核对。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def low_income_file(request: HttpRequest) -> HttpResponse:
    """The whole view as a workbook."""
    view, today = _asked(request), today_in_county()
    if view == WAITING:
        table = _waiting(candidates(), may_act=False)
    else:
        table = _entries(low_income(view, today, limit=None), today, view, may_act=False)
    _seen(request, table)
    return table_file(_("低收入家庭 %(view)s %(day)s") % {"view": VIEWS[view], "day": today}, table)


def _asked(request: HttpRequest) -> str:
    view = request.GET.get("view", "now")
    if view not in VIEWS:
        raise BadQuestion(_("没有“%(view)s”这种看法，请从列出的里面选") % {"view": view})
    return view


def _counts(today: date) -> dict[str, int]:
    return {view: candidates_count() if view == WAITING else low_income_count(view, today) for view in VIEWS}


def _seen(request: HttpRequest, table: Table) -> None:
    if table.rows:
        viewer = request.viewer  # type: ignore[attr-defined]
        record_view("低收入家庭名单", viewer.division, "低收入家庭", at=now_in_county())


def _waiting(rows: Sequence[CandidateRow], *, may_act: bool) -> Table:
    names = places()
    cells = [
        [household(row.household), case_cell(row.case_id, row.case), text(names.full(row.division)),
         text(OUTCOMES[row.kind]), day(row.decided_on),
         Cell(_("认定"), reverse("recognise-low-income", args=[row.case_id]) if may_act else "", tone="warn")]
        for row in rows
    ]  # fmt: skip
    return Table(
        heads(_("户编号"), "!" + _("案件"), _("村社区"), _("按规则"), "!" + _("决定日期"), "!" + _("办理")), cells,
        caption=_("待认定的家庭"), nothing=_("没有待认定的家庭"),
        empty=_("低保不予确认或停发、按规则又是低保边缘或刚性支出困难的家庭，会列在这里。"),
    )  # fmt: skip


def _entries(rows: Sequence[LowIncomeRow], today: date, view: str, *, may_act: bool) -> Table:
    names, is_ended = places(), view == "ended"
    cells = [
        [household(row.household), text(row.number), text(names.full(row.division)), text(OUTCOMES[row.kind]),
         count(row.persons), case_cell(row.case_id, row.case), day(row.recognised_on), _until(row, today),
         *([text(_("%(day)s %(why)s") % {"day": row.ended_on, "why": LOW_INCOME_ENDS[row.end_reason]})] if is_ended
           else [day(row.recheck_by), *_acts(row, may_act=may_act)])]
        for row in rows
    ]  # fmt: skip
    last = [_("失效")] if is_ended else ["!" + _("复查日期"), "!" + _("复查"), "!" + _("终止")]
    return Table(
        heads(_("户编号"), "!" + _("登记号"), _("村社区"), _("类别"), "#" + _("人数"), "!" + _("案件"),
              "!" + _("认定日期"), "!" + _("有效期至"), *last), cells,
        caption=_("低收入家庭"), nothing=_("这里没有家庭"),
        empty=_("从“待认定”里认定以后，家庭列在这里。"),
    )  # fmt: skip


def _until(row: LowIncomeRow, today: date) -> Cell:
    if row.ended_on is None and row.valid_until < today:
        return Cell(_("%(day)s 已过期") % {"day": row.valid_until}, tone="bad")
    if row.ended_on is None and row.recheck_by <= today:
        return Cell(_("%(day)s 快到期") % {"day": row.valid_until}, tone="warn")
    return day(row.valid_until)


def _acts(row: LowIncomeRow, *, may_act: bool) -> list[Cell]:
    if not may_act:
        return [text(""), text("")]
    return [
        Cell(_("登记复查"), reverse("recheck-low-income", args=[row.id])),
        Cell(_("终止"), reverse("end-low-income", args=[row.id])),
    ]
