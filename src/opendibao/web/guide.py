"""点五下: an example that leads from the year's total to the clause, chosen from the data by rule, not by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.payment.queries import Booked, PaidRow, PlaceRow
from opendibao.web.asking import Asked
from opendibao.web.counted import paid_lines
from opendibao.web.templatetags.figures import count, wan, yuan

LOOKED_AT = 50
USUAL_FAMILY = 3


@dataclass(frozen=True)
class Stop:
    """A place on the path: where, which figure, what it is made of."""

    href: str
    where: str
    figure: str
    what: str


def guided_path(question: Asked, year: Booked) -> list[Stop]:
    """Total → last month → largest township → its largest village → a household of three → the clause.

    Empty while nothing has been paid in the year.
    """
    month = year.last_month
    if month is None:
        return []
    town, village, lines = along_the_path(question.year, year.within(month=month), month)
    return [*_sums(question, year, month), *_places(question, month, town, village), *_family(usual(lines))]


def along_the_path(year: int, last: Booked, month: date) -> tuple[PlaceRow, PlaceRow, list[PaidRow]]:
    """The township of a month that got most, its village that did, and the first lines there."""
    town = max(last.by_place(), key=lambda row: row.fen)
    village = max(last.by_place(town.code), key=lambda row: row.fen)
    return town, village, paid_lines(year, month=month, division=village.code, limit=LOOKED_AT)


def usual(lines: Sequence[PaidRow]) -> PaidRow:
    """A household that is easy to follow: the first of three persons, else the first."""
    return next((line for line in lines if line.persons == USUAL_FAMILY), lines[0])


def _sums(question: Asked, year: Booked, month: date) -> Iterator[Stop]:
    rows, last, wide = reverse("rows", args=["paid"]), year.within(month=month), {"area": "", "division": ""}
    whole = rows + question.but(month="", **wide)
    yield Stop(whole, _("全年"), _wan(year.fen), _("%(n)s 笔到账") % {"n": count(year.lines)})
    yield Stop(
        rows + question.but(month=f"{month:%Y-%m}", **wide), _("%(n)s 月") % {"n": month.month}, _wan(last.fen),
        _("%(n)s 笔") % {"n": count(last.lines)},
    )  # fmt: skip


def _places(question: Asked, month: date, *places: PlaceRow) -> Iterator[Stop]:
    for place in places:
        href = reverse("rows", args=["paid"]) + question.but(month=f"{month:%Y-%m}", area="", division=place.code)
        yield Stop(href, place.name, _yuan(place.fen), _("%(n)s 笔") % {"n": count(place.lines)})


def _family(line: PaidRow) -> Iterator[Stop]:
    home = reverse("household", args=[line.household])
    said = _("%(n)s 人，%(day)s 到账") % {"n": line.persons, "day": f"{line.booked_on:%m-%d}"}
    yield Stop(home, _("%(head)s 家") % {"head": line.head or line.household}, _yuan(line.fen), said)
    yield Stop(f"{home}#why", _("哪一条"), _("为什么是这个数"), _("条款、参数、日期"))


def _wan(fen: int) -> str:
    return _("%(amount)s 万元") % {"amount": wan(fen)}


def _yuan(fen: int) -> str:
    return _("%(amount)s 元") % {"amount": yuan(fen)}
