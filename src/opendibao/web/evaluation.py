"""绩效评价: the locked sheet with its readings, findings and deviation; every figure opens its rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.figure import Total
from opendibao.evaluation.queries import figures_at, latest_snapshot
from opendibao.evaluation.scored_rows import ScoredRow, Subtotal
from opendibao.evaluation.snapshot import conclusion_of, findings_of
from opendibao.web.county import asked_of
from opendibao.web.deviation import deviation_table
from opendibao.web.downloads import report_files
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.report_charts import charts_of
from opendibao.web.report_paper import Mark, gravity
from opendibao.web.templatetags.figures import grouped, yuan

FEN = "（分）"


@dataclass(frozen=True)
class SheetLine:
    """A line of the printed sheet: a scored row (its group's names only where they begin), or a subtotal."""

    row: ScoredRow | None
    subtotal: Subtotal | None
    level1: str = ""
    level2: str = ""
    counted: str = ""  # numerator over denominator, money in yuan


def evaluation(request: HttpRequest) -> HttpResponse:
    """The year's evaluation as its newest snapshot locked it."""
    question = asked_of(request)
    tabs = evaluation_tabs(request, "evaluation", question.year)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        return render(request, "web/evaluation_none.html", {"asked": question, "tabs": tabs})
    found, findings = conclusion_of(snapshot), sorted(findings_of(snapshot), key=gravity)
    shown = {
        "asked": question,
        "tabs": tabs,
        "snapshot": snapshot,
        "found": found,
        "lines": list(_lines(found, _money(found))),
        "deviation": deviation_table(found.deviations, question, is_locked=True),
        "count": len(found.rows) + len(found.beside),
        "by_rule": [one for one in found.readings if one.key == "by_rule_raw"],
        "findings": [Mark(n, one, "") for n, one in enumerate(findings, 1)],
        "errors": sum(one.is_open for one in findings),
        "figures": snapshot.content["figures"],
        "files": report_files(question.year),
        "charts": charts_of(snapshot),
    }
    return render(request, "web/evaluation.html", shown)


def _money(found: Conclusion) -> dict[str, tuple[bool, bool]]:
    """Of each figure whether its numerator and its denominator are money."""
    on_sheet = {row.code: row.position for row in (*found.rows, *found.beside)}
    return {
        one.id: (one.total is Total.FEN or one.numerator.endswith(FEN), one.denominator.endswith(FEN))
        for one in figures_at(on_sheet)
    }


def _lines(found: Conclusion, money: Mapping[str, tuple[bool, bool]]) -> Iterator[SheetLine]:
    """Rows in order, a subtotal under each first level, then what is measured beside the sheet."""
    subtotals = {each.level1: each for each in found.subtotals}
    above: ScoredRow | None = None
    for row in found.rows:
        if above and row.level1 != above.level1:
            yield SheetLine(None, subtotals[above.level1])
        yield _row(row, above, money)
        above = row
    if above:
        yield SheetLine(None, subtotals[above.level1])
    for row in found.beside:
        yield SheetLine(row, None, _("表外"), _("只测不评"), _counted(row, money))


def _row(row: ScoredRow, above: ScoredRow | None, money: Mapping[str, tuple[bool, bool]]) -> SheetLine:
    begins = above is None or above.level1 != row.level1
    level2 = row.level2 if begins or (above and above.level2 != row.level2) else ""
    return SheetLine(row, None, row.level1 if begins else "", level2, _counted(row, money))


def _counted(row: ScoredRow, money: Mapping[str, tuple[bool, bool]]) -> str:
    parts = zip((row.numerator, row.denominator), money.get(row.figure_id, (False, False)), strict=True)
    counts = [(count, is_money) for count, is_money in parts if count]
    if counts and all(is_money for _count, is_money in counts):
        return _("%(amount)s 元") % {"amount": " / ".join(yuan(int(count)) for count, _is_money in counts)}
    said = [
        _("%(amount)s 元") % {"amount": yuan(int(count))} if is_money else grouped(count) for count, is_money in counts
    ]
    return " / ".join(said)
