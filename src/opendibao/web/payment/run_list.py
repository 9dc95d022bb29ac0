"""批次名册: the lines of a run on the page, by village, area, or what of it is held back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.kernel.ids import is_division, reach_of
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment.run_lines import LineRow, LineTotal, line_rows, line_total
from opendibao.web.asking import BadQuestion
from opendibao.web.labels import AREAS, LINES
from opendibao.web.paging import pager
from opendibao.web.payment.run_asked import Run, month_said, run_asked, way
from opendibao.web.places import places
from opendibao.web.tables import (
    Cell,
    Choice,
    Choices,
    Crumb,
    ListPage,
    Table,
    blanks,
    count,
    heads,
    household,
    money,
    text,
)


def run_lines(request: HttpRequest, month: str) -> HttpResponse:
    """The lines of a run, page by page; what is chosen sums to the number that was clicked."""
    run = run_asked(month)
    division, area, only_held = _asked(request)
    reach = reach_of(division) if division else ""
    total = line_total(run.pk, reach=reach, area=area, only_held=only_held)
    found = pager(request, total.lines)
    rows = line_rows(run.pk, reach=reach, area=area, only_held=only_held, offset=found.offset)
    page = _page(request, run, month, rows, total, _said(division, area, only_held=only_held))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _asked(request: HttpRequest) -> tuple[str, str, bool]:
    """Which place, which area, and whether only what is held. Raises BadQuestion."""
    division, area = request.GET.get("division", ""), request.GET.get("area", "")
    if division and not is_division(division):
        raise BadQuestion(_("“%(place)s”不是区划代码，应为 12 位数字") % {"place": division})
    if area and area not in AREAS:
        raise BadQuestion(_("没有“%(area)s”这一类，只有农村和城镇") % {"area": area})
    return division, area, request.GET.get("held") == "1"


def _said(division: str, area: str, *, only_held: bool) -> str:
    """What the list is of, in words."""
    place = places().full(division) if division else ""
    return f"{place}{AREAS.get(area, '')}{_('暂缓') if only_held else _('发放')}"


def _page(request: HttpRequest, run: Run, month: str, rows: list[LineRow], total: LineTotal, said: str) -> ListPage:
    names = places()
    cells = [
        [household(row.household), text(row.head), text(names.full(row.division)), text(AREAS[row.area]),
         count(row.persons), money(row.fen), money(row.supplement_fen), text(row.decision),
         _said_of(row)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        _("户编号"), _("户主"), _("村社区"), _("城乡"), "#" + _("人"), "#" + _("金额（元）"), "#" + _("其中分类施保"),
        "!" + _("决定文号"), _("说明"),
    )  # fmt: skip
    summed = [
        Cell(_("合计 %(n)s 笔") % {"n": f"{total.lines:,}"}), *blanks(3), count(total.persons), money(total.fen),
        *blanks(3),
    ]  # fmt: skip
    words = {"month": month_said(run.month), "said": said}
    return ListPage(
        title=_("%(month)s%(said)s名册") % words,
        lead=_("冻结于 %(day)s 的名册，家庭和账户是那一天的。") % {"day": run.frozen_on},
        table=Table(named, cells, summed, _("这里没有要发放的家庭。"), _("名册")),
        crumbs=[*way(month), Crumb(_("名册"))], choices=[_choices(request)],
    )  # fmt: skip


def _said_of(row: LineRow) -> Cell:
    """What was ordered beside the month, what is set off, and what is held back."""
    said = [] if row.kind == "regular" else [f"{LINES[row.kind]} {month_text(row.month)}"]
    if row.offset_fen:
        said.append(_("抵扣 %(yuan)s 元") % {"yuan": yuan_text(row.offset_fen, grouped=True)})
    if row.is_held:
        said.append(_("暂缓"))
    return Cell(_("，").join(said), tone="warn" if row.is_held else "")


def _choices(request: HttpRequest) -> Choices:
    """The same list by area."""
    asked, options = request.GET.copy(), []
    current = request.GET.get("area", "")
    for area, words in (("", _("全部")), *AREAS.items()):
        asked["area"] = area
        asked.pop("page", None)
        options.append(Choice(words, f"?{asked.urlencode()}", area == current))
    return Choices(_("城乡"), options)
