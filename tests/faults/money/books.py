"""账上应有: a small model, in plain Python, of what is owed, held, sent and answered, and of every ledger account.

It knows nothing of the product's tables or SQL. Each step books what the step means; afterwards the ledger must say so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

FINAL = ("paid", "returned")
BECOMES = {"paid": "paid", "returned": "returned", "unknown": "unknown", "differs": "differs", "name": "unknown"}
"""What a sending is after each answer of the bank; an answer under another name is as good as none."""


@dataclass
class Sending:
    """One sending to an account; `month` is that of the file that carried it."""

    e2e: str
    account: str
    month: date
    state: str = "sent"


@dataclass
class Owed:
    """What a household is owed for a month; `account` is the one of the freeze day."""

    home: str
    town: str
    month: date
    area: str
    fen: int
    account: str
    is_held: bool = False
    is_ended: bool = False
    sendings: list[Sending] = field(default_factory=list)

    @property
    def last(self) -> Sending | None:
        return self.sendings[-1] if self.sendings else None


@dataclass
class Month:
    """A month's run; `confirmed` is what each township saw, `reissued_on` when its last extra file went out."""

    month: date
    maker: str
    state: str = "computed"
    owed: dict[str, Owed] = field(default_factory=dict)
    confirmed: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    hands: list[str] = field(default_factory=list)
    reissued_on: date | None = None

    @property
    def total(self) -> int:
        return sum(one.fen for one in self.owed.values())

    def part(self, town: str) -> list[tuple[str, int]]:
        """The households of a township, and their fen."""
        return sorted((home, one.fen) for home, one in self.owed.items() if one.town == town)

    @property
    def unconfirmed(self) -> set[str]:
        return {one.town for one in self.owed.values()} - set(self.confirmed)


@dataclass
class Household:
    """A household: `amounts` are what it gets a month, each from a month on; `until` is the last month it is owed."""

    number: str
    town: str
    area: str
    amounts: list[tuple[date, int]]
    account: str
    until: date | None = None

    def fen_for(self, month: date) -> int:
        if self.until is not None and month > self.until:
            return 0
        return [fen for since, fen in self.amounts if since <= month][-1]


class Books:
    """The county's money as it should stand."""

    def __init__(self, homes: Iterable[Household]) -> None:
        self.homes = {home.number: home for home in homes}
        self.months: dict[date, Month] = {}
        self.balance: Counter[tuple[str, str]] = Counter()

    @property
    def last(self) -> Month | None:
        return self.months[max(self.months)] if self.months else None

    def _move(self, one: Owed, source: str, target: str) -> None:
        self.balance[source, one.area] -= one.fen
        self.balance[target, one.area] += one.fen

    def balances(self) -> dict[tuple[str, str], int]:
        return {account: fen for account, fen in self.balance.items() if fen}

    def sendings(self) -> dict[str, tuple[str, str]]:
        return {sending.e2e: (sending.state, sending.account) for one in self.every() for sending in one.sendings}

    def every(self) -> Iterator[Owed]:
        for month in self.months.values():
            yield from month.owed.values()

    def owed_for(self, month: date) -> dict[str, Owed]:
        return {
            home.number: Owed(home.number, home.town, month, home.area, fen, home.account)
            for home in self.homes.values()
            if (fen := home.fen_for(month))
        }

    def build(self, month: date, maker: str) -> None:
        self.months[month] = Month(month, maker, owed=self.owed_for(month))

    def build_again(self, month: Month) -> None:
        """What a township has confirmed stands only where its part is the same."""
        month.owed = self.owed_for(month.month)
        month.confirmed = {town: part for town, part in month.confirmed.items() if month.part(town) == part}

    def is_overtaken(self, month: Month) -> bool:
        """Whether somebody on the list is owed this month no longer."""
        return any(not self.homes[home].fen_for(month.month) for home in month.owed)

    def check(self, month: Month, checker: str, held: set[str]) -> None:
        month.state, month.hands = "checked", [checker]
        for one in month.owed.values():
            one.is_held = one.home in held

    def go_back(self, month: Month) -> None:
        month.state, month.hands = "computed", []
        for one in month.owed.values():
            one.is_held = False

    def approve(self, month: Month, finance: str, *, needs_two: bool) -> None:
        """Above an amount the first of finance reviews and another one approves."""
        month.hands.append(finance)
        if needs_two and len(month.hands) == 2:
            month.state = "reviewed"
            return
        month.state = "approved"
        for one in month.owed.values():
            self._move(one, "budget", "payable")
            if one.is_held:
                self._move(one, "payable", "suspended")

    def release(self, one: Owed) -> None:
        one.is_held = False
        self._move(one, "suspended", "payable")

    def cancel(self, one: Owed) -> None:
        one.is_held, one.is_ended = False, True
        self._move(one, "suspended", "budget")

    def to_send(self, month: Month) -> list[Owed]:
        """Its own lines that are not held, and what of former months came loose: released, or to a new account."""
        own = [one for one in month.owed.values() if not one.is_held and not one.is_ended]
        former = [one for one in self.every() if one.month < month.month and self._is_loose(one)]
        return own + former

    def to_reissue(self, month: Month) -> list[Owed]:
        return [one for one in month.owed.values() if one.last and self._is_loose(one)]

    def _is_loose(self, one: Owed) -> bool:
        account = self.homes[one.home].account
        if one.is_held or one.is_ended or not account:
            return False
        return one.last is None or (one.last.state == "returned" and one.last.account != account)

    def send(self, month: Month, these: list[Owed]) -> None:
        """Its own lines go to the account of the freeze day, what is sent later to the account of that day."""
        month.state = "sent" if month.state == "approved" else month.state
        for one in these:
            number = len(one.sendings) + 1
            is_own = number == 1 and one.month == month.month
            self._move(one, "payable" if number == 1 else "returned", "transit")
            account = one.account if is_own else self.homes[one.home].account
            one.sendings.append(Sending(f"{one.month:%Y%m}-{one.home}-R-0-{number}", account, month.month))

    def sent_with(self, month: date) -> list[tuple[Owed, Sending]]:
        """What went out with a month's files."""
        return [(one, sending) for one in self.every() for sending in one.sendings if sending.month == month]

    def answer(self, one: Owed, sending: Sending, verdict: str) -> None:
        """What was paid or came back stays so, whatever the bank says later; a known other amount is not forgotten."""
        if sending.state in FINAL or (sending.state == "differs" and BECOMES[verdict] == "unknown"):
            return
        sending.state = BECOMES[verdict]
        if sending.state in FINAL:
            self._move(one, "transit", sending.state)
