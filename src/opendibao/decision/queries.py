"""查决定: what was decided for whom and in force on a day, why, what rosters came in."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from opendibao.audit.sql_rows import first_row, read, read_whole
from opendibao.decision.assessing import answer_again, case_of
from opendibao.decision.models import GRANTING, Decision, Objection, PublicNotice, ReviewVote, RosterFile, RosterReject
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess_many
from opendibao.rules.vocabulary import RULE_GAP

PAID = """
SELECT id, coalesce(reckoned_on, decided_on), md5(facts::text), '' FROM decision_decision
WHERE months && daterange(%(paid_from)s::date, %(paid_to)s::date, '[]') AND NOT facts ? 'lacks'
  AND facts ? 'members' ORDER BY id
"""
FACTS = (
    "SELECT id, coalesce(reckoned_on, decided_on), md5(facts::text), facts::text FROM decision_decision"
    " WHERE id = ANY(%(ids)s) ORDER BY id"
)
UNARCHIVED = """
SELECT rule_set, count(*)::int FROM decision_decision d
WHERE rule_set <> '' AND NOT EXISTS (SELECT FROM rulemaking_ruleset r WHERE r.hash = d.rule_set) GROUP BY 1 ORDER BY 1
"""
# an uprating ends a decision and goes on with its facts
FACTS_FROM = """
WITH RECURSIVE chain AS (
  SELECT id, case_id, uprating_id FROM decision_decision WHERE id = %(decision)s
  UNION ALL
  SELECT f.id, f.case_id, f.uprating_id FROM decision_decision f JOIN chain ON f.ended_by_id = chain.id
  WHERE chain.uprating_id IS NOT NULL)
SELECT case_id FROM chain WHERE uprating_id IS NULL
"""
IN_FORCE = "SELECT household_id FROM decision_decision WHERE in_force @> %(day)s::date"
CLASSES = """
SELECT h.id, s.division, s.review_class FROM decision_rosterfile f JOIN decision_stagedhousehold s ON s.file_id = f.id
JOIN registry_household h ON h.number = s.number WHERE f.act_id IS NOT NULL ORDER BY h.id
"""


@dataclass(frozen=True)
class DecisionRow:
    """A decision; money is fen, `letter` the text the family got ("" for the old decisions of the opening).

    One with a day in `voided_on` was taken back before its letter was received and was never in force.
    """

    pk: int
    number: str
    household_id: int
    case_id: int | None
    division: str
    area: str
    kind: str
    kind_zh: str
    cause: str
    cause_zh: str
    outcome: str
    decided_on: date
    maker: str
    approver: str
    persons: int
    amount_fen: int
    supplement_fen: int
    gap_fen: int
    first_month: date | None
    last_month: date | None
    ended_on: date | None
    rule_set: str
    facts: dict[str, Any]
    letter: str
    voided_on: date | None = None
    reckoned_on: date | None = None

    @property
    def counts_on(self) -> date:
        """The day whose numbers and ages it was computed by: its own, or that of its uprating."""
        return self.reckoned_on or self.decided_on


@dataclass(frozen=True)
class VoteRow:
    """The ballots of a village's review meeting on a case."""

    held_on: date
    chair: str
    recorder: str
    issued: int
    votes_for: int
    votes_against: int
    spoiled: int
    not_returned: int


@dataclass(frozen=True)
class NoticeRow:
    """The public notice of a case: head of the household, how many persons, what is proposed, from when to when."""

    posted_on: date
    ends_on: date
    persons: int
    proposed_fen: int
    has_objection: bool
    settled_on: date | None


@dataclass(frozen=True)
class RejectRow:
    """A refused cell of a roster: where, what stands there, why, and what the sender must do."""

    sheet: str
    row: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True)
class RosterRow:
    """A roster that came in."""

    pk: int
    name: str
    division: str
    sha256: str
    households_read: int
    accepted: int
    rejected: int
    signed_on: date | None


@dataclass(frozen=True)
class ReviewClassRow:
    """A household of the opening and how often it is reviewed."""

    household_id: int
    division: str
    review_class: str


@dataclass(frozen=True)
class UnarchivedRow:
    """A rule set that decisions bear and nobody kept: they can be computed again by today's rules only."""

    rule_set: str
    decisions: int


_recomputed: dict[tuple[str, date, str], int | None] = {}


@dataclass(frozen=True)
class _PaidDecision:
    pk: int
    counts_on: date
    digest: str
    facts: str

    def key(self, policy: str) -> tuple[str, date, str]:
        """What the rules' answer depends on: the facts, the day, the county's policy."""
        return self.digest, self.counts_on, policy


def _row(decision: Decision) -> DecisionRow:
    letter = getattr(decision, "letter", None)
    return DecisionRow(
        decision.pk, decision.number, decision.household_id, decision.case_id, decision.division, decision.area,
        decision.kind, decision.get_kind_display(), decision.cause, decision.get_cause_display(), decision.outcome,
        decision.decided_on, decision.maker, decision.approver, decision.persons, decision.amount_fen,
        decision.supplement_fen, decision.gap_fen, decision.first_month, decision.last_month, decision.ended_on,
        decision.rule_set, decision.facts, letter.text if letter else "", decision.voided_on, decision.reckoned_on,
    )  # fmt: skip


def in_force(household_id: int, day: date) -> QuerySet[Decision]:
    """The decision of a household in force on a day, for those who change it; at most one."""
    return Decision.objects.filter(household=household_id, kind__in=GRANTING, in_force__contains=day)


def decision_in_force(household_id: int, day: date) -> DecisionRow | None:
    """The decision in force on a day: taken on or before it and not ended by it; None when there is none."""
    found = in_force(household_id, day).select_related("letter").first()
    return _row(found) if found else None


def households_in_force_ids(day: date) -> set[int]:
    """Households that are covered on a day."""
    return set(read(int, IN_FORCE, {"day": day}))


def decisions_of(household_id: int) -> list[DecisionRow]:
    """All decisions of a household, the latest first."""
    found = Decision.objects.filter(household=household_id).select_related("letter")
    return [_row(decision) for decision in found.order_by("-decided_on", "-id")]


def decision(decision_id: int) -> DecisionRow | None:
    """One decision; None where there is none or another township's."""
    found = Decision.objects.filter(pk=decision_id).select_related("letter").first()
    return _row(found) if found else None


def explain(decision_id: int) -> Answer | None:
    """A decision computed again by the law of its day as it was kept; None where its facts are not known.

    Raises DecisionRefused where that cannot be done any more.
    """
    found = Decision.objects.filter(pk=decision_id).values("facts", "decided_on", "reckoned_on", "rule_set").first()
    if found is None or "lacks" in found["facts"] or not found["facts"].get("members"):
        return None
    return answer_again(found["facts"], found["reckoned_on"] or found["decided_on"], found["rule_set"])


def case_of_facts(decision_id: int) -> int | None:
    """The case whose survey found the facts of a decision; None for those of the opening's roster."""
    row = first_row(FACTS_FROM, {"decision": decision_id})
    return int(str(row[0])) if row and row[0] is not None else None


def unarchived() -> list[UnarchivedRow]:
    """Rule sets that decisions bear and that are not archived; there should be none."""
    return read_whole(UnarchivedRow, UNARCHIVED, {})


def recomputed_amounts(*, paid_from: date, paid_to: date) -> dict[int, int]:
    """What the rules give for every decision that pays a month of a time, fen by decision id.

    A decision whose facts the roster lacks, or for which a rule is missing, is absent.
    """
    paid = read_whole(_PaidDecision, PAID, {"paid_from": paid_from, "paid_to": paid_to})
    policy = policy_in_force()
    if fresh := [each.pk for each in paid if each.key(policy) not in _recomputed]:
        _recompute(read(_PaidDecision, FACTS, {"ids": fresh}), policy)
    amounts = ((each.pk, _recomputed[each.key(policy)]) for each in paid)
    return {pk: fen for pk, fen in amounts if fen is not None}


def _recompute(decisions: list[_PaidDecision], policy: str) -> None:
    """Ask the rules once; the same facts on the same day under the same policy give the same answer for ever."""
    answers = assess_many([case_of(json.loads(each.facts), each.counts_on, policy) for each in decisions])
    for each, answer in zip(decisions, answers, strict=True):
        _recomputed[each.key(policy)] = None if answer.outcome == RULE_GAP else answer.monthly_benefit_fen


def votes_of(case_id: int) -> VoteRow | None:
    """How the village voted on a case; None before its meeting."""
    votes = ReviewVote.objects.filter(case=case_id).select_related("meeting")
    vote = votes.order_by("-meeting__held_on", "-id").first()
    if vote is None:
        return None
    held = vote.meeting
    ballots = (vote.issued, vote.votes_for, vote.votes_against, vote.spoiled, vote.not_returned)
    return VoteRow(held.held_on, held.chair, held.recorder, *ballots)


def notice_of(case_id: int) -> NoticeRow | None:
    """The last public notice of a case; None before it is posted."""
    found = PublicNotice.objects.filter(case=case_id).order_by("-sequence").first()
    if found is None:
        return None
    objections = Objection.objects.filter(case=case_id).values_list("settled_on", flat=True)
    settled = None if None in objections else max((day for day in objections if day), default=None)
    return NoticeRow(found.posted_on, found.ends_on, found.persons, found.proposed_fen, bool(objections), settled)


def roster_files() -> list[RosterRow]:
    """Rosters that came in, the latest first; `signed_on` once the opening act covers it."""
    return [
        RosterRow(
            f.pk, f.name, f.division, f.sha256, f.households_read, f.households_accepted, f.households_rejected,
            f.act.signed_on if f.act else None,
        )
        for f in RosterFile.objects.select_related("act").order_by("-received_at", "-id")
    ]  # fmt: skip


def rejects(file_id: int) -> list[RejectRow]:
    """The refused cells of a roster, in the order of its rows."""
    found = RosterReject.objects.filter(file=file_id).order_by("-sheet", "row", "id")
    return [RejectRow(r.sheet, r.row, r.field, r.value, r.reason) for r in found]


def review_classes() -> list[ReviewClassRow]:
    """How often the households of the opening are to be reviewed, as the roster says."""
    return read_whole(ReviewClassRow, CLASSES, {})
