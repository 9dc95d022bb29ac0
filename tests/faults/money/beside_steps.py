"""名册以外的步子: households are suspended and taken up again, and what is missing is ordered, by two officers."""

from datetime import date

from opendibao.kernel.month import add_months
from opendibao.payment import actions as pay
from opendibao.payment.models import PayOrder
from tests.faults.money.books import Month
from tests.faults.money.entitled import Order, Suspension
from tests.faults.money.ground import Ended, Ground


class BesideSteps(Ground):
    """Suspensions and orders."""

    def ask_suspension(self, who: str, home: str, ahead: int) -> Ended:
        """From a month whose list can still be changed, or (ahead < 0) from one that cannot."""
        household = self.books.homes[home]
        first = add_months(self.books.next_month(self.today), ahead)
        must = ahead >= 0 and household.open_suspension() is None
        made: list[int] = []

        def act() -> None:
            asked = pay.ask_suspension(
                self.household(home).pk, first_month=first, cause="核查收入", on=self.today, at=self.now()
            )
            made.append(asked.pk)

        return self.step(
            "ask suspension", who, must, act,
            lambda: household.suspensions.append(Suspension(made[0], home, first, who)),
        )  # fmt: skip

    def _suspensions(self, state: str) -> list[Suspension]:
        return [one for home in self.books.homes.values() for one in home.suspensions if one.state == state]

    def settle_suspension(self, who: str, pick: int, *, is_approved: bool) -> Ended | None:
        """By another officer; approved only while the first month's list can be changed."""
        asked = self._suspensions("asked")
        if not asked:
            return None
        one = asked[pick % len(asked)]
        is_in_time = one.first >= self.books.next_month(self.today)

        def then() -> None:
            one.state = "approved" if is_approved else "refused"

        if is_approved:
            return self.step(
                "approve suspension", who, who != one.maker and is_in_time,
                lambda: pay.approve_suspension(one.id, on=self.today, at=self.now()), then,
            )  # fmt: skip
        return self.step(
            "refuse suspension", who, who != one.maker,
            lambda: pay.refuse_suspension(one.id, note="没有依据", on=self.today, at=self.now()), then,
        )  # fmt: skip

    def lift(self, who: str, pick: int) -> Ended | None:
        """The next list has the household again, and every month that it missed is ordered."""
        standing = self._suspensions("approved")
        if not standing:
            return None
        one = standing[pick % len(standing)]
        is_between = self.is_between()
        until = max(self.books.next_month(self.today), one.first)
        missed = [month for month in sorted(self.books.months) if one.first <= month < until]
        made: list[int] = []

        def then() -> None:
            one.state, one.until = "lifted", until
            for id_, month in zip(made, [m for m in missed if self.missing(one.home, m)], strict=True):
                self._ordered(id_, one.home, month, who)

        return self.step(
            "lift", who, who != one.maker and not is_between,
            lambda: made.extend(pay.lift_suspension(one.id, note="已查明", on=self.today, at=self.now())), then,
        )  # fmt: skip

    def is_between(self) -> bool:
        """Whether a list is between its check and the bank."""
        return self.month is not None and self.month.state in ("checked", "reviewed", "approved")

    # --- orders

    def missing(self, home: str, month: date) -> int:
        """What a month's decision grants and nobody has put on a list or ordered; nothing before it is sent."""
        run, grant = self.books.months.get(month), self.books.homes[home].grant_for(month)
        return grant.fen - self.books.given(home, month) if run and run.is_out and grant else 0

    def _ordered(self, id_: int, home: str, month: date, who: str, kind: str = "supplement", fen: int = 0) -> None:
        grant = self.books.homes[home].grant_for(month)
        assert grant
        fen = fen or self.missing(home, month)
        number = self.books.next_number(home, month, kind)
        self.books.orders.append(Order(id_, home, month, kind, number, fen, who, grant.id))

    def may_order(self, home: str, month: date) -> bool:
        is_suspended = any(one.stands_open_in(month) for one in self.books.homes[home].suspensions)
        return self.missing(home, month) > 0 and not is_suspended and not self.books.owing.claimed(home, month)

    def order(self, who: str, home: str, month: Month, back: int) -> Ended:
        """What is missing for a month: never one before the first run, nor one that is suspended or claimed back."""
        wanted = add_months(month.month, -back)
        must = self.may_order(home, wanted)
        made: list[PayOrder] = []

        def act() -> None:
            made.append(
                pay.order_supplement(self.household(home).pk, month=wanted, cause="漏发", on=self.today, at=self.now())
            )

        return self.step("order supplement", who, must, act, lambda: self._ordered(made[0].pk, home, wanted, who))

    def settle_orders(self, who: str, pick: int, *, is_approved: bool) -> Ended | None:
        """One, or all that wait; never one's own."""
        waiting = [one for one in self.books.orders if one.state == "asked"]
        if not waiting:
            return None
        chosen = waiting if pick % 2 else [waiting[pick % len(waiting)]]
        ids = [one.id for one in chosen]

        def act() -> None:
            if is_approved:
                pay.approve_orders(ids, on=self.today, at=self.now())
            else:
                pay.refuse_orders(ids, note="先查清楚", on=self.today, at=self.now())

        def then() -> None:
            for one in chosen:
                one.state = "approved" if is_approved else "refused"

        name = "approve orders" if is_approved else "refuse orders"
        return self.step(name, who, all(one.maker != who for one in chosen), act, then)
