"""拟保障: what the township may propose for a case on a day, or what must be done first."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.decision.assessing import GRANTED, decided_on_rules, refuse_unless
from opendibao.decision.models import ReviewVote
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.models import Case
from opendibao.intake.queries import procedure_of_case
from opendibao.rules.answer import Answer
from opendibao.verification.queries import survey_of

OWED = """
SELECT max(o.settled_on) FILTER (WHERE o.outcome = 'survey' AND NOT EXISTS (
    SELECT FROM verification_survey s WHERE s.case_id = o.case_id AND s.surveyed_on >= o.settled_on)),
  max(o.settled_on) FILTER (WHERE o.outcome = 'review' AND NOT EXISTS (
    SELECT FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
    WHERE v.case_id = o.case_id AND NOT v.is_contested AND m.held_on >= o.settled_on)),
  count(*) FILTER (WHERE o.settled_on IS NULL)::int
FROM decision_objection o WHERE o.case_id = %(case)s
"""


@dataclass(frozen=True)
class Owed:
    """What objections to a case's notices still ask for: a survey or a review since a day, answers to so many."""

    survey_since: date | None
    review_since: date | None
    waiting: int

    @property
    def words(self) -> str:
        """The first of it, to stand after the case's number; "" where nothing is open (57号 第十九条第二款)."""
        if self.waiting:
            return "的公示异议还没有办结，请先办结"
        if self.survey_since:
            return f"的公示异议要求重新调查（{self.survey_since}办结），请先入户调查"
        return f"的公示异议要求重新评议（{self.review_since}办结），请先开评议会" if self.review_since else ""


def proposal_of(case: Case, on: date) -> Answer:
    """What the rules grant on the survey's facts. Raises DecisionRefused naming what must be done before a notice."""
    survey = survey_of(case.pk)
    if survey is None or survey.surveyed_on > on:
        raise DecisionRefused(f"案件{case.number}还没有入户调查，不能公示")
    if fault := owed_to_objectors(case.pk).words:
        raise DecisionRefused(f"案件{case.number}{fault}")
    if fault := review_lacks(case, on):
        raise DecisionRefused(f"案件{case.number}{fault}")
    answer = decided_on_rules(survey.found, on)
    refuse_unless(answer, GRANTED, "不必公示，请办理不予确认")
    return answer


def review_lacks(case: Case, on: date) -> str:
    """Why a case is not through its democratic review on a day; "" where its procedure asks for none, or it had one.

    A vote whose result was contested does not count: a survey and a new meeting come after it.
    """
    if procedure_of_case(case).democratic_review != "ALWAYS":
        return ""
    votes = list(ReviewVote.objects.filter(case=case.pk).values_list("is_contested", "meeting__held_on"))
    if not votes:
        return "还没有民主评议，本地规定每件都要评议，请先开评议会"
    held = [day for is_contested, day in votes if not is_contested]
    if not held:
        return "的评议结果有争议，重新调查以后还没有再评议，请先开评议会"
    return "" if min(held) <= on else f"在{min(held)}才评议，{on}还不能公示，请核对日期"


def owed_to_objectors(case_id: int) -> Owed:
    """What the objections to a case's notices still ask for."""
    (found,) = read(Owed, OWED, {"case": case_id})
    return found
