"""新标准: in the first days of the new year the county enters next year's standard; its uprating waits for approval.

The numbers are made for the demonstration and are nobody's: so much more in the hundred, rounded to ten yuan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from opendibao.decision.uprating import prepare_uprating
from opendibao.demo.days import report_day, workdays_before
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, Step, by
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import AREAS
from opendibao.rulemaking import actions as rulemaking
from opendibao.rulemaking.proving import proposal, prove
from opendibao.rulemaking.queries import change, pack_in_force, row_of_change

ORDER = 30
MORE_PER_HUNDRED, ROUNDED_TO_FEN = 5, 1000
SOURCE = "演示文件：{year}年城乡低保标准（合成，不是任何地方的规定）第一条"
REASON = "物价和收入上涨，按年度调整低保标准"


@dataclass
class NewStandard:
    """The standards of the next February, from the draft to the list that waits."""

    plan: CountyPlan
    changes: list[int] = field(default_factory=list)

    @property
    def month(self) -> date:
        """The first month of the new standard."""
        return date(self.plan.year + 1, 2, 1)

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act."""
        last, county = report_day(self.plan.year), self.plan.county_code
        yield workdays_before(last, 2), ORDER, by(COUNTY_MAKER, county, self.draft)
        yield workdays_before(last, 1), ORDER, by(COUNTY_CHECKER, county, self.approve)
        yield last, ORDER, by(COUNTY_MAKER, county, self.prepare)

    def draft(self, at: datetime) -> None:
        """One officer writes down numbers, day and document."""
        pack = pack_in_force()
        for area in AREAS:
            path = f"standard.{area}"
            more = pack.value(path, self.month) * (100 + MORE_PER_HUNDRED) // 100
            made = rulemaking.draft_change(
                path, since=self.month, value=-(-more // ROUNDED_TO_FEN) * ROUNDED_TO_FEN,
                source=SOURCE.format(year=self.month.year), reason=REASON, is_verified=False, at=at,
            )  # fmt: skip
            self.changes.append(made.pk)

    def approve(self, at: datetime) -> None:
        """Another one compares and schedules them, once every worked case holds."""
        for drafted in self.changes:
            rulemaking.approve_change(drafted, at=at)
        rulemaking.schedule_changes(self.changes, moved=_moved(self.changes), at=at)

    def prepare(self, at: datetime) -> None:
        """Everybody's new amount is put down; nothing is decided yet."""
        prepare_uprating(self.month, on=at.date(), at=at)


def _moved(changes: Sequence[int]) -> Sequence[str]:
    """The worked cases of later days whose answer the changes are meant to move."""
    found = [one for one in map(change, changes) if one]
    return prove(proposal([row_of_change(one.pack, one) for one in found])).moved
