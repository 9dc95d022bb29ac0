"""打开一个数: the rows behind a figure of the county page, page by page, with their total."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.paging import Pager, pager
from opendibao.web.rows_moved import entered, entered_persons, left, left_persons
from opendibao.web.rows_paid import months, paid, returned
from opendibao.web.rows_stock import households, persons
from opendibao.web.tables import ListPage

Builder = Callable[[Asked, Callable[[int], Pager]], tuple[ListPage, Pager]]
FIGURES: dict[str, Builder] = {
    "households": households,
    "persons": persons,
    "entered": entered,
    "entered-persons": entered_persons,
    "left": left,
    "left-persons": left_persons,
    "paid": paid,
    "returned": returned,
    "months": months,
}


def rows(request: HttpRequest, figure: str) -> HttpResponse:
    """A page of the rows behind a figure."""
    if figure not in FIGURES:
        raise Http404(f"没有名为“{figure}”的数")
    page, found = FIGURES[figure](asked_of(request), lambda number: pager(request, number))
    return render(request, "web/rows.html", {"page": page, "pager": found})
