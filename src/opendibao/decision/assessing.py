"""按规则认定: what the rules say of the facts that a survey found, on the day of a decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from opendibao.decision.refusal import DecisionRefused, RulesDisagree
from opendibao.rulemaking.actions import keep_rule_set
from opendibao.rulemaking.queries import archived_law, policy_in_force
from opendibao.rules.answer import Answer, Reason
from opendibao.rules.archive import BrokenArchive, NotOfThisLaw, assess_by
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.law import law_of
from opendibao.rules.vocabulary import OUTCOME_ZH, RULE_GAP

GRANTED = ("dibao", "single_person")
FAVOURS = ("income_below_line", "dibao", "amount", "supplement", "single_person", "grace", "share_stopped")
"""The codes of the reasons that carry an amount."""
NOT_FACTS = ("lacks", "refusal")
_AGAINST = ("no_members", "income_not_below_line", "income_over_edge", "edge", "rigid_expenditure", "tekun", "none")


def case_of(facts: Mapping[str, Any], on: date, policy: str = "") -> dict[str, Any]:
    """Stored facts as a case of a day, by the county's policy; who makes many asks for the policy once."""
    kept = {key: value for key, value in facts.items() if key not in NOT_FACTS}
    return {**kept, "policy": policy or policy_in_force(), "decision_date": on.isoformat()}


def answer_on(facts: Mapping[str, Any], on: date, *, trace: bool = False, policy: str = "") -> Answer:
    """What the rules say; a missing rule or number is an outcome. Raises DecisionRefused for facts they cannot read.

    Who asks for many asks for the county's `policy` once.
    """
    try:
        return assess(parse_case(case_of(facts, on, policy)), trace=trace)
    except CaseError as fault:
        raise DecisionRefused(f"查明的情况不能按规则计算（{fault}），请改正入户调查表后再办") from None


def answer_again(facts: Mapping[str, Any], on: date, rule_set: str) -> Answer:
    """A decision computed again, with every step, by its own rule set; by today's where that is the same or not kept.

    Raises DecisionRefused where the facts cannot be read any more, or the stored rule set was changed.
    """
    policy = policy_in_force()
    try:
        archived = archived_law(rule_set) if rule_set and rule_set != law_of(policy).rule_set else None
        if archived is None:
            return answer_on(facts, on, trace=True)
        return assess_by(archived, parse_case(case_of(facts, on, policy)))
    except CaseError as fault:
        raise DecisionRefused(f"决定时的情况现在读不出来（{fault}），不能重算") from None
    except (BrokenArchive, NotOfThisLaw) as fault:
        raise DecisionRefused(str(fault)) from None


def keep_rules(rule_set: str, on: date) -> None:
    """Archive what a decision was just computed with. Raises DecisionRefused where a number changed meanwhile."""
    law = law_of(policy_in_force())
    if law.rule_set != rule_set:
        raise DecisionRefused("参数刚刚有调整，请刷新后重新办理")
    keep_rule_set(law, on=on)


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
    return [reason for reason in answer.reasons if speaks_against(reason)]


def speaks_against(reason: Reason) -> bool:
    """Whether a reason speaks against a grant."""
    return reason.code in _AGAINST or "_over" in reason.code


def in_favour(answer: Answer) -> list[Reason]:
    """The reasons that carry an amount."""
    return [reason for reason in answer.reasons if reason.code in FAVOURS]
