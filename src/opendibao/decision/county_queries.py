"""查报县案件: cases that wait for the confirmation, with all that speaks for a closer look at them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opendibao.audit.sql_rows import read
from opendibao.intake.states import IS_OPEN, CaseState
from opendibao.rules.deadlines import Paused

# The last survey of a case with its last correction, the last opinion, notice and vote count.
REPORTED = """
SELECT c.id, c.number, c.household_id, h.number, c.division, c.area, c.accepted_on,
  c.gates->>'confirming_authority' = 'township',
  coalesce((c.gates->'clocks'->>'county_opinion')::int, 0),
  coalesce((c.gates->'clocks'->>(CASE WHEN c.extended_on IS NULL THEN 'decide' ELSE 'decide_extended' END))::int, 0),
  coalesce((c.gates->>'county_sample_percent')::int, 0),
  o.view, o.persons, o.proposed_fen, o.handler, coalesce(o.reported_on, n.ends_on + 1),
  s.facts::text, c.declared::text,
  ARRAY(SELECT DISTINCT unnest(ARRAY[c.accepted_by, v.first_surveyor, v.second_surveyor, v.entered_by, o.handler])
    FROM verification_survey v WHERE v.case_id = c.id),
  m.answers, m.unanswered, m.waiting, m.against,
  coalesce(b.votes_for, 0), coalesce(b.votes_against, 0), coalesce(b.is_contested, false),
  (SELECT count(*)::int FROM decision_objection x WHERE x.case_id = c.id),
  (SELECT count(*)::int FROM intake_officialrelative r WHERE r.case_id = c.id),
  (SELECT count(*)::int FROM outreach_hotlineticket t WHERE {named}),
  (SELECT count(*)::int FROM decision_countyvisit w WHERE w.case_id = c.id),
  (SELECT count(*)::int FROM decision_countyvisit w WHERE w.case_id = c.id AND NOT w.agrees),
  (SELECT json_agg(json_build_array(p.paused_on, p.resumed_on))::text FROM intake_clockpause p WHERE p.case_id = c.id)
FROM intake_case c JOIN registry_household h ON h.id = c.household_id
JOIN LATERAL (SELECT coalesce(k.after, v.found) AS facts,
    jsonb_path_query_first(v.found, '$.members[*] ? (@.relation == "head").name') #>> '{}' AS head
  FROM verification_survey v LEFT JOIN verification_surveycorrection k ON k.survey_id = v.id
  WHERE v.case_id = c.id ORDER BY v.sequence DESC, k.sequence DESC NULLS LAST LIMIT 1) s ON true
JOIN LATERAL (SELECT view, persons, proposed_fen, handler, reported_on FROM decision_firstopinion
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) o ON true
LEFT JOIN LATERAL (SELECT ends_on FROM decision_publicnotice
  WHERE case_id = c.id ORDER BY sequence DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (SELECT v.votes_for, v.votes_against, v.is_contested FROM decision_reviewvote v
  JOIN decision_reviewmeeting g ON g.id = v.meeting_id
  WHERE v.case_id = c.id ORDER BY g.held_on DESC, v.id DESC LIMIT 1) b ON true
CROSS JOIN LATERAL (SELECT (count(*) FILTER (WHERE province = ''))::int AS answers,
    (count(*) FILTER (WHERE outcome = 'not_checked' AND province = ''))::int AS unanswered,
    (count(*) FILTER (WHERE outcome = 'hit' AND disposition IN ('', 'recheck')))::int AS waiting,
    (count(*) FILTER (WHERE outcome = 'hit' AND disposition IN ('accept_record', 'propose_end')))::int AS against
  FROM verification_matchresult WHERE case_id = c.id) m
WHERE c.kind = 'application' AND {open} AND {which}
ORDER BY coalesce(o.reported_on, n.ends_on + 1), c.id
"""
# a complaint or report from the village since the acceptance, whose words name the household
NAMED = """t.division = c.division AND t.kind IN ('complaint', 'report') AND t.received_on >= c.accepted_on
    AND (position(h.number IN t.summary) > 0 OR position(c.number IN t.summary) > 0
      OR position(coalesce(s.head, c.number) IN t.summary) > 0)"""
UNVISITED = f"""
SELECT c.id FROM intake_case c JOIN registry_household h ON h.id = c.household_id
JOIN LATERAL (SELECT jsonb_path_query_first(v.found, '$.members[*] ? (@.relation == "head").name') #>> '{{}}' AS head
  FROM verification_survey v WHERE v.case_id = c.id ORDER BY v.sequence DESC LIMIT 1) s ON true
WHERE c.id = ANY(%(ids)s) AND EXISTS (SELECT FROM outreach_hotlineticket t WHERE t.received_on <= %(on)s AND {NAMED})
  AND NOT EXISTS (SELECT FROM decision_countyvisit w WHERE w.case_id = c.id AND w.visited_on <= %(on)s)
"""
WAITS = """(c.state = 'reported' OR (c.state = 'noticed' AND c.gates->>'confirming_authority' = 'township'
  AND n.ends_on < %(today)s::date
  AND NOT EXISTS (SELECT FROM decision_objection x WHERE x.case_id = c.id AND x.settled_on IS NULL)))"""
REVIEWS = f"""
SELECT c.id, c.number, c.household_id, h.number, c.division, c.applied_on, s.surveyed_on
FROM intake_case c JOIN registry_household h ON h.id = c.household_id
JOIN LATERAL (SELECT max(v.surveyed_on) AS surveyed_on FROM verification_survey v WHERE v.case_id = c.id) s ON true
WHERE c.kind = 'review' AND {IS_OPEN} AND c.state IN ('verified', 'reported') ORDER BY s.surveyed_on, c.id
"""


@dataclass(frozen=True)
class Reported:
    """A case that waits for the confirmation; money is fen a month, `facts` and `declared` JSON texts.

    `hands` are all who had a part in it; `complaints` are tickets of the village that name the household.
    """

    id: int
    number: str
    household_id: int
    household: str
    division: str
    area: str
    accepted_on: date
    is_townships: bool
    opinion_days: int
    decide_days: int
    sample_percent: int
    view: str
    persons: int
    proposed_fen: int
    handler: str
    reported_on: date
    facts: str
    declared: str
    hands: list[str]
    answers: int
    unanswered: int
    open_hits: int
    hits_against: int
    votes_for: int
    votes_against: int
    is_contested: bool
    objections: int
    relatives: int
    complaints: int
    visits: int
    visits_differing: int
    pauses: str | None

    def paused(self, today: date) -> list[Paused]:
        """The days that do not count in its clock; an open pause has lasted until today."""
        return [
            Paused(date.fromisoformat(first), date.fromisoformat(until) if until else today + timedelta(days=1))
            for first, until in json.loads(self.pauses or "[]")
        ]

    def is_of(self, officer: str) -> bool:
        """Whether an officer had a part in it and so may not approve it."""
        return officer in self.hands


@dataclass(frozen=True)
class ReviewWaiting:
    """A re-verification that was surveyed and waits for its decision."""

    id: int
    number: str
    household_id: int
    household: str
    division: str
    begun_on: date
    surveyed_on: date


def reported_cases(today: date) -> list[Reported]:
    """Applications that wait for the confirmation on a day, the longest waiting first."""
    return read(Reported, _sql(WAITS), {"today": today})


def reported_among(case_ids: list[int]) -> list[Reported]:
    """Those of these applications that are not decided, whatever their state, in the order they wait."""
    is_open = [CaseState.REPORTED, CaseState.NOTICED, CaseState.REVIEWED, CaseState.VERIFIED]
    asked: dict[str, Any] = {"ids": case_ids, "open": [state.value for state in is_open]}
    return read(Reported, _sql("c.id = ANY(%(ids)s) AND c.state = ANY(%(open)s)"), asked)


def _sql(which: str) -> str:
    """The query for these cases; with the words of the index of open cases, so that the ended are never read."""
    return REPORTED.replace("{which}", which).replace("{open}", IS_OPEN).replace("{named}", NAMED)


def complained_of(case_ids: Sequence[int], on: date) -> set[int]:
    """Cases that somebody complained of and that the county has not visited by a day (57号 第二十条)."""
    return set(read(int, UNVISITED, {"ids": list(case_ids), "on": on}))


def reviews_waiting() -> list[ReviewWaiting]:
    """Re-verifications that wait for their decision, the longest waiting first."""
    return read(ReviewWaiting, REVIEWS, {})
