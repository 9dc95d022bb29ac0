"""发放日: the steps of each month's money, from the freeze to what the bank returned and is paid again."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from random import Random

from opendibao.demo.days import pay_days
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, FINANCE, Step, Windows, by
from opendibao.demo.plan import CountyPlan
from opendibao.payment import actions as payment
from opendibao.payment.bank_return import write_result
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered
from opendibao.registry.entries import AccountEntry

FIRST_ORDER = 40  # after everything else of a day: what was decided today is in the freeze


class Payday:
    """The twelve months' money; runs are known by their month once computed."""

    def __init__(self, plan: CountyPlan, households: dict[str, int], out: Path, offices: Windows) -> None:
        self.county = plan.county_code
        self.households, self.offices = households, offices
        self.folder = out / "bank"
        self.runs: dict[date, int] = {}
        self.returned: dict[date, dict[str, str]] = defaultdict(dict)
        for one in plan.returns:
            self.returned[one.month][one.number] = one.reason

    def days(self, month: date) -> Iterator[Step]:
        """Day, order within the day, act."""
        on = pay_days(month)
        steps: list[tuple[date, str, Callable[[date, datetime], None]]] = [
            (on.frozen, COUNTY_MAKER, self.compute),
            (on.checked, COUNTY_CHECKER, self.check),
            (on.checked, FINANCE, self.approve),
            (on.sent, COUNTY_MAKER, self.send),
            (on.booked, COUNTY_MAKER, self.take_result),
            (on.closed, COUNTY_MAKER, self.close),
        ]
        if self.returned[month]:
            steps.append((on.corrected, COUNTY_MAKER, self.correct_accounts))
            steps.append((on.resent, COUNTY_MAKER, self.send_again))
            steps.append((on.rebooked, COUNTY_MAKER, self.take_second_result))
        for order, (day, officer, step) in enumerate(steps, FIRST_ORDER):
            yield day, order, by(officer, self.county, partial(step, month))

    def compute(self, month: date, at: datetime) -> None:
        """The month's lines are frozen."""
        self.runs[month] = payment.compute_run(month, on=at.date(), at=at, maker=COUNTY_MAKER).pk

    def check(self, month: date, at: datetime) -> None:
        """A second officer checks."""
        payment.check_run(self.runs[month], on=at.date(), at=at, checker=COUNTY_CHECKER)

    def approve(self, month: date, at: datetime) -> None:
        """Finance releases the money."""
        payment.approve_run(self.runs[month], on=at.date(), at=at, finance=FINANCE)

    def send(self, month: date, at: datetime) -> None:
        """The file goes to the bank."""
        payment.send_run(self.runs[month], on=at.date(), at=at, out_dir=self.folder)

    def take_result(self, month: date, at: datetime) -> None:
        """The bank answers: booked today, some returned."""
        attempts = payment.sendings(self.runs[month])
        answer = write_result(attempts, at.date(), self.returned[month])
        payment.take_return(self.runs[month], answer, on=at.date(), at=at)

    def close(self, month: date, at: datetime) -> None:
        """Every line has its answer."""
        payment.close_run(self.runs[month], on=at.date(), at=at)

    def correct_accounts(self, month: date, at: datetime) -> None:
        """The families bring an account that works to their township; whoever pays changes no account."""
        for number in sorted(self.returned[month]):
            household = self.households[number]
            old = registered.account_on(household, at.date())
            assert old is not None
            fresh = "6" + "".join(Random(f"{number}:{month}").choices("0123456789", k=len(old.number) - 1))
            entry = AccountEntry(old.holder, old.bank, fresh)
            with self.offices.acting_for(number):
                registry.change_account(household, entry, on=at.date(), at=at)

    def send_again(self, month: date, at: datetime) -> None:
        """What came back goes out once more."""
        payment.reissue(self.runs[month], on=at.date(), at=at, out_dir=self.folder)

    def take_second_result(self, month: date, at: datetime) -> None:
        """This time the bank books all of it."""
        attempts = payment.sendings(self.runs[month], again=True)
        answer = write_result(attempts, at.date(), {})
        payment.take_return(self.runs[month], answer, on=at.date(), at=at)
