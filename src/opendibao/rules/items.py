"""收入和支出项目: add up a member's items to a year, kind by kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from opendibao.rules import fields
from opendibao.rules.facts import FACTS
from opendibao.rules.fields import CaseError

PERIODS = ("month", "year")
BASES = ("court", "agreement")
_AMOUNT = frozenset({"kind", "amount", "per", "months"})
_FIRST = list(FACTS["member"]).index("farm_mu")
NAMES = tuple(FACTS["member"])[_FIRST:]
_PLACE = {name: place for place, name in enumerate(NAMES)}
_ZERO = (0,) * len(NAMES)

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
    "medical_self_paid": "medical",
    "disability_care": "disability_care",
    "education": "education",
}


@dataclass(frozen=True, slots=True)
class ItemTotals:
    """A member's year: the money facts in the order of the table, and his jobs (pay, months)."""

    row: tuple[int, ...]
    jobs: tuple[tuple[int, int], ...]


_NONE = ItemTotals(_ZERO, ())


class _Sums:
    def __init__(self) -> None:
        self.row = list(_ZERO)
        self.jobs: list[tuple[int, int]] = []

    def add(self, name: str, amount: int) -> None:
        self.row[_PLACE[name]] += amount


def read_items(member: Mapping[str, Any], key: str) -> ItemTotals:
    """Read a member's `income` and `spending`; raises CaseError naming the item and key."""
    income, spending = member.get("income"), member.get("spending")
    if income is None and spending is None:
        return _NONE
    sums = _Sums()
    for place, raw in enumerate(fields.rows(income, f"{key}.income")):
        _read_income(raw, f"{key}.income[{place}]", sums)
    for place, raw in enumerate(fields.rows(spending, f"{key}.spending")):
        _read_spending(raw, f"{key}.spending[{place}]", sums)
    return ItemTotals(tuple(sums.row), tuple(sums.jobs))


def _read_income(raw: Any, key: str, sums: _Sums) -> None:
    kind = raw.get("kind") if isinstance(raw, Mapping) else None
    if kind in _PLAIN:
        item = fields.mapping(raw, key, _AMOUNT)
        sums.add(_PLAIN[kind], _yearly(item, "amount", key)[0])
    elif kind in _SPECIAL:
        _SPECIAL[kind](raw, key, sums)
    else:
        known = "、".join(sorted([*_PLAIN, *_SPECIAL]))
        raise CaseError(f"{key}.kind", f"“{kind}”不是收入种类，可用的有：{known}")


def _read_spending(raw: Any, key: str, sums: _Sums) -> None:
    item = fields.mapping(raw, key, _AMOUNT)
    kind = item.get("kind")
    if kind not in _SPENDING:
        raise CaseError(f"{key}.kind", f"“{kind}”不是支出种类，可用的有：{'、'.join(sorted(_SPENDING))}")
    sums.add(_SPENDING[kind], _yearly(item, "amount", key)[0])


def _period(item: Mapping[str, Any], key: str) -> tuple[bool, int]:
    per = item.get("per")
    if per not in PERIODS:
        raise CaseError(f"{key}.per", f"“{'' if per is None else per}”应为 month（每月）或 year（每年）")
    months = item.get("months")
    return per == "year", 12 if months is None else fields.count(months, f"{key}.months", 1, 12)


def _yearly(item: Mapping[str, Any], name: str, key: str) -> tuple[int, int]:
    """(fen a year, months)."""
    per_year, months = _period(item, key)
    amount = fields.money(item.get(name), f"{key}.{name}", fields.MOST_ITEM_YUAN)
    return (amount if per_year else amount * months), months


def _wages(raw: Any, key: str, sums: _Sums) -> None:
    item = fields.mapping(raw, key, _AMOUNT)
    sums.jobs.append(_yearly(item, "amount", key))


def _farming(raw: Any, key: str, sums: _Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "mu"}))
    sums.add("farm_mu", fields.hundredths(item.get("mu"), f"{key}.mu"))


def _business(raw: Any, key: str, sums: _Sums) -> None:
    item = fields.mapping(raw, key, frozenset({"kind", "revenue", "cost", "per", "months"}))
    sums.add("business_revenue", _yearly(item, "revenue", key)[0])
    if item.get("cost") is not None:
        sums.add("business_cost", _yearly(item, "cost", key)[0])


def _resident_pension(raw: Any, key: str, sums: _Sums) -> None:
    item = fields.mapping(raw, key, _AMOUNT | {"basic"})
    amount, months = _yearly(item, "amount", key)
    sums.add("resident_pension", amount)
    if item.get("basic") is None:
        sums.add("unsplit_pension", amount)
        sums.add("unsplit_months", months)
        return
    basic = _yearly(item, "basic", key)[0]
    if basic > amount:
        raise CaseError(f"{key}.basic", f"基础养老金“{item['basic']}”不能多于养老金“{item['amount']}”")
    sums.add("basic_pension", basic)


def _support_received(raw: Any, key: str, sums: _Sums) -> None:
    item = fields.mapping(raw, key, _AMOUNT | {"basis"})
    fields.word(item.get("basis"), f"{key}.basis", BASES, required=True)
    sums.add("support_received", _yearly(item, "amount", key)[0])
    sums.row[_PLACE["has_support_order"]] = 1


_SPECIAL: dict[str, Callable[[Any, str, _Sums], None]] = {
    "wages": _wages,
    "farming": _farming,
    "business": _business,
    "resident_pension": _resident_pension,
    "support_received": _support_received,
}
