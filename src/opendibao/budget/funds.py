"""资金来源: who was to bring how much of the year's money, what came, what is outstanding, and what came late."""

from dataclasses import dataclass
from datetime import date

from opendibao.budget.arrivals import ArrivalRow, arrivals
from opendibao.budget.queries import shares
from opendibao.kernel.month import last_day
from opendibao.policy.shares import LEVELS
from opendibao.rulemaking.queries import pack_in_force

COUNTY = "county"


@dataclass(frozen=True)
class FundShare:
    """A level's share of a year's approved budget in fen, and what of it came by a day (carry-over not counted)."""

    level: str
    zh: str
    share_bp: int
    expected_fen: int
    arrived_fen: int

    @property
    def outstanding_fen(self) -> int:
        """What is still to come; 0 where more came than was expected."""
        return max(0, self.expected_fen - self.arrived_fen)


@dataclass(frozen=True)
class LateShare:
    """A part of the county's own share that came late, or has not come: days and fen; `arrived_on` None: not yet."""

    number: str
    due_on: date
    arrived_on: date | None
    days: int
    fen: int


def came(year: int, on: date) -> list[ArrivalRow]:
    """The entries of a budget year that stand on a day, red ones among them."""
    return [row for row in arrivals(year) if row.arrived_on <= on]


def fund_shares(year: int, on: date) -> list[FundShare]:
    """What each level was to bring of the year's approved budget, and what came by a day. Raises RuleGap.

    A year without a budget has no shares; what came is told by `came` all the same.
    """
    brought = dict.fromkeys(LEVELS, 0)
    for row in came(year, on):
        if row.source == "allocation":
            brought[row.level] += row.fen
    expected: dict[str, list[tuple[int, int]]] = {}
    for share in shares(year):
        expected.setdefault(share.level, []).append((share.share_bp, share.fen))
    return [
        FundShare(level, LEVELS[level], parts[0][0], sum(fen for _, fen in parts), brought[level])
        for level, parts in expected.items()
    ]


def county_due_on(year: int) -> date:
    """The day by which the county's own share is to be there, by parameter. Raises RuleGap."""
    month = pack_in_force().value("fund.county_due_month", date(year, 1, 1))
    return last_day(date(year, month, 1))


def late_shares(year: int, on: date) -> list[LateShare]:
    """The county's own money that came after its day, less what was taken back; last, what is overdue on a day.

    Of a year for which nothing is entered nobody knows what is late.
    """
    entered = came(year, on)
    if not entered:
        return []
    late = [
        LateShare(row.number, row.due_on, row.arrived_on, row.days_late, row.left_fen)
        for row in entered
        if row.due_on and row.days_late and row.left_fen
    ]
    due = county_due_on(year)
    owed = sum(share.outstanding_fen for share in fund_shares(year, on) if share.level == COUNTY)
    if owed and on > due:
        late.append(LateShare("", due, None, (on - due).days, owed))
    return late
