"""乡镇比较页: the sheet's rates by township, as indexes with the county at 100, ranked by the weighted index."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.figure import Period
from opendibao.evaluation.queries import latest_snapshot, snapshot_period
from opendibao.evaluation.scoring import short
from opendibao.evaluation.townships import Compared, Comparison, Rate, Township, compare_townships
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.remembering import EVERYTHING, remembered
from opendibao.web.tables import Cell, Crumb, Table, heads


def townships(request: HttpRequest) -> HttpResponse:
    """The townships of the locked year."""
    question = asked_of(request)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "townships", question.year),
        "crumbs": [Crumb(_("绩效评价"), f"{reverse('evaluation')}?year={question.year}"), Crumb(_("乡镇比较"))],
        "snapshot": snapshot,
    }
    if snapshot is not None:
        found = _compared(snapshot_period(snapshot))
        unplaced = [(one.name, one.unplaced) for one in found.indicators if one.unplaced]
        shown |= {"found": found, "table": _table(found), "unplaced": unplaced}
    return render(request, "web/townships.html", shown)


@remembered(EVERYTHING)
def _compared(asked: Period) -> Comparison:
    return compare_townships(asked)


def _table(found: Comparison) -> Table:
    named = [_("乡镇"), "#" + _("名次"), "#" + _("综合指数"), *("#" + _(one.name) for one in found.indicators)]
    rows = [_town(one) for one in found.townships]
    return Table(heads(*named), rows, _county(found.indicators), caption=_("各乡镇的比率和指数"))


def _town(one: Township) -> list[Cell]:
    index = Cell("—" if one.index is None else str(one.index))
    return [Cell(one.name), Cell(str(one.rank) if one.rank else "—"), index, *map(_rate, one.rates)]


def _rate(rate: Rate) -> Cell:
    """Rate and index; where the number is small also of how many."""
    if rate.value is None:
        return Cell("—")
    said = f"{rate.value}%" if rate.index is None else f"{rate.value}%／{rate.index}"
    return Cell(f"{said}（{rate.n}/{rate.d}）", tone="warn") if rate.is_small else Cell(said)


def _county(compared: tuple[Compared, ...]) -> list[Cell]:
    said = _("%(value)s%%／100（%(weight)s 分）")
    return [
        Cell(_("全县")), Cell(""), Cell("100"),
        *(Cell(said % {"value": one.county.value, "weight": short(one.weight)}) for one in compared),
    ]  # fmt: skip
