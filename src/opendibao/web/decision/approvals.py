"""审核确认清单: what the townships reported: clean cases to be confirmed in one go, the others with their reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.batches import MOST
from opendibao.decision.clean import Judged, judged
from opendibao.decision.county_queries import ReviewWaiting, reported_cases, reviews_waiting
from opendibao.decision.letter_queries import last_batches, letters_waiting_count
from opendibao.kernel.ids import is_division, reach_of, township_of
from opendibao.registry.queries import heads_of
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import today_in_county
from opendibao.web.decision.approval_words import days_said, doubts_said, totals
from opendibao.web.paging import pager
from opendibao.web.places import Places, places
from opendibao.web.tables import Choice, Choices
from opendibao.web.viewing import Viewer

CLEAN, LOOK, REVIEW = "clean", "look", "review"


@dataclass(frozen=True)
class Line:
    """A case that waits, as a row; `tick` is its id where the viewer may confirm it with others, else ""."""

    case_id: int
    head: str
    household: str
    place: str
    persons: int
    fen: int
    reported_on: date
    due_on: date
    days: str
    is_late: bool
    doubts: Sequence[str]
    tick: str
    own: bool


def approvals(request: HttpRequest) -> HttpResponse:
    """The page of what waits for the confirmation."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    today, view, place = today_in_county(), *_asked(request)
    waiting = judged(reported_cases(today), today)
    cases = [one for one in waiting if one.case.division.startswith(reach_of(place) if place else "")]
    clean, look = [one for one in cases if one.is_clean], [one for one in cases if not one.is_clean]
    reviews = [row for row in reviews_waiting() if row.division.startswith(reach_of(place) if place else "")]
    shown = {CLEAN: clean[:MOST], LOOK: look, REVIEW: []}[view]
    rows = len(reviews) if view == REVIEW else len(look)
    found = pager(request, rows) if view != CLEAN else None
    names, is_mine = places(), may(request, CONFIRMERS)
    page = shown if found is None else shown[found.offset : found.offset + 50]
    return render(request, "web/approvals.html", {
        "view": view, "views": _views(view, place, (len(clean), len(look), len(reviews))), "pager": found,
        "lines": _lines(page, names, today, viewer.name, is_mine=is_mine), "most": MOST, "total": totals(clean),
        "reviews": _reviews(reviews, found.offset, names) if found and view == REVIEW else [], "is_mine": is_mine,
        "left": len(clean) - len(shown) if view == CLEAN else 0, "place": place, "towns": _towns(waiting, names),
        "late": sum("overdue" in one.doubts for one in cases), "batches": last_batches(),
        "letters": letters_waiting_count(), "count": len(cases),
    })  # fmt: skip


def _asked(request: HttpRequest) -> tuple[str, str]:
    """Which rows and which township are wanted. Raises BadQuestion."""
    view, place = request.GET.get("view", CLEAN), request.GET.get("place", "")
    if view not in (CLEAN, LOOK, REVIEW):
        raise BadQuestion(_("审核确认没有“%(view)s”这一组，请从页面上方点开") % {"view": view})
    if place and not is_division(place):
        raise BadQuestion(_("“%(place)s”不是区划代码，应为 12 位数字") % {"place": place})
    return view, place


def _views(current: str, place: str, counts: tuple[int, int, int]) -> Choices:
    words = (_("干净 %(n)s"), _("需看 %(n)s"), _("复核待决定 %(n)s"))
    more = f"&place={place}" if place else ""
    return Choices(_("看哪些"), [
        Choice(said % {"n": f"{number:,}"}, f"?view={view}{more}", view == current)
        for view, said, number in zip((CLEAN, LOOK, REVIEW), words, counts, strict=True)
    ])  # fmt: skip


def _towns(waiting: Sequence[Judged], names: Places) -> list[tuple[str, str, int]]:
    """The townships that reported, with how many cases."""
    towns = [township_of(one.case.division) for one in waiting]
    return [(town, names.full(town), towns.count(town)) for town in sorted(set(towns))]


def _lines(cases: Sequence[Judged], names: Places, today: date, officer: str, *, is_mine: bool) -> list[Line]:
    heads = heads_of([one.case.household for one in cases])
    return [_line(one, heads, names, today, officer, is_mine=is_mine) for one in cases]


def _line(one: Judged, heads: dict[str, str], names: Places, today: date, officer: str, *, is_mine: bool) -> Line:
    case, own = one.case, one.case.is_of(officer)
    fen = one.ruled.monthly_fen if one.ruled else case.proposed_fen
    return Line(
        case.id, heads.get(case.household, case.household), case.household, names.full(case.division), case.persons,
        fen, case.reported_on, one.due_on, days_said(one.due_on, today), one.due_on < today, doubts_said(one),
        str(case.id) if is_mine and one.is_clean and not own else "", own,
    )  # fmt: skip


def _reviews(rows: Sequence[ReviewWaiting], offset: int, names: Places) -> list[dict[str, object]]:
    page = rows[offset : offset + 50]
    heads = heads_of([row.household for row in page])
    return [
        {"row": row, "head": heads.get(row.household, row.household), "place": names.full(row.division),
         "href": reverse("decide-review", args=[row.id])}
        for row in page
    ]  # fmt: skip
