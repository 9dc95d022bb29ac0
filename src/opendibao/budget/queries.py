"""查预算: the year's budget by area, its formula beside what was approved, and who pays which share."""

from dataclasses import dataclass
from datetime import date

from opendibao.budget.forecast import person_months
from opendibao.budget.models import BudgetLine
from opendibao.policy.pack import Pack
from opendibao.policy.shares import LEVELS, SHARING, share_out
from opendibao.rulemaking.queries import pack_in_force


@dataclass(frozen=True)
class BudgetRow:
    """One area's budget: the formula's inputs, its result and the approved amount, in fen."""

    year: int
    area: str
    zh: str
    division: str
    last_year_persons: int
    standard_fen: int
    average_benefit_fen: int
    price_factor_bp: int
    expected_entries: int
    reserve_bp: int
    proposed_fen: int
    approved_fen: int
    approved_on: date

    @property
    def person_months(self) -> int:
        """Planned months of benefit."""
        return person_months(self.last_year_persons, self.expected_entries)


@dataclass(frozen=True)
class ShareRow:
    """What one level of government pays of an area's approved budget, in fen."""

    area: str
    level: str
    zh: str
    share_bp: int
    fen: int


def budget(year: int) -> list[BudgetRow]:
    """The year's budget by area, rural first."""
    return [
        BudgetRow(
            line.year, line.area, line.get_area_display(), line.division, line.last_year_persons, line.standard_fen,
            line.average_benefit_fen, line.price_factor_bp, line.expected_entries, line.reserve_bp, line.proposed_fen,
            line.approved_fen, line.approved_on,
        )
        for line in BudgetLine.objects.filter(year=year).order_by("division", "area")
    ]  # fmt: skip


def budget_count(year: int) -> int:
    """How many areas have a budget in a year."""
    return BudgetLine.objects.filter(year=year).count()


def shares(year: int) -> list[ShareRow]:
    """Who pays what of each area's approved budget; the levels add up to it exactly. Raises RuleGap."""
    pack = pack_in_force()
    return [share for line in budget(year) for share in _split(line, pack)]


def _split(line: BudgetRow, pack: Pack) -> list[ShareRow]:
    on = date(line.year, 1, 1)
    parts = {level: pack.value(f"cost_share.{level}", on) for level in LEVELS}
    paid = share_out(line.approved_fen, [parts[level] for level in SHARING])
    return [ShareRow(line.area, level, zh, parts[level], paid[level]) for level, zh in LEVELS.items()]
