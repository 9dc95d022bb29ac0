"""查受理: cases with their days, who signed the authorisation, and leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import first_row, read
from opendibao.intake.models import Case, Consent
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.ids import reach_of

CASES = """
SELECT id, number, kind, channel, state, applied_on, accepted_on, closed_on, household_id, division, area
FROM intake_case
"""
LEADS = """
SELECT l.id, l.division, l.source, l.found_on, l.summary, l.contacted_on, l.outcome, coalesce(h.number, '')
FROM intake_lead l LEFT JOIN registry_household h ON h.id = l.household_id
WHERE starts_with(l.division, %(reach)s) ORDER BY l.found_on DESC, l.id DESC LIMIT %(limit)s OFFSET %(offset)s
"""
WAITING_LEADS = """
SELECT id, division, source, found_on, summary FROM intake_lead WHERE contacted_on IS NULL ORDER BY found_on, id
"""
LEAD = """
SELECT l.id, l.division, l.source, l.found_on, l.summary, l.contacted_on, l.outcome, coalesce(h.number, '')
FROM intake_lead l LEFT JOIN registry_household h ON h.id = l.household_id WHERE l.id = %(lead)s
"""
LEADS_COUNT = "SELECT count(*)::int FROM intake_lead l WHERE starts_with(l.division, %(reach)s)"


@dataclass(frozen=True)
class CaseRow:
    """A case and its days; `state`, `kind` and `channel` are the codes of the tables."""

    id: int
    number: str
    kind: str
    channel: str
    state: str
    applied_on: date
    accepted_on: date | None
    closed_on: date | None
    household_id: int
    division: str
    area: str


@dataclass(frozen=True)
class LeadRow:
    """A family found by somebody else; `outcome` is "" until it was contacted, `household` its number or ""."""

    id: int
    division: str
    source: str
    found_on: date
    summary: str
    contacted_on: date | None
    outcome: str
    household: str


@dataclass(frozen=True)
class WaitingLead:
    """A family somebody told of, whom nobody has visited yet."""

    id: int
    division: str
    source: str
    found_on: date
    summary: str


def case(case_id: int) -> CaseRow:
    """One case. Raises IntakeRefused where there is none or another township's."""
    for row in read(CaseRow, f"{CASES} WHERE id = %(case)s", {"case": case_id}):
        return row
    raise IntakeRefused("没有这个案件，或不在本人可见的区划内")


def cases_of(household_id: int) -> list[CaseRow]:
    """All cases of a household, the latest first."""
    sql = f"{CASES} WHERE household_id = %(household)s ORDER BY applied_on DESC, id DESC"
    return read(CaseRow, sql, {"household": household_id})


def declared(case_id: int) -> dict[str, Any]:
    """What the family declared when it applied, in the format of `assess`."""
    found: dict[str, Any] = Case.objects.values_list("declared", flat=True).get(pk=case_id)
    return found


def signed(case_id: int) -> set[int]:
    """Ids of the persons who signed the authorisation to match in a case."""
    return set(Consent.objects.filter(case=case_id).values_list("person_id", flat=True))


def _page(division: str, limit: int | None, offset: int) -> dict[str, object]:
    return {"reach": reach_of(division) if division else "", "limit": limit, "offset": offset}


def leads(*, division: str = "", limit: int | None = 50, offset: int = 0) -> Sequence[LeadRow]:
    """Leads of a division ("" = all that is seen), the latest first, page by page (limit None: all)."""
    return read(LeadRow, LEADS, _page(division, limit, offset))


def lead(lead_id: int) -> LeadRow | None:
    """One lead; None where there is none or another township's."""
    return next(iter(read(LeadRow, LEAD, {"lead": lead_id})), None)


def leads_count(*, division: str = "") -> int:
    """How many leads there are in a division."""
    row = first_row(LEADS_COUNT, _page(division, None, 0))
    return int(str(row[0])) if row else 0


def waiting_leads() -> list[WaitingLead]:
    """Leads that nobody has contacted, the oldest first."""
    return read(WaitingLead, WAITING_LEADS, {})
