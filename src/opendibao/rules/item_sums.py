"""一人的项目: what the items of one member add up to, in the rows that rules compute with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from opendibao.kernel.month import add_months, month_of
from opendibao.rules import fields
from opendibao.rules.facts import FACTS
from opendibao.rules.fields import CaseError

Row: TypeAlias = tuple[int, ...]

PERIODS = ("month", "year")
AMOUNT = frozenset({"kind", "amount", "per", "months"})
_FIRST = list(FACTS["member"]).index("farm_mu")
NAMES = tuple(FACTS["member"])[_FIRST:]
_PLACE = {name: place for place, name in enumerate(NAMES)}
ZERO = (0,) * len(NAMES)


@dataclass(frozen=True, slots=True)
class ItemTotals:
    """A member's year: the money facts in the order of the table, and by entity the items with rows of their own."""

    row: Row
    rows: Mapping[str, tuple[Row, ...]]


class Sums:
    """Where the readers of items put what they read; `on` is the day of decision."""

    def __init__(self, on: date) -> None:
        self.first = add_months(month_of(on), 1)
        self.on = on
        self.row = list(ZERO)
        self.rows: dict[str, list[Row]] = {}

    def add(self, name: str, amount: int) -> None:
        """Add to a fact of the member."""
        self.row[_PLACE[name]] += amount

    def mark(self, name: str) -> None:
        """Say yes to a yes-or-no fact of the member."""
        self.row[_PLACE[name]] = 1

    def put(self, entity: str, *row: int) -> None:
        """Add a row of an item's own, in the order of the facts of its entity."""
        self.rows.setdefault(entity, []).append(row)

    def totals(self) -> ItemTotals:
        """What has been read."""
        return ItemTotals(tuple(self.row), {entity: tuple(rows) for entity, rows in self.rows.items()})


Reader: TypeAlias = Callable[[Any, str, Sums], None]
"""(the item as written, its key, where to put it); raises CaseError."""


def yearly(item: Mapping[str, Any], name: str, key: str) -> tuple[int, int]:
    """(fen a year, months) of an amount that is said per month or per year."""
    per_year, months = _period(item, key)
    amount = fields.money(item.get(name), f"{key}.{name}", fields.MOST_ITEM_YUAN)
    return (amount if per_year else amount * months), months


def _period(item: Mapping[str, Any], key: str) -> tuple[bool, int]:
    per = item.get("per")
    if per not in PERIODS:
        raise CaseError(f"{key}.per", f"“{'' if per is None else per}”应为 month（每月）或 year（每年）")
    months = item.get("months")
    return per == "year", 12 if months is None else fields.count(months, f"{key}.months", 1, 12)
