"""提标按村、逐户表: what a new standard does to each village, and both lists as workbooks."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.uprating_queries import (
    UpratingLineRow,
    UpratingRow,
    VillageUprating,
    uprating_lines,
    uprating_villages,
)
from opendibao.kernel.month import month_text
from opendibao.registry.queries import heads_of
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.labels import AREAS, UPRATING_RESULTS
from opendibao.web.payment.upratings import found_uprating
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, heads, money, more, text

WHOLE = 1_000_000
HOUSEHOLDS, VILLAGES = "households", "villages"


def uprating_by_village(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """An uprating by village, with the way to its workbooks."""
    row = found_uprating(uprating_id)
    files = reverse("uprating-file", args=[row.id])
    page = ListPage(
        _("%(month)s 起提标，按村社区") % {"month": month_text(row.effective_month)},
        _("转复核的家庭先照原来的发，算在提标后里；原决定已终止、只补差的家庭不在其中。"),
        _villages(uprating_villages(row.id)),
        [Crumb(_("提标"), reverse("upratings")),
         Crumb(month_text(row.effective_month), reverse("uprating", args=[row.id])), Crumb(_("按村社区"))],
        acts=[Crumb(_("下载按村表"), f"{files}?by={VILLAGES}"), Crumb(_("下载逐户表"), f"{files}?by={HOUSEHOLDS}")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page})


def _villages(rows: Sequence[VillageUprating]) -> Table:
    names = places()
    said = [[text(names.full(one.division)), *_figures([one])] for one in rows]
    return Table(
        heads(_("村社区"), "#" + _("户"), "#" + _("人"), "#" + _("增发（户）"), "#" + _("转复核（户）"),
              "#" + _("提标前（元/月）"), "#" + _("提标后（元/月）"), "#" + _("相差（元/月）")),
        said, [text(_("合计")), *_figures(rows)], caption=_("提标按村社区"), nothing=_("没有在保家庭"),
    )  # fmt: skip


def _figures(rows: Sequence[VillageUprating]) -> list[Cell]:
    return [
        count(sum(one.households for one in rows)), count(sum(one.persons for one in rows)),
        count(sum(one.increased for one in rows)), count(sum(one.to_review for one in rows)),
        money(sum(one.before_fen for one in rows)), money(sum(one.after_fen for one in rows)),
        more(sum(one.difference_fen for one in rows)),
    ]  # fmt: skip


def uprating_file(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """The difference of every household, or of every village, as a workbook. Raises BadQuestion."""
    row, by = found_uprating(uprating_id), request.GET.get("by", HOUSEHOLDS)
    month = {"month": month_text(row.effective_month)}
    if by == VILLAGES:
        return table_file(_("%(month)s提标按村表") % month, _villages(uprating_villages(row.id)))
    if by != HOUSEHOLDS:
        raise BadQuestion(_("提标没有“%(by)s”这种表，请从页面上下载") % {"by": by})
    record_view(f"提标 {row.id}", row.division, "提标逐户表", at=now_in_county())
    return table_file(_("%(month)s提标逐户表") % month, _households(row))


def _households(row: UpratingRow) -> Table:
    lines = uprating_lines(row.id, limit=WHOLE)
    names, where = heads_of([one.household for one in lines]), places()
    said = [
        [text(one.household), text(names.get(one.household, "")), text(where.full(one.division)),
         text(AREAS[one.area]), text(UPRATING_RESULTS[one.result]), count(one.persons), money(one.former_fen),
         *_parts(one), text(one.former), text(one.decision), text(one.reason)]
        for one in lines
    ]  # fmt: skip
    return Table(
        heads(_("户编号"), _("户主"), _("村社区"), _("城乡"), _("结果"), "#" + _("人"), "#" + _("原来（元/月）"),
              "#" + _("标准带来（元/月）"), "#" + _("年龄等带来（元/月）"), "#" + _("现在（元/月）"),
              "#" + _("相差（元/月）"), _("原决定文号"), _("新决定文号"), _("说明")),
        said, caption=_("提标逐户表"),
    )  # fmt: skip


def _parts(one: UpratingLineRow) -> list[Cell]:
    """What the rules give, with its parts; nothing where they give no amount."""
    if not one.amount_fen:
        return [text("")] * 4
    return [
        more(one.by_standard_fen),
        more(one.by_age_fen),
        money(one.amount_fen),
        more(one.amount_fen - one.former_fen),
    ]
