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
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_text
from opendibao.payment import actions as payment
from opendibao.payment import queries as paying
from opendibao.payment.bank_return import write_result
from opendibao.payment.paper_queries import bound_by_level
from opendibao.payment.reconciliation import exceptions
from opendibao.payment.statements import agreeing, write_statement
from opendibao.payment.vouchers import LEVELS
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered
from opendibao.registry.entries import AccountEntry

FIRST_ORDER = 40  # after everything else of a day: what was decided today is in the freeze
MANY = 1000  # more than the bank ever returns in a month
CORRECTED = "上次退回后凭本人新存折更正，乡镇核对过存折和身份证"
"""Why an account that changed lately may be paid to: nothing else is ever found in this county."""


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
            (on.checked, COUNTY_MAKER, self.confirm),
            (on.checked, COUNTY_MAKER, self.settle),
            (on.checked, COUNTY_CHECKER, self.check),
            (on.checked, FINANCE, self.approve),
            (on.sent, COUNTY_MAKER, self.send),
            (on.sent, FINANCE, self.enter_vouchers),
            (on.booked, COUNTY_MAKER, self.take_result),
            (on.closed, COUNTY_MAKER, self.compare),
            (on.closed, COUNTY_MAKER, self.close),
        ]
        if self.returned[month]:
            steps.append((on.corrected, COUNTY_MAKER, self.correct_accounts))
            steps.append((on.resent, COUNTY_MAKER, self.send_again))
            steps.append((on.rebooked, COUNTY_MAKER, self.take_second_result))
        for order, (day, officer, step) in enumerate(steps, FIRST_ORDER):
            yield day, order, by(officer, self.county, partial(step, month))

    def compute(self, month: date, at: datetime) -> None:
        """The month's lines are frozen and looked over."""
        self.runs[month] = payment.compute_run(month, on=at.date(), at=at, maker=COUNTY_MAKER).pk

    def confirm(self, month: date, at: datetime) -> None:
        """Every township with households on the list confirms its own part, by its own clerk."""
        for town in paying.confirmations(self.runs[month]):
            with self.offices.acting_in(town.division):
                payment.confirm_township(self.runs[month], town.division, on=at.date(), at=at)

    def settle(self, month: date, at: datetime) -> None:
        """The accounts corrected after a return were looked into by the townships; then all nine checks are signed."""
        run = self.runs[month]
        if changed := [one.id for one in paying.findings(run, "account_changed", limit=MANY)]:
            payment.settle_findings(changed, outcome="accepted", reason=CORRECTED, on=at.date(), at=at)
        payment.sign_checks(run, on=at.date(), at=at)

    def check(self, month: date, at: datetime) -> None:
        """A second officer checks."""
        payment.check_run(self.runs[month], on=at.date(), at=at, checker=COUNTY_CHECKER)

    def approve(self, month: date, at: datetime) -> None:
        """Finance releases the money."""
        payment.approve_run(self.runs[month], on=at.date(), at=at, finance=FINANCE)

    def send(self, month: date, at: datetime) -> None:
        """The file goes to the bank."""
        payment.send_run(self.runs[month], on=at.date(), at=at, out_dir=self.folder)

    def enter_vouchers(self, month: date, at: datetime) -> None:
        """Finance pays from each level's money and enters its vouchers."""
        owed: dict[str, int] = defaultdict(int)
        for row in bound_by_level(self.runs[month]):
            owed[row.level] += row.fen
        for place, level in enumerate((level for level in LEVELS if owed.get(level)), 1):
            number, text = f"演财支〔{month_text(month)}〕{place}号", f"{month_text(month)}低保金（{LEVELS[level]}）"
            payment.enter_voucher(
                self.runs[month], number=number, issued_on=at.date(), fen=owed[level], level=level, text=text,
                on=at.date(), at=at,
            )  # fmt: skip

    def take_result(self, month: date, at: datetime) -> None:
        """The bank answers: booked today, some returned."""
        attempts = payment.sendings(self.runs[month])
        answer = write_result(attempts, at.date(), self.returned[month])
        payment.take_return(self.runs[month], answer, on=at.date(), at=at)

    def compare(self, month: date, at: datetime) -> None:
        """The bank's statement comes in and agrees; what came back is for the clerk of the family's township."""
        run = self.runs[month]
        payment.take_statement(run, write_statement(agreeing(run)), on=at.date(), at=at)
        returned: dict[str, list[int]] = defaultdict(list)
        for one in exceptions(run, is_open=True):
            returned[township_of(one.division)].append(one.id)
        for town, ids in sorted(returned.items()):
            payment.decide_exceptions(
                ids, owner=self.offices.clerks[town], resolution="reissue", note="", on=at.date(), at=at
            )

    def close(self, month: date, at: datetime) -> None:
        """Every line has its answer, every difference its owner."""
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
