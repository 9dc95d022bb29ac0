"""The second form of cases.yaml: an item as a clerk writes it in a CASE file, and what the rules make of it."""

from datetime import date
from typing import Any

from opendibao.formula.lazy import LazyHousehold
from opendibao.policy.pack import RuleGap
from opendibao.rules.answer import show
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.law import Law, law_of

PACK = "jx-demo-2024"
DAY = date(2024, 5, 20)


def household_of(case: dict[str, Any]) -> dict[str, Any]:
    """One rural person of forty with what the case gives: item, spending, supporter, property, overrides."""
    member: dict[str, Any] = {"name": "甲", "born": "1984-01-01", "relation": "head"}
    member["income"] = [case["item"]] if "item" in case else case.get("items", [])
    member["spending"] = [case["spending"]] if "spending" in case else []
    supporters = [{"name": "乙", "of": "甲", **case["supporter"]}] if "supporter" in case else []
    return {
        "decision_date": case.get("on", DAY),
        "policy": PACK,
        "area": "rural",
        "members": [member],
        "supporters": supporters,
        "property": case.get("property"),
        "overrides": case.get("overrides"),
    }


def run_item(case: dict[str, Any], law: Law | None = None) -> object:
    """What each rule that the case expects gives, rows added up; the refusal's sentence; or rule_gap."""
    try:
        parsed = parse_case(household_of(case))
        plan, numbers = (law or law_of(PACK, parsed.overrides)).on(parsed.decision_date)
    except CaseError as refusal:
        return str(refusal)
    household = LazyHousehold(plan, parsed.facts(), numbers)
    owners = {rule.name: rule.entity for rule in plan.order}
    try:
        return {name: _shown(household, owners[name], name) for name in case.get("expect", {})}
    except RuleGap:
        return "rule_gap"


def _shown(household: LazyHousehold, entity: str, name: str) -> object:
    value = sum(household.value(entity, name, row) for row in range(len(household.facts.rows[entity])))
    unit = household.plan.unit_of(entity, name)
    return show(int(value), unit, name) if unit in ("fen", "bp") else int(value)
