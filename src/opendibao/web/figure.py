"""一个数的凭据: definition, numerator and denominator, hash of the question, and the rows behind it, masked."""

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.evaluation.figure import Figure, Period, query_hash
from opendibao.evaluation.queries import (
    UnknownFigure,
    figure_at,
    latest_snapshot,
    locked_measured,
    snapshot_period,
    snapshot_places,
)
from opendibao.evaluation.rows import page as rows_of
from opendibao.web.county import asked_of
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.remembering import EVERYTHING, remembered
from opendibao.web.tables import Cell, Crumb, Head, Table, household, money

INDICATOR = "indicator"
NUMBERS = ("元）", "人数", "票")
FEN, YUAN = "分）", "元）"  # money comes in fen and is read in yuan


def figure(request: HttpRequest, figure_id: str) -> HttpResponse:
    """One figure of the locked evaluation."""
    question = asked_of(request)
    snapshot = latest_snapshot(question.year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        raise Http404(f"{question.year}年度还没有锁定的快照")
    on_sheet = snapshot_places(snapshot)
    meant, period = _figure(figure_id, on_sheet), snapshot_period(snapshot)
    locked = {one["id"]: one for one in snapshot.content["figures"]}
    if meant.id not in locked:
        raise Http404(f"{question.year}年度锁定的快照里没有数字“{figure_id}”")
    measured = locked_measured(meant, locked[meant.id])
    found = pager(request, measured.rows)
    rows = _rows(meant.id, tuple(on_sheet.items()), period, found.offset)
    shown = {
        "figure": meant,
        "locked": locked[meant.id],
        "measured": measured,
        "snapshot": snapshot,
        "hash": query_hash(meant, period),
        "says_parts": meant.has_denominator and measured.value is not None,
        "says_unit": meant.total.value != "ratio" and measured.value is not None,
        "table": evidence_table(meant, rows),
        "pager": found,
        "card": _card(meant.id, on_sheet),
        "crumbs": [Crumb(_("绩效评价"), reverse("evaluation") + f"?year={question.year}"), Crumb(meant.zh)],
    }
    return render(request, "web/figure.html", shown)


def _card(figure_id: str, on_sheet: Mapping[str, int]) -> str:
    """The code of the indicator that reads the figure; empty where none does."""
    head, dot, rest = figure_id.partition(".")
    name = rest.partition(".")[0]
    by_place = {f"{place:02d}": code for code, place in on_sheet.items()}
    return by_place.get(name, name) if dot and head == INDICATOR else ""


@remembered(EVERYTHING)
def _rows(figure_id: str, on_sheet: tuple[tuple[str, int], ...], asked: Period, offset: int) -> list[list[str]]:
    """A page of a figure's rows; some figures recompute every decision, so that nobody waits for it twice."""
    return rows_of(_figure(figure_id, dict(on_sheet)), asked, limit=ROWS_A_PAGE, offset=offset)


def _figure(figure_id: str, on_sheet: Mapping[str, int]) -> Figure:
    try:
        return figure_at(figure_id, on_sheet)
    except UnknownFigure as unknown:
        raise Http404(str(unknown)) from None


def words_of_head(head: str) -> str:
    """A column's head as people read it: what comes in fen is shown in yuan."""
    return head.removesuffix(FEN) + YUAN if head.endswith(FEN) else head


def evidence_table(meant: Figure, rows: list[list[str]]) -> Table:
    """Rows of a figure under its Chinese heads; a household number opens its page."""
    named = [words_of_head(words) for words in meant.columns]
    heads = [Head(words, "n" if words.endswith(NUMBERS) else "") for words in named]
    cells = [[_cell(head, text) for head, text in zip(meant.columns, row, strict=True)] for row in rows]
    return Table(heads, cells, empty=_("这个数后面没有行。"), caption=_("%(figure)s的行") % {"figure": meant.zh})


def _cell(head: str, text: str) -> Cell:
    if head.endswith(FEN) and text != "—":
        return money(int(text))
    return household(text) if head == "户编号" and text != "—" else Cell(text)
