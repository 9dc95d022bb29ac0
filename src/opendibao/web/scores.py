"""得分的行: the scored rows behind a subtotal, a total or a reading, so that a sum of scores opens what it sums."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.queries import latest_snapshot
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.paging import pager
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, blanks, heads, text


def scores(request: HttpRequest) -> HttpResponse:
    """The rows of the whole sheet, or of one first level of it, with the sums of what is printed in them."""
    question = asked_of(request)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        tabs = evaluation_tabs(request, "evaluation", question.year)
        return render(request, "web/evaluation_none.html", {"asked": question, "tabs": tabs})
    found, level = conclusion_of(snapshot), request.GET.get("level", "")
    levels = list(dict.fromkeys(row.level1 for row in found.rows))
    if level and level not in levels:
        raise BadQuestion(_("指标表里没有“%(level)s”，请从评价页的小计点进来") % {"level": level})
    rows = [row for row in found.rows if level in ("", row.level1)]
    page = ListPage(
        _("得分：%(level)s") % {"level": level or _("全表")},
        _("%(n)s 项。每一行的分四舍五入一次，小计和合计是各行印出来的分相加。") % {"n": len(rows)},
        _table(question, rows),
        crumbs=[
            Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(level or _("全表")),
        ],
        choices=[_levels(question, levels, level)],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": pager(request, len(rows))})


def _levels(question: Asked, levels: Sequence[str], chosen: str) -> Choices:
    options = [Choice(_("全表"), f"?year={question.year}", not chosen)]
    options += [Choice(level, f"?year={question.year}&level={level}", level == chosen) for level in levels]
    return Choices(_("按一级指标看"), options)


def _table(question: Asked, rows: Sequence[ScoredRow]) -> Table:
    cells = [
        [Cell(f"{row.position} {row.name}"), text(row.target),
         Cell(row.actual, _behind(question, row)), text(row.weight),
         text(row.by_rule), text(row.given), text(row.score), text(row.reason or row.formula)]
        for row in rows
    ]  # fmt: skip
    weight, score = (str(sum(Decimal(part) for part in parts)) for parts in zip(*_points(rows), strict=True))
    totals = [Cell(_("合计 %(n)s 项") % {"n": len(rows)}), *blanks(2), Cell(weight), *blanks(2), Cell(score), Cell("")]
    figures = ("#" + words for words in (_("目标"), _("实际"), _("分值"), _("按规则"), _("人工评分"), _("评定")))
    columns = heads(_("指标"), *figures, _("怎么算的"))
    return Table(columns, cells, totals, caption=_("得分的行"))


def _behind(question: Asked, row: ScoredRow) -> str:
    """Where the rows of an actual value are; empty where a person judged it."""
    return reverse("figure", args=[row.figure_id]) + f"?year={question.year}" if row.figure_id else ""


def _points(rows: Sequence[ScoredRow]) -> list[tuple[str, str]]:
    return [(row.weight, row.score) for row in rows]
