"""年度对比页: the same indicators of several years beside each other, with what changed from year to year."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.compared_years import ComparedRow, ComparedYears, YearCell, compared_years
from opendibao.evaluation.scoring import short
from opendibao.evaluation.year_sheets import years_with_sheets
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.tables import Cell, Crumb, Table, blanks, heads
from opendibao.web.templatetags.figures import MINUS, grouped

NONE = Cell("—")


def years(request: HttpRequest) -> HttpResponse:
    """Concluded years side by side, the newest five at most."""
    question = asked_of(request)
    found = compared_years(years_with_sheets(settings.OPENDIBAO_COUNTY), settings.OPENDIBAO_COUNTY)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "years", question.year),
        "crumbs": [Crumb(_("绩效评价"), f"{reverse('evaluation')}?year={question.year}"), Crumb(_("年度对比"))],
        "years": [said.year for said in found.years],
        "table": _table(found) if found.years else None,
        "grades": [
            (said, f"{reverse('evaluation')}?year={said.year}") for said in found.years
        ],
    }  # fmt: skip
    return render(request, "web/years.html", shown)


def _table(found: ComparedYears) -> Table:
    several = len(found.years) > 1
    named = [_("指标")]
    for place, said in enumerate(found.years):
        named += ["#" + words % {"year": said.year} for words in (_("%(year)s 目标"), _("%(year)s 实际"))]
        if place:
            named.append("#" + _("比上年"))
        named.append("#" + _("%(year)s 得分") % {"year": said.year})
    if several:
        named.append("#" + _("得分率变化"))
    rows = [_row(one, found, several=several) for one in found.rows]
    return Table(heads(*named), rows, _totals(found, several=several), caption=_("各年的指标、目标、实际和得分"))


def _row(one: ComparedRow, found: ComparedYears, *, several: bool) -> list[Cell]:
    cells = [Cell(_(one.name))]
    for place, (cell, said) in enumerate(zip(one.cells, found.years, strict=True)):
        cells += _year(cell, said.year, has_former=place > 0)
    if several:
        change = one.cells[-1].share_change
        cells.append(NONE if change is None else Cell(f"{_signed(change)}%"))
    return cells


def _year(cell: YearCell, year: int, *, has_former: bool) -> Sequence[Cell]:
    row = cell.row
    if row is None:
        return [NONE] * (4 if has_former else 3)
    rows_behind = f"{reverse('figure', args=[row.figure_id])}?year={year}" if row.figure_id else ""
    made = [Cell(grouped(row.target)), Cell(grouped(row.actual), rows_behind)]
    if has_former:
        made.append(NONE if cell.value_change is None else Cell(_signed(cell.value_change)))
    return [*made, Cell(f"{row.score}／{row.weight}")]


def _signed(change: Decimal) -> str:
    """A change with its sign; no change is 0."""
    said = short(abs(change))
    if not change:
        return "0"
    return f"+{said}" if change > 0 else f"{MINUS}{said}"


def _totals(found: ComparedYears, *, several: bool) -> list[Cell]:
    cells = [Cell(_("合计"))]
    for place, said in enumerate(found.years):
        cells += [*blanks(3 if place else 2), Cell(f"{said.score}／{said.weights}")]
    return [*cells, *blanks(1)] if several else cells
