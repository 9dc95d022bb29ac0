"""复查: a sampled household is surveyed again and decided again by the rules of the decision's day."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.evaluation.models import AccuracyCheck
from opendibao.evaluation.reached import NotSampled
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.rulemaking.queries import policy_in_force
from opendibao.rules.assess import assess
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.case_file import CaseText

CASE_KEYS = ("area", "members", "property", "supporters", "benefit_mode")


class BadFacts(EvaluationRefused):
    """The re-survey's facts are refused; the text names the field."""


@needs(Duty.EVALUATE)
@transaction.atomic
def record_accuracy_check(check_id: int, *, facts: Mapping[str, Any], on: date, at: datetime) -> AccuracyCheck:
    """登记复查: what the re-survey found, decided again by the rules of the decision's day.

    `facts` are those of a case without policy and date. Raises NotSampled, BadFacts.
    """
    check = AccuracyCheck.objects.select_for_update(of=("self",)).filter(pk=check_id).first()
    if check is None or check.checked_on:
        raise NotSampled(f"编号{check_id}的抽查{'已经登记' if check else '不存在'}，不能再登记")
    if on < check.drawn_on:
        raise BadFacts(f"复查日期{on}早于抽取日期{check.drawn_on}，请更正")
    given = {**facts, "policy": policy_in_force(), "decision_date": check.decision.decided_on.isoformat()}
    try:
        answer = assess(parse_case(given), trace=False)
    except CaseError as refusal:
        raise BadFacts(f"复查情况“{refusal.key}”：{refusal.reason}") from None
    check.checked_on, check.facts = on, dict(facts)
    check.outcome, check.amount_fen = answer.outcome, answer.monthly_benefit_fen
    check.save(update_fields=["checked_on", "facts", "outcome", "amount_fen"])
    record("登记准确性复查", f"accuracy {check_id}", division=check.division, at=at, payload={"fen": check.amount_fen})
    return check


def facts_on_file(check_id: int) -> dict[str, Any]:
    """What the checked decision rests on, as a case without policy and date; empty where it was not recorded."""
    facts = AccuracyCheck.objects.filter(pk=check_id).values_list("decision__facts", flat=True).first() or {}
    if "lacks" in facts or not facts.get("members"):
        return {}
    return {key: facts[key] for key in CASE_KEYS if key in facts}


def facts_of_file(text: str) -> dict[str, Any]:
    """The facts that a CASE file tells; policy and day are those of the decision. Raises BadFacts by key and line."""
    try:
        told = CaseText(text).data
    except CaseError as refusal:
        raise BadFacts(f"CASE 文件：{refusal}") from None
    return {key: value for key, value in told.items() if key not in ("policy", "decision_date")}


def with_more(facts: Mapping[str, Any], *, income_fen: int, assets_fen: int) -> dict[str, Any]:
    """The facts on file with an undeclared monthly income of the head, and undeclared deposits, in fen."""
    found = dict(facts)
    if income_fen:
        first, *rest = found["members"]
        more = {"kind": "other", "amount": yuan_text(income_fen), "per": "month"}
        found["members"] = [{**first, "income": [*(first.get("income") or ()), more]}, *rest]
    if assets_fen:
        owned = dict(found.get("property") or {})
        owned["financial_assets"] = _added(owned.get("financial_assets", 0), assets_fen)
        found["property"] = owned
    return found


def _added(assets: Any, more_fen: int) -> Any:
    more = Decimal(more_fen) / 100
    if isinstance(assets, Mapping):
        return {**assets, "deposits": str(Decimal(str(assets.get("deposits", 0))) + more)}
    return str(Decimal(str(assets)) + more)
