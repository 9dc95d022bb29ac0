"""偏差分解页: from the planned money to the paid, part by part to the fen, with each formula and the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.budget.queries import budget
from opendibao.evaluation.deviation import DeviationLine, deviations, paid_months
from opendibao.evaluation.drafted_reasons import Drafted, drafted_reason
from opendibao.evaluation.queries import latest_snapshot
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.labels import AREAS, DEVIATION_PARTS
from opendibao.web.problem_lines import live_period
from opendibao.web.tables import Cell, Crumb, Table, heads, money, more, text


@dataclass(frozen=True)
class AreaDeviation:
    """An area: its parts with their formulas, and the proposed reason."""

    line: DeviationLine
    title: str
    table: Table
    drafted: Drafted


def deviation(request: HttpRequest) -> HttpResponse:
    """The year's deviation as its newest snapshot locked it; before the lock as it stands today."""
    question = asked_of(request)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    if snapshot:
        lines = conclusion_of(snapshot).deviations
    else:
        lines = deviations(budget(question.year), paid_months(live_period(question)))
    shown = {
        "asked": question,
        "snapshot": snapshot,
        "tabs": evaluation_tabs(request, "deviation", question.year),
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(_("偏差分解"))],
        "has_parts": any(one.parts for one in lines),
        "total": deviation_table(lines, question, is_locked=snapshot is not None) if lines else None,
        "areas": [
            AreaDeviation(one, AREAS[one.area], _formulas(one, question, is_locked=snapshot is not None),
                          drafted_reason(one))
            for one in lines
        ],
    }  # fmt: skip
    return render(request, "web/deviation.html", shown)


def deviation_table(lines: Sequence[DeviationLine], question: Asked, *, is_locked: bool) -> Table:
    """From approved to paid: a row for each part, a column for each area and one for both."""
    words = ["#" + AREAS[one.area] for one in lines]
    keys = [part.key for part in lines[0].every_part] if lines else []
    rows = [[Cell(_("批复")), *(money(one.budget_fen) for one in lines), money(sum(one.budget_fen for one in lines))]]
    for key in keys:
        parts = [next(part for part in one.every_part if part.key == key) for one in lines]
        cells = [more(part.fen, _rows(part.figure_id, question, is_locked=is_locked)) for part in parts]
        rows.append([Cell(DEVIATION_PARTS[key]), *cells, more(sum(part.fen for part in parts))])
    paid = [money(one.paid_fen, _rows(f"paid.{one.area}", question, is_locked=is_locked)) for one in lines]
    totals = [Cell(_("到账")), *paid, money(sum(one.paid_fen for one in lines))]
    nothing = _("这一年没有批复的预算，无从比较。")
    return Table(heads(_("部分"), *words, "#" + _("合计")), rows, totals, nothing, _("从批复到到账"))


def _rows(figure_id: str, question: Asked, *, is_locked: bool) -> str:
    """Where the rows of a part are; before the lock there are none to open."""
    return reverse("figure", args=[figure_id]) + f"?year={question.year}" if is_locked and figure_id else ""


def _formulas(one: DeviationLine, question: Asked, *, is_locked: bool) -> Table:
    rows = [
        [Cell(DEVIATION_PARTS[part.key]), more(part.fen, _rows(part.figure_id, question, is_locked=is_locked)),
         text(part.formula)]
        for part in one.every_part
    ]  # fmt: skip
    totals = [Cell(_("到账减批复")), more(one.deviation_fen), Cell("")]
    return Table(heads(_("部分"), "#" + _("元"), _("怎样算")), rows, totals, caption=_("%(area)s：各部分怎样算") % {
        "area": AREAS[one.area]})  # fmt: skip
