"""查核对: what departments answered in a case, which hits wait for an answer, what the survey found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import read
from opendibao.verification.models import MatchOutcome, MatchResult, Survey

MATCHES = """
SELECT m.id, m.person_id, p.name, m.source, m.requested_on, m.answered_on, m.outcome, m.detail::text, m.disposition,
  m.reason
FROM verification_matchresult m JOIN registry_person p ON p.id = m.person_id
WHERE m.case_id = %(case)s ORDER BY m.person_id, m.source
"""
UNSETTLED = ("", "recheck")


@dataclass(frozen=True)
class MatchRow:
    """A department's answer about one member; `detail` is JSON text, `disposition` "" until somebody answers a hit."""

    id: int
    person_id: int
    person: str
    source: str
    requested_on: date
    answered_on: date | None
    outcome: str
    detail: str
    disposition: str
    reason: str


@dataclass(frozen=True)
class SurveyRow:
    """What two surveyors found at the home, in the format of `assess`."""

    surveyed_on: date
    surveyors: tuple[str, str]
    respondent: str
    found: dict[str, Any]


def matches_of(case_id: int) -> list[MatchRow]:
    """All answers of a case, member by member."""
    return read(MatchRow, MATCHES, {"case": case_id})


def open_hits(case_id: int) -> list[MatchResult]:
    """Hits of a case that nobody has answered yet, or that are to be checked again."""
    hits = MatchResult.objects.filter(case=case_id, outcome=MatchOutcome.HIT, disposition__in=UNSETTLED)
    return list(hits.order_by("person_id", "source"))


def survey_of(case_id: int) -> SurveyRow | None:
    """The last survey of a case with its corrections; None before the visit."""
    survey = Survey.objects.filter(case=case_id).order_by("-sequence").first()
    if survey is None:
        return None
    surveyors = (survey.first_surveyor, survey.second_surveyor)
    return SurveyRow(survey.surveyed_on, surveyors, survey.respondent, found_of(survey))


def found_of(survey: Survey) -> dict[str, Any]:
    """What a survey found, as last corrected."""
    corrected = survey.corrections.order_by("-sequence").first()
    found: dict[str, Any] = corrected.after if corrected else survey.found
    return found
