"""查复核: whose periodic review is open, and how a year's reviews went."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole

DUE = """
SELECT id, household_id, division, review_class, due_on FROM reviews_reverification
WHERE done_on IS NULL AND due_on <= %(upto)s::date ORDER BY due_on, household_id
"""
UNSCHEDULED = """
FROM decision_decision d WHERE d.in_force @> %(day)s::date
  AND NOT EXISTS (SELECT FROM reviews_reverification r WHERE r.household_id = d.household_id AND r.due_on >= %(first)s)
"""
UNSCHEDULED_COUNT = f"SELECT count(*)::int {UNSCHEDULED}"
UNSCHEDULED_PAGE = f"""
SELECT d.household_id {UNSCHEDULED} ORDER BY d.division, d.household_id LIMIT %(limit)s OFFSET %(offset)s
"""
OPEN_OF_HOUSEHOLD = """
SELECT id, household_id, division, review_class, due_on FROM reviews_reverification
WHERE household_id = %(household)s AND done_on IS NULL ORDER BY due_on, id
"""
OF_HOUSEHOLD = """
SELECT review_class, due_on, done_on, result, surveyors FROM reviews_reverification
WHERE household_id = %(household)s ORDER BY due_on
"""
COUNTS = """
SELECT review_class, count(*)::int, count(done_on)::int, (count(*) FILTER (WHERE result = 'kept'))::int,
  (count(*) FILTER (WHERE result = 'adjusted'))::int, (count(*) FILTER (WHERE result = 'stopped'))::int
FROM reviews_reverification WHERE due_on BETWEEN %(first)s AND %(last)s GROUP BY review_class ORDER BY review_class DESC
"""


@dataclass(frozen=True)
class DueRow:
    """A review that is due and not done."""

    pk: int
    household_id: int
    division: str
    review_class: str
    due_on: date


@dataclass(frozen=True)
class ReviewRow:
    """A review of a household; `done_on` is None and `result` "" while it is open."""

    review_class: str
    due_on: date
    done_on: date | None
    result: str
    surveyors: str


@dataclass(frozen=True)
class CountRow:
    """Reviews of a class that were due in a year, and what became of them."""

    review_class: str
    due: int
    done: int
    kept: int
    adjusted: int
    stopped: int


def due(*, upto: date) -> list[DueRow]:
    """Open reviews due on or before a day, the oldest first."""
    return read(DueRow, DUE, {"upto": upto})


def unscheduled(day: date) -> int:
    """How many households in force on a day have no review laid down in its year or later."""
    (found,) = read_whole(int, UNSCHEDULED_COUNT, {"day": day, "first": date(day.year, 1, 1)})
    return found


def unscheduled_ids(day: date, *, limit: int, offset: int) -> list[int]:
    """Ids of those households by village, page by page."""
    page: dict[str, object] = {"day": day, "first": date(day.year, 1, 1), "limit": limit, "offset": offset}
    return read_whole(int, UNSCHEDULED_PAGE, page)


def reviews_of(household_id: int) -> list[ReviewRow]:
    """All periodic reviews of a household, by the day they are due."""
    return read(ReviewRow, OF_HOUSEHOLD, {"household": household_id})


def open_reviews(household_id: int) -> list[DueRow]:
    """A household's reviews that are not done, the first due first."""
    return read(DueRow, OPEN_OF_HOUSEHOLD, {"household": household_id})


def counts(year: int) -> list[CountRow]:
    """A year's reviews by class, 常保 first; a class without reviews is absent."""
    return read(CountRow, COUNTS, {"first": date(year, 1, 1), "last": date(year, 12, 31)})
