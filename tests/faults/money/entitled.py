"""应得: in plain Python, what a household's decisions grant it, when it is suspended, and what was ordered beside.

The standard's arithmetic is written down here once more, by hand: nothing of the product's is asked.
"""

from dataclasses import dataclass, field
from datetime import date

from opendibao.kernel.month import add_months

FORMER_STANDARD, NEW_STANDARD = 74_000, 78_000
"""Fen a month and person in the country, before and after."""
RAISED_FROM = date(2023, 10, 1)
YEAR, PERSONS, WAGES, A_MU = 12, 3, 800_000, 50_000


def reckoned(mu: int, standard: int) -> int:
    """What the family of three gets that tills so many mu and earns 9,600 a year, a sixth of which is left to it.

    The gap is rounded up to the yuan, and a tenth of the standard comes on top for the child.
    """
    gap = PERSONS * standard * YEAR - WAGES - mu * A_MU
    return -(-gap // (YEAR * 100)) * 100 + standard // 10


@dataclass
class Grant:
    """A decision taken on a day: so many fen a month from a month on (none: it stops); `mu` where facts carry it.

    `id` is the product's; `by` is the day whose numbers it was measured by.
    """

    id: int
    kind: str
    on: date
    since: date
    fen: int
    mu: int | None = None
    by: date = date.min


@dataclass
class Suspension:
    """Nothing is paid from a month on, up to another; `state` is asked, approved, refused or lifted."""

    id: int
    home: str
    first: date
    maker: str
    state: str = "asked"
    until: date | None = None

    @property
    def is_open(self) -> bool:
        return self.until is None and self.state != "refused"

    def covers(self, month: date) -> bool:
        is_in_force = self.state in ("approved", "lifted")
        return is_in_force and self.first <= month and (self.until is None or month < self.until)

    def stands_open_in(self, month: date) -> bool:
        """Whether it was approved, nobody knows its end, and the month is one of its."""
        return self.state == "approved" and self.first <= month


@dataclass
class Order:
    """Money beside the regular line; `state` is asked, approved or refused."""

    id: int
    home: str
    month: date
    kind: str
    number: int
    fen: int
    maker: str
    grant: int
    state: str = "asked"

    @property
    def key(self) -> tuple[str, date, str, int]:
        return self.home, self.month, self.kind, self.number


@dataclass
class Home:
    """A household, its decisions one after another, and its account."""

    number: str
    town: str
    area: str
    grants: list[Grant]
    account: str
    suspensions: list[Suspension] = field(default_factory=list)

    @property
    def is_stopped(self) -> bool:
        return self.grants[-1].fen == 0

    @property
    def fen(self) -> int:
        """What the newest decision gives a month."""
        return self.grants[-1].fen

    def grant_for(self, month: date) -> Grant | None:
        """The decision that grants a month."""
        found = [one for one in self.grants if one.since <= month]
        return found[-1] if found and found[-1].fen else None

    def last_month(self, grant: Grant) -> date | None:
        """The last month that a decision pays; None while nothing follows it."""
        place = self.grants.index(grant)
        return add_months(self.grants[place + 1].since, -1) if place + 1 < len(self.grants) else None

    def is_suspended(self, month: date) -> bool:
        return any(one.covers(month) for one in self.suspensions)

    def open_suspension(self) -> Suspension | None:
        return next((one for one in self.suspensions if one.is_open), None)
