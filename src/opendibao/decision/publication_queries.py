"""查长期公布: which families of a village are covered, and which villages' lists are not of this month."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole
from opendibao.decision.notice_queries import NoticeLine
from opendibao.decision.public_names import public_names
from opendibao.kernel.month import last_day

COVERED = """
SELECT household_id, persons, amount_fen FROM decision_decision
WHERE division = %(division)s AND in_force @> %(day)s::date ORDER BY household_id
"""
VILLAGES = """
SELECT v.code, coalesce(d.households, 0)::int, coalesce(d.persons, 0)::int, p.month, p.posted_on
FROM registry_division v
LEFT JOIN (SELECT division, count(*) AS households, sum(persons) AS persons FROM decision_decision
  WHERE in_force @> %(day)s::date GROUP BY 1) d ON d.division = v.code
LEFT JOIN (SELECT DISTINCT ON (division) division, month, posted_on FROM decision_publication
  WHERE month <= %(month)s ORDER BY division, month DESC) p ON p.division = v.code
WHERE v.level = 'village' AND starts_with(v.code, %(reach)s) AND (d.households > 0 OR p.month IS NOT NULL)
ORDER BY coalesce(p.month = %(month)s, false), v.code
"""
PUBLICATIONS = """
SELECT id, division, month, posted_on, posted_by, households, persons, monthly_fen FROM decision_publication
"""


@dataclass(frozen=True)
class Covered:
    """A household in force in a village on a day."""

    household_id: int
    persons: int
    amount_fen: int


@dataclass(frozen=True)
class PublicationRow:
    """A list that was posted, with its counts on that day."""

    id: int
    division: str
    month: date
    posted_on: date
    posted_by: str
    households: int
    persons: int
    monthly_fen: int


@dataclass(frozen=True)
class VillageMonth:
    """A village with covered households, and the last month whose list was posted there (None: never)."""

    division: str
    households: int
    persons: int
    month: date | None
    posted_on: date | None


@dataclass(frozen=True)
class Published:
    """A village's list of a month: its lines, as of which day, and how it was posted (None: not yet)."""

    division: str
    month: date
    as_of: date
    lines: list[NoticeLine]
    row: PublicationRow | None

    @property
    def persons(self) -> int:
        """How many persons are covered."""
        return sum(line.persons for line in self.lines)

    @property
    def fen(self) -> int:
        """What they get a month together."""
        return sum(line.fen for line in self.lines)


def covered_of(division: str, on: date) -> list[Covered]:
    """The households of a village that are in force on a day."""
    return read(Covered, COVERED, {"division": division, "day": on})


def publication(division: str, month: date) -> PublicationRow | None:
    """How the list of a month was posted; None before that."""
    sql = f"{PUBLICATIONS} WHERE division = %(division)s AND month = %(month)s"
    return next(iter(read(PublicationRow, sql, {"division": division, "month": month})), None)


def published(division: str, month: date, on: date) -> Published:
    """A village's list of a month as it was posted, else as it stands on a day; nothing on it but what may be public.

    The lines stand by group and name.
    """
    row = publication(division, month)
    as_of = min(row.posted_on if row else on, last_day(month))
    covered = covered_of(division, as_of)
    names = public_names([each.household_id for each in covered], as_of)
    lines = [
        NoticeLine(names[each.household_id].group, names[each.household_id].name, each.persons, each.amount_fen)
        for each in covered
        if each.household_id in names
    ]
    return Published(division, month, as_of, sorted(lines, key=lambda line: (line.group, line.name)), row)


def village_months(month: date, on: date, *, reach: str = "") -> list[VillageMonth]:
    """Villages with covered households, those whose list is not of this month first."""
    asked: dict[str, object] = {"month": month, "day": min(on, last_day(month)), "reach": reach}
    return read_whole(VillageMonth, VILLAGES, asked)
