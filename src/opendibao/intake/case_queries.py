"""查案件: one case with its household and its applicant, what it was handed, signed and told."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.intake.refusal import IntakeRefused

CASES = """
SELECT id, number, kind, channel, state, applied_on, accepted_on, closed_on, household_id, division, area
FROM intake_case
"""
FILE = """
SELECT c.id, c.number, c.kind, c.channel, c.state, c.applied_on, c.accepted_on, c.closed_on, c.household_id, c.division,
  c.area, h.number, c.applicant, c.accepted_by, c.procedure, c.extended_on, c.extension_reason, c.lead_id,
  coalesce(o.number, '')
FROM intake_case c JOIN registry_household h ON h.id = c.household_id
LEFT JOIN intake_onlineapplication o ON o.case_id = c.id WHERE c.id = %(case)s
"""
LETTERS = """
SELECT id, case_id, kind, made_on, made_by, text, delivered_on, delivered_how, receiver FROM intake_caseletter
"""
SUPPLEMENTS = """
SELECT sequence, items, told_on, told_by, supervisor, supervisor_reason FROM intake_supplementnotice
WHERE case_id = %(case)s ORDER BY sequence
"""
MANDATE = "SELECT helper, relation, phone, reason, signed_on, paper_id FROM intake_mandate WHERE case_id = %(case)s"


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
class CaseFile(CaseRow):
    """A case with its household's number, who applied, who took it, its procedure, and where it came from."""

    household: str
    applicant: str
    accepted_by: str
    procedure: str
    extended_on: date | None
    extension_reason: str
    lead_id: int | None
    online: str


@dataclass(frozen=True)
class CaseLetterRow:
    """A letter of a case; `delivered_on` is None until somebody took it."""

    id: int
    case_id: int
    kind: str
    made_on: date
    made_by: str
    text: str
    delivered_on: date | None
    delivered_how: str
    receiver: str


@dataclass(frozen=True)
class SupplementRow:
    """What was missing and when the family was told; a second notice names who allowed it and why."""

    sequence: int
    items: list[str]
    told_on: date
    told_by: str
    supervisor: str
    supervisor_reason: str


@dataclass(frozen=True)
class MandateRow:
    """Who applies for a family: `relation` is the code of the table."""

    helper: str
    relation: str
    phone: str
    reason: str
    signed_on: date
    paper_id: int | None


def case(case_id: int) -> CaseRow:
    """One case. Raises IntakeRefused where there is none or another township's."""
    for row in read(CaseRow, f"{CASES} WHERE id = %(case)s", {"case": case_id}):
        return row
    raise IntakeRefused("没有这个案件，或不在本人可见的区划内")


def case_file(case_id: int) -> CaseFile | None:
    """One case with all its page says of it; None where there is none or another township's."""
    return next(iter(read(CaseFile, FILE, {"case": case_id})), None)


def case_by_number(number: str) -> CaseRow | None:
    """The case of a number, as typed or as scanned from a paper; None where there is none or another township's."""
    return next(iter(read(CaseRow, f"{CASES} WHERE number = %(number)s", {"number": number.strip()})), None)


def cases_of(household_id: int) -> list[CaseRow]:
    """All cases of a household, the latest first."""
    sql = f"{CASES} WHERE household_id = %(household)s ORDER BY applied_on DESC, id DESC"
    return read(CaseRow, sql, {"household": household_id})


def letters_of(case_id: int) -> list[CaseLetterRow]:
    """The letters of a case before its decision, the earliest first."""
    return read(CaseLetterRow, f"{LETTERS} WHERE case_id = %(case)s ORDER BY made_on, id", {"case": case_id})


def case_letter(letter_id: int) -> CaseLetterRow | None:
    """One letter; None where there is none or another township's."""
    return next(iter(read(CaseLetterRow, f"{LETTERS} WHERE id = %(letter)s", {"letter": letter_id})), None)


def supplements_of(case_id: int) -> list[SupplementRow]:
    """What a family was told to bring, turn by turn."""
    return read(SupplementRow, SUPPLEMENTS, {"case": case_id})


def mandate_of(case_id: int) -> MandateRow | None:
    """The mandate of a case; None where the family applies itself."""
    return next(iter(read(MandateRow, MANDATE, {"case": case_id})), None)
