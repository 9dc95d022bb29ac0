"""查核对任务: which cases wait to be matched and since when, rows in doubt, what is not checked, what was objected."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import read
from opendibao.verification.sealing import unseal_row

# a question is open until it is answered; a case waits from the first day of its open questions
WAITING = """
SELECT c.id, c.number, c.division, c.household_id, min(m.requested_on), min(m.begun_on), count(*)::int,
  count(*) FILTER (WHERE m.begun_on IS NULL)::int, count(*) FILTER (WHERE m.why = 'doubtful')::int,
  (c.gates->'clocks'->>'match_start')::int
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.outcome = 'not_checked' AND m.province = ''
  AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported')
GROUP BY c.id ORDER BY min(m.begun_on) IS NOT NULL, min(m.requested_on), c.id
"""
UNCHECKED = """
SELECT m.source, m.why, count(*)::int, count(DISTINCT m.case_id)::int, min(m.requested_on)
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.outcome = 'not_checked' AND m.province = ''
  AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported')
GROUP BY m.source, m.why ORDER BY count(*) DESC, m.source
"""
DOUBTFUL = """
SELECT l.id, m.case_id, c.number, c.household_id, l.person_id, p.name, p.id_number, p.sex, p.born, l.source, l.row_no,
  l.score, l.margin, l.evidence::text, l.linked_at::date, r.sealed
FROM verification_link l JOIN registry_person p ON p.id = l.person_id
JOIN verification_matchresult m ON m.person_id = l.person_id AND m.source = l.source AND m.why = 'doubtful'
  AND m.outcome = 'not_checked'
JOIN intake_case c ON c.id = m.case_id AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported')
LEFT JOIN verification_sourcerecord r ON r.id = l.record_id
WHERE l.state = 'waiting' AND (%(case)s = 0 OR c.id = %(case)s) AND (%(link)s = 0 OR l.id = %(link)s)
ORDER BY l.linked_at, l.id, c.id
"""
# what rests on a settlement keeps it: such a link is answered by the hit's own keys
SETTLED = """
SELECT DISTINCT l.id, p.name, l.source, l.row_no, l.state, l.settled_by, l.settled_on, l.note
FROM verification_link l JOIN registry_person p ON p.id = l.person_id
JOIN verification_matchresult m ON m.person_id = l.person_id AND m.source = l.source AND m.province = ''
WHERE m.case_id = %(case)s AND l.state IN ('same', 'not_same')
  AND NOT EXISTS (SELECT FROM verification_hitlink h WHERE h.link_id = l.id)
ORDER BY l.settled_on, l.id
"""
LINKS = """
SELECT h.match_id, l.id, l.row_no, l.tier, l.state, l.score, l.margin, l.evidence::text, l.row_key, l.settled_by, l.note
FROM verification_hitlink h JOIN verification_link l ON l.id = h.link_id
JOIN verification_matchresult m ON m.id = h.match_id WHERE m.case_id = %(case)s ORDER BY h.match_id, l.row_no
"""
EXPLANATIONS = """
SELECT e.id, e.match_id, e.said_by, e.said_on, e.words, e.heard_by, e.paper_id
FROM verification_matchexplanation e JOIN verification_matchresult m ON m.id = e.match_id
WHERE m.case_id = %(case)s ORDER BY e.said_on, e.id
"""
RECHECKS = """
SELECT r.id, r.match_id, m.source, p.name, r.objector, r.objected_on, r.ground, r.registered_by, r.due_on, r.outcome,
  r.settled_on, r.settled_by, r.findings, r.paper_id, r.letter_id
FROM verification_matchrecheck r JOIN verification_matchresult m ON m.id = r.match_id
JOIN registry_person p ON p.id = m.person_id WHERE m.case_id = %(case)s ORDER BY r.objected_on, r.id
"""
OPEN_RECHECKS = """
SELECT r.id, r.match_id, c.id, c.number, c.division, c.household_id, r.objected_on, r.due_on
FROM verification_matchrecheck r JOIN verification_matchresult m ON m.id = r.match_id
JOIN intake_case c ON c.id = m.case_id WHERE r.outcome = '' ORDER BY r.due_on, r.id
"""


# all that waits for somebody, in one question: the first page of the day asks it
TO_DO = """
SELECT 'begin', c.id, c.number, c.division, c.household_id, min(m.requested_on), NULL::date,
  (c.gates->'clocks'->>'match_start')::int, 0::bigint
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.outcome = 'not_checked' AND m.province = '' AND m.begun_on IS NULL
  AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported')
GROUP BY c.id
UNION ALL
SELECT 'doubt', c.id, c.number, c.division, c.household_id, min(m.begun_on), NULL, NULL, 0
FROM verification_matchresult m JOIN intake_case c ON c.id = m.case_id
WHERE m.outcome = 'not_checked' AND m.why = 'doubtful'
  AND c.state IN ('accepted', 'verified', 'reviewed', 'noticed', 'reported')
GROUP BY c.id
UNION ALL
SELECT 'recheck', c.id, c.number, c.division, c.household_id, r.objected_on, r.due_on, NULL, r.match_id
FROM verification_matchrecheck r JOIN verification_matchresult m ON m.id = r.match_id
JOIN intake_case c ON c.id = m.case_id WHERE r.outcome = ''
ORDER BY 1, 6, 2
"""


@dataclass(frozen=True)
class MatchTask:
    """A case that waits: to be begun with (within `days` working days), for a word on a doubtful row, a re-check."""

    kind: str
    case_id: int
    number: str
    division: str
    household_id: int
    since: date
    due_on: date | None
    days: int | None
    match_id: int


@dataclass(frozen=True)
class WaitingMatch:
    """A case with open questions; `begun_on` None: nobody has begun; `days`: within how many working days to begin."""

    case_id: int
    number: str
    division: str
    household_id: int
    requested_on: date
    begun_on: date | None
    questions: int
    fresh: int
    doubtful: int
    days: int | None


@dataclass(frozen=True)
class UncheckedRow:
    """How many questions to a source stay open for one reason."""

    source: str
    why: str
    questions: int
    cases: int
    since: date


@dataclass(frozen=True)
class Evidence:
    """A field that was compared: how it agreed and what that weighs, hundredths."""

    field: str
    level: str
    weight: int


@dataclass(frozen=True)
class DoubtfulLink:
    """A row that may be somebody's, and waits for a person to say so."""

    id: int
    case_id: int
    number: str
    household_id: int
    person_id: int
    person: str
    id_number: str
    sex: str
    born: date
    source: str
    row_no: int
    score: int
    margin: int | None
    evidence_text: str
    linked_on: date
    sealed: bytes | None = field(repr=False)

    @property
    def evidence(self) -> Sequence[Evidence]:
        """Field by field how the row agrees with the person."""
        return _evidence(self.evidence_text)

    @property
    def row(self) -> Mapping[str, Any] | None:
        """What the department wrote; None for whoever may not see raw rows, or where they were cleared."""
        return unseal_row(self.sealed) if self.sealed is not None and len(self.sealed) else None


@dataclass(frozen=True)
class SettledLink:
    """A row that somebody said to be a person's, or not; nothing rests on it yet, so it may be taken back."""

    id: int
    person: str
    source: str
    row_no: int
    state: str
    settled_by: str
    settled_on: date
    note: str


@dataclass(frozen=True)
class HitRow:
    """A row that a hit rests on and why it is held to be the person's."""

    match_id: int
    link_id: int
    row_no: int
    tier: str
    state: str
    score: int
    margin: int | None
    evidence_text: str
    row_key: str
    settled_by: str
    note: str

    @property
    def evidence(self) -> Sequence[Evidence]:
        """Field by field how the row agrees with the person."""
        return _evidence(self.evidence_text)


@dataclass(frozen=True)
class ExplanationRow:
    """What the family said of a hit."""

    id: int
    match_id: int
    said_by: str
    said_on: date
    words: str
    heard_by: str
    paper_id: int | None


@dataclass(frozen=True)
class RecheckRow:
    """An objection and what came of it; `outcome` "" while it is under way."""

    id: int
    match_id: int
    source: str
    person: str
    objector: str
    objected_on: date
    ground: str
    registered_by: str
    due_on: date
    outcome: str
    settled_on: date | None
    settled_by: str
    findings: str
    paper_id: int | None
    letter_id: int | None


@dataclass(frozen=True)
class OpenRecheck:
    """A re-check under way, of a case in this session's reach."""

    id: int
    match_id: int
    case_id: int
    number: str
    division: str
    household_id: int
    objected_on: date
    due_on: date


def waiting_matches() -> list[WaitingMatch]:
    """Cases with open questions, those that nobody has begun with first, the oldest first."""
    return read(WaitingMatch, WAITING, {})


def matching_to_do() -> list[MatchTask]:
    """What waits for somebody, kind by kind, the oldest first."""
    return read(MatchTask, TO_DO, {})


def unchecked() -> list[UncheckedRow]:
    """Open questions by source and reason."""
    return read(UncheckedRow, UNCHECKED, {})


def doubtful_links(case_id: int = 0, link_id: int = 0) -> list[DoubtfulLink]:
    """Rows that may be somebody's and wait for a person, of one case (0: of all), the oldest first.

    A link that two cases of a family wait for comes once for each.
    """
    return read(DoubtfulLink, DOUBTFUL, {"case": case_id, "link": link_id})


def settled_links(case_id: int) -> list[SettledLink]:
    """What was settled about the members of a case and may still be taken back, in order."""
    return read(SettledLink, SETTLED, {"case": case_id})


def hit_rows(case_id: int) -> dict[int, list[HitRow]]:
    """The rows that the hits of a case rest on, by answer."""
    found: dict[int, list[HitRow]] = {}
    for row in read(HitRow, LINKS, {"case": case_id}):
        found.setdefault(row.match_id, []).append(row)
    return found


def _evidence(text: str) -> list[Evidence]:
    return [Evidence(one["field"], one["level"], one["weight"]) for one in json.loads(text)]


def explanations_of(case_id: int) -> list[ExplanationRow]:
    """What the family of a case said of its hits, in order."""
    return read(ExplanationRow, EXPLANATIONS, {"case": case_id})


def rechecks_of(case_id: int) -> list[RecheckRow]:
    """The objections of a case, in order."""
    return read(RecheckRow, RECHECKS, {"case": case_id})


def open_rechecks() -> list[OpenRecheck]:
    """All re-checks under way, by the day they are due."""
    return read(OpenRecheck, OPEN_RECHECKS, {})
