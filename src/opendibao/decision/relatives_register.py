"""近亲属备案登记簿: members who are near relatives of officials, and whether the county was there itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import first_row, read

ROWS = """
SELECT r.id, c.id, c.number, c.state, h.number, r.division, r.member, r.official, r.post, r.relation, r.registered_on,
  r.registered_by,
  (SELECT max(v.visited_on) FROM decision_countyvisit v WHERE v.case_id = c.id)
FROM intake_officialrelative r JOIN intake_case c ON c.id = r.case_id
JOIN registry_household h ON h.id = c.household_id
"""
PAGE = f"{ROWS} ORDER BY r.registered_on DESC, r.id DESC LIMIT %(limit)s OFFSET %(offset)s"


@dataclass(frozen=True)
class RelativeRow:
    """An entry of the register; `visited_on` is when the county was there itself (None: not yet)."""

    id: int
    case_id: int
    case: str
    state: str
    household: str
    division: str
    member: str
    official: str
    post: str
    relation: str
    registered_on: date
    registered_by: str
    visited_on: date | None


def relatives(*, limit: int | None = 50, offset: int = 0) -> Sequence[RelativeRow]:
    """近亲属备案登记簿: the latest first, page by page (limit None: all)."""
    return read(RelativeRow, PAGE, {"limit": limit, "offset": offset})


def relatives_count() -> int:
    """How many entries the register has."""
    row = first_row("SELECT count(*)::int FROM intake_officialrelative", {})
    return int(str(row[0])) if row else 0


def relatives_of(case_id: int) -> list[RelativeRow]:
    """The entries of one case."""
    return read(RelativeRow, f"{ROWS} WHERE c.id = %(case)s ORDER BY r.id", {"case": case_id})
