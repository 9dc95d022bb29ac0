"""另一标准: what decisions would give a month had another standard been in force on their day."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.audit.sql_rows import read_whole
from opendibao.decision.assessing import case_of
from opendibao.kernel.money import yuan_text
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.assess import assess_many
from opendibao.rules.vocabulary import RULE_GAP

# facts that the roster lacks cannot be computed, under whatever standard
COMPUTABLE = """
SELECT id, coalesce(reckoned_on, decided_on), md5(facts::text), facts::text FROM decision_decision
WHERE id = ANY(%(ids)s) AND NOT facts ? 'lacks' AND facts ? 'members' ORDER BY id
"""
ALWAYS = "1949-10-01"  # a day before every decision, from which the assumed number holds

Standards = tuple[tuple[str, int], ...]
_kept: dict[tuple[str, date, str, Standards], int | None] = {}


@dataclass(frozen=True)
class _Decided:
    pk: int
    decided_on: date
    digest: str
    facts: str


def amounts_under(decision_ids: Collection[int], standards: Mapping[str, int]) -> dict[int, int]:
    """Monthly fen of decisions by id, had these standards (parameter path → fen) been in force on their day.

    Everything else is as it was. A decision whose facts are not known, or for which a rule is missing, is absent.
    """
    if not decision_ids:
        return {}
    assumed, policy = tuple(sorted(standards.items())), policy_in_force()
    decided = read_whole(_Decided, COMPUTABLE, {"ids": sorted(decision_ids)})
    fresh = [one for one in decided if (one.digest, one.decided_on, policy, assumed) not in _kept]
    answers = assess_many([_case(one, policy, assumed) for one in fresh])
    for one, answer in zip(fresh, answers, strict=True):
        known = None if answer.outcome == RULE_GAP else answer.monthly_benefit_fen
        _kept[one.digest, one.decided_on, policy, assumed] = known
    found = ((one.pk, _kept[one.digest, one.decided_on, policy, assumed]) for one in decided)
    return {pk: fen for pk, fen in found if fen is not None}


def _case(one: _Decided, policy: str, assumed: Standards) -> dict[str, Any]:
    rows = {path: [{"from": ALWAYS, "value": yuan_text(fen)}] for path, fen in assumed}
    return {**case_of(json.loads(one.facts), one.decided_on, policy), "overrides": rows}
