"""A year to evaluate: its period, its figures by id, and short words for what happens to a family."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from opendibao.evaluation.figure import Figure, Measured, Period
from opendibao.evaluation.figures import ALL
from opendibao.evaluation.queries import indicators, period
from opendibao.evaluation.rows import measure, page
from tests.payment.builders import COUNTY, Family, at

YEAR = 2024
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
LOCKED = datetime(2025, 1, 6, 1, tzinfo=UTC)  # nine in the morning in the county
LATER = datetime(2025, 3, 1, tzinfo=UTC)


def year(known_at: datetime = LOCKED, of: int = YEAR) -> Period:
    return period(of, known_at=known_at, division=COUNTY)


def all_figures() -> dict[str, Figure]:
    """Figures of the text by id, those of the indicators by their own code."""
    of_indicators = [figure for one in indicators().values() for figure in one.figures]
    return {figure.id: figure for figure in (*ALL, *of_indicators)}


def measured(name: str, asked: Period | None = None) -> Measured:
    return measure(all_figures()[name], asked or year())


def count(name: str, asked: Period | None = None) -> int:
    return measured(name, asked).rows


def rows(name: str, asked: Period | None = None, *, masked: bool = False) -> list[list[str]]:
    return page(all_figures()[name], asked or year(), limit=100, masked=masked)


def ratio(name: str, asked: Period | None = None) -> tuple[int, int]:
    found = measured(name, asked)
    return found.n, found.d


def balance(unit: str, asked: Period | None = None, area: str = "") -> Mapping[str, int]:
    """Opening, entered, left, changed over and closing of households or persons, all or of one area."""
    dot = f"{area}." if area else ""
    names = {name: f"{name}.{dot}{unit}" for name in ("opening", "entered", "left")}
    found = {name: count(figure, asked) for name, figure in names.items()}
    found["closing"] = count(f"{dot}{unit}", asked)
    if area:
        other = {"rural": "urban", "urban": "rural"}[area]
        found["in"], found["out"] = (count(f"changed.{one}.{unit}", asked) for one in (area, other))
    return found


def adds_up(unit: str, asked: Period | None = None) -> bool:
    """Whether opening, entered, changed over, left and closing agree, for the county and for each area."""
    found = [balance(unit, asked), *(balance(unit, asked, area) for area in ("rural", "urban"))]
    return all(
        one["opening"] + one["entered"] + one.get("in", 0) - one["left"] - one.get("out", 0) == one["closing"]
        for one in found
    )


def enter(number: str, on: date, *, persons: int = 1, area: str = "rural") -> Family:
    """A household whose first decision is taken on a day."""
    made = Family(number, persons=persons, area=area).enter()
    first_month = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    made.decide("increase", on, fen=1000, first_month=first_month, cause="application")
    return made


def dies(made: Family, place: int, on: date, *, known: datetime | None = None) -> None:
    """A member dies on a day: out from the day after, as soon as it is known."""
    made.leave(made.people[place], date.fromordinal(on.toordinal() + 1), known=known or at(on))
