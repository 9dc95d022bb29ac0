"""谁查过我家: what was asked about a family in its cases and while in force, and who opened its file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read

# what was asked in another family's case, before somebody came here, is that family's
ABOUT = """
FROM verification_lookup l JOIN registry_person p ON p.id = l.person_id
LEFT JOIN intake_case c ON c.id = l.case_id LEFT JOIN intake_consent o ON o.id = l.consent_id
WHERE l.person_id IN (SELECT person_id FROM registry_membership WHERE household_id = %(household)s)
  AND (c.household_id = %(household)s OR l.case_id IS NULL AND EXISTS (
    SELECT FROM registry_membership m WHERE m.household_id = %(household)s AND m.person_id = l.person_id
      AND m.valid @> l.asked_on AND upper_inf(m.recorded)))
"""
OF_HOUSEHOLD = f"""
SELECT l.id, l.at, l.asked_on, p.name, l.sources, l.purpose, coalesce(c.number, ''), l.case_id,
  coalesce(o.signer, ''), o.signed_on, l.ground, l.officer, l.about
{ABOUT} ORDER BY l.at DESC, l.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
COUNT = f"SELECT count(*)::int, count(DISTINCT l.person_id)::int, count(DISTINCT l.officer)::int {ABOUT}"
OPENINGS = """
SELECT (at AT TIME ZONE 'Asia/Shanghai')::date, actor, page, count(*)::int FROM audit_viewing
WHERE subject = %(number)s
  OR subject IN (SELECT '案件 ' || number FROM intake_case WHERE household_id = %(household)s)
GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3
"""


@dataclass(frozen=True)
class LookupRow:
    """One question: when, of whom, of which sources, why, on which authorisation (`signer`, or a `ground`), by whom."""

    id: int
    at: datetime
    asked_on: date
    person: str
    sources: list[str]
    purpose: str
    case: str
    case_id: int | None
    signer: str
    signed_on: date | None
    ground: str
    officer: str
    about: str


@dataclass(frozen=True)
class LookupCounts:
    """How many questions there were, about how many persons, by how many officers."""

    questions: int
    persons: int
    officers: int


@dataclass(frozen=True)
class Opening:
    """An officer who opened a page of the family's file on a day, and how often."""

    day: date
    officer: str
    page: str
    times: int


def lookups_of_household(household_id: int, *, limit: int | None = None, offset: int = 0) -> list[LookupRow]:
    """What was asked about the members of a household in its cases and while it is in force, newest first."""
    return read(LookupRow, OF_HOUSEHOLD, {"household": household_id, "limit": limit, "offset": offset})


def counts_of_household(household_id: int) -> LookupCounts:
    """How often the members of a household were asked about."""
    return read(LookupCounts, COUNT, {"household": household_id})[0]


def openings_of_household(household_id: int, number: str) -> Sequence[Opening]:
    """Who opened the file of a household or of its cases, day by day, newest first."""
    return read(Opening, OPENINGS, {"household": household_id, "number": number})
