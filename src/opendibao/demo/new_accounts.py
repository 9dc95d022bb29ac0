"""换账户: a family asks its township, another officer makes sure; only then the money goes elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from random import Random

from opendibao.demo.days import report_day, workdays_before
from opendibao.demo.officers import COUNTY_CHECKER, Step, Windows, acting_as
from opendibao.demo.plan import CountyPlan
from opendibao.demo.ways import way_of
from opendibao.kernel.workdays import on_or_after
from opendibao.payment.account_risks import confirm_account
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered
from opendibao.registry.account_standing import living_names
from opendibao.registry.entries import AccountEntry, ChangeEntry, Look

ASKING = 25
LOST_ON = 16
CALLED = "打登记电话问过本人，念的账号后六位与存折相同"
"""What the county noted after its call."""


@dataclass(frozen=True)
class NewAccounts:
    """Who has another account in the year: after a return, after a loss, and one that still waits for a second look."""

    plan: CountyPlan
    households: dict[str, int]
    offices: Windows

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act: what no return has brought about."""
        if lost := way_of(self.plan, "lost"):
            yield on_or_after(lost.month.replace(day=LOST_ON)), ASKING, partial(self.change, lost.number, "lost")
        if waiting := way_of(self.plan, "waiting"):
            day = workdays_before(report_day(self.plan.year), 1)
            yield day, ASKING, partial(self.ask, waiting.number, "closed")

    def change(self, number: str, cause: str, at: datetime) -> None:
        """The family brings an account that works to its township; the county calls it before it counts."""
        fresh, who, change = self._asked(number, cause, at)
        with acting_as(COUNTY_CHECKER, self.plan.county_code):
            confirm_account(change, Look("telephone", who, fresh[-6:], CALLED), on=at.date(), at=at)

    def ask(self, number: str, cause: str, at: datetime) -> None:
        """The family has brought it; nobody has called yet."""
        self._asked(number, cause, at)

    def _asked(self, number: str, cause: str, at: datetime) -> tuple[str, str, int]:
        """The new number, who brought it, and the change that waits."""
        household, on = self.households[number], at.date()
        old = registered.account_on(household, on)
        assert old is not None
        fresh = "6" + "".join(Random(f"{number}:{on}").choices("0123456789", k=len(old.number) - 1))
        who = self._speaker(household, old.holder, on)
        asked = ChangeEntry(AccountEntry(old.holder, old.bank, fresh), cause, who, "member", "window", "book", on)
        with self.offices.acting_for(number):
            return fresh, who, registry.ask_account_change(household, asked, on=on, at=at).pk

    def _speaker(self, household: int, holder: str, on: date) -> str:
        """Whoever the account names, else the first of the family who is alive."""
        names = living_names(household, on)
        return holder if holder in names else names[0]
