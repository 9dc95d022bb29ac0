"""查初审和文书: opinions, the county's visits and letters of decisions as papers print them."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read

OPINIONS = """
SELECT sequence, view, persons, proposed_fen, reason, given_on, handler, leader, reported_on
FROM decision_firstopinion WHERE case_id = %(case)s ORDER BY sequence DESC LIMIT 1
"""
VISITS = """
SELECT ground, visited_on, first_visitor, second_visitor, agrees, words FROM decision_countyvisit
WHERE case_id = %(case)s ORDER BY visited_on, id
"""
LETTERS = """
SELECT l.id, d.id, d.number, d.kind, d.household_id, d.case_id, d.division, d.decided_on, l.sent_on, l.text, l.note,
  l.delivered_on, l.delivered_how, l.receiver
FROM decision_letter l JOIN decision_decision d ON d.id = l.decision_id
"""


@dataclass(frozen=True)
class OpinionRow:
    """The township's first opinion that counts."""

    sequence: int
    view: str
    persons: int
    proposed_fen: int
    reason: str
    given_on: date
    handler: str
    leader: str
    reported_on: date | None


@dataclass(frozen=True)
class VisitRow:
    """A visit of the county's own."""

    ground: str
    visited_on: date
    first_visitor: str
    second_visitor: str
    agrees: bool
    words: str


@dataclass(frozen=True)
class DecisionLetter:
    """The letter of a decision; `delivered_on` is None until somebody took it."""

    id: int
    decision_id: int
    number: str
    kind: str
    household_id: int
    case_id: int | None
    division: str
    decided_on: date
    sent_on: date
    text: str
    note: str
    delivered_on: date | None
    delivered_how: str
    receiver: str


def opinion_of(case_id: int) -> OpinionRow | None:
    """The first opinion that counts; None before it."""
    return next(iter(read(OpinionRow, OPINIONS, {"case": case_id})), None)


def visits_of(case_id: int) -> list[VisitRow]:
    """The county's own visits in a case."""
    return read(VisitRow, VISITS, {"case": case_id})


def letter_of(letter_id: int) -> DecisionLetter | None:
    """The letter of a decision; None where there is none or another township's."""
    return next(iter(read(DecisionLetter, f"{LETTERS} WHERE l.id = %(letter)s", {"letter": letter_id})), None)


def decision_letters_of(case_id: int) -> list[DecisionLetter]:
    """The letters of a case's decisions, the earliest first."""
    sql = f"{LETTERS} WHERE d.case_id = %(case)s AND d.voided_on IS NULL ORDER BY d.decided_on, l.id"
    return read(DecisionLetter, sql, {"case": case_id})
