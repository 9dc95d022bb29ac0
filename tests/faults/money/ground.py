"""钱的一步: whatever step is tried, it is done in the product and in the model at once, and then both must agree."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from opendibao.decision.refusal import DecisionRefused
from opendibao.payment.models import PayRun
from opendibao.payment.refusal import PaymentRefused
from opendibao.registry.models import Household
from opendibao.registry.refusal import RegistryRefused
from tests.faults.money.books import Books, Line, Month, Sending
from tests.faults.money.county import AUDITOR, TILLING, officer
from tests.faults.money.entitled import Grant, Home
from tests.faults.money.never import balances, broken, left, lines, sendings, unkept
from tests.payment.builders import Family, at

LIMIT = 800_000_000
"""Above this many fen a second officer of finance is needed: the parameter of the county that the walks use."""


@dataclass
class Ended:
    """What became of a step."""

    name: str
    is_done: bool


class Ground:
    """The product's county and the model of it, which every step changes together."""

    def __init__(self, homes: dict[str, Family], start: date, folder: str) -> None:
        self.families = homes
        self.books = Books(modelled(made) for made in homes.values())
        self.today, self.first, self.folder = start, start.replace(day=1), folder
        self.runs: dict[date, int] = {}
        self.said: dict[date, bytes] = {}
        self.count = 0

    def now(self) -> datetime:
        """No two steps happen in the same second."""
        self.count += 1
        return at(self.today) + timedelta(seconds=self.count % 20_000)

    def step(
        self, name: str, who: str, must: bool | None, act: Callable[[], object],
        then: Callable[[], object] = lambda: None, reach: str = "360429",
    ) -> Ended:  # fmt: skip
        """Do it in the product; where it is done, do it in the model; then all must agree.

        `must` says whether it must be done or refused; with None it may go either way.
        """
        try:
            with officer(who, reach):  # no transaction around it: each action must undo itself where it refuses
                act()
        except (PaymentRefused, DecisionRefused, RegistryRefused) as refusal:
            is_done, said = False, str(refusal)
        else:
            is_done, said = True, "done"
            then()
        assert must in (None, is_done), f"{name} by {who} on {self.today}: {said}"
        self.agree(name, is_changed=is_done)
        return Ended(name, is_done)

    def agree(self, name: str, *, is_changed: bool) -> None:
        """Nothing that must never be, and every account, line, sending and receivable as the model has it."""
        with officer(AUDITOR):
            assert balances() == self.books.balances(), name
            if not is_changed:
                return
            assert lines() == self.books.lines(), name
            assert sendings() == self.books.sendings(), name
            assert left() == {one.id: self.books.left(one) for one in self.books.owing.receivables}, name
            assert (found := broken()) == [], (name, found)
            assert (found := unkept()) == [], (name, found)

    @property
    def month(self) -> Month | None:
        return self.books.last

    def household(self, home: str) -> Household:
        return self.families[home].household

    def of_its_run(self, one: Line) -> Month:
        return self.books.months[one.run]


def modelled(made: Family) -> Home:
    decision = made.household.decisions.get()
    mu = TILLING[made.number][1] if made.number in TILLING else None
    grant = Grant(decision.pk, "legacy", made.decided_on, made.first_month, made.fen, mu, made.decided_on)
    account = f"62{made.number}" if made.has_account else ""
    return Home(made.number, f"{made.division[:9]}000", made.area, [grant], account)


def is_unanswered(month: Month, books: Books) -> bool:
    """Whether the bank has said nothing yet of something that went out with a month's files."""
    return any(s.state == "sent" for _, s in books.sent_with(month.month))


def came_back(books: Books) -> list[tuple[Line, Sending]]:
    """What came back and waits for another account."""
    return [
        (one, one.last) for one in books.every()
        if one.last and one.last.state == "returned" and one.last.account == books.homes[one.home].account
    ]  # fmt: skip


def run_of(month: Month) -> PayRun:
    """The product's run of a month."""
    return PayRun.objects.get(month=month.month)
