"""核对影响: what a department's answer would change of a family's money, by the rules, beside declared and surveyed."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.decision.clean import Ruled, ruled
from opendibao.intake.queries import declared
from opendibao.rulemaking.queries import policy_in_force
from opendibao.verification.queries import MatchRow, matches_of, survey_of

Facts = dict[str, Any]
NOBODY = Ruled("none", 0, 0, 0, 0, 0, "", ())


@dataclass(frozen=True)
class HitEffect:
    """A hit with what the rules give without and with it; None where its content or the facts cannot be computed.

    It is held against what the family declared; where that cannot be computed, against what was surveyed.
    """

    match: MatchRow
    said: str
    before: Ruled | None
    after: Ruled | None

    @property
    def difference_fen(self) -> int:
        """By how much the monthly money would change, fen; negative where it is less."""
        return self.after.monthly_fen - self.before.monthly_fen if self.before and self.after else 0


@dataclass(frozen=True)
class CaseHits:
    """The hits of a case, the largest effect first; what the rules give on declared and on surveyed facts."""

    hits: list[HitEffect]
    declared: Ruled | None
    surveyed: Ruled | None
    answers: int
    unanswered: int


def case_hits(case_id: int, on: date) -> CaseHits:
    """What departments said of a case and what it would change on a day."""
    told, survey, answers = declared(case_id), survey_of(case_id), matches_of(case_id)
    policy = policy_in_force()
    own = _ruled(told, on, policy)
    held = survey.found if own is None and survey else told
    before = own or _ruled(held, on, policy)
    hits = [_effect(row, held, before, on, policy) for row in answers if row.outcome == "hit"]
    return CaseHits(
        sorted(hits, key=lambda hit: (-abs(hit.difference_fen), hit.match.id)), own,
        _ruled(survey.found, on, policy) if survey else None, len(answers),
        sum(row.outcome == "not_checked" for row in answers),
    )  # fmt: skip


def _effect(row: MatchRow, held: Facts, before: Ruled | None, on: date, policy: str) -> HitEffect:
    detail = json.loads(row.detail)
    after = _with(detail, row.person, held)
    said = str(detail.get("found", "")) or "、".join(f"{key} {value}" for key, value in detail.items())
    day = _day_of(detail, on)
    return HitEffect(row, said, before, _ruled(after, day, policy) if after is not None else None)


def _day_of(detail: Mapping[str, Any], on: date) -> date:
    """A death changes the money as of its day; everything else as of today."""
    return date.fromisoformat(detail["died"]) if "died" in detail else on


def _with(detail: Mapping[str, Any], person: str, held: Facts) -> Facts | None:
    """The facts as this answer has them: what is owned, an income, a death; None where it says nothing computable."""
    facts = deepcopy(held)
    members = facts.get("members", [])
    if "died" in detail:
        facts["members"] = _without(members, person)
    elif "property" in detail:
        facts["property"] = {**facts.get("property", {}), **detail["property"]}
    elif "income" in detail:
        for member in members:
            if member.get("name") == person:
                member["income"] = [*member.get("income", []), *detail["income"]]
    else:
        return None
    return facts


def _without(members: list[Facts], person: str) -> list[Facts]:
    """The family without one of them; where it was the head, the next one stands in his place."""
    left = [member for member in members if member.get("name") != person]
    if left and not any(member.get("relation") == "head" for member in left):
        left[0] = {**left[0], "relation": "head"}
    return left


def _ruled(facts: Facts, on: date, policy: str) -> Ruled | None:
    if facts.get("members") == []:  # nobody is left to be paid for
        return NOBODY
    return ruled(json.dumps(facts, ensure_ascii=False, sort_keys=True), on, policy)
