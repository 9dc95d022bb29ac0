"""生活状况: how a household lived at the end of two years: income, money, housing, spending, gap closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from opendibao.decision.queries import DecisionRow, decision_in_force, explain
from opendibao.decision.refusal import DecisionRefused
from opendibao.payment.queries import line_history, month_table

MONTHS = 12


@dataclass(frozen=True)
class YearOfLife:
    """A household on the last day of a year that has come; money in fen, None where it was not recorded.

    `income_fen` is per person and month, exact to the fen after one rounding; `spending_fen` the recorded spending of
    the household in a year; `closed` what the benefit is of the gap before it.
    """

    year: int
    on: date
    decision: DecisionRow | None
    income_fen: int | None = None
    standard_fen: int | None = None
    gap_fen: int | None = None
    closed: Fraction | None = None
    spending_fen: int | None = None
    assets_fen: int | None = None
    dwellings: int | None = None
    houses: int | None = None
    severely_ill: int | None = None
    disabled: int | None = None
    paid_fen: int | None = None
    paid_months: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether the facts behind the decision were recorded."""
        return self.income_fen is not None


def living_conditions(household_id: int, year: int, today: date) -> tuple[YearOfLife, YearOfLife]:
    """The year before and the year, each at its end or today."""
    before, now = (_year(household_id, each, today) for each in (year - 1, year))
    return before, now


def _year(household_id: int, year: int, today: date) -> YearOfLife:
    on = min(date(year, 12, 31), today)
    row = decision_in_force(household_id, on) if on.year == year else None
    return YearOfLife(year, on, row, **(_facts(row) if row else {}), **_paid(household_id, year))  # type: ignore[arg-type]


def _paid(household_id: int, year: int) -> dict[str, int]:
    """What the bank booked in the year; nothing is known of a year in which no month was paid by this system."""
    booked = [one for one in line_history(household_id) if one.booked_on and one.booked_on.year == year]
    if not booked and not month_table(year):
        return {}
    return {"paid_fen": sum(one.fen for one in booked), "paid_months": len({one.month for one in booked})}


def _facts(row: DecisionRow) -> dict[str, object]:
    """What the decision rests on; empty where its facts were not recorded or cannot be read any more."""
    try:
        answer = explain(row.pk)
    except DecisionRefused:
        return {}
    if answer is None or not answer.members:
        return {}
    members, owned = row.facts["members"], row.facts.get("property") or {}
    return {
        "income_fen": int(Fraction(answer.income_year_fen, MONTHS * answer.members) + Fraction(1, 2)),
        "standard_fen": answer.standard_fen,
        "gap_fen": answer.gap_before_fen,
        "closed": Fraction(row.amount_fen, answer.gap_before_fen) if answer.gap_before_fen else None,
        "spending_fen": sum(_yearly(one) for member in members for one in member.get("spending") or ()),
        "assets_fen": _assets(owned.get("financial_assets")),
        "dwellings": owned.get("dwellings"),
        "houses": len(owned["houses"]) if "houses" in owned else None,
        "severely_ill": sum(bool(member.get("severe_illness")) for member in members),
        "disabled": sum(bool(member.get("disability")) for member in members),
    }


def _yearly(spending: Mapping[str, Any]) -> int:
    """A recorded spending in fen a year."""
    times = spending.get("months", MONTHS) if spending.get("per") == "month" else 1
    return int(Decimal(str(spending.get("amount", 0))) * 100 * times)


def _assets(found: Any) -> int | None:
    if found is None:
        return None
    amounts = found.values() if isinstance(found, Mapping) else [found]
    return int(sum((Decimal(str(one)) for one in amounts), Decimal(0)) * 100)
