"""名册的行: a planned household as the rows of the official roster; amounts come from the rules."""

from collections.abc import Mapping
from typing import Any

from opendibao.decision.roster_columns import (
    AREAS,
    CLASSES,
    DISABILITY_WORDS,
    HOUSEHOLD_COLUMNS,
    MONEY_COLUMNS,
    RELATION_WORDS,
    STUDIES,
    VEHICLES,
)
from opendibao.demo.plan import OldDecision, PlannedHousehold
from opendibao.kernel.money import FEN_PER_YUAN
from opendibao.kernel.month import add_months, month_of, month_text
from opendibao.rules.answer import Answer

Row = dict[str, Any]
_COLUMN_OF_ITEM = {money.kind: money.column for money in MONEY_COLUMNS}


def household_row(old: OldDecision, found: Answer, place_name: str) -> Row:
    """The row of sheet 户; `found` is what the rules say of the household on the day of its old decision."""
    household, owned = old.household, old.household.facts["property"]
    values = (
        household.number, household.division, place_name, household.members[0].name, household.members[0].id_number,
        AREAS[household.area], len(household.members), yuan(found.base_benefit_fen), yuan(found.supplement_fen),
        yuan(found.monthly_benefit_fen), old.number, old.decided_on.isoformat(),
        month_text(add_months(month_of(old.decided_on), 1)), CLASSES[household.review_class], household.holder,
        household.bank, household.account, household.address, household.phone, owned["financial_assets"],
        owned["dwellings"], _vehicle(owned),
    )  # fmt: skip
    return dict(zip(HOUSEHOLD_COLUMNS, values, strict=True))


def member_rows(household: PlannedHousehold) -> list[Row]:
    """The rows of sheet 人, the head first."""
    pairs = zip(household.members, household.facts["members"], strict=True)
    return [
        {
            "户编号": household.number,
            "姓名": member.name,
            "身份证号码": member.id_number,
            "与户主关系": RELATION_WORDS[member.relation],
            **_condition(facts),
            **_items(facts),
        }
        for member, facts in pairs
    ]


def yuan(fen: int) -> int | str:
    """Yuan for a cell: a whole number where it is one."""
    whole, rest = divmod(fen, FEN_PER_YUAN)
    return f"{whole}.{rest:02d}" if rest else whole


def _vehicle(owned: Mapping[str, Any]) -> str:
    vehicles = owned.get("vehicles") or ()
    return VEHICLES[vehicles[0]["use"]] if vehicles else ""


def _condition(facts: Mapping[str, Any]) -> Row:
    found: Row = {}
    if disability := facts.get("disability"):
        found |= {"残疾类别": DISABILITY_WORDS[disability["kind"]], "残疾等级": disability["grade"]}
    if facts.get("severe_illness"):
        found["重病"] = "是"
    if study := facts.get("study"):
        found["在读"] = STUDIES[study]
    return found


def _items(facts: Mapping[str, Any]) -> Row:
    found: Row = {}
    for item in (*facts.get("income", ()), *facts.get("spending", ())):
        kind = item["kind"]
        if kind == "wages":
            found |= {"务工月收入(元)": item["amount"], "务工月数": item["months"]}
        elif kind == "farming":
            found["耕地(亩)"] = item["mu"]
        elif kind == "business":
            found |= {"经营年收入(元)": item["revenue"], "经营年成本(元)": item["cost"]}
        elif kind == "resident_pension":
            found |= {"养老金月额(元)": item["amount"], "其中基础养老金(元)": item["basic"]}
        else:
            found[_COLUMN_OF_ITEM[kind]] = item["amount"]
    return found
