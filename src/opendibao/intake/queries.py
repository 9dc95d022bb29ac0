"""查受理: cases with their days, who signed the authorisation, and leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import first_row, read
from opendibao.intake.attachment_queries import AttachmentFile, AttachmentRow, attachment, attachments_of
from opendibao.intake.case_queries import (
    CaseFile,
    CaseLetterRow,
    CaseRow,
    SupplementRow,
    case,
    case_by_number,
    case_file,
    case_letter,
    cases_of,
    letters_of,
    supplements_of,
)
from opendibao.intake.models import Case, Consent
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.ids import reach_of
from opendibao.policy.procedures import Procedure, procedure_from, procedure_of

__all__ = [
    "AttachmentFile",
    "AttachmentRow",
    "CaseFile",
    "CaseLetterRow",
    "CaseRow",
    "SupplementRow",
    "attachment",
    "attachments_of",
    "case",
    "case_by_number",
    "case_file",
    "case_letter",
    "cases_of",
    "letters_of",
    "supplements_of",
]

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


def declared(case_id: int) -> dict[str, Any]:
    """What the family declared when it applied, in the format of `assess`."""
    found: dict[str, Any] = Case.objects.values_list("declared", flat=True).get(pk=case_id)
    return found


def procedure_of_case(case_id: int | Case) -> Procedure:
    """The procedure that a case was accepted under; before acceptance the one in force when it was applied for.

    Raises IntakeRefused where there is no such case or it is another township's.
    """
    found = case_id if isinstance(case_id, Case) else Case.objects.filter(pk=case_id).first()
    if found is None:
        raise IntakeRefused("没有这个案件，或不在本人可见的区划内")
    if found.gates:
        return procedure_from(found.gates)
    return procedure_of(found.division, found.accepted_on or found.applied_on)


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
