"""待办案件: open cases with the clock that runs, and entries that the superior system has not taken."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.intake.states import IS_OPEN
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import pack_of_division
from opendibao.rules.deadlines import deadlines

CASES = f"""
SELECT c.id, c.number, c.kind, c.state, c.household_id, c.division, c.applied_on, c.accepted_on, n.posted_on, n.ends_on,
  EXISTS (SELECT FROM decision_objection o WHERE o.case_id = c.id AND o.settled_on IS NULL),
  EXISTS (SELECT FROM intake_consent s WHERE s.case_id = c.id),
  EXISTS (SELECT FROM verification_matchresult m WHERE m.case_id = c.id),
  (SELECT count(*)::int FROM verification_matchresult m
   WHERE m.case_id = c.id AND m.outcome = 'hit' AND m.disposition IN ('', 'recheck'))
FROM intake_case c LEFT JOIN LATERAL
  (SELECT posted_on, ends_on FROM decision_publicnotice WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) n ON true
WHERE {IS_OPEN} ORDER BY c.applied_on, c.id
"""
OUTBOX = """
SELECT d.number, d.household_id, e.division, e.happened_on, e.due_on, e.sent_on, e.rejected_reason
FROM decision_outboxevent e JOIN decision_decision d ON d.id = e.decision_id
WHERE e.accepted_on IS NULL ORDER BY e.due_on, d.number
"""
FAMILY, DEPARTMENTS, NOTICE = "family", "departments", "notice"
"""Whom a case can wait for who is not an officer: the family, the departments asked, the days of the public notice."""


@dataclass(frozen=True)
class OpenCase:
    """A case that is not ended, and what it has so far; days that have not come are None."""

    id: int
    number: str
    kind: str
    state: str
    household_id: int
    division: str
    applied_on: date
    accepted_on: date | None
    posted_on: date | None
    notice_ends: date | None
    has_objection: bool
    is_authorised: bool
    is_matched: bool
    open_hits: int


@dataclass(frozen=True)
class NextStep:
    """What a case needs next, since when it waits, by which day the law wants it, and for whom it waits ("" us)."""

    key: str
    since: date
    due: date | None = None
    waits_for: str = ""


@dataclass(frozen=True)
class OutboxWaiting:
    """A decision whose entry in the superior system is not confirmed."""

    decision: str
    household_id: int
    division: str
    happened_on: date
    due_on: date
    sent_on: date | None
    rejected_reason: str


def open_cases() -> list[OpenCase]:
    """Cases that are not ended, the oldest application first."""
    return read(OpenCase, CASES, {})


def outbox_waiting() -> list[OutboxWaiting]:
    """Entries that the superior system has not accepted, the earliest due first."""
    return read(OutboxWaiting, OUTBOX, {})


def next_step(case: OpenCase, today: date) -> NextStep:
    """What an open case needs next, by its state. Raises RuleGap where a clock has no number."""
    if case.accepted_on is None:
        is_returned = case.state == "returned"
        return NextStep("supplement" if is_returned else "accept", case.applied_on, None, FAMILY * is_returned)
    found = deadlines(case.accepted_on, pack=pack_of_division(case.division))
    if case.state == "accepted":
        return _verifying(case, case.accepted_on, found.start_survey_by)
    if case.state == "noticed":
        return _noticing(case, case.accepted_on, today, found.decide_by)
    key = {"reviewed": "notice"}.get(case.state, "meeting" if case.kind == "application" else "decide")
    return NextStep(key, case.accepted_on, found.decide_by)


def _verifying(case: OpenCase, accepted: date, survey_by: date) -> NextStep:
    """57号 第九、十五、十七条: signatures, the departments' answers, each hit answered, the visit."""
    if case.kind == "application" and not case.is_authorised:
        return NextStep("consent", accepted, survey_by, FAMILY)
    if case.kind == "application" and not case.is_matched:
        return NextStep("match", accepted, survey_by, DEPARTMENTS)
    return NextStep("hits" if case.open_hits else "survey", accepted, survey_by)


def _noticing(case: OpenCase, accepted: date, today: date, decide_by: date) -> NextStep:
    """57号 第十九、二十条: the notice runs its days; then the county says its opinion in time."""
    posted, ends = case.posted_on or accepted, case.notice_ends or accepted
    if case.has_objection:
        return NextStep("objection", posted, decide_by)
    if today <= ends:
        return NextStep("noticing", posted, ends, NOTICE)
    opinion = pack_of_division(case.division).value("clock.county_opinion", ends)
    return NextStep("decide", ends, min(decide_by, add_workdays(ends, opinion)))
