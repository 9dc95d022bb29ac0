"""未办结案件: cases that are not ended, what each has so far, and how its clock stands by its own procedure."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from opendibao.audit.sql_rows import read
from opendibao.intake.states import IS_OPEN
from opendibao.policy.procedures import CLOCKS, procedure_of
from opendibao.policy.reader import RuleGap
from opendibao.rules.deadlines import Paused, counted, used

CASES = """
SELECT c.id, c.number, c.kind, c.state, c.household_id, c.division, c.applied_on, c.accepted_on, c.extended_on,
  coalesce(g.democratic_review, ''), coalesce(g.confirming_authority, ''), coalesce(g.clocks::text, '{{}}'),
  p.since, p.until, coalesce(g.pauses->>p.ground, p.ground, ''),
  s.surveyed_on, s.n, v.held_on, coalesce(o.view, ''), o.given_on, o.reported_on, n.posted_on, n.ends_on,
  b.answer_by, b.settled_on, b.review_since, h.told_on, h.heard_on,
  EXISTS (SELECT FROM intake_consent s WHERE s.case_id = c.id),
  EXISTS (SELECT FROM verification_matchresult m WHERE m.case_id = c.id AND m.answered_on IS NOT NULL
    AND m.province = ''),
  (SELECT count(*)::int FROM verification_matchresult m
   WHERE m.case_id = c.id AND m.outcome = 'hit' AND m.disposition IN ('', 'recheck'))
FROM intake_case c
LEFT JOIN LATERAL (SELECT * FROM jsonb_to_record(c.gates)
  AS g(democratic_review text, confirming_authority text, clocks jsonb, pauses jsonb) OFFSET 0) g ON true
LEFT JOIN LATERAL (SELECT coalesce(array_agg(paused_on ORDER BY paused_on), '{{}}') AS since,
  coalesce(array_agg(resumed_on ORDER BY paused_on), '{{}}') AS until,
  max(ground) FILTER (WHERE resumed_on IS NULL) AS ground FROM intake_clockpause WHERE case_id = c.id) p ON true
LEFT JOIN LATERAL (SELECT max(surveyed_on) AS surveyed_on, count(*)::int AS n
  FROM verification_survey WHERE case_id = c.id) s ON true
LEFT JOIN LATERAL (SELECT max(m.held_on) AS held_on FROM decision_reviewvote v
  JOIN decision_reviewmeeting m ON m.id = v.meeting_id WHERE v.case_id = c.id) v ON true
LEFT JOIN LATERAL (SELECT view, given_on, reported_on FROM decision_firstopinion
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) o ON true
LEFT JOIN LATERAL (SELECT posted_on, ends_on FROM decision_publicnotice
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT min(due_on) FILTER (WHERE settled_on IS NULL) AS answer_by, max(settled_on) AS settled_on,
  max(settled_on) FILTER (WHERE outcome = 'review') AS review_since
  FROM decision_objection WHERE case_id = c.id) b ON true
LEFT JOIN decision_hearing h ON h.case_id = c.id
WHERE {only}
ORDER BY c.applied_on, c.id
"""
OPEN, ONE = IS_OPEN, f"c.id = %(case)s AND {IS_OPEN}"


@dataclass(frozen=True)
class OpenCase:
    """A case that is not ended, and what it has so far; days that have not come are None.

    `pause_since` and `pause_until` are the pauses of its clock in turn, the last `until` None while it stands still
    for the reason `paused_for`; an objection that waits is answered by `answer_by`, the last one was on `settled_on`,
    the last one that asked for a new review on `review_since`.
    """

    id: int
    number: str
    kind: str
    state: str
    household_id: int
    division: str
    applied_on: date
    accepted_on: date | None
    extended_on: date | None
    democratic_review: str
    confirming_authority: str
    clocks: str
    pause_since: list[date]
    pause_until: list[date | None]
    paused_for: str
    surveyed_on: date | None
    surveys: int
    reviewed_on: date | None
    view: str
    opinion_on: date | None
    reported_on: date | None
    posted_on: date | None
    notice_ends: date | None
    answer_by: date | None
    settled_on: date | None
    review_since: date | None
    told_on: date | None
    heard_on: date | None
    is_authorised: bool
    is_matched: bool
    open_hits: int

    def paused(self, today: date) -> list[Paused]:
        """The days on which its clock stood still; one that still stands does so up to today."""
        return [
            Paused(since, until or max(since, today + timedelta(days=1)))
            for since, until in zip(self.pause_since, self.pause_until, strict=True)
        ]

    def clock(self, name: str) -> int:
        """Days of a clock by the procedure the case was accepted under. Raises RuleGap where it has none."""
        kept = _clocks(self.clocks) or procedure_of(self.division, self.accepted_on or self.applied_on).clocks
        if name not in kept:
            raise RuleGap(f"clock.{name}", self.accepted_on or self.applied_on, CLOCKS[name])
        return kept[name]

    def due(self, name: str, start: date, today: date) -> date:
        """The last day of a clock that began on a day; while it stands still it moves on day by day."""
        return counted(start, self.clock(name), self.paused(today))


@dataclass(frozen=True)
class CaseClock:
    """How the clock of a case stands: working days used up of how many, by which day, extended or standing still."""

    used: int
    limit: int
    due: date
    extended_on: date | None
    paused_since: date | None
    paused_for: str

    @property
    def left(self) -> int:
        """Working days that are left; less than nothing when it is late."""
        return self.limit - self.used


@lru_cache(maxsize=64)
def _clocks(text: str) -> dict[str, int]:
    found: dict[str, int] = json.loads(text)
    return found


def open_cases() -> list[OpenCase]:
    """Cases that are not ended, the oldest application first."""
    return read(OpenCase, CASES.format(only=OPEN), {})


def open_case(case_id: int) -> OpenCase | None:
    """One case that is not ended; None where there is none or another township's."""
    return next(iter(read(OpenCase, CASES.format(only=ONE), {"case": case_id})), None)


def case_clock(case: OpenCase, today: date) -> CaseClock | None:
    """The clock of 57号 第二十二条 of a case on a day; None before it is accepted. Raises RuleGap."""
    if case.accepted_on is None:
        return None
    name = "decide_extended" if case.extended_on else "decide"
    stands = case.pause_since[-1] if case.pause_until and case.pause_until[-1] is None else None
    return CaseClock(
        used(case.accepted_on, today, case.paused(today)), case.clock(name), case.due(name, case.accepted_on, today),
        case.extended_on, stands, case.paused_for,
    )  # fmt: skip
