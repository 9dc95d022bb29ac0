"""全县一页: the figures of the report's first paragraph, twelve months, townships, downloads, the guided path."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opendibao.audit.sql_rows import over_whole_tables
from opendibao.budget.shortage import Alarm
from opendibao.kernel.money import wan_yuan_text
from opendibao.payment.queries import AreaRow, MonthRow
from opendibao.payment.queries import PlaceRow as PaidPlace
from opendibao.statistics.queries import DoesNotAddUp, Movements, PlaceRow
from opendibao.web.access import opens
from opendibao.web.asking import Asked, asked
from opendibao.web.context import today_in_county
from opendibao.web.counted import booked, in_force, month_table, movements, movements_by_month
from opendibao.web.downloads import report_files
from opendibao.web.guide import guided_path
from opendibao.web.problem_lines import problem_lines
from opendibao.web.today_funds import alarm


@dataclass(frozen=True)
class Paid:
    """Booked money of the year in fen; areas and total are rounded each for itself."""

    rural: int
    urban: int
    lines: int

    @property
    def total(self) -> int:
        """Rural and urban together, exact."""
        return self.rural + self.urban

    @property
    def rounding(self) -> str:
        """Where the printed parts do not add up to the printed total: by how much, in 万元; else empty."""
        parts = sum(_cents(wan_yuan_text(fen)) for fen in (self.rural, self.urban))
        gap = _cents(wan_yuan_text(self.total)) - parts
        return f"{abs(gap) / 100:.2f}" if gap else ""

    @property
    def printed_parts(self) -> str:
        """The sum of the printed parts in 万元."""
        cents = sum(_cents(wan_yuan_text(fen)) for fen in (self.rural, self.urban))
        return f"{cents // 100:,}.{cents % 100:02d}"


@dataclass(frozen=True)
class Month:
    """A month: its pay run, and how many households' time in force begins or ends in it."""

    run: MonthRow
    entries: int
    exits: int


@dataclass(frozen=True)
class Months:
    """The pay runs of the year."""

    rows: list[Month]

    @property
    def on_time(self) -> int:
        """Months whose last first sending was booked by the due day."""
        return sum(row.run.is_on_time is True for row in self.rows)

    @property
    def reissued(self) -> int:
        """Returned payments that were sent again and booked."""
        return sum(row.run.reissued for row in self.rows)

    @property
    def lines(self) -> int:
        """Households paid, summed over the months."""
        return sum(row.run.households for row in self.rows)

    @property
    def fen(self) -> int:
        """What was booked of these months, in fen."""
        return sum(row.run.paid_fen for row in self.rows)


@dataclass(frozen=True)
class Township:
    """A township: households and persons in force, and what it was paid in the last month."""

    code: str
    name: str
    households: int
    persons: int
    fen: int
    share: int  # of the largest township's households, percent


def current_year(today: date) -> int:
    """The year people ask about: the running one once money was paid in it, else the one before."""
    return today.year if month_table(today.year) else today.year - 1


def asked_of(request: HttpRequest) -> Asked:
    """The question of a page; without a year the current one is meant."""
    today = today_in_county()
    named = "year" in request.GET or "month" in request.GET
    return asked(request, today=today, year=today.year if named else current_year(today))


def county(request: HttpRequest) -> HttpResponse:
    """The page the site opens on."""
    question = asked_of(request)
    with over_whole_tables():
        months, (moved, fault) = _months(question.year), _movements(question.year)
        year, stock = booked(question.year), in_force(question.as_of)
    place = "" if request.viewer.sees_county else request.viewer.division  # type: ignore[attr-defined]
    last = year.within(month=year.last_month).by_place(place) if year.last_month else []
    shown = {
        "asked": question,
        "stock": stock,
        "moved": moved,
        "fault": fault,
        "paid": _paid(year.by_area()),
        "months": months,
        "townships": _townships(stock.by_place(place), last),
        "last_month": year.last_month,
        "last_fen": sum(row.fen for row in last),
        "path": guided_path(question, year),
        "files": report_files(question.year),
        "may_download": opens(reverse("evaluation"), request.viewer),  # type: ignore[attr-defined]
        "problems": problem_lines(request, question) if months.rows else [],
        "money_ends": _money_ends(request, question),
        "years": [year for year in range(question.year - 1, question.year + 2) if year <= question.today.year],
    }
    return render(request, "web/county.html", shown)


def _money_ends(request: HttpRequest, question: Asked) -> Alarm | None:
    """That the money runs out soon, for who may look at it; of a year gone by nothing is said."""
    is_now = question.year >= current_year(question.today)
    if not is_now or not opens(reverse("funds"), request.viewer):  # type: ignore[attr-defined]
        return None
    found = alarm(question.today)
    return found if found and found.is_near else None


def _paid(areas: dict[str, AreaRow]) -> Paid:
    none = AreaRow("", 0, 0)
    rural, urban = areas.get("rural", none), areas.get("urban", none)
    return Paid(rural.fen, urban.fen, rural.count + urban.count)


def _months(year: int) -> Months:
    moved = {row.month: row for row in movements_by_month(year)}
    return Months([Month(run, moved[run.month].entries, moved[run.month].exits) for run in month_table(year)])


def _movements(year: int) -> tuple[Movements | None, str]:
    try:
        return movements(year), ""
    except DoesNotAddUp as fault:
        return None, str(fault)


def _townships(places: list[PlaceRow], last: list[PaidPlace]) -> list[Township]:
    paid = {row.code: row.fen for row in last}
    largest = max((row.households for row in places), default=1)
    return [
        Township(
            row.code, row.name, row.households, row.persons, paid.get(row.code, 0), row.households * 100 // largest
        )
        for row in places
    ]


def _cents(text: str) -> int:
    return int(text.replace(".", ""))
