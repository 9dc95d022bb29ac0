"""应追缴: in plain Python, what families got too much, and what of it was given back, set off and let off."""

from dataclasses import dataclass, field
from datetime import date

MOST_OF_A_LINE = (2_000, 10_000)
"""The share of a regular line that may be set off: the county's parameter."""


@dataclass
class Receivable:
    """What a family must give back; `months` are paid and due by month, `state` asked, approved or refused."""

    id: int
    home: str
    area: str
    months: dict[date, tuple[int, int]]
    maker: str
    state: str = "asked"
    settled_on: date = date.min
    is_set_off: bool = False
    monthly: int | None = None
    cash: int = 0
    let_off: int = 0

    @property
    def fen(self) -> int:
        return sum(paid - due for paid, due in self.months.values())


@dataclass
class Waiver:
    """What is asked to be let off; `state` as of a receivable."""

    id: int
    of: Receivable
    fen: int
    maker: str
    state: str = "asked"


@dataclass
class SetOff:
    """The part of a line that goes against a receivable."""

    of: Receivable
    fen: int


@dataclass
class Owing:
    """All receivables of the county, in the order in which they were asked for."""

    receivables: list[Receivable] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)

    def claimed(self, home: str, month: date) -> bool:
        return any(one.home == home and month in one.months and one.state != "refused" for one in self.receivables)

    def in_force(self) -> list[Receivable]:
        return [one for one in self.receivables if one.state == "approved"]

    def waiting_waiver(self, of: Receivable) -> Waiver | None:
        return next((one for one in self.waivers if one.of is of and one.state == "asked"), None)


def part_of(line_fen: int, left: int, monthly: int | None) -> int:
    """What of a line goes against a receivable of which so much is left."""
    share, whole = MOST_OF_A_LINE
    return min(left, line_fen * share // whole, left if monthly is None else monthly)
