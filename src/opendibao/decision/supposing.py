"""全县试算: what the county's decisions would pay in a month if a standard were otherwise; nothing is stored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from opendibao.audit.sql_rows import read_whole
from opendibao.decision.assessing import case_of
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.assess import assess_many
from opendibao.rules.case import Case, CaseError, parse_case
from opendibao.rules.whatif import read_overrides

MOST_READ = 16_384

FACTS = """
SELECT id, area, amount_fen, facts::text FROM decision_decision
WHERE in_force @> %(day)s::date AND amount_fen > 0 AND NOT facts ? 'lacks' AND facts ? 'members' ORDER BY id
"""
UNKNOWN = """
SELECT count(*)::int, COALESCE(sum(amount_fen), 0)::bigint FROM decision_decision
WHERE in_force @> %(day)s::date AND amount_fen > 0 AND (facts ? 'lacks' OR NOT facts ? 'members')
"""


@dataclass(frozen=True)
class Family:
    """A decision in force: its area, what it pays, and what the rules give on the day, fen a month."""

    pk: int
    area: str
    paid_fen: int
    due_fen: int
    outcome: str


@dataclass(frozen=True)
class Unknown:
    """Decisions whose facts are not known: how many, and what they pay, fen a month."""

    households: int
    fen: int


@dataclass(frozen=True)
class _Kept:
    pk: int
    area: str
    paid_fen: int
    facts: str


def families_on(day: date, overrides: Mapping[str, Any]) -> list[Family]:
    """Every decision in force whose facts are known, by the rules and numbers of the day with the assumed ones."""
    kept = read_whole(_Kept, FACTS, {"day": day})
    policy, assumed = policy_in_force(), read_overrides(overrides)
    answers = assess_many([replace(_case(one, day, policy), overrides=assumed) for one in kept])
    return [
        Family(one.pk, one.area, one.paid_fen, answer.monthly_benefit_fen, answer.outcome)
        for one, answer in zip(kept, answers, strict=True)
    ]


def _case(one: _Kept, day: date, policy: str) -> Case:
    try:
        return _read(one.facts, day, policy)
    except CaseError as fault:
        raise CaseError(f"[{one.pk}].{fault.key}", fault.reason) from None


@lru_cache(maxsize=MOST_READ)
def _read(facts: str, day: date, policy: str) -> Case:
    """Reading takes twice as long as deciding, and whoever supposes asks again of the same facts."""
    return parse_case(case_of(json.loads(facts), day, policy))


def unknown_on(day: date) -> Unknown:
    """The decisions in force that cannot be computed again."""
    rows: Sequence[Unknown] = read_whole(Unknown, UNKNOWN, {"day": day})
    return rows[0]
