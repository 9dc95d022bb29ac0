"""待办案件: what an open case needs next and whose hands hold it; what was decided and is not yet told or entered."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from opendibao.audit.sql_rows import read
from opendibao.decision.open_cases import OpenCase, open_cases
from opendibao.policy.procedures import procedure_of
from opendibao.rules.deadlines import counted

__all__ = [
    "DEPARTMENTS",
    "FAMILY",
    "NOTICE",
    "PAUSED",
    "DecidedWaiting",
    "NextStep",
    "OpenCase",
    "decided_waiting",
    "next_step",
    "open_cases",
    "told_by",
]

DECIDED = """
SELECT 'outbox', d.id, d.number, d.household_id, e.division, e.happened_on, e.due_on, e.sent_on,
  coalesce(b.reason, ''), 0
FROM decision_outboxevent e JOIN decision_decision d ON d.id = e.decision_id
LEFT JOIN decision_sentback b ON b.event_id = e.id AND b.corrected_on IS NULL
WHERE e.accepted_on IS NULL AND d.voided_on IS NULL
UNION ALL
SELECT 'letter', d.id, d.number, d.household_id, d.division, d.decided_on, NULL, NULL, '',
  coalesce((c.gates->'clocks'->>'refusal_letter')::int, 0)
FROM decision_decision d JOIN decision_letter l ON l.decision_id = d.id JOIN intake_case c ON c.id = d.case_id
WHERE d.kind = 'refuse' AND l.delivered_on IS NULL AND d.voided_on IS NULL
ORDER BY 6, 3
"""
FAMILY, DEPARTMENTS, NOTICE, PAUSED = "family", "departments", "notice", "paused"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NextStep:
    """What a case needs next, since when it waits, by which day the law wants it, and for whom it waits ("" us).

    From `opens` on it can be done: between the two lies the window of the step.
    """

    key: str
    since: date
    due: date | None = None
    waits_for: str = ""
    opens: date | None = None


@dataclass(frozen=True)
class DecidedWaiting:
    """A decision that is not done with: not confirmed by the superior system (`outbox`), or not told (`letter`).

    A refusal is told in writing within `days` working days by the procedure of its case (0: it says nothing).
    """

    what: str
    decision_id: int
    decision: str
    household_id: int
    division: str
    happened_on: date
    entry_due: date | None
    sent_on: date | None
    rejected_reason: str
    days: int

    @property
    def due_on(self) -> date:
        """By which day it is to be entered or told (57号 第二十一条). Raises RuleGap."""
        return self.entry_due or told_by(self.division, self.happened_on, self.days)


def told_by(division: str, decided_on: date, days: int) -> date:
    """By which day a refusal is told in writing; `days` by its case's procedure, 0: by its day's. Raises RuleGap."""
    return counted(decided_on, days or procedure_of(division, decided_on).clock("refusal_letter"))


def decided_waiting() -> list[DecidedWaiting]:
    """Entries that the superior system has not accepted, and refusals whose letter has not reached the family."""
    return read(DecidedWaiting, DECIDED, {})


def next_step(case: OpenCase, today: date) -> NextStep:
    """What an open case needs next, by its state and its own procedure. Raises RuleGap where a clock has no number."""
    if case.accepted_on is None:
        is_returned = case.state == "returned"
        return NextStep("supplement" if is_returned else "accept", case.applied_on, None, FAMILY * is_returned)
    ends = case.due("decide_extended" if case.extended_on else "decide", case.accepted_on, today)
    step = _STEPS.get(case.state, _surveyed)(case, case.accepted_on, today, ends)
    return replace(step, waits_for=PAUSED) if case.paused_for and step.waits_for != NOTICE else step


def _verifying(case: OpenCase, accepted: date, today: date, ends: date) -> NextStep:
    """57号 第九、十五、十七条: signatures, the departments' answers, each hit answered, the visit."""
    if case.surveys:  # a contested result or an objection led back to a new survey
        since = max(day for day in (case.surveyed_on, case.reviewed_on, case.settled_on) if day)
        return NextStep("hits" if case.open_hits else "survey", since, ends, opens=since)
    survey_by = case.due("survey_start", accepted, today)
    if case.kind == "application" and not case.is_authorised:
        return NextStep("consent", accepted, survey_by, FAMILY, accepted)
    if case.kind == "application" and not case.is_matched:
        return NextStep("match", accepted, survey_by, DEPARTMENTS, accepted)
    return NextStep("hits" if case.open_hits else "survey", accepted, survey_by, opens=accepted)


def _surveyed(case: OpenCase, accepted: date, today: date, ends: date) -> NextStep:
    """After the visit: a re-verification is decided, an application reviewed where each is, then posted or reported."""
    since = case.surveyed_on or accepted
    if case.kind != "application":
        return _hearing(case, since, today, ends)
    if case.democratic_review == "ALWAYS" and (case.reviewed_on or accepted) < since:
        return NextStep("meeting", since, ends, opens=since)
    return _reviewed(case, accepted, today, ends)


def _hearing(case: OpenCase, since: date, today: date, ends: date) -> NextStep:
    """社会救助法 第四十八条: while the family may speak it is its turn; then what it said is written down."""
    if case.told_on is None or case.heard_on:
        return NextStep("decide", case.heard_on or since, ends, opens=case.heard_on or since)
    until = counted(case.told_on, procedure_of(case.division, case.told_on).clock("hearing"))
    if today <= until:
        return NextStep("hear", case.told_on, until, FAMILY, case.told_on)
    return NextStep("hear", until, ends, opens=until + ONE_DAY)


def _reviewed(case: OpenCase, accepted: date, today: date, ends: date) -> NextStep:
    """The township's opinion on what is known by now: one that grants is posted, one that refuses is reported."""
    since = max(day for day in (accepted, case.surveyed_on, case.reviewed_on, case.settled_on) if day)
    if case.opinion_on is None or case.opinion_on < since:
        return NextStep("opinion", since, ends, opens=since)
    key = "report" if case.view == "refuse" else "notice"
    return NextStep(key, case.opinion_on, ends, opens=case.opinion_on)


def _noticing(case: OpenCase, accepted: date, today: date, ends: date) -> NextStep:
    """57号 第十九条: the notice runs its days; an objection and the review it led to come first; then the report."""
    posted, last = case.posted_on or accepted, case.notice_ends or accepted
    if case.answer_by:
        return NextStep("objection", posted, min(ends, case.answer_by), opens=posted)
    if case.review_since and (case.reviewed_on or accepted) < case.review_since:
        return NextStep("meeting", case.review_since, ends, opens=case.review_since)
    if today <= last:
        return NextStep("noticing", posted, last, NOTICE, posted)
    key = "decide" if case.confirming_authority == "township" else "report"
    return NextStep(key, last, ends, opens=last + ONE_DAY)


def _reported(case: OpenCase, accepted: date, today: date, ends: date) -> NextStep:
    """57号 第二十条: from its receipt on the county has ten working days, within the limit of the whole."""
    since = case.reported_on or accepted
    return NextStep("decide", since, min(ends, case.due("county_opinion", since, today)), opens=since)


_STEPS = {"accepted": _verifying, "reviewed": _reviewed, "noticed": _noticing, "reported": _reported}
