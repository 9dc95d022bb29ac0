"""今日工作: what is overdue, open, with others or coming, most urgent first, with the next act in words."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendibao.kernel.ids import is_division, reach_of
from opendibao.registry.queries import Card
from opendibao.web import today_done
from opendibao.web.access import MONEY
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.decision.approval_counts import waiting_counts
from opendibao.web.overdue_cases import OVERSEERS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.parts import render_either
from opendibao.web.places import Places, places
from opendibao.web.today_lines import BANDS, NOBODY, act_link, bands, cards_of, name
from opendibao.web.today_rail import calendar, workload
from opendibao.web.today_sources import tasks_of
from opendibao.web.today_task import Group, Work, work_of
from opendibao.web.today_tiles import DONE, tiles
from opendibao.web.viewing import Viewer


def today(request: HttpRequest) -> HttpResponse:
    """The first page of the day."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    now, names = today_in_county(), places()
    group, place = _asked(request)
    reach = reach_of(place) if place else ""
    whole = work_of(tasks_of(viewer, now), viewer, now)
    work, counts = whole.within(reach), today_done.counts(viewer, now, reach)
    if group != DONE:
        listed = _listed(request, work, group, names)
    elif counts is not None:
        listed = today_done.listed(request, counts, now, reach, names)
    else:
        raise PermissionDenied
    shown = {
        "day": now, "place": names.full(viewer.division), "place_chosen": names.full(place) if place else "",
        "tiles": tiles(work, counts, group=group, place=place), "group": group, "calendar": calendar(now),
        "approvals": waiting_counts(viewer, now), "later": next(iter(work.of(Group.SOON)), None),
        "load": workload(whole, names),
        "may_see_runs": bool(viewer.duties & MONEY), "sees_county": viewer.sees_county,
        "may_see_overdue": bool(viewer.duties & OVERSEERS),
    }  # fmt: skip
    return render_either(request, "web/today.html", "web/_today.html", {**shown, **listed})


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Which group and which place are wanted. Raises BadQuestion."""
    group, place = request.GET.get("group", ""), request.GET.get("place", "")
    if group and group not in (*Group, DONE):
        raise BadQuestion(_("今日工作没有“%(group)s”这一组，请从页面上方的数字点开") % {"group": group})
    if place and not is_division(place):
        raise BadQuestion(_("“%(place)s”不是区划代码，应为 12 位数字") % {"place": place})
    return group, place


def _listed(request: HttpRequest, work: Work, group: str, names: Places) -> dict[str, object]:
    tasks = [each for each in work.tasks if not group or each[0] == group]
    found = pager(request, len(tasks))
    page = tasks[found.offset : found.offset + ROWS_A_PAGE]
    title = BANDS[Group(group)][0] if group else _("待办")
    known = cards_of([*(task for _group, task in page), work.next])
    shown = {"title": title, "total": len(tasks), "pager": found, "bands": bands(work, page, known, names)}
    return {**shown, **_next(work, known)}


def _next(work: Work, known: Mapping[int, Card]) -> dict[str, object]:
    """The most urgent thing by name, and where it is done."""
    task = work.next
    if task is None:
        return {}
    card = known.get(task.household_id, NOBODY)
    return {"next": task, "next_name": name(task, card), "next_href": act_link(work.viewer, task, card, work.today)}
