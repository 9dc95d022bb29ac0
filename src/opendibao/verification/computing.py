"""按规则算: what the rules of the county give on facts that somebody declared or found; nothing is stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from opendibao.policy.pack import RuleGap
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case


def given(facts: Mapping[str, Any], on: date) -> Answer:
    """What the rules say of facts on a day. Raises CaseError where they cannot be read."""
    return assess(parse_case({**facts, "policy": policy_in_force(), "decision_date": on.isoformat()}), trace=False)


def given_if_readable(facts: Mapping[str, Any], on: date) -> Answer | None:
    """What the rules say of facts on a day; None where they cannot read them or lack a number."""
    try:
        return given(facts, on)
    except (CaseError, RuleGap):
        return None


def unreadable(facts: Mapping[str, Any], on: date) -> str:
    """Why the rules cannot read what was found; "" where they can."""
    try:
        parse_case({**facts, "policy": policy_in_force(), "decision_date": on.isoformat()})
    except CaseError as fault:
        return f"查明的情况不能按规则计算（{fault}），请改正"
    return ""


def income_of(facts: Mapping[str, Any], on: date) -> int:
    """The family's income of a year by the rules, fen. Raises CaseError."""
    return given(facts, on).income_year_fen
