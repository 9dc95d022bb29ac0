"""发放日: the steps of each month's money, from the freeze to what the bank returned and is paid again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

from opendibao.demo.bank_answers import AGAIN, first_answer, last_answer, odd_of
from opendibao.demo.days import pay_days
from opendibao.demo.new_accounts import NewAccounts
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, FINANCE, Step, Windows, by
from opendibao.demo.plan import CountyPlan, PlannedExit
from opendibao.demo.ways import way_of
from opendibao.kernel.ids import township_of
from opendibao.kernel.month import month_of, month_text
from opendibao.kernel.workdays import add_workdays
from opendibao.payment import actions as payment
from opendibao.payment import queries as paying
from opendibao.payment.bank_return import write_result
from opendibao.payment.level_vouchers import due_by_level
from opendibao.payment.reconciliation import ExceptionRow, exceptions
from opendibao.payment.statements import agreeing, write_statement
from opendibao.payment.vouchers import LEVELS
from opendibao.registry import actions as registry
from opendibao.registry import queries as registered

FIRST_ORDER = 40  # after everything else of a day: what was decided today is in the freeze
ASKED_AFTER, SECOND_TIME = 6, (7, 8, 9)
"""Working days after the booking day: the bank's last word; corrected, sent and booked after a second return."""
MANY = 1000  # more than the bank ever returns in a month
CORRECTED = "换过账户，凭本人新存折办理，乡镇核对过存折和身份证"
"""Why an account that changed lately may be paid to."""
NOBODY_LIVES = "村里报来户主已去世，家里没有其他人，先不发，等停发决定"
STOPPED = "户主已去世，停发决定已经作出，这个月的钱不再发"
ASK_THE_BANK = "已打电话请代发银行查明，等银行更正的结果"
Act = Callable[[date, datetime], None]


class Payday:
    """The twelve months' money; runs are known by their month once computed."""

    def __init__(self, plan: CountyPlan, households: dict[str, int], out: Path, offices: Windows) -> None:
        self.county, self.offices = plan.county_code, offices
        self.accounts = NewAccounts(plan, households, offices)
        self.folder = out / "bank"
        self.runs: dict[date, int] = {}
        self.odd = odd_of(plan)
        self.twice = way_of(plan, "twice")
        self.dead: dict[date, PlannedExit] = {month_of(e.decided_on): e for e in plan.exits if e.reported_on}
        self.returned: dict[date, dict[str, str]] = defaultdict(dict)
        for one in plan.returns:
            self.returned[one.month][one.number] = one.reason

    def days(self, month: date) -> Iterator[Step]:
        """Day, order within the day, act."""
        for order, (day, officer, step) in enumerate(self._steps(month), FIRST_ORDER):
            yield day, order, by(officer, self.county, partial(step, month))
        if dead := self.dead.get(month):
            yield dead.decided_on, FIRST_ORDER, by(COUNTY_CHECKER, self.county, partial(self.give_up, month))

    def _steps(self, month: date) -> list[tuple[date, str, Act]]:
        on = pay_days(month)
        steps: list[tuple[date, str, Act]] = [
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
        if month in self.odd:
            steps.append((add_workdays(on.booked, ASKED_AFTER), COUNTY_MAKER, self.take_last_result))
        if self.twice and self.twice.month == month:
            acts = (self.correct_once_more, self.send_again, self.take_third_result)
            steps += [
                (add_workdays(on.booked, count), COUNTY_MAKER, act)
                for count, act in zip(SECOND_TIME, acts, strict=True)
            ]
        return steps

    def compute(self, month: date, at: datetime) -> None:
        """The month's lines are frozen and looked over."""
        self.runs[month] = payment.compute_run(month, on=at.date(), at=at, maker=COUNTY_MAKER).pk

    def confirm(self, month: date, at: datetime) -> None:
        """Every township with households on the list confirms its own part, by its own clerk."""
        for town in paying.confirmations(self.runs[month]):
            with self.offices.acting_in(town.division):
                payment.confirm_township(self.runs[month], town.division, on=at.date(), at=at)

    def settle(self, month: date, at: datetime) -> None:
        """Corrected accounts were looked into by the townships; who died meanwhile is held back; then all is signed."""
        run, on = self.runs[month], at.date()
        if dead := self.dead.get(month):
            self._hear_of_death(dead, at)
            payment.look_again(run, on=on, at=at)
        found = paying.findings(run, limit=MANY)
        for kind, outcome, reason in (("account_changed", "accepted", CORRECTED), ("dead", "held", NOBODY_LIVES)):
            if ids := [one.id for one in found if one.kind == kind]:
                payment.settle_findings(ids, outcome=outcome, reason=reason, on=on, at=at)
        payment.sign_checks(run, on=on, at=at)

    def _hear_of_death(self, dead: PlannedExit, at: datetime) -> None:
        """The village tells its township, which enters it at once."""
        with self.offices.acting_for(dead.number):
            for id_number in dead.deaths:
                registry.record_death(registered.person_id(id_number), died=dead.happened_on, at=at)

    def give_up(self, month: date, at: datetime) -> None:
        """The decision to stop is there: what was held back goes back to the budget."""
        for hold in paying.holds(self.runs[month], is_open=True):
            payment.cancel_hold(hold.id, note=STOPPED, on=at.date(), at=at)

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
        owed = due_by_level(self.runs[month])
        for place, level in enumerate((level for level in LEVELS if owed.get(level)), 1):
            number, text = f"演财支〔{month_text(month)}〕{place}号", f"{month_text(month)}低保金（{LEVELS[level]}）"
            payment.enter_voucher(
                self.runs[month], number=number, issued_on=at.date(), fen=owed[level], level=level, text=text,
                on=at.date(), at=at,
            )  # fmt: skip

    def take_result(self, month: date, at: datetime) -> None:
        """The bank answers: booked today, some returned, here and there one left out, unsure or with another amount."""
        attempts = payment.sendings(self.runs[month])
        answer = first_answer(attempts, at.date(), self.returned[month], self.odd.get(month, {}))
        payment.take_return(self.runs[month], answer, on=at.date(), at=at)

    def compare(self, month: date, at: datetime) -> None:
        """The bank's statement comes in and agrees; whatever is open gets its owner."""
        self._take_statement(month, at)
        self._hand_out(self.runs[month], at)

    def _take_statement(self, month: date, at: datetime) -> None:
        run = self.runs[month]
        payment.take_statement(run, write_statement(agreeing(run)), on=at.date(), at=at)

    def _hand_out(self, run: int, at: datetime) -> None:
        """What came back is for the clerk of the family's township, what the bank must explain for the county."""
        returned: dict[str, list[int]] = defaultdict(list)
        unsure: list[ExceptionRow] = []
        for one in exceptions(run, is_open=True):
            if one.resolution:
                continue
            if one.kind == "returned":
                returned[township_of(one.division)].append(one.id)
            else:
                unsure.append(one)
        for town, ids in sorted(returned.items()):
            self._decide(ids, self.offices.clerks[town], "reissue", "", at)
        if unsure:
            self._decide([one.id for one in unsure], COUNTY_CHECKER, "bank", ASK_THE_BANK, at)

    def _decide(self, ids: Sequence[int], owner: str, resolution: str, note: str, at: datetime) -> None:
        payment.decide_exceptions(ids, owner=owner, resolution=resolution, note=note, on=at.date(), at=at)

    def close(self, month: date, at: datetime) -> None:
        """Every line has its answer, every difference its owner."""
        payment.close_run(self.runs[month], on=at.date(), at=at)

    def correct_accounts(self, month: date, at: datetime) -> None:
        """The families bring an account that works to their township, and the county calls them before it counts."""
        for number in sorted(self.returned[month]):
            self.accounts.change(number, "returned", at)

    def send_again(self, month: date, at: datetime) -> None:
        """What came back goes out once more."""
        payment.reissue(self.runs[month], on=at.date(), at=at, out_dir=self.folder)

    def take_second_result(self, month: date, at: datetime) -> None:
        """This time the bank books it; of one family it comes back again, and the clerk follows it up."""
        run = self.runs[month]
        again = {self.twice.number: AGAIN} if self.twice and self.twice.month == month else {}
        payment.take_return(run, write_result(payment.sendings(run, again=True), at.date(), again), on=at.date(), at=at)
        if again:
            self._hand_out(run, at)

    def correct_once_more(self, month: date, at: datetime) -> None:
        """The family opens an account with another bank."""
        if self.twice:
            self.accounts.change(self.twice.number, "returned", at)

    def take_third_result(self, month: date, at: datetime) -> None:
        """At last the bank books it."""
        attempts = [one for one in payment.sendings(self.runs[month], again=True) if one.state == "sent"]
        payment.take_return(self.runs[month], write_result(attempts, at.date(), {}), on=at.date(), at=at)

    def take_last_result(self, month: date, at: datetime) -> None:
        """Asked after it, the bank says what became of the rest; its new statement says so as well."""
        attempts = payment.sendings(self.runs[month])
        answer = last_answer(attempts, pay_days(month).booked, self.odd[month])
        payment.take_return(self.runs[month], answer, on=at.date(), at=at)
        self._take_statement(month, at)
