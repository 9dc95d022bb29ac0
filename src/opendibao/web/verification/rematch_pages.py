"""全县复核比对的页: the runs, one run source by source, who could not be checked, and the button that starts one."""

import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.audit.session import acting
from opendibao.verification.rematch.queries import (
    GapRow,
    RunRow,
    SourceRow,
    gaps_by_why,
    gaps_of,
    rematch_of,
    rematches,
    sources_of,
)
from opendibao.verification.rematch.running import perform_rematch, start_rematch
from opendibao.web.access import may, takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import COUNTY_TIME, now_in_county, today_in_county
from opendibao.web.labels import DEPARTMENTS, UNCHECKED
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, Table, count, day, heads, household, text
from opendibao.web.verification.alerts_words import REMATCH_STATES, RUNNERS
from opendibao.web.verification.match_tabs import match_tabs
from opendibao.web.viewing import Viewer

RUNNING = "running"
TONES = {"running": "warn", "finished": "ok", "interrupted": "bad"}


class NothingForm(ActForm):
    """Nothing is asked."""


def rematch_list(request: HttpRequest) -> HttpResponse:
    """The runs, the newest first; how far the one is that goes on."""
    rows = rematches()
    now = next((row for row in rows if row.state == RUNNING), None)
    return render(request, "web/rematches.html", {
        "now": now, "table": _runs(rows), "may_run": may(request, RUNNERS) and now is None,
        "last": next((row for row in rows if row.state == "finished"), None),
        "crumbs": [Crumb(_("预警清单"), reverse("alerts")), Crumb(_("全县复核比对"))],
        "tabs": match_tabs(request, "rematches"),
    })  # fmt: skip


def rematch_progress(request: HttpRequest) -> HttpResponse:
    """The part that is asked again every second; when there is nothing to wait for, the whole page."""
    now = next((row for row in rematches(limit=1) if row.state == RUNNING), None)
    home = reverse("rematches")
    if not request.headers.get("HX-Request"):
        return redirect(home)
    if now is None:
        return HttpResponse(headers={"HX-Redirect": home})
    return render(request, "web/_rematch_progress.html", {"now": now})


@takes_a_form
def started_rematch(request: HttpRequest) -> HttpResponse:
    """开始复核比对."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    today = today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        run = start_rematch(settings.OPENDIBAO_COUNTY, is_monthly=False, on=today, at=at)
        transaction.on_commit(lambda: begin(run.pk, viewer))
        return Done(reverse("rematches"), _("已经开始比对全县在保人员，完成后这里会自己更新。"))

    now = next((row for row in rematches(limit=1) if row.state == RUNNING), None)
    return answer(
        request,
        Act(
            title=_("开始全县复核比对"), button=_("开始比对"), form=NothingForm, do=do, way=_way(), subject="复核比对",
            sending=_("正在开始"), closed=_("%(who)s发起的比对正在进行。") % {"who": now.started_by} if now else "",
            notes=[
                _("把全县在保的每个人和各部门最近送达的数据比对一遍；没有送达、过期、没有授权的记为未核，不算没有。"),
                _("问过谁、凭什么，都登记在查询登记里（社会救助法第六十二条）。同一件事不会报两次。"),
            ],
        ),
    )  # fmt: skip


def begin(rematch_id: int, viewer: Viewer) -> None:
    """Do the work beside this request, as the officer who asked for it."""

    def work() -> None:
        try:
            with acting(viewer.name, viewer.reach, viewer.duties):
                perform_rematch(rematch_id, at=now_in_county())
        finally:
            connection.close()

    threading.Thread(target=work, name="rematch", daemon=True).start()


def _way() -> list[Crumb]:
    return [Crumb(_("预警清单"), reverse("alerts")), Crumb(_("全县复核比对"), reverse("rematches"))]


def _runs(rows: Sequence[RunRow]) -> Table:
    made = [
        [Cell(f"{localtime(row.started_at, COUNTY_TIME):%Y-%m-%d %H:%M}", reverse("rematch", args=[row.id])),
         text(_("按月自动") if row.is_monthly else row.started_by),
         Cell(REMATCH_STATES[row.state], tone=TONES[row.state]), count(row.households), count(row.persons),
         count(row.found), count(row.again), count(row.ended), count(row.unchecked)]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("开始"), _("谁发起"), "!" + _("情况"), "#" + _("户"), "#" + _("人"), "#" + _("新预警"),
                  "#" + _("原有"), "#" + _("终结"), "#" + _("未核人数"))  # fmt: skip
    return Table(
        named, made, caption=_("历次比对"), nothing=_("还没有比对过"),
        empty=_("每月自动比对一次，也可以随时开始；比对的结果列在这里。"),
    )  # fmt: skip


def _known(rematch_id: int) -> RunRow:
    row = rematch_of(rematch_id)
    if row is None:
        raise Http404(f"没有复核比对 {rematch_id}")
    return row


def one_rematch(request: HttpRequest, rematch_id: int) -> HttpResponse:
    """One run: three outcomes a source, which add up, and who could not be checked."""
    row = _known(rematch_id)
    why = _why(request)
    whole = gaps_by_why(rematch_id)
    found = pager(request, sum(one.persons for one in whole if not why or one.why == why))
    gaps = gaps_of(rematch_id, why, limit=ROWS_A_PAGE, offset=found.offset)
    _seen(request, rematch_id, gaps)
    options = [Choice(_("全部"), "?", not why)]
    options += [
        Choice(f"{UNCHECKED[one.why]} {one.persons:,}", f"?why={one.why}", one.why == why) for one in whole
    ]  # fmt: skip
    return render(request, "web/rematch.html", {
        "row": row, "lead": _lead(row), "sources": _sources(sources_of(rematch_id)), "gaps": _gaps(gaps),
        "pager": found, "choices": Choices(_("为什么没有核"), options) if whole else None,
        "month": f"{row.ran_on:%Y-%m}", "crumbs": [*_way(), Crumb(str(row.ran_on))],
    })  # fmt: skip


def rematch_gaps_file(request: HttpRequest, rematch_id: int) -> HttpResponse:
    """Everybody who could not be checked in a run, as a workbook."""
    row = _known(rematch_id)
    gaps = gaps_of(rematch_id, _why(request))
    _seen(request, rematch_id, gaps)
    return table_file(_("未核人员 %(day)s") % {"day": row.ran_on}, _gaps(gaps))


def _why(request: HttpRequest) -> str:
    why = request.GET.get("why", "")
    if why and why not in UNCHECKED:
        raise BadQuestion(_("没有“%(text)s”这种未核原因，请从页上的几种里选") % {"text": why})
    return why


def _seen(request: HttpRequest, rematch_id: int, rows: Sequence[GapRow]) -> None:
    if rows:
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        record_view(f"复核比对 {rematch_id}", viewer.division, "未核人员", at=now_in_county())


def _lead(row: RunRow) -> str:
    if row.state != "finished":
        return _("%(state)s：到第 %(done)s 个来源，共 %(all)s 个；没有完成的比对什么都没有留下。") % {
            "state": REMATCH_STATES[row.state], "done": row.sources_done, "all": row.sources_count,
        }  # fmt: skip
    said = _("%(homes)s 户 %(persons)s 人；新预警 %(found)s 条，原有 %(again)s 条，终结 %(ended)s 条；"
             "至少一个来源未核的 %(unchecked)s 人。")  # fmt: skip
    numbers = {
        "homes": row.households, "persons": row.persons, "found": row.found, "again": row.again, "ended": row.ended,
        "unchecked": row.unchecked,
    }  # fmt: skip
    return said % {name: f"{number:,}" for name, number in numbers.items()}


def _sources(rows: Sequence[SourceRow]) -> Table:
    made = [
        [Cell(DEPARTMENTS.get(row.source, row.source)), day(row.as_of),
         count(row.hits), count(row.no_hits), Cell(f"{row.unchecked:,}", tone="warn" if row.unchecked else ""),
         text(_unchecked(row))]
        for row in rows
    ]  # fmt: skip
    named = heads(_("来源"), "!" + _("数据截止"), "#" + _("核到"), "#" + _("无记录"), "#" + _("未核"), _("为什么"))
    return Table(named, made, empty=_("这次比对没有完成。"), caption=_("各来源"))


def _unchecked(row: SourceRow) -> str:
    """Why a source did not check everybody."""
    if row.why:
        return UNCHECKED[row.why]
    return _("因人而异，见下面的名单") if row.unchecked else ""


def _gaps(rows: Sequence[GapRow]) -> Table:
    names = places()
    made = [
        [text(row.person), household(row.household), text(names.full(row.division)), text(UNCHECKED[row.why]),
         text(_("、").join(DEPARTMENTS.get(one, one) for one in row.sources) or _("所有来源"))]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("谁"), "!" + _("户编号"), _("村社区"), _("为什么没有核"), _("哪些来源"))
    return Table(
        named, made, caption=_("未核人员"), nothing=_("没有因人而异未核的人"),
        empty=_("没有授权、名单不含、待认定、记录被退回的人会逐个列在这里。"),
    )  # fmt: skip
