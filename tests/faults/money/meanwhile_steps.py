"""其间的事: families change their accounts, and decisions raise, lower and stop what they get."""

from datetime import timedelta

from opendibao.decision.models import Decision
from opendibao.kernel.month import add_months
from opendibao.registry.entries import AccountEntry
from tests.faults.money.county import AUDITOR
from tests.faults.money.entitled import Grant
from tests.faults.money.ground import Ended, Ground, modelled
from tests.payment.builders import FAR_VILLAGE, family
from tests.registry.changed import changed


class MeanwhileSteps(Ground):
    """What nobody of the money's officers does."""

    def enter_late(self) -> Ended | None:
        """A household whose old decision is found only now: no list had it, though it is owed."""
        late = [number for number in self.families if number.startswith("L")]
        if len(late) == 2:
            return None
        number, fen = f"L{len(late) + 1}", 25_003 + 1_000 * len(late)

        def act() -> None:
            self.families[number] = family(number, fen=fen, division=FAR_VILLAGE)

        return self.step(
            "enter late", AUDITOR, True, act,
            lambda: self.books.homes.__setitem__(number, modelled(self.families[number])),
        )  # fmt: skip

    def change_account(self, home: str, *, share_with: str = "") -> Ended:
        """To a new account, or to another household's, never to its own; one officer asks, another makes sure."""
        number = self.books.homes[share_with].account if share_with else ""
        number = number or f"6299{self.count:09}"
        entry = AccountEntry(f"户主{home}", "农商银行", number)

        def then() -> None:
            self.books.homes[home].account = number

        family = self.household(home).pk
        return self.step(
            "change account", "钱乡镇", number != self.books.homes[home].account,
            lambda: changed(family, entry, on=self.today, at=self.now()), then,
        )  # fmt: skip

    def stop(self, home: str, *, is_late: bool) -> Ended | None:
        """The household is owed nothing after this month, or (too late) already not for this month."""
        until = add_months(self.today.replace(day=1), -1 if is_late else 0)
        household = self.books.homes[home]
        active = [one for one in self.books.homes.values() if not one.is_stopped]
        if household.is_stopped or len(active) <= 3 or until < household.grants[-1].since:
            return None
        # a list that was checked already: what is on its way is paid; what is held may end
        if any(
            one.home == home and one.month > until and self.of_its_run(one).state != "computed"
            and not one.is_held and not one.is_ended for one in self.books.every()
        ):  # fmt: skip
            return None
        decided_on = self.today.replace(day=1) - timedelta(1) if is_late else self.today
        made: list[Decision] = []

        def then() -> None:
            household.grants.append(Grant(made[0].pk, "stop", decided_on, add_months(until, 1), 0, by=decided_on))

        return self.step(
            "stop", AUDITOR, True, lambda: made.append(self.families[home].decide("stop", decided_on)), then
        )

    def change_amount(self, home: str, fen: int) -> Ended | None:
        """From the next month on it is owed another amount."""
        household, since = self.books.homes[home], add_months(self.today.replace(day=1), 1)
        if household.is_stopped or household.grants[-1].since >= since:
            return None
        kind = "increase" if fen > household.fen else "reduce"
        made: list[Decision] = []

        def then() -> None:
            household.grants.append(Grant(made[0].pk, kind, self.today, since, fen, by=self.today))

        return self.step(
            "change amount", AUDITOR, True,
            lambda: made.append(self.families[home].decide(kind, self.today, fen=fen, first_month=since)), then,
        )  # fmt: skip
