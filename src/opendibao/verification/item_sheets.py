"""核查单: what was asked of one hidden income or one thing of value, and how it enters what was found."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from opendibao.rules.items_estimated import ESTIMATED
from opendibao.verification.evidence import way_on
from opendibao.verification.models import ItemSheet

Facts = dict[str, Any]
INCOME = tuple(ESTIMATED)
"""Incomes that leave no books; named as the rules read them."""
COMPARED = ("house", "vehicle", "valuables")
"""What is valued by comparing it."""
VALUED = (*COMPARED, "claims", "debts")
NO_RULE = ("valuables", "debts")
"""What the rules do not count: it is written down and changes no amount."""
WHOLE_FAMILY = "全家"
GRADES = dict(ItemSheet._meta.get_field("grade").flatchoices)
PROVEN = ("A", "B")
# the field that tells two items of one kind from each other
SORTS = {"odd_jobs": "trade", "seasonal_wages": "trade", "crops": "crop", "livestock": "animal",
          "self_employed": "trade", "house": "kind", "vehicle": "kind"}  # fmt: skip
EVIDENCE_LENGTH, TEXT_LENGTH, MOST_COMPARABLES = 200, 120, 10


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was filled in: `values` are the fields of the item as the rules read them, money in yuan text."""

    kind: str
    member: str
    values: Mapping[str, Any]
    grade: str
    evidence: str
    method: str = ""
    comparables: Sequence[str] = field(default_factory=tuple)
    low_fen: int | None = None
    high_fen: int | None = None

    @property
    def item(self) -> Facts:
        """The item of an income as the rules read it; odd jobs carry their grade of evidence along."""
        graded = {"evidence": self.grade} if self.kind == "odd_jobs" else {}
        return {"kind": self.kind, **self.values, **graded}

    @property
    def is_income(self) -> bool:
        """Whether it is an income, not a thing of value."""
        return self.kind in INCOME


def with_sheets(found: Mapping[str, Any], sheets: Sequence[Sheet]) -> Facts:
    """What was found with the sheets' items in it: each stands in for the declared one of its sort, else beside."""
    facts = deepcopy(dict(found))
    for sheet in sheets:
        if sheet.is_income:
            member = _member(facts, sheet.member)
            if member is not None:
                member["income"] = _replaced(member.get("income") or [], sheet.item)
        elif sheet.kind in VALUED and sheet.kind not in NO_RULE:
            facts["property"] = _owning(facts.get("property") or {}, sheet)
    return facts


def _member(facts: Mapping[str, Any], name: str) -> Facts | None:
    return next((member for member in facts.get("members") or () if member.get("name") == name), None)


def _replaced(items: Sequence[Facts], item: Facts, kind: str = "") -> list[Facts]:
    """The list with `item` where the first of its sort stood; at the end where there was none."""
    sort = SORTS.get(kind or str(item.get("kind")), "kind")
    same = (place for place, one in enumerate(items)
            if one.get("kind") == item.get("kind") and one.get(sort) == item.get(sort))  # fmt: skip
    place = next(same, len(items))
    return [*items[:place], item, *items[place + 1 :]]


def _owning(owned: Facts, sheet: Sheet) -> Facts:
    values = dict(sheet.values)
    if sheet.kind == "house":
        houses = _replaced(owned.get("houses") or [], values, "house")
        stated = {"dwellings": max(owned["dwellings"], len(houses))} if "dwellings" in owned else {}
        return {**owned, "houses": houses, **stated}
    if sheet.kind == "vehicle":
        return {**owned, "vehicles": _replaced(owned.get("vehicles") or [], values, "vehicle")}
    money = owned.get("financial_assets") or 0
    kinds = dict(money) if isinstance(money, Mapping) else {"deposits": money}
    return {**owned, "financial_assets": {**kinds, "claims": values.get("amount", 0)}}


def sheet_fault(sheet: Sheet, found: Mapping[str, Any], on: date) -> str:
    """Why a sheet cannot stand, naming it; "" where it can."""
    if sheet.kind not in (*INCOME, *VALUED):
        return f"核查单的项目“{sheet.kind}”不在可选项内，请重选"
    names = [member.get("name") for member in found.get("members") or ()]
    if sheet.member not in names and (sheet.is_income or sheet.member != WHOLE_FAMILY):
        return f"核查单里的“{sheet.member}”不是这一户的成员，请改正"
    fault = _values_fault(sheet) or _evidence_fault(sheet) or _valuing_fault(sheet, on)
    return f"{sheet.member}的核查单：{fault}" if fault else ""


def _values_fault(sheet: Sheet) -> str:
    """What a sheet must say before it can enter what was found; the rules read the rest."""
    needed = {
        "house": ("kind", "房屋是自建还是购买"),
        "vehicle": ("kind", "车辆种类"),
        "claims": ("amount", "债权金额"),
    }
    field_name, words = needed.get(sheet.kind, ("", ""))
    return f"请写明{words}" if field_name and not sheet.values.get(field_name) else ""


def _evidence_fault(sheet: Sheet) -> str:
    if sheet.grade not in GRADES:
        return f"证据等级“{sheet.grade}”不在可选项内，请在A、B、C、D中选一项"
    if not 0 < len(sheet.evidence.strip()) <= EVIDENCE_LENGTH:
        return f"请用{EVIDENCE_LENGTH}字以内写明看到或听到了什么证据"
    texts = [sheet.method, *sheet.comparables]
    if max(map(len, texts)) > TEXT_LENGTH or len(sheet.comparables) > MOST_COMPARABLES:
        return f"估算方法和每条参照最多{TEXT_LENGTH}字，参照最多{MOST_COMPARABLES}条，请缩短"
    return ""


def _valuing_fault(sheet: Sheet, on: date) -> str:
    low, high = sheet.low_fen, sheet.high_fen
    if (low is None) != (high is None) or (low is not None and high is not None and not 0 <= low <= high):
        return "估价的下限和上限要一起填，下限不高于上限"
    if sheet.kind not in VALUED:
        return ""
    if not sheet.method.strip():
        return "请写明按什么办法估的价"
    if low is None:
        return "请写明估价的下限和上限"
    needed = way_on("comparables_needed", on)
    if sheet.kind in COMPARED and sheet.grade not in PROVEN and len(sheet.comparables) < needed.value:
        told = f"没有凭证的估价至少要{needed.value}个可比的参照，现有{len(sheet.comparables)}个，请补上"
        return f"{told}（{needed.source}，未经核实）"
    return ""


def is_entered(sheet: Sheet, found: Mapping[str, Any]) -> bool:
    """Whether what was found has the sheet's item in it."""
    return with_sheets(found, [sheet]) == found


def as_declared(found: Mapping[str, Any], declared: Mapping[str, Any], sheet: Sheet) -> Facts:
    """What was found, with the sheet's income as the family declared it, or without it where it declared none."""
    facts = deepcopy(dict(found))
    member, before = _member(facts, sheet.member), _member(declared, sheet.member)
    if member is not None:
        sort = SORTS.get(sheet.kind, "kind")
        said = [one for one in (before or {}).get("income") or () if one.get("kind") == sheet.kind
                and one.get(sort) == sheet.item.get(sort)]  # fmt: skip
        kept = [one for one in member.get("income") or () if one != sheet.item]
        member["income"] = [*kept, *said]
    return facts
