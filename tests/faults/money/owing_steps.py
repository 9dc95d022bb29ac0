"""追缴的步子: claimed by one and approved by another, given back, set off, let off."""

from datetime import date

from opendibao.kernel.month import add_months
from opendibao.payment import actions as pay
from opendibao.payment.models import Receivable as Owed
from tests.faults.money.entitled import Grant
from tests.faults.money.ground import Ended, Ground
from tests.faults.money.owing import Receivable, Waiver


class OwingSteps(Ground):
    """What families got too much."""

    def overpaid(self, home: str, grant: Grant, since: date) -> dict[date, tuple[int, int]]:
        """Months that decisions before it paid above what it gives; what a later one grants is not its matter."""
        grants = self.books.homes[home].grants
        former = {one.id for one in grants[: grants.index(grant)]}
        months = sorted({one.month for one in self.books.every() if one.home == home and since <= one.month})
        found: dict[date, tuple[int, int]] = {}
        for month in months:
            granting, paid = self.books.homes[home].grant_for(month), self.books.paid(home, month)
            is_its_own = granting is None or granting is grant or granting.id in former
            by = {one.grant for one in self.books.of(home, month) if one.kind == "regular"}
            if paid > grant.fen and is_its_own and by <= former and not self.books.owing.claimed(home, month):
                found[month] = paid, grant.fen
        return found

    def may_claim(self, home: str, grant: Grant, since: date) -> bool:
        months = self.overpaid(home, grant, since)
        is_under_way = any(self.books.is_under_way(home, month) for month in months)
        return grant.kind in ("reduce", "stop") and bool(months) and not is_under_way

    def ask_claim(self, who: str, home: str, pick: int, back: int) -> Ended:
        """By any decision of the household, the newest or an old one, from a month some months back on."""
        household = self.books.homes[home]
        grant = household.grants[-1 - pick % len(household.grants)]
        since = add_months(self.month.month if self.month else self.first, -back)
        months = self.overpaid(home, grant, since)
        must = self.may_claim(home, grant, since)
        made: list[Owed] = []

        def act() -> None:
            asked = pay.ask_claim(
                self.household(home).pk, decision_id=grant.id, since_month=since, cause="late", words="没有及时报告",
                on=self.today, at=self.now(),
            )  # fmt: skip
            made.append(asked)

        def then() -> None:
            claim = Receivable(made[0].pk, home, household.area, months, who)
            assert made[0].amount_fen == claim.fen
            self.books.owing.receivables.append(claim)

        return self.step("ask claim", who, must, act, then)

    def settle_claim(self, who: str, pick: int, *, is_approved: bool) -> Ended | None:
        asked = [one for one in self.books.owing.receivables if one.state == "asked"]
        if not asked:
            return None
        one = asked[pick % len(asked)]

        def approved() -> None:
            one.state, one.settled_on = "approved", self.today
            self.books.move(one.fen, one.area, "claimed", "to_recover")

        def refused() -> None:
            one.state = "refused"

        if is_approved:
            return self.step(
                "approve claim", who, who != one.maker,
                lambda: pay.approve_claim(one.id, on=self.today, at=self.now()), approved,
            )  # fmt: skip
        return self.step(
            "refuse claim", who, who != one.maker,
            lambda: pay.refuse_claim(one.id, note="先听取意见", on=self.today, at=self.now()), refused,
        )  # fmt: skip

    def _claim(self, pick: int) -> Receivable | None:
        """Some receivable, whatever became of it; more often one that is in force."""
        known = self.books.owing.in_force() if pick % 3 else self.books.owing.receivables
        return known[pick % len(known)] if known else None

    def _is_owed(self, one: Receivable) -> bool:
        return one.state == "approved" and self.books.left(one) > 0

    def agree_way(self, who: str, pick: int, *, monthly: int | None, is_set_off: bool) -> Ended | None:
        """In cash, or against the coming months where there are any; in instalments, none above the rest."""
        if (one := self._claim(pick)) is None:
            return None
        way = "offset" if is_set_off else "cash"

        def then() -> None:
            one.is_set_off, one.monthly = is_set_off, monthly

        fits = monthly is None or monthly <= self.books.left(one)
        must = self._is_owed(one) and fits and not (is_set_off and self.books.homes[one.home].is_stopped)
        return self.step(
            "agree way", who, must,
            lambda: pay.agree_way(one.id, way=way, monthly_fen=monthly, on=self.today, at=self.now()), then,
        )  # fmt: skip

    def give_back(self, who: str, pick: int, part: int) -> Ended | None:
        """Some tenths of the rest in cash; more than the rest is refused."""
        if (one := self._claim(pick)) is None:
            return None
        rest = self.books.left(one)
        fen = max(rest * part // 10, 1)

        def then() -> None:
            one.cash += fen
            self.books.move(fen, one.area, "to_recover", "recovered")

        number = f"收{self.count}"
        return self.step(
            "cash", who, self._is_owed(one) and fen <= rest,
            lambda: pay.enter_cash_return(one.id, fen=fen, receipt=number, on=self.today, at=self.now()), then,
        )  # fmt: skip

    def ask_waiver(self, who: str, pick: int) -> Ended | None:
        if (one := self._claim(pick)) is None:
            return None
        fen, made = self.books.left(one), list[int]()
        must = self._is_owed(one) and self.books.owing.waiting_waiver(one) is None
        return self.step(
            "ask waiver", who, must,
            lambda: made.append(pay.ask_waiver(one.id, cause="重病", on=self.today, at=self.now()).pk),
            lambda: self.books.owing.waivers.append(Waiver(made[0], one, fen, who)),
        )  # fmt: skip

    def settle_waiver(self, who: str, pick: int, *, is_approved: bool) -> Ended | None:
        """Let off is all that is left, and only what was asked for; not while an open list sets off a part."""
        asked = [one for one in self.books.owing.waivers if one.state == "asked"]
        if not asked:
            return None
        one = asked[pick % len(asked)]
        is_at_work = any(
            line.set_off and line.set_off.of is one.of and self.of_its_run(line).is_open for line in self.books.every()
        )

        def approved() -> None:
            one.state, one.of.let_off = "approved", one.of.let_off + one.fen
            self.books.move(one.fen, one.of.area, "to_recover", "claimed")

        def refused() -> None:
            one.state = "refused"

        if is_approved:
            return self.step(
                "approve waiver", who, who != one.maker and self.books.left(one.of) == one.fen and not is_at_work,
                lambda: pay.approve_waiver(one.id, on=self.today, at=self.now()), approved,
            )  # fmt: skip
        return self.step(
            "refuse waiver", who, who != one.maker,
            lambda: pay.refuse_waiver(one.id, note="请先提供证明", on=self.today, at=self.now()), refused,
        )  # fmt: skip
