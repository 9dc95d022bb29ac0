"""收入和支出项目: add up a member's items to a year, kind by kind."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from opendibao.kernel.month import add_months, month_text, months_between
from opendibao.rules import fields
from opendibao.rules.fields import CaseError
from opendibao.rules.item_sums import AMOUNT, ZERO, ItemTotals, Reader, Sums, yearly
from opendibao.rules.items_estimated import ESTIMATED
from opendibao.rules.items_received import RECEIVED

__all__ = ["INCOME_KINDS", "SPENDING_KINDS", "ItemTotals", "read_items"]

BASES = ("court", "agreement")
_PLAIN = {
    "land_rent": "land_rent",
    "interest": "interest",
    "employee_pension": "employee_pension",
    "old_age_allowance": "old_age_allowance",
    "preferential_pension": "preferential_pension",
    "scholarship": "scholarship",
    "social_assistance": "social_assistance",
    "other": "other_income",
}
_SPENDING = {
    "social_insurance": "social_insurance",
    "tax": "tax",
    "support_paid": "support_paid",
    "medical_self_paid": "medical",
    "disability_care": "disability_care",
    "education": "education",
}
_NONE = ItemTotals(ZERO, {})


def read_items(member: Mapping[str, Any], key: str, on: date) -> ItemTotals:
    """Read a member's `income` and `spending` as of the day of decision; raises CaseError naming the item and key."""
    income, spending = member.get("income"), member.get("spending")
    if income is None and spending is None:
        return _NONE
    sums = Sums(on)
    for place, raw in enumerate(fields.rows(income, f"{key}.income")):
        _read_income(raw, f"{key}.income[{place}]", sums)
    for place, raw in enumerate(fields.rows(spending, f"{key}.spending")):
        _read_spending(raw, f"{key}.spending[{place}]", sums)
    return sums.totals()


def _read_income(raw: Any, key: str, sums: Sums) -> None:
    kind = raw.get("kind") if isinstance(raw, Mapping) else None
    if kind in _PLAIN:
        item = fields.mapping(raw, key, AMOUNT)
        sums.add(_PLAIN[kind], yearly(item, "amount", key)[0])
    elif kind in _SPECIAL:
        _SPECIAL[kind](raw, key, sums)
    else:
        raise CaseError(f"{key}.kind", f"“{kind}”不是收入种类，可用的有：{'、'.join(INCOME_KINDS)}")


def _read_spending(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, AMOUNT)
    kind = item.get("kind")
    if kind not in _SPENDING:
        raise CaseError(f"{key}.kind", f"“{kind}”不是支出种类，可用的有：{'、'.join(SPENDING_KINDS)}")
    sums.add(_SPENDING[kind], yearly(item, "amount", key)[0])


def _wages(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, AMOUNT)
    sums.put("job", *yearly(item, "amount", key))


def _farming(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "mu"}))
    sums.add("farm_mu", fields.hundredths(item.get("mu"), f"{key}.mu"))


_COSTS = ("cost", "depreciation", "tax")


def _business(raw: Any, key: str, sums: Sums) -> None:
    """All that art. 13 takes off is taken off alike: running costs, depreciation, production tax."""
    item = fields.mapping(raw, key, frozenset({"kind", "revenue", "per", "months", *_COSTS}))
    sums.add("business_revenue", yearly(item, "revenue", key)[0])
    for name in _COSTS:
        if item.get(name) is not None:
            sums.add("business_cost", yearly(item, name, key)[0])


def _resident_pension(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, AMOUNT | {"basic", "from", "until"})
    if item.get("from") is not None or item.get("until") is not None:
        item = {**item, "months": _months_of_the_year(item, key, sums)}
    amount, months = yearly(item, "amount", key)
    sums.add("resident_pension", amount)
    if item.get("basic") is None:
        sums.add("unsplit_pension", amount)
        sums.add("unsplit_months", months)
        return
    basic = yearly(item, "basic", key)[0]
    if basic > amount:
        raise CaseError(f"{key}.basic", f"基础养老金“{item['basic']}”不能多于养老金“{item['amount']}”")
    sums.add("basic_pension", basic)


def _months_of_the_year(item: Mapping[str, Any], key: str, sums: Sums) -> int:
    """How many of the twelve months before the first month of payment lie between `from` and `until`."""
    if item.get("per") != "month" or item.get("months") is not None:
        raise CaseError(f"{key}.per", "写了 from 或 until，就按月写（per: month），不再写 months")
    first, last = add_months(sums.first, -12), add_months(sums.first, -1)
    since = first if item.get("from") is None else fields.month(item["from"], f"{key}.from")
    until = last if item.get("until") is None else fields.month(item["until"], f"{key}.until")
    found = months_between(max(since, first), min(until, last))
    if not found:
        raise CaseError(f"{key}.from", f"与计算收入的一年（{month_text(first)}到{month_text(last)}）没有重合的月份")
    return found


def _support_received(raw: Any, key: str, sums: Sums) -> None:
    item = fields.mapping(raw, key, AMOUNT | {"basis", "owed"})
    fields.word(item.get("basis"), f"{key}.basis", BASES, required=True)
    received = yearly(item, "amount", key)[0]
    sums.add("support_received", received)
    sums.add("support_owed", received if item.get("owed") is None else yearly(item, "owed", key)[0])
    sums.mark("has_support_order")


_SPECIAL: dict[str, Reader] = {
    "wages": _wages,
    "farming": _farming,
    "business": _business,
    "resident_pension": _resident_pension,
    "support_received": _support_received,
    **ESTIMATED,
    **RECEIVED,
}
INCOME_KINDS = tuple(sorted([*_PLAIN, *_SPECIAL]))
SPENDING_KINDS = tuple(sorted(_SPENDING))
