"""标准调整: which numbers of the law change the benefits from a month on, and what they were before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import add_months, month_of
from opendibao.policy.pack import Pack, Row
from opendibao.policy.reader import WHOLE, WORD
from opendibao.rules.whatif import Overrides

RESTS_ON = ("standard", "tier", "benefit", "supplement")
"""What a benefit is measured by: the standard, the tiers, the rounding, the supplements for special hardship."""
AREAS = ("rural", "urban")


@dataclass(frozen=True)
class StandardChange:
    """A number that changes on a day, in the parameter's own unit, with where it is written."""

    path: str
    zh: str
    unit: str
    since: date
    before: int
    after: int
    source: str
    is_verified: bool

    @property
    def areas(self) -> tuple[str, ...]:
        """Whom it concerns: those of its area, or everybody."""
        return tuple(area for area in AREAS if self.path.endswith(f".{area}")) or AREAS

    def as_json(self) -> dict[str, Any]:
        """As it is kept with an uprating."""
        return {**asdict(self), "since": self.since.isoformat()}


def change_from(kept: dict[str, Any]) -> StandardChange:
    """A change as it was kept with an uprating."""
    return StandardChange(**{**kept, "since": date.fromisoformat(kept["since"])})


def month_from(since: date) -> date:
    """The first month that is owed by numbers in force from a day on: its own, where it begins with that day."""
    return since if since.day == 1 else add_months(month_of(since), 1)


def standard_changes(pack: Pack, month: date, *, since: date | None = None) -> tuple[StandardChange, ...]:
    """What changes the benefits owed from a month on; nothing where no number does.

    `since` is the day on which the numbers come into force where a document that came late has them owed from an
    earlier month; without it, those are meant that begin with the month.
    """
    first, last = (since, since) if since else (add_months(month, -1) + timedelta(days=1), month)
    found = [_change(pack, path, first, last) for path in pack.paths if path.split(".")[0] in RESTS_ON]
    return tuple(sorted((one for one in found if one), key=lambda one: one.path))


def _change(pack: Pack, path: str, first: date, last: date) -> StandardChange | None:
    row = pack.find(path, last)
    if row is None or row.unit == WORD or not first <= row.since <= last:
        return None
    before, after = _number(pack.find(path, row.since - timedelta(days=1))), _number(row)
    if before is None or after is None or before == after:
        return None
    return StandardChange(path, row.zh, row.unit, row.since, before, after, row.source, row.is_verified)


def _number(row: Row | None) -> int | None:
    return row.value if row and isinstance(row.value, int) else None


def areas_of(changes: Sequence[StandardChange]) -> list[str]:
    """Whom changes concern together."""
    return [area for area in AREAS if any(area in one.areas for one in changes)]


def former_numbers(changes: Sequence[StandardChange], day: date) -> Overrides:
    """The numbers as they were before the changes, assumed to hold on a day."""
    return tuple((one.path, ((day, _written(one.before, one.unit)),)) for one in changes)


def _written(value: int, unit: str) -> str:
    """As `rules.whatif.number_of` reads it."""
    if unit == "fen":
        return yuan_text(value)
    return str(Decimal(value) / WHOLE) if unit == "bp" else str(value)


def value_text(value: int, unit: str) -> str:
    """As people read it: yuan, per cent, or the number."""
    if unit == "fen":
        return f"{yuan_text(value)}元"
    return f"{Decimal(value) / 100:f}%" if unit == "bp" else str(value)
