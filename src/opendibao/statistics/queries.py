"""统计: who is in force on a day, and who entered and left in a year, as known now or at an earlier time.

A household is in force while its decisions follow on one another; a person while he also belongs to a
household in force. A year's opening is the stock in force at the end of the day before the year.
"""

from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read_whole
from opendibao.kernel.ids import part_width, reach_of
from opendibao.kernel.month import last_day, year_months
from opendibao.payment.coverage import COVERAGE, known
from opendibao.statistics.stock import (
    DECIDED,
    MEMBERS,
    ON_THE_DAY,
    Count,
    PlaceRow,
    Stock,
    in_force,
)

PERSON_SPELLS = f"""
{COVERAGE},
belonging AS (
  SELECT m.person_id, range_agg(coverage.spans * datemultirange(m.valid)) AS spans
  FROM coverage JOIN registry_membership m ON m.household_id = coverage.household_id
  WHERE m.recorded @> %(known_at)s::timestamptz GROUP BY m.person_id)
"""
OF_PLACE = "AND starts_with(d.division, %(reach)s) AND (%(area)s = '' OR d.area = %(area)s)"
IN_FORCE = DECIDED + ON_THE_DAY + OF_PLACE
PERSONS_IN_FORCE = DECIDED + MEMBERS + ON_THE_DAY + OF_PLACE
HOUSEHOLD_ROWS = f"""
SELECT h.number, d.division, d.area, d.number, d.decided_on, d.persons, d.amount_fen {IN_FORCE}
ORDER BY d.division, h.number LIMIT %(limit)s OFFSET %(offset)s
"""
PERSON_ROWS = f"""
SELECT p.id, p.name, p.id_number, p.born, m.relation, h.number, d.division, d.area {PERSONS_IN_FORCE}
ORDER BY d.division, h.number, m.relation <> 'head', p.id_number LIMIT %(limit)s OFFSET %(offset)s
"""
AGES = f"""
SELECT width_bucket(extract(year FROM age(%(on)s::date, p.born)), ARRAY[0, 16, 18, 60, 70, 80]) AS band, count(*)
{PERSONS_IN_FORCE} GROUP BY 1 ORDER BY 1
"""
AGE_BANDS = {1: "0—15岁", 2: "16—17岁", 3: "18—59岁", 4: "60—69岁", 5: "70—79岁", 6: "80岁以上"}

__all__ = [
    "AgeRow", "Count", "DoesNotAddUp", "HouseholdRow", "MonthMoves", "MoveRow", "MovedPlace", "Movements", "Moves",
    "PersonRow", "PlaceRow", "Stock", "by_age", "entered_households", "entered_persons", "households_in_force",
    "in_force", "left_households", "left_persons", "moved", "moved_by_place", "movements", "movements_by_month",
    "persons_in_force",
]  # fmt: skip

HOUSEHOLD_SPANS = f"WITH {COVERAGE}, spell AS (SELECT household_id AS id, unnest(spans) AS span FROM coverage)"
PERSON_SPANS = f"WITH {PERSON_SPELLS}, spell AS (SELECT person_id AS id, unnest(spans) AS span FROM belonging)"
FLOW = """
SELECT count(*) FILTER (WHERE span @> %(eve)s::date),
  count(*) FILTER (WHERE lower(span) BETWEEN %(first)s AND %(last)s),
  count(*) FILTER (WHERE upper(span) BETWEEN %(first)s AND %(last)s),
  count(*) FILTER (WHERE span @> %(last)s::date) FROM spell
"""
MONTHS = """
SELECT month, sum(entered)::bigint, sum(gone)::bigint FROM (
  SELECT date_trunc('month', lower(span))::date AS month, count(*) AS entered, 0 AS gone FROM spell GROUP BY 1
  UNION ALL
  SELECT date_trunc('month', upper(span))::date, 0, count(*) FROM spell GROUP BY 1) AS moved
WHERE month BETWEEN %(first)s AND %(last)s GROUP BY month
"""
# the last membership inside the spell says to which household a person belonged
MOVED_PERSONS = """
SELECT p.name, p.id_number, h.number, m.division, lower(spell.span), upper(spell.span)
FROM spell JOIN registry_person p ON p.id = spell.id
JOIN registry_membership m ON m.person_id = p.id AND m.recorded @> %(known_at)s::timestamptz
  AND m.valid @> CASE WHEN %(is_entry)s THEN lower(spell.span) ELSE upper(spell.span) - 1 END
JOIN registry_household h ON h.id = m.household_id
WHERE CASE WHEN %(is_entry)s THEN lower(spell.span) ELSE upper(spell.span) END BETWEEN %(first)s AND %(last)s
  AND starts_with(m.division, %(reach)s)
ORDER BY m.division, h.number, p.id_number LIMIT %(limit)s OFFSET %(offset)s
"""
MOVED_HOUSEHOLDS = """
SELECT '', '', h.number, h.division, lower(spell.span), upper(spell.span)
FROM spell JOIN registry_household h ON h.id = spell.id
WHERE CASE WHEN %(is_entry)s THEN lower(spell.span) ELSE upper(spell.span) END BETWEEN %(first)s AND %(last)s
  AND starts_with(h.division, %(reach)s)
ORDER BY h.division, h.number LIMIT %(limit)s OFFSET %(offset)s
"""
# the same rows counted by place
MOVED_PLACES = """
SELECT place.code, place.name, moved.n FROM (
  SELECT rpad(left(division, %(width)s), 12, '0') AS code, count(*) AS n FROM ({rows}) AS each GROUP BY 1) AS moved
JOIN registry_division place ON place.code = moved.code ORDER BY place.code
"""


class DoesNotAddUp(RuntimeError):
    """Opening, entered, left and closing contradict each other: the data or a query is wrong."""


@dataclass(frozen=True)
class HouseholdRow:
    """A household in force: its decision, the persons the decision counts, and the monthly fen."""

    household: str
    division: str
    area: str
    decision: str
    decided_on: date
    persons: int
    amount_fen: int


@dataclass(frozen=True)
class PersonRow:
    """A person in force on a day."""

    person_id: int
    name: str
    id_number: str
    born: date
    relation: str
    household: str
    division: str
    area: str


@dataclass(frozen=True)
class Movements:
    """A year: opening + entered - left = closing, for households and for persons."""

    year: int
    opening: Count
    entered: Count
    left: Count
    closing: Count


@dataclass(frozen=True)
class MonthMoves:
    """Households whose time in force begins (entries) or ends (exits) in a month."""

    month: date
    entries: int
    exits: int


@dataclass(frozen=True)
class MoveRow:
    """A household or person that entered or left; name and id number are empty for a household."""

    name: str
    id_number: str
    household: str
    division: str
    since: date
    until: date | None


@dataclass(frozen=True)
class MovedPlace:
    """How many households, or persons, of a township or village entered or left."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class AgeRow:
    """Persons in force of an age band."""

    band: str
    persons: int


@dataclass(frozen=True)
class _BandCount:
    band: int
    persons: int


@dataclass(frozen=True)
class _Flow:
    opening: int
    entered: int
    left: int
    closing: int


def _day(on: date, area: str | None, division: str, known_at: datetime | None) -> dict[str, object]:
    return {"on": on, "area": area or "", "reach": reach_of(division) if division else "", **known(known_at)}


def _year(year: int, known_at: datetime | None) -> dict[str, object]:
    return {
        "eve": date(year - 1, 12, 31),
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        **known(known_at),
    }


def households_in_force(
    on: date,
    area: str | None = None,
    known_at: datetime | None = None,
    *,
    division: str = "",
    limit: int | None = 50,
    offset: int = 0,
) -> list[HouseholdRow]:
    """The households behind `in_force`, page by page (limit None: all)."""
    page = {"limit": limit, "offset": offset}
    return read_whole(HouseholdRow, HOUSEHOLD_ROWS, {**_day(on, area, division, known_at), **page})


def persons_in_force(
    on: date,
    area: str | None = None,
    known_at: datetime | None = None,
    *,
    division: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> list[PersonRow]:
    """The persons in force on a day, by what is known now or was known at `known_at` (limit None: all)."""
    page = {"limit": limit, "offset": offset}
    return read_whole(PersonRow, PERSON_ROWS, {**_day(on, area, division, known_at), **page})


def by_age(on: date, *, division: str = "") -> list[AgeRow]:
    """Persons in force by age on the day; every band is listed, empty ones with 0."""
    counted = {row.band: row.persons for row in read_whole(_BandCount, AGES, _day(on, None, division, None))}
    return [AgeRow(words, counted.get(band, 0)) for band, words in AGE_BANDS.items()]


def movements(year: int, *, known_at: datetime | None = None) -> Movements:
    """Opening, entered, left and closing of a year. Raises DoesNotAddUp where they contradict each other."""
    (households,) = read_whole(_Flow, f"{HOUSEHOLD_SPANS} {FLOW}", _year(year, known_at))
    (persons,) = read_whole(_Flow, f"{PERSON_SPANS} {FLOW}", _year(year, known_at))
    found = Movements(
        year,
        opening=Count(households.opening, persons.opening),
        entered=Count(households.entered, persons.entered),
        left=Count(households.left, persons.left),
        closing=Count(households.closing, persons.closing),
    )
    if found.opening + found.entered - found.left != found.closing:
        raise DoesNotAddUp(f"{year}年期初加新增减核减不等于期末：{found}")
    return found


def movements_by_month(year: int) -> list[MonthMoves]:
    """Households that entered and left, for each of the twelve months."""
    found = {row.month: row for row in read_whole(MonthMoves, f"{HOUSEHOLD_SPANS} {MONTHS}", _year(year, None))}
    return [found.get(month, MonthMoves(month, 0, 0)) for month in year_months(year)]


@dataclass(frozen=True)
class Moves:
    """Which movements are meant: of households or persons, in or out, in a year or one month of it, within a place."""

    year: int
    is_entry: bool
    of_persons: bool
    month: date | None = None
    division: str = ""

    def parameters(self) -> dict[str, object]:
        """Query parameters; of a month its first and last day."""
        asked = {**_year(self.year, None), "is_entry": self.is_entry, **_page(None, 0)}
        if self.month:
            asked |= {"first": self.month, "last": last_day(self.month)}
        return asked | {"reach": reach_of(self.division) if self.division else ""}

    def sql(self) -> tuple[str, str]:
        """The spells, and the rows over them."""
        return (PERSON_SPANS, MOVED_PERSONS) if self.of_persons else (HOUSEHOLD_SPANS, MOVED_HOUSEHOLDS)


def moved(asked: Moves, *, limit: int | None = 50, offset: int = 0) -> list[MoveRow]:
    """The households or persons that entered or left, page by page (limit None: all)."""
    spells, rows = asked.sql()
    return read_whole(MoveRow, spells + rows, {**asked.parameters(), **_page(limit, offset)})


def moved_by_place(asked: Moves) -> list[MovedPlace]:
    """The same movements counted by township, or by village within one; their sum is the count of all rows."""
    spells, rows = asked.sql()
    return read_whole(
        MovedPlace, spells + MOVED_PLACES.format(rows=rows), {**asked.parameters(), "width": part_width(asked.division)}
    )


def entered_households(year: int, *, limit: int | None = 50, offset: int = 0) -> list[MoveRow]:
    """Households whose time in force begins in the year."""
    return moved(Moves(year, is_entry=True, of_persons=False), limit=limit, offset=offset)


def left_households(year: int, *, limit: int | None = 50, offset: int = 0) -> list[MoveRow]:
    """Households whose time in force ends in the year."""
    return moved(Moves(year, is_entry=False, of_persons=False), limit=limit, offset=offset)


def entered_persons(year: int, *, limit: int | None = 50, offset: int = 0) -> list[MoveRow]:
    """Persons whose time in force begins in the year: with their household, or joining one in force."""
    return moved(Moves(year, is_entry=True, of_persons=True), limit=limit, offset=offset)


def left_persons(year: int, *, limit: int | None = 50, offset: int = 0) -> list[MoveRow]:
    """Persons whose time in force ends in the year: with their household, or leaving one that stays."""
    return moved(Moves(year, is_entry=False, of_persons=True), limit=limit, offset=offset)


def _page(limit: int | None, offset: int) -> dict[str, object]:
    return {"limit": limit, "offset": offset}
