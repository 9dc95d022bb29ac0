"""案件经过: how far one case has come, from the application to the letter in the family's hands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.decision.open_cases import CASES, OpenCase
from opendibao.intake.states import IS_OPEN

STEPS = """
SELECT c.applied_on, c.accepted_on,
  (SELECT max(m.answered_on) FROM verification_matchresult m WHERE m.case_id = c.id AND m.province = ''),
  (SELECT max(s.surveyed_on) FROM verification_survey s WHERE s.case_id = c.id),
  (SELECT max(m.held_on) FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
   WHERE v.case_id = c.id),
  n.posted_on, n.ends_on, o.reported_on, d.decided_on, d.delivered_on
FROM intake_case c
LEFT JOIN LATERAL (SELECT posted_on, ends_on FROM decision_publicnotice
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT reported_on FROM decision_firstopinion
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) o ON true
LEFT JOIN LATERAL (SELECT t.decided_on, l.delivered_on FROM decision_decision t
  LEFT JOIN decision_letter l ON l.decision_id = t.id
  WHERE t.case_id = c.id AND t.voided_on IS NULL ORDER BY t.decided_on DESC, t.id DESC LIMIT 1) d ON true
WHERE c.id = %(case)s
"""


@dataclass(frozen=True)
class CaseSteps:
    """The day each step was last taken, None where it was not."""

    applied_on: date
    accepted_on: date | None
    matched_on: date | None
    surveyed_on: date | None
    reviewed_on: date | None
    posted_on: date | None
    notice_ends: date | None
    reported_on: date | None
    decided_on: date | None
    delivered_on: date | None


def open_among(ids: Sequence[int]) -> list[OpenCase]:
    """Those of these cases that are not ended, with what each has so far: for a page of a list."""
    return read(OpenCase, CASES.format(only=f"c.id = ANY(%(ids)s) AND {IS_OPEN}"), {"ids": list(ids)}) if ids else []


def case_steps(case_id: int) -> CaseSteps | None:
    """How far a case has come; None where there is none or another township's."""
    return next(iter(read(CaseSteps, STEPS, {"case": case_id})), None)
