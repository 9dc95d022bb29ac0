"""按规则认定: what the rules say of the facts that a survey found, on the day of a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from opendibao.decision.refusal import DecisionRefused, RulesDisagree
from opendibao.rules.answer import Answer, Reason
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.vocabulary import OUTCOME_ZH, RULE_GAP

GRANTED = ("dibao", "single_person")
NOT_FACTS = ("lacks", "refusal")
_AGAINST = ("no_members", "income_not_below_line", "income_over_edge", "edge", "rigid_expenditure", "tekun", "none")


def case_of(facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Stored facts as a case of a day, by the county's policy."""
    kept = {key: value for key, value in facts.items() if key not in NOT_FACTS}
    return {**kept, "policy": settings.OPENDIBAO_POLICY, "decision_date": on.isoformat()}


def answer_on(facts: Mapping[str, Any], on: date, *, trace: bool = False) -> Answer:
    """What the rules say; a missing rule or number is an outcome. Raises DecisionRefused for facts they cannot read."""
    try:
        return assess(parse_case(case_of(facts, on)), trace=trace)
    except CaseError as fault:
        raise DecisionRefused(f"查明的情况不能按规则计算（{fault}），请改正入户调查表后再办") from None


def decided_on_rules(facts: Mapping[str, Any], on: date) -> Answer:
    """`answer_on` for a decision. Raises RulesDisagree where a rule is missing: then nobody decides by machine."""
    answer = answer_on(facts, on)
    if answer.outcome == RULE_GAP:
        raise RulesDisagree(answer.reasons[0].zh)
    return answer


def refuse_unless(answer: Answer, wanted: tuple[str, ...], instead: str) -> None:
    """Raise RulesDisagree, naming what the rules say and what to do instead."""
    if answer.outcome not in wanted:
        said = "；".join(reason.zh for reason in answer.reasons[-2:])
        raise RulesDisagree(f"按规则结果是“{OUTCOME_ZH[answer.outcome]}”（{said}），{instead}")


def persons_of(answer: Answer) -> int:
    """How many persons the money is for: all who count, or those who applied alone."""
    alone = sum(reason.code == "single_person" for reason in answer.reasons)
    return alone if answer.outcome == "single_person" else answer.members


def against(answer: Answer) -> list[Reason]:
    """The reasons that speak against a grant, the weightiest first: income, property, then the outcome."""
    return [reason for reason in answer.reasons if reason.code in _AGAINST or reason.code.endswith("_over")]


def in_favour(answer: Answer) -> list[Reason]:
    """The reasons that carry an amount."""
    codes = ("income_below_line", "dibao", "amount", "supplement", "single_person", "grace", "share_stopped")
    return [reason for reason in answer.reasons if reason.code in codes]
