"""查入户调查: who is sent, what a visit found with its sheets and corrections, neighbours, letters, refusals."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from opendibao.audit.sql_rows import read
from opendibao.verification.models import ItemSheet, Survey, SurveyCorrection

ORDERS = """
SELECT id, first_surveyor, second_surveyor, from_day, to_day, ordered_on, ordered_by FROM verification_surveyorder
WHERE case_id = %(case)s ORDER BY id
"""
INTERVIEWS = """
SELECT id, interviewed_on, interviewer, neighbour, words, view FROM verification_neighbourinterview
WHERE case_id = %(case)s ORDER BY interviewed_on, id
"""
EVIDENCE_LETTERS = """
SELECT id, case_id, division, addressee, asks, sent_on, sent_by, answered_on, answer, paper_id
FROM verification_evidenceletter
"""
REFUSED_VISITS = """
SELECT visited_on, first_surveyor, second_surveyor, witness, words, noted_by FROM verification_refusedvisit
WHERE case_id = %(case)s ORDER BY visited_on, id
"""
# every accepted case that has not ended stands here once, whatever is known of its visit
VISITS = """
SELECT c.id, c.number, c.kind, c.state, c.division, c.household_id, c.accepted_on, s.surveyed_on, s.way, s.way_reason,
  (SELECT count(*)::int FROM verification_survey n WHERE n.case_id = c.id),
  coalesce(s.first_surveyor, o.first_surveyor, ''), coalesce(s.second_surveyor, o.second_surveyor, ''),
  o.from_day, o.to_day, o.ordered_on,
  (SELECT count(*)::int FROM verification_refusedvisit r WHERE r.case_id = c.id), c.gates::text
FROM intake_case c
LEFT JOIN LATERAL (
  SELECT surveyed_on, way, way_reason, sequence, first_surveyor, second_surveyor FROM verification_survey v
  WHERE v.case_id = c.id AND c.state <> 'accepted' ORDER BY v.sequence DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (
  SELECT first_surveyor, second_surveyor, from_day, to_day, ordered_on FROM verification_surveyorder d
  WHERE d.case_id = c.id AND s.sequence IS NULL
    AND d.ordered_on >= coalesce((SELECT max(v.surveyed_on) FROM verification_survey v WHERE v.case_id = c.id),
                                 '-infinity')
  ORDER BY d.id DESC LIMIT 1) o ON true
WHERE c.accepted_on IS NOT NULL AND c.closed_on IS NULL
  AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported')
  AND starts_with(c.division, %(reach)s)
ORDER BY c.division, c.accepted_on, c.id
"""


@dataclass(frozen=True)
class OrderRow:
    """An order that sends two surveyors within a window of days."""

    id: int
    first_surveyor: str
    second_surveyor: str
    from_day: date
    to_day: date
    ordered_on: date
    ordered_by: str


@dataclass(frozen=True)
class InterviewRow:
    """What a neighbour said; `view` is the code of the table."""

    id: int
    interviewed_on: date
    interviewer: str
    neighbour: str
    words: str
    view: str


@dataclass(frozen=True)
class EvidenceLetterRow:
    """A letter for evidence; `answered_on` is None and `answer` "" until the reply."""

    id: int
    case_id: int
    division: str
    addressee: str
    asks: str
    sent_on: date
    sent_by: str
    answered_on: date | None
    answer: str
    paper_id: int | None


@dataclass(frozen=True)
class RefusedRow:
    """A family that would not be asked."""

    visited_on: date
    first_surveyor: str
    second_surveyor: str
    witness: str
    words: str
    noted_by: str


@dataclass(frozen=True)
class VisitRow:
    """An open accepted case and its visit.

    `surveyed_on`, `way` are None while it waits for one; where the result was contested `surveys` counts the former.
    Then the surveyors are those of the last order, "" where nobody is sent. `gates` is JSON of the case's procedure.
    """

    case_id: int
    number: str
    kind: str
    state: str
    division: str
    household_id: int
    accepted_on: date
    surveyed_on: date | None
    way: str | None
    way_reason: str | None
    surveys: int
    first_surveyor: str
    second_surveyor: str
    from_day: date | None
    to_day: date | None
    ordered_on: date | None
    refusals: int
    gates: str


@dataclass(frozen=True)
class SheetRow:
    """A sheet of hidden income or of valuation; `values` as the rules read them."""

    kind: str
    member: str
    values: dict[str, Any]
    method: str
    comparables: list[str]
    low_fen: int | None
    high_fen: int | None
    grade: str
    evidence: str


@dataclass(frozen=True)
class CorrectionRow:
    """What stood in a form and what is right."""

    sequence: int
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str
    corrected_on: date
    corrected_by: str
    agreed_by: str


@dataclass(frozen=True)
class SurveyFile:
    """A signed form whole: `signed` is what stood there when it was signed, `found` what counts after corrections."""

    id: int
    case_id: int
    sequence: int
    surveyed_on: date
    started_at: datetime | None
    way: str
    way_reason: str
    place: str
    latitude: Decimal | None
    longitude: Decimal | None
    surveyors: tuple[str, str]
    respondent: str
    signed: dict[str, Any]
    found: dict[str, Any]
    home: dict[str, Any]
    conclusion: str
    entered_by: str
    sheets: list[SheetRow]
    corrections: list[CorrectionRow]


def surveys_of(case_id: int) -> list[SurveyFile]:
    """All signed forms of a case, the first visit first, with their sheets and corrections."""
    return [_file(row) for row in Survey.objects.filter(case=case_id).order_by("sequence")]


def _file(row: Survey) -> SurveyFile:
    corrections = [_correction(one) for one in row.corrections.order_by("sequence")]
    return SurveyFile(
        id=row.pk, case_id=row.case_id, sequence=row.sequence, surveyed_on=row.surveyed_on, started_at=row.started_at,
        way=row.way, way_reason=row.way_reason, place=row.place, latitude=row.latitude, longitude=row.longitude,
        surveyors=(row.first_surveyor, row.second_surveyor), respondent=row.respondent, signed=row.found,
        found=corrections[-1].after if corrections else row.found, home=row.home, conclusion=row.conclusion,
        entered_by=row.entered_by, sheets=[_sheet(one) for one in row.sheets.order_by("id")], corrections=corrections,
    )  # fmt: skip


def _sheet(row: ItemSheet) -> SheetRow:
    return SheetRow(
        row.kind, row.member, row.values, row.method, row.comparables, row.low_fen, row.high_fen, row.grade,
        row.evidence,
    )  # fmt: skip


def _correction(row: SurveyCorrection) -> CorrectionRow:
    return CorrectionRow(
        row.sequence, row.before, row.after, row.reason, row.corrected_on, row.corrected_by, row.agreed_by
    )


def orders_of(case_id: int) -> list[OrderRow]:
    """All orders of a case, the last one counts."""
    return read(OrderRow, ORDERS, {"case": case_id})


def interviews_of(case_id: int) -> list[InterviewRow]:
    """What neighbours said, in the order they were asked."""
    return read(InterviewRow, INTERVIEWS, {"case": case_id})


def evidence_letters_of(case_id: int) -> list[EvidenceLetterRow]:
    """All letters for evidence of a case, the first sent first."""
    sql = f"{EVIDENCE_LETTERS} WHERE case_id = %(case)s ORDER BY sent_on, id"
    return read(EvidenceLetterRow, sql, {"case": case_id})


def evidence_letter(letter_id: int) -> EvidenceLetterRow | None:
    """One letter for evidence; None where there is none or another township's."""
    found = read(EvidenceLetterRow, f"{EVIDENCE_LETTERS} WHERE id = %(letter)s", {"letter": letter_id})
    return next(iter(found), None)


def refused_visits_of(case_id: int) -> list[RefusedRow]:
    """When the family would not be asked."""
    return read(RefusedRow, REFUSED_VISITS, {"case": case_id})


def visits_of_open_cases(reach: str = "") -> list[VisitRow]:
    """Every accepted case that has not ended with what is known of its visit, village by village.

    `reach` is the beginning of a division's code, "" for all that is seen.
    """
    return read(VisitRow, VISITS, {"reach": reach})
