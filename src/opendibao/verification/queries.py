"""查核对: what departments answered in a case, which hits wait for an answer, what the survey found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import read
from opendibao.verification.models import MatchOutcome, MatchRecheck, MatchResult, Survey, Unchecked

MATCHES = """
SELECT m.id, m.person_id, p.name, m.source, m.requested_on, m.answered_on, m.outcome, m.detail::text, m.disposition,
  m.reason, m.reason_code, m.province, m.why, m.begun_on, m.as_of, m.expires_on, m.delivery_id, m.file
FROM verification_matchresult m JOIN registry_person p ON p.id = m.person_id
WHERE m.case_id = %(case)s ORDER BY m.person_id, m.source, m.province
"""
UNSETTLED = ("", "recheck")


@dataclass(frozen=True)
class MatchRow:
    """A department's answer about one member; `detail` is JSON text, `disposition` "" until somebody answers a hit.

    `why`: why it is not checked; `begun_on`: when the county began; `as_of`: the day its data speak of; `delivery_id`:
    the file it was read from, None where it was entered from paper, `file`: the first places of its hash;
    `province`: "" for the county's own departments.
    """

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
    reason_code: str = ""
    province: str = ""
    why: str = ""
    begun_on: date | None = None
    as_of: date | None = None
    expires_on: date | None = None
    delivery_id: int | None = None
    file: str = ""


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


def open_faults(case_id: int) -> str:
    """Why a case cannot pass: hits nobody answered, rows nobody settled, objections under way; "" where it can."""
    if waiting := len(open_hits(case_id)):
        return f"还有{waiting}条核到的信息没有处置，请先逐条处置"
    doubtful = MatchResult.objects.filter(case=case_id, outcome=MatchOutcome.NOT_CHECKED, why=Unchecked.DOUBTFUL)
    if waiting := doubtful.count():
        return f"还有{waiting}条记录没有认定是不是本人，请县里先认定（57号第十七条）"
    if waiting := MatchRecheck.objects.filter(match__case=case_id, outcome="").count():
        return f"还有{waiting}条核对异议没有复查完，请先复查（57号第十八条）"
    return ""


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
