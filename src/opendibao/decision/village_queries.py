"""查村里的事: review meetings with seats and ballots, which cases stand ready for one, what is read out there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import first_row, read
from opendibao.decision.assessing import answer_on
from opendibao.decision.minutes import result_of
from opendibao.decision.notice_queries import (
    NoObjection,
    NoticeLine,
    NoticeSheet,
    ObjectionRow,
    PostedNotice,
    no_objection,
    notice_sheet,
    notices_of,
    objections_of,
    sheet_of,
)
from opendibao.decision.public_names import PublicName, public_names
from opendibao.decision.publication_queries import Published, published
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.queries import procedure_of_case
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.answer import Answer
from opendibao.verification.queries import survey_of

__all__ = [
    "BallotRow",
    "MeetingFile",
    "MeetingRow",
    "NoObjection",
    "NoticeLine",
    "NoticeSheet",
    "ObjectionRow",
    "PostedNotice",
    "Published",
    "ReadOut",
    "ReadyCase",
    "SeatRow",
    "kin_of",
    "meeting",
    "meetings",
    "meetings_count",
    "meetings_of",
    "no_objection",
    "notice_sheet",
    "notices_of",
    "objections_of",
    "published",
    "read_outs",
    "ready_cases",
    "seats_before",
    "sheet_of",
    "waiting_by_village",
]

MEETINGS = """
SELECT m.id, m.division, m.held_on, m.place, m.chair, m.recorder, m.villagers, m.party_members, m.cadres, m.township,
  m.entitled, m.minutes, (SELECT count(*)::int FROM decision_reviewvote v WHERE v.meeting_id = m.id)
FROM decision_reviewmeeting m
"""
SEATS = "SELECT name, part, is_signed FROM decision_meetingmember WHERE meeting_id = %(meeting)s ORDER BY id"
BALLOTS = """
SELECT v.id, v.meeting_id, v.case_id, c.number, c.household_id, c.state, v.recused, v.facts_read, v.issued, v.votes_for,
  v.votes_against, v.spoiled, v.not_returned, v.opinions, v.is_contested
FROM decision_reviewvote v JOIN intake_case c ON c.id = v.case_id
"""
# what a case that might be voted on has so far; its own procedure says whether it must be
READY = """
SELECT c.id, c.number, c.household_id, c.division, c.accepted_on,
  (SELECT max(s.surveyed_on) FROM verification_survey s WHERE s.case_id = c.id),
  EXISTS (SELECT FROM decision_reviewvote v WHERE v.case_id = c.id AND NOT v.is_contested),
  (SELECT max(o.settled_on) FROM decision_objection o WHERE o.case_id = c.id AND o.outcome = 'review' AND NOT EXISTS (
    SELECT FROM decision_reviewvote v JOIN decision_reviewmeeting m ON m.id = v.meeting_id
    WHERE v.case_id = o.case_id AND NOT v.is_contested AND m.held_on >= o.settled_on)),
  coalesce(c.gates->>'democratic_review', '')
FROM intake_case c
WHERE c.kind = 'application' AND c.state IN ('verified', 'noticed') AND starts_with(c.division, %(reach)s)
ORDER BY c.division, c.accepted_on, c.id
"""
# the names of a village's last meetings, so that nobody types them twice
LATELY = """
SELECT DISTINCT ON (s.part, s.name) s.name, s.part, s.is_signed FROM decision_meetingmember s
WHERE s.meeting_id = (SELECT max(m.meeting_id) FROM decision_meetingmember m WHERE m.division = %(division)s)
ORDER BY s.part, s.name, s.id
"""
LAST_HELD = """
SELECT id FROM decision_reviewmeeting WHERE division = %(division)s ORDER BY held_on DESC, id DESC LIMIT 1
"""
KIN = """
SELECT case_id, official || '（' || post || '，' || member || '的' || relation || '）' FROM intake_officialrelative
WHERE case_id = ANY(%(ids)s) ORDER BY id
"""
FAMILIES = """
SELECT m.household_id, p.name FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
WHERE m.household_id = ANY(%(ids)s) AND m.valid @> %(day)s::date AND upper_inf(m.recorded)
ORDER BY m.household_id, m.relation <> 'head', p.id
"""
READ_OUT = ("income_below_line", "income_not_below_line", "income_over_edge")
"""Reasons that are read out in a meeting, besides property over a limit: no illness, no disability, no minor's name."""


@dataclass(frozen=True)
class MeetingRow:
    """A review meeting: who was there by class, `entitled` None where no number was asked, how many cases."""

    id: int
    division: str
    held_on: date
    place: str
    chair: str
    recorder: str
    villagers: int
    party_members: int
    cadres: int
    township: int
    entitled: int | None
    minutes: str
    cases: int

    @property
    def present(self) -> int:
        """How many sat there."""
        return self.villagers + self.party_members + self.cadres + self.township


@dataclass(frozen=True)
class SeatRow:
    """Somebody in a meeting; `part` is a key of seats.PARTS."""

    name: str
    part: str
    is_signed: bool


@dataclass(frozen=True)
class BallotRow:
    """The ballots on one case; `state` is where the case stands now."""

    id: int
    meeting_id: int
    case_id: int
    number: str
    household_id: int
    state: str
    recused: list[str]
    facts_read: bool
    issued: int
    votes_for: int
    votes_against: int
    spoiled: int
    not_returned: int
    opinions: str
    is_contested: bool

    @property
    def result(self) -> str:
        """What the ballots say: a key of minutes.RESULTS."""
        return result_of(self.issued, self.votes_for, self.votes_against)


@dataclass(frozen=True)
class MeetingFile:
    """A meeting with all that is kept of it."""

    row: MeetingRow
    seats: list[SeatRow]
    ballots: list[BallotRow]


@dataclass(frozen=True)
class ReadyCase:
    """A case that is to be voted on; `asked_by` is "procedure" or "objection"."""

    id: int
    number: str
    household_id: int
    division: str
    accepted_on: date
    surveyed_on: date | None
    asked_by: str


@dataclass(frozen=True)
class ReadOut:
    """What is read out of a case: who, how many, what was found in plain sentences, and what the rules answer.

    `fault` says why the facts cannot be read; then the outcome is "".
    """

    name: str
    group: str
    persons: int
    sentences: list[str]
    outcome: str
    amount_fen: int
    fault: str = ""


@dataclass(frozen=True)
class _Candidate:
    id: int
    number: str
    household_id: int
    division: str
    accepted_on: date
    surveyed_on: date | None
    is_voted: bool
    asked_on: date | None
    review: str

    @property
    def is_due(self) -> bool:
        """Whether it must be voted on: an objection asks for it, or its procedure does of every case."""
        if self.asked_on:
            return True
        review = self.review or procedure_of_case(self.id).democratic_review
        return not self.is_voted and review == "ALWAYS"


@dataclass(frozen=True)
class _Kin:
    case_id: int
    said: str


@dataclass(frozen=True)
class _Member:
    household_id: int
    name: str


def meetings(*, limit: int | None = 50, offset: int = 0) -> list[MeetingRow]:
    """Review meetings, the latest first."""
    sql = f"{MEETINGS} ORDER BY m.held_on DESC, m.id DESC LIMIT %(limit)s OFFSET %(offset)s"
    return read(MeetingRow, sql, {"limit": limit, "offset": offset})


def meetings_count() -> int:
    """How many meetings there were."""
    row = first_row("SELECT count(*)::int FROM decision_reviewmeeting", {})
    return int(str(row[0])) if row else 0


def meeting(meeting_id: int) -> MeetingFile | None:
    """One meeting; None where there is none or another township's."""
    asked = {"meeting": meeting_id}
    rows = read(MeetingRow, f"{MEETINGS} WHERE m.id = %(meeting)s", asked)
    if not rows:
        return None
    ballots = read(BallotRow, f"{BALLOTS} WHERE v.meeting_id = %(meeting)s ORDER BY c.number", asked)
    return MeetingFile(rows[0], read(SeatRow, SEATS, asked), ballots)


def meetings_of(case_id: int) -> list[tuple[MeetingRow, BallotRow]]:
    """Each meeting that voted on a case, with the ballots on it, the earliest first."""
    ballots = read(BallotRow, f"{BALLOTS} WHERE v.case_id = %(case)s", {"case": case_id})
    by_meeting = {ballot.meeting_id: ballot for ballot in ballots}
    sql = f"{MEETINGS} WHERE m.id = ANY(%(ids)s) ORDER BY m.held_on, m.id"
    return [(row, by_meeting[row.id]) for row in read(MeetingRow, sql, {"ids": list(by_meeting)})]


def ready_cases(division: str = "") -> list[ReadyCase]:
    """Cases of a village ("" = of all that are seen) that are to be voted on, by village, the oldest first."""
    found = read(_Candidate, READY, {"reach": division})
    return [
        ReadyCase(
            row.id, row.number, row.household_id, row.division, row.accepted_on, row.surveyed_on,
            "objection" if row.asked_on else "procedure",
        )
        for row in found
        if row.is_due
    ]  # fmt: skip


def waiting_by_village(cases: Sequence[ReadyCase]) -> dict[str, list[ReadyCase]]:
    """The cases by village, in their order."""
    found: dict[str, list[ReadyCase]] = {}
    for row in cases:
        found.setdefault(row.division, []).append(row)
    return found


def seats_before(division: str) -> tuple[MeetingRow | None, list[SeatRow]]:
    """The village's last meeting, and who sat in the last one whose names were kept."""
    last = first_row(LAST_HELD, {"division": division})
    row = read(MeetingRow, f"{MEETINGS} WHERE m.id = %(meeting)s", {"meeting": last[0]})[0] if last else None
    return row, read(SeatRow, LATELY, {"division": division})


def kin_of(households: Mapping[int, int], on: date) -> dict[int, list[str]]:
    """Who must leave when a case is voted on, if he sits there: officials who are near relatives, and the family.

    `households` are the cases' households by case id, and so is the answer.
    """
    found: dict[int, list[str]] = {case: [] for case in households}
    for row in read(_Kin, KIN, {"ids": list(households)}):
        found[row.case_id].append(row.said)
    families: dict[int, list[str]] = {}
    for member in read(_Member, FAMILIES, {"ids": list(households.values()), "day": on}):
        families.setdefault(member.household_id, []).append(f"{member.name}（本户）")
    for case, household in households.items():
        found[case] += families.get(household, [])
    return found


def read_outs(households: Mapping[int, int], on: date) -> dict[int, ReadOut]:
    """The text that is read out of each case, by case id as `households` are; a case without a survey is absent."""
    names = public_names(list(households.values()), on)
    surveys = {case: survey for case in households if (survey := survey_of(case))}
    policy = policy_in_force()
    return {
        case: _read_out(names.get(households[case], PublicName("", "")), survey.found, on, policy)
        for case, survey in surveys.items()
    }


def _read_out(who: PublicName, facts: Mapping[str, Any], on: date, policy: str) -> ReadOut:
    """Facts that the rules cannot read are said, not hidden."""
    try:
        answer = answer_on(facts, on, policy=policy)
    except DecisionRefused as refusal:
        return ReadOut(who.name, who.group, 0, [], "", 0, str(refusal))
    return ReadOut(who.name, who.group, answer.members, _sentences(answer), answer.outcome, answer.monthly_benefit_fen)


def _sentences(answer: Answer) -> list[str]:
    told = [reason for reason in answer.reasons if reason.code in READ_OUT or "_over" in reason.code]
    return [f"{reason.zh}（{reason.clause}）" if reason.clause else reason.zh for reason in told]
