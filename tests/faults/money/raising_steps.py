"""提标的步子: the new standard is taken to everybody by two officers, and what was paid short is ordered."""

from collections import Counter
from datetime import date

from opendibao.decision.models import Decision
from opendibao.decision.uprating import approve_uprating, prepare_uprating, withdraw_uprating
from opendibao.kernel.month import add_months
from opendibao.payment.back_pay import back_pay
from opendibao.payment.models import PayOrder
from tests.faults.money.entitled import RAISED_FROM, Grant, Order
from tests.faults.money.ground import Ended, Ground
from tests.faults.money.raising import Uprating


class RaisingSteps(Ground):
    """From the new standard to the back-pay."""

    def prepare_uprating(self, who: str) -> Ended:
        found = self.books.raised.lines(self.books.homes.values())
        is_time = add_months(self.today.replace(day=1), 1) >= RAISED_FROM
        must = is_time and bool(found) and self.books.raised.waiting() is None
        made: list[int] = []
        return self.step(
            "prepare uprating", who, must,
            lambda: made.append(prepare_uprating(RAISED_FROM, on=self.today, at=self.now()).pk),
            lambda: self.books.raised.made.append(Uprating(made[0], who, found)),
        )  # fmt: skip

    def approve_uprating(self, who: str) -> Ended | None:
        """Only what was prepared, and by another; each gets its amount with the next month."""
        if (one := self.books.raised.waiting()) is None:
            return None
        must = who != one.maker and one.lines == self.books.raised.lines(self.books.homes.values())

        def then() -> None:
            one.state = "approved"
            decided = dict(Decision.objects.filter(uprating=one.id).values_list("household__number", "pk"))
            since = add_months(self.today.replace(day=1), 1)
            for home, result, fen in one.lines.values():
                if result == "increase":
                    grant = Grant(decided.pop(home), "increase", self.today, since, fen, by=RAISED_FROM)
                    self.books.homes[home].grants.append(grant)
                    one.decided[home] = grant
            assert not decided

        return self.step(
            "approve uprating", who, must, lambda: approve_uprating(one.id, on=self.today, at=self.now()), then
        )

    def withdraw_uprating(self, who: str) -> Ended | None:
        if (one := self.books.raised.waiting()) is None:
            return None

        def then() -> None:
            one.state = "withdrawn"

        return self.step(
            "withdraw uprating", who, True,
            lambda: withdraw_uprating(one.id, reason="再核对", on=self.today, at=self.now()), then,
        )  # fmt: skip

    def _short(self, one: Uprating) -> dict[tuple[str, date], tuple[int, int]]:
        """Months since the new standard that the decision before paid in full: what each lacks, and by which decision.

        A month that was suspended and lifted was paid by a supplement.
        """
        found = {}
        for former, (home, result, fen) in one.lines.items():
            if result not in ("increase", "ended"):
                continue
            was = next(grant for grant in self.books.homes[home].grants if grant.id == former)
            by = one.decided[home].id if result == "increase" else former
            paid: Counter[date] = Counter()
            for line in self.books.every():
                if line.grant == former and line.kind != "backpay" and line.month >= RAISED_FROM and not line.is_ended:
                    paid[line.month] += line.fen
            for month, got in paid.items():
                if got >= was.fen and self._may_be_ordered(home, month):
                    found[home, month] = fen - was.fen, by
        return found

    def _may_be_ordered(self, home: str, month: date) -> bool:
        household = self.books.homes[home]
        is_suspended = any(each.stands_open_in(month) for each in household.suspensions)
        is_ordered = any(
            each.key[:3] == (home, month, "backpay") and each.state != "refused" for each in self.books.orders
        )
        is_claimed = self.books.owing.claimed(home, month)
        return self.books.months[month].is_out and not (is_suspended or is_ordered or is_claimed)

    def back_pay(self, who: str, pick: int) -> Ended | None:
        """All that may be ordered, in one go, once."""
        batches = self.books.raised.approved()
        if not batches:
            return None
        one = batches[pick % len(batches)]
        wanted = self._short(one)
        made: list[int] = []

        def then() -> None:
            asked = PayOrder.objects.filter(pk__in=made).order_by("pk").select_related("household")
            told = {(each.household.number, each.month): each.pk for each in asked}
            assert told.keys() == wanted.keys()
            for (home, month), (fen, by) in wanted.items():
                number = self.books.next_number(home, month, "backpay")
                id_ = told[home, month]
                self.books.orders.append(Order(id_, home, month, "backpay", number, fen, who, by))

        return self.step(
            "back pay", who, bool(wanted), lambda: made.extend(back_pay(one.id, on=self.today, at=self.now())), then
        )
