"""物价联动: whether published prices set off the price supplement of a month, and how much it is a person."""

from dataclasses import dataclass
from datetime import date

from opendibao.kernel.month import add_months
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.pack import Pack
from opendibao.policy.reader import WHOLE
from opendibao.rulemaking.queries import pack_in_force

MOST_BP = 10_000
"""Prices that double within a year are a slip of the pen."""


@dataclass(frozen=True)
class Indices:
    """Published rises over the same month of the year before, in basis points; `basic_bp` is that of a poor family's
    basket (低收入居民基本生活费用), None where the place has none.
    """

    month: date
    cpi_bp: int
    food_bp: int
    basic_bp: int | None = None

    @property
    def rise_bp(self) -> int:
        """The rise that a supplement is measured by: the poor family's own basket where it is known."""
        return self.cpi_bp if self.basic_bp is None else self.basic_bp


@dataclass(frozen=True)
class PriceRate:
    """What the indices of a month give: the thresholds, the month that is paid, and fen a person by area."""

    indices: Indices
    cpi_trigger_bp: int
    food_trigger_bp: int
    month: date
    rural_standard_fen: int
    urban_standard_fen: int
    rural_fen: int
    urban_fen: int

    @property
    def is_set_off(self) -> bool:
        """Whether one of the two rises reaches its threshold."""
        return self.indices.cpi_bp >= self.cpi_trigger_bp or self.indices.food_bp >= self.food_trigger_bp


def price_rate(indices: Indices) -> PriceRate:
    """The supplement by the county's numbers, set off or not. Raises RuleGap where a number is missing."""
    pack = pack_in_force()
    month = add_months(indices.month, pack.value("price.months_after", indices.month))
    rural, urban = pack.value("standard.rural", month), pack.value("standard.urban", month)
    return PriceRate(
        indices, pack.value("price.cpi_trigger", indices.month), pack.value("price.food_trigger", indices.month), month,
        rural, urban, _a_person(pack, rural, indices), _a_person(pack, urban, indices),
    )  # fmt: skip


def _a_person(pack: Pack, standard_fen: int, indices: Indices) -> int:
    """Standard × rise, rounded up, and not below the least."""
    step = pack.value("price.round_up_to", indices.month)
    found = -(-standard_fen * max(indices.rise_bp, 0) // WHOLE)
    return max(-(-found // step) * step, pack.value("price.least", indices.month))


def price_due(published_on: date) -> date:
    """By which day the money has arrived: working days after the indices came out."""
    return add_workdays(published_on, pack_in_force().value("price.pay_workdays", published_on))


def percent(basis_points: int) -> str:
    """A rise as people read it: 3.50%."""
    sign, size = ("-" if basis_points < 0 else ""), abs(basis_points)
    return f"{sign}{size // 100}.{size % 100:02d}%"
