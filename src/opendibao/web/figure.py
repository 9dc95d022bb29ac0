"""一个数的凭据: definition, numerator and denominator, hash of the question, and the rows behind it, masked."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.figure import Figure, Period, query_hash
from opendibao.evaluation.queries import UnknownFigure, latest_snapshot, snapshot_period
from opendibao.evaluation.queries import figure as figure_of
from opendibao.evaluation.rows import page as rows_of
from opendibao.web.county import asked_of
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.remembering import EVERYTHING, remembered
from opendibao.web.tables import Cell, Crumb, Head, Table, household, money

NUMBERS = ("元）", "人数", "票")
FEN, YUAN = "分）", "元）"  # money comes in fen and is read in yuan


def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """One figure of the locked evaluation."""
    question = asked_of(request)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    locked = {one["id"]: one for one in snapshot.content["figures"]} if snapshot else {}
    if snapshot is None or figure_id not in locked:
        raise Http404(f"{question.year}年度锁定的快照里没有数字“{figure_id}”")
    meant = _figure(figure_id, question.year)
    period, found = snapshot_period(snapshot), pager(request, locked[figure_id]["rows"])
    rows = _rows(figure_id, period, found.offset)
    shown = {
        "figure": meant,
        "locked": locked[figure_id],
        "snapshot": snapshot,
        "hash": query_hash(meant, period),
        "is_ratio": meant.total.value == "ratio",
        "table": evidence_table(meant, rows),
        "pager": found,
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(meant.zh)],
    }
    return render(request, "web/figure.html", shown)


@remembered(EVERYTHING)
def _rows(figure_id: str, asked: Period, offset: int) -> list[list[str]]:
    """A page of a figure's rows; some figures recompute every decision, so that nobody waits for it twice."""
    return rows_of(_figure(figure_id, asked.year), asked, limit=ROWS_A_PAGE, offset=offset)


def _figure(figure_id: str, year: int) -> Figure:
    try:
        return figure_of(figure_id, year, settings.OPENDIBAO_COUNTY)
    except UnknownFigure as unknown:
        raise Http404(str(unknown)) from None


def evidence_table(meant: Figure, rows: list[list[str]]) -> Table:
    """Rows of a figure under its Chinese heads; a household number opens its page."""
    named = [words.removesuffix(FEN) + YUAN if words.endswith(FEN) else words for words in meant.columns]
    heads = [Head(words, "n" if words.endswith(NUMBERS) else "") for words in named]
    cells = [[_cell(head, text) for head, text in zip(meant.columns, row, strict=True)] for row in rows]
    return Table(heads, cells, empty=_("这个数后面没有行。"), caption=_("%(figure)s的行") % {"figure": meant.zh})


def _cell(head: str, text: str) -> Cell:
    if head.endswith(FEN) and text != "—":
        return money(int(text))
    return household(text) if head == "户编号" and text != "—" else Cell(text)
