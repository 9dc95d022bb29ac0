"""绩效评价: the locked sheet with its readings, findings and deviation; every figure opens its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.evaluation.conclusion import Conclusion
from opendibao.evaluation.figure import Total
from opendibao.evaluation.queries import figures, latest_snapshot
from opendibao.evaluation.scored_rows import ScoredRow, Subtotal
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.web.county import asked_of
from opendibao.web.downloads import report_files
from opendibao.web.templatetags.figures import grouped, yuan


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
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        return render(request, "web/evaluation_none.html", {"asked": question})
    found = conclusion_of(snapshot)
    shown = {
        "asked": question,
        "snapshot": snapshot,
        "found": found,
        "lines": list(_lines(found, _money_ids(question.year))),
        "count": len(found.rows) + len(found.beside),
        "by_rule": [one for one in found.readings if one.key == "by_rule_raw"],
        "errors": sum(one.is_open for one in found.findings),
        "figures": snapshot.content["figures"],
        "files": report_files(question.year),
    }
    return render(request, "web/evaluation.html", shown)


def _money_ids(year: int) -> set[str]:
    """Ids of the figures whose numerator is money."""
    known = figures(year, settings.OPENDIBAO_COUNTY)
    return {one.id for one in known if one.total is Total.FEN or one.numerator.endswith("（分）")}


def _lines(found: Conclusion, money: set[str]) -> Iterator[SheetLine]:
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


def _row(row: ScoredRow, above: ScoredRow | None, money: set[str]) -> SheetLine:
    begins = above is None or above.level1 != row.level1
    level2 = row.level2 if begins or (above and above.level2 != row.level2) else ""
    return SheetLine(row, None, row.level1 if begins else "", level2, _counted(row, money))


def _counted(row: ScoredRow, money: set[str]) -> str:
    counts = [count for count in (row.numerator, row.denominator) if count]
    if row.figure_id in money:
        return _("%(amount)s 元") % {"amount": " / ".join(yuan(int(count)) for count in counts)}
    return " / ".join(grouped(count) for count in counts)
