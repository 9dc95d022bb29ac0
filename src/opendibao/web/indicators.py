"""指标库: every indicator by its levels, on the year's sheet or not, with the locked value that opens its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.library import IndicatorReading, library
from opendibao.evaluation.queries import latest_snapshot
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.tables import Cell, Table, heads, text
from opendibao.web.templatetags.figures import grouped


@dataclass(frozen=True)
class Level:
    """The indicators of one first level."""

    title: str
    table: Table


def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators of the product with what they said of the year."""
    question = asked_of(request)
    found = library(question.year, settings.OPENDIBAO_COUNTY)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "indicators", question.year),
        "snapshot": latest_snapshot(question.year, settings.OPENDIBAO_COUNTY),
        "count": len(found),
        "on_sheet": sum(one.place is not None for one in found),
        "judged": sum(one.indicator.is_judged for one in found),
        "unmeasured": sum(one.reading.value is None and not one.indicator.is_judged for one in found),
        "levels": _levels(found, question),
    }
    return render(request, "web/indicators.html", shown)


def _levels(found: Sequence[IndicatorReading], question: Asked) -> list[Level]:
    columns = heads(_("指标"), "!" + _("二级"), "!" + _("指标表"), "#" + _("本年的值"), _("问的是什么"))
    return [
        Level(level, Table(columns, [_line(one, question) for one in group], caption=level))
        for level, group in groupby(found, key=lambda one: one.indicator.level1)
    ]


def _line(one: IndicatorReading, question: Asked) -> list[Cell]:
    asked, place = f"?year={question.year}", one.place
    return [
        Cell(one.indicator.name, reverse("indicator", args=[one.indicator.code]) + asked),
        text(one.indicator.level2),
        Cell(_("第 %(place)s 行") % {"place": place} if place is not None else _("表外")),
        value_cell(one, question),
        text("；".join(one.indicator.points) or one.indicator.definition),
    ]  # fmt: skip


def value_cell(one: IndicatorReading, question: Asked) -> Cell:
    """The value as locked, opening its rows; what a person judges has none, what was not measured is marked."""
    href = reverse("figure", args=[one.figure_id]) + f"?year={question.year}" if one.figure_id else ""
    if one.indicator.is_judged:
        return Cell(_("人工评定"))
    if one.reading.value is None:
        return Cell(one.reading.text, href, tone="warn")
    return Cell(grouped(one.reading.text), href)
