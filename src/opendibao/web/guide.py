"""点五下: an example that leads from the year's total to the clause, chosen from the data by rule, not by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from opendibao.payment.queries import MonthRow, PaidRow, PlaceRow, paid_lines
from opendibao.web.asking import Asked
from opendibao.web.counted import paid_by_place
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


def guided_path(
    question: Asked, months: Sequence[MonthRow], last: Sequence[PlaceRow], year: tuple[int, int]
) -> list[Stop]:
    """Total → last month → largest township → its largest village → a household of three → the clause.

    `last` is the last paid month by township, `year` the year's bookings and fen. Empty while nothing has been paid.
    """
    if not last:
        return []
    month = [row.month for row in months if row.paid_fen][-1]
    town = max(last, key=lambda row: row.fen)
    villages = paid_by_place(question.year, within=town.code, month=month)
    village = max(villages, key=lambda row: row.fen)
    line = _example(paid_lines(question.year, month=month, division=village.code, limit=LOOKED_AT))
    return [*_sums(question, month, (last, town, village), year), *_family(line)]


def _sums(
    question: Asked, month: date, places: tuple[Sequence[PlaceRow], PlaceRow, PlaceRow], year: tuple[int, int]
) -> Iterator[Stop]:
    rows, (last, town, village) = reverse("rows", args=["paid"]), places
    in_month = {"month": f"{month:%Y-%m}", "area": ""}
    yield Stop(
        rows + question.but(month="", area="", division=""), "全年", f"{wan(year[1])} 万元", f"{count(year[0])} 笔到账"
    )
    yield Stop(
        rows + question.but(**in_month, division=""), f"{month.month} 月", f"{wan(sum(row.fen for row in last))} 万元",
        f"{count(sum(row.lines for row in last))} 笔",
    )  # fmt: skip
    for place in (town, village):
        href = rows + question.but(**in_month, division=place.code)
        yield Stop(href, place.name, f"{yuan(place.fen)} 元", f"{count(place.lines)} 笔")


def _family(line: PaidRow) -> Iterator[Stop]:
    home = reverse("household", args=[line.household])
    said = f"{line.persons} 人，{line.booked_on:%m-%d} 到账"
    yield Stop(home, f"{line.head or line.household} 家", f"{yuan(line.fen)} 元", said)
    yield Stop(f"{home}#why", "哪一条", "为什么是这个数", "条款、参数、日期")


def _example(lines: Sequence[PaidRow]) -> PaidRow:
    """A household that is easy to follow: three persons, else the first."""
    return next((line for line in lines if line.persons == USUAL_FAMILY), lines[0])
