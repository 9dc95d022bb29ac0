"""提标应有: in plain Python, whom the new standard takes to another amount, and who goes to review."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.money.entitled import FORMER_STANDARD, NEW_STANDARD, RAISED_FROM, Grant, Home, reckoned

Lines = dict[int, tuple[str, str, int]]
"""By the id of the former decision: household, result, and the new amount in fen (0: none)."""
AGAIN = ("review", "unclear")


@dataclass
class Uprating:
    """A batch; `state` is prepared, approved or withdrawn."""

    id: int
    maker: str
    lines: Lines
    state: str = "prepared"
    decided: dict[str, Grant] = field(default_factory=dict)


@dataclass
class Raised:
    """Every batch of the county."""

    made: list[Uprating] = field(default_factory=list)

    def waiting(self) -> Uprating | None:
        return next((one for one in self.made if one.state == "prepared"), None)

    def approved(self) -> list[Uprating]:
        return [one for one in self.made if one.state == "approved"]

    def _is_taken(self, grant: Grant) -> bool:
        """Who was sent to review, or of whose facts nobody knows, comes again with every batch."""
        return any(one.lines.get(grant.id, ("", "review", 0))[1] not in AGAIN for one in self.approved())

    def lines(self, homes: Iterable[Home]) -> Lines:
        """What a batch would hold now: who was decided by the former numbers and is owed a month of the new ones."""
        return {
            grant.id: (home.number, *_result(home, grant)) for home in homes for grant in home.grants
            if home.area == "rural" and not self._is_taken(grant) and _is_concerned(home, grant)
        }  # fmt: skip


def _is_concerned(home: Home, grant: Grant) -> bool:
    if not grant.fen or grant.by >= RAISED_FROM:
        return False
    last = home.last_month(grant)
    if last is None:
        return True
    return last >= RAISED_FROM and last >= grant.since  # ended: only what it is owed


def _result(home: Home, grant: Grant) -> tuple[str, int]:
    is_last = home.grants[-1] is grant
    if grant.mu is None:
        return ("review" if is_last else "unclear"), 0
    assert grant.fen == reckoned(grant.mu, FORMER_STANDARD)
    fen = reckoned(grant.mu, NEW_STANDARD)
    return ("increase" if is_last else "ended"), fen
