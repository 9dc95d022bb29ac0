"""账上应有: a small model, in plain Python, of what is owed, held, sent and answered, and of every ledger account.

It knows nothing of the product's tables or SQL. Each step books what the step means; afterwards the ledger must say so.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from opendibao.kernel.month import add_months
from tests.faults.money.entitled import Home, Order
from tests.faults.money.owing import Owing, Receivable, SetOff, part_of
from tests.faults.money.raising import Raised

FINAL = ("paid", "returned")
BECOMES = {"paid": "paid", "returned": "returned", "unknown": "unknown", "differs": "differs", "name": "unknown"}
"""What a sending is after each answer of the bank; an answer under another name is as good as none."""
LETTER = {"regular": "R", "supplement": "S", "backpay": "B"}
Key = tuple[str, date, str, int]


@dataclass
class Sending:
    """One sending to an account; `month` is that of the file that carried it."""

    e2e: str
    account: str
    month: date
    state: str = "sent"


@dataclass
class Line:
    """What a household is owed for a month on a run's list; `account` is the one of the freeze day."""

    home: str
    town: str
    month: date
    kind: str
    number: int
    area: str
    fen: int
    account: str
    grant: int
    run: date
    is_held: bool = False
    is_ended: bool = False
    set_off: SetOff | None = None
    sendings: list[Sending] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.home, self.month, self.kind, self.number

    @property
    def net(self) -> int:
        """What goes to the bank."""
        return self.fen - (self.set_off.fen if self.set_off else 0)

    @property
    def last(self) -> Sending | None:
        return self.sendings[-1] if self.sendings else None

    @property
    def is_paid(self) -> bool:
        return any(one.state == "paid" for one in self.sendings)


@dataclass
class Month:
    """A month's run; `confirmed` is what each township saw, `reissued_on` when its last extra file went out."""

    month: date
    maker: str
    state: str = "computed"
    lines: dict[Key, Line] = field(default_factory=dict)
    confirmed: dict[str, list[tuple[Key, int]]] = field(default_factory=dict)
    hands: list[str] = field(default_factory=list)
    reissued_on: date | None = None

    @property
    def total(self) -> int:
        return sum(one.fen for one in self.lines.values())

    @property
    def is_out(self) -> bool:
        return self.state in ("sent", "closed")

    @property
    def is_open(self) -> bool:
        """Whether finance has not passed it yet."""
        return self.state in ("computed", "checked", "reviewed")

    def part(self, town: str) -> list[tuple[Key, int]]:
        """The lines of a township, and their fen."""
        return sorted((key, one.fen) for key, one in self.lines.items() if one.town == town)

    @property
    def unconfirmed(self) -> set[str]:
        return {one.town for one in self.lines.values()} - set(self.confirmed)


class Books:
    """The county's money as it should stand."""

    def __init__(self, homes: Iterable[Home]) -> None:
        self.homes = {home.number: home for home in homes}
        self.months: dict[date, Month] = {}
        self.orders: list[Order] = []
        self.owing = Owing()
        self.raised = Raised()
        self.balance: Counter[tuple[str, str]] = Counter()

    @property
    def last(self) -> Month | None:
        return self.months[max(self.months)] if self.months else None

    def next_month(self, today: date) -> date:
        """The month whose list can still be changed."""
        if self.last is None:
            return today.replace(day=1)
        return self.last.month if self.last.state == "computed" else add_months(self.last.month, 1)

    def move(self, fen: int, area: str, source: str, target: str) -> None:
        self.balance[source, area] -= fen
        self.balance[target, area] += fen

    def balances(self) -> dict[tuple[str, str], int]:
        return {account: fen for account, fen in self.balance.items() if fen}

    def sendings(self) -> dict[str, tuple[str, str]]:
        return {sending.e2e: (sending.state, sending.account) for one in self.every() for sending in one.sendings}

    def every(self) -> Iterator[Line]:
        for month in self.months.values():
            yield from month.lines.values()

    def of(self, home: str, month: date) -> list[Line]:
        """A household's lines for a month, on whichever list."""
        return [one for one in self.every() if one.home == home and one.month == month]

    def lines(self) -> dict[tuple[date, Key], tuple[int, int]]:
        """Every line with its fen, and what of it is set off."""
        return {(one.run, one.key): (one.fen, one.fen - one.net) for one in self.every()}

    # --- the list

    def listed(self, month: date) -> dict[Key, Line]:
        """What would be on a month's list today: its own lines, and what was ordered and has been on none."""
        elsewhere = {one.key for one in self.every() if one.run != month}
        found: list[Line] = []
        for home in self.homes.values():
            if home.is_suspended(month):
                continue
            if grant := home.grant_for(month):
                found.append(self._line(home, month, "regular", 0, grant.fen, grant.id, month))
            found += [
                self._line(home, one.month, one.kind, one.number, one.fen, one.grant, month)
                for one in self.orders
                if one.home == home.number and one.state == "approved" and one.month <= month
                and one.key not in elsewhere and (one.kind == "backpay" or home.grant_for(one.month))
            ]  # fmt: skip
        return {one.key: one for one in found}

    def _line(self, home: Home, month: date, kind: str, number: int, fen: int, grant: int, run: date) -> Line:
        return Line(home.number, home.town, month, kind, number, home.area, fen, home.account, grant, run)

    def build(self, month: date, maker: str) -> None:
        self.months[month] = Month(month, maker, lines=self.listed(month))
        self.place(self.months[month])

    def build_again(self, month: Month) -> None:
        """What a township has confirmed stands only where its part is the same."""
        month.lines = self.listed(month.month)
        month.confirmed = {town: part for town, part in month.confirmed.items() if month.part(town) == part}
        self.place(month)

    def place(self, month: Month) -> None:
        """One receivable of a household at a time, the oldest first, against its regular line."""
        for one in month.lines.values():
            one.set_off = None
        for one in month.lines.values():
            open_ = [
                each for each in self.owing.in_force()
                if each.home == one.home and each.is_set_off and self.left(each) > 0
            ]  # fmt: skip
            if one.kind != "regular" or one.is_held or not open_:
                continue
            oldest = min(open_, key=lambda each: (each.settled_on, each.id))
            if fen := part_of(one.fen, self.left(oldest), oldest.monthly):
                one.set_off = SetOff(oldest, fen)

    def left(self, of: Receivable) -> int:
        """What of a receivable is neither given back, let off nor set off, on whatever list."""
        return of.fen - of.cash - of.let_off - sum(
            one.set_off.fen for one in self.every() if one.set_off and one.set_off.of is of
        )  # fmt: skip

    def is_overtaken(self, month: Month) -> bool:
        """Whether somebody on the list is owed it no longer, or somebody who was taken up again is not on it."""
        regular = {one.home for one in month.lines.values() if one.kind == "regular"}
        homes = self.homes.values()
        owed = {one.number for one in homes if one.grant_for(month.month) and not one.is_suspended(month.month)}
        lifted = {
            home.number for home in homes
            for each in home.suspensions if each.until is not None and each.until <= month.month
        }  # fmt: skip
        is_suspended = any(self.homes[one.home].is_suspended(month.month) for one in month.lines.values())
        return is_suspended or bool(regular - owed) or bool((owed - regular) & lifted)

    def check(self, month: Month, checker: str, held: set[str]) -> None:
        month.state, month.hands = "checked", [checker]
        for one in month.lines.values():
            one.is_held = one.home in held
        self.place(month)

    def go_back(self, month: Month) -> None:
        month.state, month.hands = "computed", []
        for one in month.lines.values():
            one.is_held = False

    def approve(self, month: Month, finance: str, *, needs_two: bool) -> None:
        """Above an amount the first of finance reviews and another one approves."""
        month.hands.append(finance)
        if needs_two and len(month.hands) == 2:
            month.state = "reviewed"
            return
        month.state = "approved"
        for one in month.lines.values():
            self.move(one.fen, one.area, "budget", "payable")
            if one.is_held:
                self.move(one.fen, one.area, "payable", "suspended")
            if one.set_off:
                self.move(one.set_off.fen, one.area, "payable", "recovered")
                self.move(one.set_off.fen, one.set_off.of.area, "to_recover", "claimed")

    def release(self, one: Line) -> None:
        one.is_held = False
        self.move(one.fen, one.area, "suspended", "payable")

    def cancel(self, one: Line) -> None:
        one.is_held, one.is_ended = False, True
        self.move(one.fen, one.area, "suspended", "budget")

    # --- to the bank and back

    def to_send(self, month: Month, held: Collection[str] = ()) -> list[Line]:
        """Its own lines that are not held, and what of former months came loose: released, or to a new account.

        Whose own line waits held back (or will, with the check) gets nothing of former months either.
        """
        wait = {one.home for one in month.lines.values() if one.is_held or one.home in held}
        own = [one for one in month.lines.values() if one.home not in wait and not one.is_ended]
        former = [one for one in self.every() if one.run < month.month and self._is_loose(one)]
        return own + [one for one in former if one.home not in wait]

    def to_reissue(self, month: Month) -> list[Line]:
        return [one for one in month.lines.values() if one.last and self._is_loose(one)]

    def _is_loose(self, one: Line) -> bool:
        account = self.homes[one.home].account
        if one.is_held or one.is_ended or not account:
            return False
        return one.last is None or (one.last.state == "returned" and one.last.account != account)

    def send(self, month: Month, these: list[Line]) -> None:
        """Its own lines go to the account of the freeze day, what is sent later to the account of that day."""
        month.state = "sent" if month.state == "approved" else month.state
        for one in these:
            number = len(one.sendings) + 1
            is_own = number == 1 and one.run == month.month
            self.move(one.net, one.area, "payable" if number == 1 else "returned", "transit")
            account = one.account if is_own else self.homes[one.home].account
            e2e = f"{one.month:%Y%m}-{one.home}-{LETTER[one.kind]}-{one.number}-{number}"
            one.sendings.append(Sending(e2e, account, month.month))

    def sent_with(self, month: date) -> list[tuple[Line, Sending]]:
        """What went out with a month's files."""
        return [(one, sending) for one in self.every() for sending in one.sendings if sending.month == month]

    def answer(self, one: Line, sending: Sending, verdict: str) -> None:
        """What was paid or came back stays so, whatever the bank says later; a known other amount is not forgotten."""
        if sending.state in FINAL or (sending.state == "differs" and BECOMES[verdict] == "unknown"):
            return
        sending.state = BECOMES[verdict]
        if sending.state in FINAL:
            self.move(one.net, one.area, "transit", sending.state)

    # --- beside the list

    def given(self, home: str, month: date) -> int:
        """What is on a list for a month or ordered; what was given up is not."""
        regular = [one for one in self.of(home, month) if one.kind == "regular" and not one.is_ended]
        orders = [one for one in self.orders if (one.home, one.month) == (home, month) and one.state != "refused"]
        return sum(one.fen for one in regular) + sum(one.fen for one in orders)

    def is_listed(self, order: Order) -> bool:
        return any(one.key == order.key for one in self.every())

    def paid(self, home: str, month: date) -> int:
        """What a family got for a month, with what went against a receivable."""
        return sum(one.fen for one in self.of(home, month) if one.is_paid)

    def is_under_way(self, home: str, month: date) -> bool:
        """Whether money of a month has not come to its end."""
        waits = any(not one.is_paid and not one.is_ended for one in self.of(home, month))
        return waits or any(
            (one.home, one.month) == (home, month) and one.state != "refused" and not self.is_listed(one)
            for one in self.orders
        )  # fmt: skip

    def next_number(self, home: str, month: date, kind: str) -> int:
        return 1 + max((one.number for one in self.orders if one.key[:3] == (home, month, kind)), default=0)
