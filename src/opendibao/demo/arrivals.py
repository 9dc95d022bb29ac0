"""到位资金: what each level of government brings of the year's budget, on its days; the county is late once.

No amount is written here: each is a part of the approved budget by the shares of the year. Every month is covered when
its file goes out: the higher levels bring most in the first half, and what was left from the year before pays what the
year costs beyond its budget.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from opendibao.budget.arrivals import ArrivalPaper, enter_arrival
from opendibao.budget.funds import FundShare, fund_shares
from opendibao.demo.officers import FINANCE, Act, Step, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import Targets
from opendibao.kernel.money import FEN_PER_YUAN
from opendibao.kernel.month import last_day
from opendibao.kernel.workdays import add_workdays, on_or_after
from opendibao.policy.reader import value
from opendibao.policy.shares import COUNTY, LEVELS

ORDER = 38  # after the budget, and before what is sent on the same day
HUNDRED = 100
LATE_BY = 15
"""Working days after its day on which the rest of the county's share comes."""
RESERVE = 3
"""Of the budget, in percent, what was left from the year before; and whatever the year costs beyond its budget."""
AHEAD = 50
"""Of the higher levels' shares, in percent, what comes before the next year begins: its budget is not approved yet."""
QUARTERS = ((1, 40), (4, 25), (7, 20), (10, 15))
"""In which months the higher levels' money comes, and how much of a share, in percent; the last brings the rest."""
PAPERS = {"central": "演央财社", "province": "演省财社", "city": "演市财社", "county": "演县财社"}


@dataclass(frozen=True)
class _Part:
    """A part of the levels' shares: percent, as the how-manyth paper of its year; the last one brings the rest."""

    levels: Sequence[str]
    percent: int
    number: int
    is_rest: bool = False
    due_on: date | None = None


def arrivals(plan: CountyPlan, targets: Targets) -> Iterator[Step]:
    """Day, order within the day, act: what finance enters over the year; the budget is approved before."""
    year, money = plan.year, _Money(plan, targets)

    def on(day: date, act: Act) -> Step:
        return day, ORDER, by(FINANCE, plan.county_code, act)

    first, higher = on_or_after(date(year, 1, 1)), [level for level in LEVELS if level != COUNTY]
    yield on(first, money.carry)
    for place, (month, percent) in enumerate(QUARTERS, 1):
        part = _Part(higher, percent, place, is_rest=place == len(QUARTERS))
        yield on(on_or_after(date(year, month, 1)), partial(money.bring, part))
    due = last_day(date(year, value("fund.county_due_month", on=first, division=plan.county_code), 1))
    yield on(first, partial(money.bring, _Part([COUNTY], HUNDRED // 2, 1, due_on=due)))
    late = add_workdays(due, LATE_BY)
    yield on(late, partial(money.bring, _Part([COUNTY], HUNDRED, 2, is_rest=True, due_on=due)))
    yield on(on_or_after(date(year, 12, 16)), partial(money.bring_ahead, higher))


class _Money:
    """The year's money by level, asked of the approved budget."""

    def __init__(self, plan: CountyPlan, targets: Targets) -> None:
        self.plan, self.targets = plan, targets

    def carry(self, at: datetime) -> None:
        """上年结转: what was left from before the county kept arrivals, of each level by its share."""
        shares = self._shares(at)
        approved = sum(share.expected_fen for share in shares)
        cost = self.targets.paid["total"].window()[-1] * FEN_PER_YUAN
        left = approved * RESERVE // HUNDRED + max(0, cost - approved)
        for share in shares:
            paper = self._paper(share.level, left * share.expected_fen // approved, f"{self.plan.year}年年初结转", at)
            self._enter(replace(paper, source="carried", text="启用时的上年结余"), at)

    def bring(self, part: _Part, at: datetime) -> None:
        """Each of these levels brings a part of its share, or what is left of it."""
        for share in self._shares(at):
            if share.level in part.levels:
                fen = share.outstanding_fen if part.is_rest else share.expected_fen * part.percent // HUNDRED
                paper = self._paper(share.level, fen, self._number(share.level, part.number), at)
                self._enter(replace(paper, due_on=part.due_on, text=f"第{part.number}次下达"), at)

    def bring_ahead(self, levels: Sequence[str], at: datetime) -> None:
        """提前下达: part of the next year's money, told before its budget is approved, by this year's shares."""
        year = self.plan.year + 1
        for share in self._shares(at):
            if share.level in levels:
                number = self._number(share.level, len(QUARTERS) + 1)
                paper = self._paper(share.level, share.expected_fen * AHEAD // HUNDRED, number, at)
                self._enter(replace(paper, year=year, text=f"提前下达{year}年"), at)

    def _shares(self, at: datetime) -> list[FundShare]:
        return fund_shares(self.plan.year, at.date())

    def _number(self, level: str, number: int) -> str:
        return f"{PAPERS[level]}〔{self.plan.year}〕{number}号"

    def _paper(self, level: str, fen: int, number: str, at: datetime) -> ArrivalPaper:
        return ArrivalPaper(self.plan.year, level, number, fen, at.date())

    def _enter(self, paper: ArrivalPaper, at: datetime) -> None:
        if paper.fen:
            enter_arrival(paper, division=self.plan.county_code, on=at.date(), at=at)
