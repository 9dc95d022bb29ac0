"""公示: which villages have something to post, what hangs and for how long, and one sheet with its proof."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.notice_queries import (
    STATES,
    PostedNotice,
    SheetRow,
    notice_sheet,
    ready_villages,
    sheet_of,
    sheets,
    sheets_count,
)
from opendibao.kernel.ids import township_of
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.village_tabs import OBJECTION_TAKERS, REVIEWERS, case_cell, days_left, tabs, way
from opendibao.web.labels import CASE_STATES
from opendibao.web.paging import pager
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, money, text

WHICH = {
    "": gettext_lazy("全部"), "running": gettext_lazy("公示中"), "over": gettext_lazy("期满待撤下"),
    "objected": gettext_lazy("有异议待办"),
}  # fmt: skip


def notices(request: HttpRequest) -> HttpResponse:
    """Villages with something to post, and the sheets that hang or hung."""
    state, today, names = request.GET.get("state", ""), today_in_county(), places()
    if state not in STATES:
        raise BadQuestion(_("没有“%(state)s”这种公示，请从列出的里面选") % {"state": state})
    found = pager(request, sheets_count(today, state=state))
    options = [Choice(str(words), f"?state={code}", code == state) for code, words in WHICH.items()]
    rows = [_sheet_row(row, names, today) for row in sheets(today, state=state, offset=found.offset)]
    table = Table(
        heads("!" + _("张贴"), _("村社区"), "#" + _("户"), "#" + _("人"), "#" + _("拟每月（元）"), "!" + _("截止"),
              _("还剩"), _("异议")), rows, caption=_("公示榜"), nothing=_("这里没有公示榜"),
        empty=_("初审意见张贴公示后，一村一天一张榜，列在这里。"),
    )  # fmt: skip
    lead = _(
        "初审意见在村（社区）公示 7 天，第一天和最后一天都算；没有满期、异议没有办结，不能往下办（57号第十九条）。"
    )
    page = ListPage(_("公示"), lead, table, choices=[*tabs("notices"), Choices(_("哪些公示榜"), options)])
    waiting = _ready_table(names, today, may_post=may(request, REVIEWERS))
    shown = {"page": page, "pager": found, "waiting": waiting, "waiting_title": _("等张贴的村"), "title": _("公示榜")}
    return render(request, "web/village_lists.html", shown)


def _ready_table(names: Places, today: date, *, may_post: bool) -> Table:
    rows = [
        [text(names.full(row.division)), count(row.cases), day(row.since), count((today - row.since).days),
         Cell(_("预览并张贴"), f"{reverse('post-notices')}?division={row.division}", tone="warn") if may_post
         else text(_("等乡镇张贴"))]
        for row in ready_villages()
    ]  # fmt: skip
    return Table(
        heads(_("村社区"), "#" + _("案件"), "!" + _("最早受理"), "#" + _("已等（天）"), _("办理")), rows,
        caption=_("等张贴的村"), nothing=_("现在没有等张贴的案件"),
        empty=_("调查完、评议完的案件会按村列在这里，一次可以贴一个村的。"),
    )  # fmt: skip


def _sheet_row(row: SheetRow, names: Places, today: date) -> list[Cell]:
    objected = Cell(_("%(n)d 件待办") % {"n": row.open_objections}, tone="warn") if row.open_objections else (
        text(_("%(n)d 件已办结") % {"n": row.objections}) if row.objections else text("")
    )  # fmt: skip
    return [
        Cell(str(row.posted_on), reverse("notice", args=[row.id])), text(names.full(row.division)),
        count(row.households), count(row.persons), money(row.proposed_fen), day(row.ends_on), _left(row, today),
        objected,
    ]  # fmt: skip


def _left(row: SheetRow, today: date) -> Cell:
    if not row.hanging:
        return text(_("已撤下"))
    if today <= row.ends_on:
        return text(days_left(row.ends_on, today))
    return Cell(_("期满，可以撤下"), tone="warn")


def one_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The sheet as it hangs, with nothing on it but what may be public; beside it the proof and the objections."""
    posted, today = sheet_of(notice_id), today_in_county()
    if not posted:
        raise Http404(f"没有公示 {notice_id}")
    first, names = posted[0], places()
    record_view(f"公示 {first.division}", first.division, "公示榜", at=now_in_county())
    shown = {
        "sheet": notice_sheet([row.id for row in posted]), "place": names.full(first.division),
        "town": names.full(township_of(first.division)),
        "crumbs": [*way("notices"), Crumb(f"{first.posted_on} {names.full(first.division)}")],
        "cases": _cases_table(posted, may_object=may(request, OBJECTION_TAKERS)),
        "photos": _photos(posted),
        "hangs": [row for row in posted if not row.taken_down_on],
        "may_take_down": may(request, REVIEWERS) and any(_is_over(row, today) for row in posted),
        "left": days_left(max(row.ends_on for row in posted), today), "notice_id": notice_id,
        "taken_down_on": max((row.taken_down_on for row in posted if row.taken_down_on), default=None),
        "objections": sum(row.objections for row in posted), "waiting": sum(row.open_objections for row in posted),
        "poster": reverse("notice-poster", args=[notice_id]),
    }  # fmt: skip
    return render(request, "web/notice.html", shown)


def _is_over(row: PostedNotice, today: date) -> bool:
    """Whether its days are over and it hangs still."""
    return row.ends_on < today and not row.taken_down_on


def _cases_table(posted: Sequence[PostedNotice], *, may_object: bool) -> Table:
    rows = [
        [case_cell(row.case_id, row.number), count(row.sequence), text(CASE_STATES[row.case_state]),
         _objected(row), Cell(str(row.taken_down_on or "")), _objecting(row, may_object=may_object)]
        for row in posted
    ]  # fmt: skip
    return Table(
        heads("!" + _("案件"), "#" + _("第几次公示"), _("现在"), _("异议"), "!" + _("撤下"), _("办理")), rows,
        caption=_("榜上的案件"),
    )  # fmt: skip


def _objected(row: PostedNotice) -> Cell:
    if not row.objections:
        return Cell("")
    return text(_("%(n)d 件，%(open)d 件待办") % {"n": row.objections, "open": row.open_objections})


def _objecting(row: PostedNotice, *, may_object: bool) -> Cell:
    if row.case_state != "noticed" or not may_object:
        return Cell("")
    return Cell(_("登记异议"), reverse("new-objection", args=[row.case_id]))


def _photos(posted: Sequence[PostedNotice]) -> list[Crumb]:
    """The photographs of the board; the same picture is kept with every case, shown once."""
    found = []
    if first := next((row.posted_photo_id for row in posted if row.posted_photo_id), None):
        found.append(Crumb(_("张贴照片"), reverse("attachment", args=[first])))
    if last := next((row.taken_down_photo_id for row in posted if row.taken_down_photo_id), None):
        found.append(Crumb(_("撤下照片"), reverse("attachment", args=[last])))
    return found
