"""乡镇确认: the townships' words on their part of the list; each sees its own by village before it confirms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import is_division, reach_of, township_of
from opendibao.kernel.money import yuan_text
from opendibao.payment.confirming import confirm_township
from opendibao.payment.precheck_queries import TownRow
from opendibao.payment.run_lines import VillageRow, village_rows
from opendibao.web.access import may, takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.labels import RUNS
from opendibao.web.payment.here import here
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.run_asked import Run, confirmations, run_asked, way
from opendibao.web.payment.run_calendar import confirm_by
from opendibao.web.payment.run_steps import own_town
from opendibao.web.places import places
from opendibao.web.roles import clerks_of
from opendibao.web.tables import Cell, Crumb, Table, count, day, heads, money, more, text

CONFIRM = frozenset({Duty.ACCEPT})


def run_towns(request: HttpRequest, month: str) -> HttpResponse:
    """The townships of a run with who confirmed; one of them by village, with its form where it is the viewer's."""
    run, town = run_asked(month), _town(request)
    rows, names = confirmations(run.pk), places()
    mine = next((row for row in rows if row.division == town), None)
    villages = village_rows(run.pk, run.month, reach=reach_of(town)) if town else []
    form = None
    if mine and mine.confirmed_on is None and may_confirm(request, run, town):
        form = here(reverse("confirm-township", args=[month]), _("确认本乡镇名册"), NothingForm, "")
    crumbs = [*way(month), Crumb(_("乡镇确认"), reverse("run-towns", args=[month]) if town else "")]
    shown = {
        "run": run, "month": run.month, "town": town, "name": names.full(town) if town else "", "mine": mine,
        "here": form, "state": RUNS[run.state], "confirm_by": confirm_by(run),
        "lines": f"{reverse('run-lines', args=[month])}?division={town}", "number": len(rows),
        "confirmed": sum(row.confirmed_on is not None for row in rows), "is_own": bool(own_town(request)),
        "table": _villages(month, villages) if town else _towns(month, rows),
        "clerks": [] if town else clerks_of(request, [row.division for row in rows if row.confirmed_on is None]),
        "crumbs": [*crumbs, *([Crumb(names.full(town))] if town else [])],
    }  # fmt: skip
    return render(request, "web/run_towns.html", shown)


def _town(request: HttpRequest) -> str:
    """The township that is asked for: the viewer's own, or the one he opened; "" for all. Raises BadQuestion."""
    asked = request.GET.get("division", "")
    if asked and not is_division(asked):
        raise BadQuestion(_("“%(place)s”不是区划代码，应为 12 位数字") % {"place": asked})
    return own_town(request) or (township_of(asked) if asked else "")


def may_confirm(request: HttpRequest, run: Run, town: str) -> bool:
    """Whether the viewer may say for this township that its list is right."""
    return run.state == "computed" and may(request, CONFIRM) and town == own_town(request) != ""


def _towns(month: str, rows: Sequence[TownRow]) -> Table:
    names, page = places(), reverse("run-towns", args=[month])
    cells = [
        [Cell(names.full(row.division), f"{page}?division={row.division}"), count(row.households), count(row.persons),
         money(row.fen), Cell(_("已确认"), tone="ok") if row.confirmed_on else Cell(_("没有确认"), tone="warn"),
         text(row.officer), day(row.confirmed_on)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        _("乡镇"), "#" + _("户"), "#" + _("人"), "#" + _("金额（元）"), "!" + _("确认"), "!" + _("确认人"),
        "!" + _("确认日期"),
    )  # fmt: skip
    summed = [
        text(_("合计")), count(sum(row.households for row in rows)), count(sum(row.persons for row in rows)),
        money(sum(row.fen for row in rows)), Cell(""), Cell(""), Cell(""),
    ]  # fmt: skip
    return Table(named, cells, summed, caption=_("各乡镇名册"), empty=_("编制以后，各乡镇的名册列在这里。"))


def _villages(month: str, rows: Sequence[VillageRow]) -> Table:
    names, page = places(), reverse("run-lines", args=[month])
    cells = [
        [Cell(names.names.get(row.division, row.division), f"{page}?division={row.division}"),
         count(row.was_households), count(row.households), count(row.persons), money(row.was_fen), money(row.fen),
         more(row.fen - row.was_fen)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        _("村社区"), "#" + _("上月户"), "#" + _("本月户"), "#" + _("人"), "#" + _("上月（元）"), "#" + _("本月（元）"),
        "#" + _("比上月"),
    )  # fmt: skip
    was, now = sum(row.was_fen for row in rows), sum(row.fen for row in rows)
    summed = [
        text(_("合计")), count(sum(row.was_households for row in rows)), count(sum(row.households for row in rows)),
        count(sum(row.persons for row in rows)), money(was), money(now), more(now - was),
    ]  # fmt: skip
    return Table(named, cells, summed, caption=_("分村名册"), empty=_("这个乡镇本月没有要发放的家庭。"))


@takes_a_form
def confirmed_township(request: HttpRequest, month: str) -> HttpResponse:
    """乡镇确认: the township's own officer says that its part of the list is right."""
    run, town = run_asked(month), own_town(request)
    row = next((each for each in confirmations(run.pk) if each.division == town), None)
    if town and row is None:
        raise Http404(f"{month} 的批次里没有这个乡镇")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = confirm_township(run.pk, town, on=today_in_county(), at=at)
        said = _("已确认 %(n)s 户，%(yuan)s 元。")
        led_to = reverse("run-towns", args=[month])
        return Done(led_to, said % {"n": f"{made.lines_count:,}", "yuan": yuan_text(made.total_fen, grouped=True)})

    return answer(
        request,
        Act(
            title=_("确认 %(month)s 名册") % {"month": month}, button=_("确认本乡镇名册"), form=NothingForm, do=do,
            way=[*way(month), Crumb(_("乡镇确认"), reverse("run-towns", args=[month]))],
            facts=_facts(town, row), closed=_closed(run, town, row),
            notes=[_("确认的是本乡镇的户数、人数和金额；县里重新编制后有变动的，要再确认一次。")],
        ),
    )  # fmt: skip


def _facts(town: str, row: TownRow | None) -> list[tuple[str, str]]:
    if row is None:
        return []
    said = {"n": f"{row.households:,}", "persons": f"{row.persons:,}", "yuan": yuan_text(row.fen, grouped=True)}
    return [(places().full(town), _("%(n)s 户 %(persons)s 人 %(yuan)s 元") % said)]


def _closed(run: Run, town: str, row: TownRow | None) -> str:
    """Why nothing can be confirmed; "" where it can."""
    if not town:
        return _("名册由各乡镇自己确认，县里不能代办。")
    if run.state != "computed":
        return _("这个批次现在是“%(state)s”，不在这一步。") % {"state": RUNS[run.state]}
    if row and row.confirmed_on:
        return _("本乡镇已由%(who)s在 %(day)s 确认。") % {"who": row.officer, "day": row.confirmed_on}
    return ""
