"""钱的变动: money suspended and paid later, a month that came too late for its list, and what must be given back.

Every matter is asked for by one officer and settled by another, on working days in the order of the guide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from opendibao.demo.days import pay_days, report_day, workdays_before
from opendibao.demo.officers import COUNTY_CHECKER, COUNTY_MAKER, FINANCE, Act, Step, by
from opendibao.demo.plan import CountyPlan, PlannedWay
from opendibao.demo.ways import FEN, INSTALMENT_YUAN, INSTALMENTS, movement, way_of
from opendibao.kernel.month import add_months, month_of, month_text
from opendibao.kernel.workdays import add_workdays
from opendibao.payment import actions as payment
from opendibao.payment.recovery_queries import deciding, orders, receivables, suspensions, waivers

ORDER = 27  # after the decisions of a day and before its freeze
SUSPENDED_MONTHS = 2
MONTHLY_FEN = 50 * FEN
"""What the family of the year's end and the county agree on a month."""
AWAY = "连续三次入户没有人，电话联系不上，正在核查"
BACK = "人在外地亲戚家，已联系上并入户看过，家里情况没有变化"
TOO_LATE = "决定在名册冻结以后才作出，{month}的名册里没有这一家"
DEATH = "家里有人去世，几个月后才报到乡镇，多发的部分要退回"
WORK = "家里有人找到工作，几个月后才报告，停发以前多发的要退回"
LEFT_HOME = "家里人口减少，几个月后才报到乡镇，多发的部分要退回"
HARDSHIP = "前两年看病欠了债，打工的钱刚够吃饭，一次拿不出这么多，已经退了一半"


@dataclass
class MoneyChanges:
    """The changes of a plan, as they are lived; ids are looked up by household when they are needed."""

    plan: CountyPlan
    households: dict[str, int]
    receipts: int = field(default=0)

    def steps(self) -> Iterator[Step]:
        """Day, order within the day, act."""
        for kind, steps in (
            ("suspended", self._suspended), ("late_decision", self._decided_late), ("set_off", self._in_instalments),
            ("late_income", self._waived), ("year_end", self._at_the_end), ("waiting_claim", self._waiting),
        ):  # fmt: skip
            if way := way_of(self.plan, kind):
                yield from steps(way)

    def _by(self, officer: str, day: date, act: Act) -> Step:
        return day, ORDER, by(officer, self.plan.county_code, act)

    def _suspended(self, way: PlannedWay) -> Iterator[Step]:
        """Asked for and approved before the list of its first month; lifted after that of its last one."""
        first, home = way.month, self.households
        frozen, last = pay_days(first).frozen, add_months(first, SUSPENDED_MONTHS - 1)

        def ask(at: datetime) -> None:
            payment.ask_suspension(home[way.number], first_month=first, cause=AWAY, on=at.date(), at=at)

        def approve(at: datetime) -> None:
            payment.approve_suspension(self._suspension(way.number), on=at.date(), at=at)

        def lift(at: datetime) -> None:
            payment.lift_suspension(self._suspension(way.number), note=BACK, on=at.date(), at=at)

        back = add_workdays(pay_days(last).closed, 4)
        yield self._by(COUNTY_MAKER, workdays_before(frozen, 3), ask)
        yield self._by(COUNTY_CHECKER, workdays_before(frozen, 2), approve)
        yield self._by(COUNTY_CHECKER, back, lift)
        yield self._by(COUNTY_MAKER, add_workdays(back, 1), partial(self._approve_orders, way.number))

    def _suspension(self, number: str) -> int:
        return suspensions(self.households[number], is_open=True)[0].id

    def _approve_orders(self, number: str, at: datetime) -> None:
        waiting = [one.id for one in orders(self.households[number], is_waiting=True)]
        payment.approve_orders(waiting, on=at.date(), at=at)

    def _decided_late(self, way: PlannedWay) -> Iterator[Step]:
        """The first month that the decision grants went out without the family: it is ordered for the next list."""
        month = add_months(way.month, 1)

        def ask(at: datetime) -> None:
            cause = TOO_LATE.format(month=month_text(month))
            payment.order_supplement(self.households[way.number], month=month, cause=cause, on=at.date(), at=at)

        day = add_workdays(pay_days(month).closed, 3)
        yield self._by(COUNTY_MAKER, day, ask)
        yield self._by(COUNTY_CHECKER, add_workdays(day, 1), partial(self._approve_orders, way.number))

    def _in_instalments(self, way: PlannedWay) -> Iterator[Step]:
        """A death told late: most is given back at once, the rest is set off against the next months."""
        decided = movement(self.plan, way.number).decided_on
        yield from self._claimed(way.number, "death", DEATH, decided)

        def agree(at: datetime) -> None:
            debt = self._debt(way.number)
            self._pays_back(debt, self._left(debt) - INSTALMENT_YUAN * INSTALMENTS * FEN, at)
            payment.agree_way(debt, way="offset", monthly_fen=INSTALMENT_YUAN * FEN, on=at.date(), at=at)

        yield self._by(COUNTY_MAKER, add_workdays(decided, 3), agree)

    def _waived(self, way: PlannedWay) -> Iterator[Step]:
        """A job that was not told of: half comes back, the rest is given up for hardship, which finance approves."""
        decided = movement(self.plan, way.number).decided_on
        yield from self._claimed(way.number, "late", WORK, decided)

        def half(at: datetime) -> None:
            debt = self._debt(way.number)
            self._pays_back(debt, self._left(debt) // FEN // 2 * FEN, at)

        def ask(at: datetime) -> None:
            payment.ask_waiver(self._debt(way.number), cause=HARDSHIP, on=at.date(), at=at)

        def approve(at: datetime) -> None:
            payment.approve_waiver(self._waiver(way.number), on=at.date(), at=at)

        yield self._by(COUNTY_MAKER, add_workdays(decided, 12), half)
        yield self._by(COUNTY_MAKER, add_workdays(decided, 16), ask)
        yield self._by(FINANCE, add_workdays(decided, 18), approve)

    def _at_the_end(self, way: PlannedWay) -> Iterator[Step]:
        """Found when the year's books are gone through; what is agreed begins with the next list."""
        asked = workdays_before(report_day(self.plan.year), 2)
        yield from self._claimed(way.number, "late", LEFT_HOME, workdays_before(asked, 1))

        def agree(at: datetime) -> None:
            debt = self._debt(way.number)
            monthly = min(MONTHLY_FEN, self._left(debt))
            payment.agree_way(debt, way="offset", monthly_fen=monthly, on=at.date(), at=at)

        yield self._by(COUNTY_MAKER, report_day(self.plan.year), agree)

    def _waiting(self, way: PlannedWay) -> Iterator[Step]:
        """Asked for in the new year; nobody has approved it yet."""
        day = workdays_before(report_day(self.plan.year), 1)
        yield self._by(COUNTY_MAKER, day, partial(self._ask, way.number, "late", WORK))

    def _claimed(self, number: str, cause: str, words: str, decided: date) -> Iterator[Step]:
        """Asked for on the first working day after the decision, approved on the second."""

        def approve(at: datetime) -> None:
            payment.approve_claim(self._debt(number), on=at.date(), at=at)

        yield self._by(COUNTY_MAKER, add_workdays(decided, 1), partial(self._ask, number, cause, words))
        yield self._by(COUNTY_CHECKER, add_workdays(decided, 2), approve)

    def _ask(self, number: str, cause: str, words: str, at: datetime) -> None:
        """From the month after the day on which it happened, by the decision that then was taken."""
        household = self.households[number]
        decision = deciding(household)
        assert decision is not None
        since = add_months(month_of(movement(self.plan, number).happened_on), 1)
        payment.ask_claim(
            household, decision_id=decision, since_month=since, cause=cause, words=words, on=at.date(), at=at
        )  # fmt: skip

    def _debt(self, number: str) -> int:
        return receivables(self.households[number])[0].id

    def _waiver(self, number: str) -> int:
        return waivers(self._debt(number))[0].id

    def _left(self, debt: int) -> int:
        return receivables(receivable_id=debt)[0].left_fen

    def _pays_back(self, debt: int, fen: int, at: datetime) -> None:
        """In cash, with a receipt of its own."""
        self.receipts += 1
        receipt = f"演收〔{at.year}〕{self.receipts}号"
        payment.enter_cash_return(debt, fen=fen, receipt=receipt, on=at.date(), at=at)
