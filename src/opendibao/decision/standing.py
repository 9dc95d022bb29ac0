"""在保状态: how households stand on a day, many at once: covered with how much, stopped, refused, or a case is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.intake.states import IS_OPEN

LATEST = """
SELECT DISTINCT ON (household_id) household_id, kind, amount_fen, in_force @> %(day)s::date
FROM decision_decision WHERE household_id = ANY(%(ids)s) AND decided_on <= %(day)s
  AND voided_on IS NULL
ORDER BY household_id, in_force @> %(day)s::date DESC, decided_on DESC, id DESC
"""
OPEN = f"SELECT household_id FROM intake_case WHERE household_id = ANY(%(ids)s) AND {IS_OPEN}"
COVERED, STOPPED, REFUSED, NONE = "covered", "stopped", "refused", "none"


@dataclass(frozen=True)
class Standing:
    """How a household stands; `amount_fen` is what it gets a month (0 unless covered)."""

    state: str = NONE
    amount_fen: int = 0
    has_open_case: bool = False


@dataclass(frozen=True)
class _Latest:
    household_id: int
    kind: str
    amount_fen: int
    is_in_force: bool

    @property
    def state(self) -> str:
        if self.is_in_force:
            return COVERED
        return REFUSED if self.kind == "refuse" else STOPPED


def standings(household_ids: Sequence[int], day: date) -> dict[int, Standing]:
    """How these households stand on a day, by id; one that was never decided on is there too."""
    asked: dict[str, object] = {"ids": list(household_ids), "day": day}
    latest = {row.household_id: row for row in read(_Latest, LATEST, asked)}
    is_open = set(read(int, OPEN, asked))
    return {each: _standing(latest.get(each), each in is_open) for each in household_ids}


def _standing(row: _Latest | None, is_open: bool) -> Standing:
    if row is None:
        return Standing(has_open_case=is_open)
    return Standing(row.state, row.amount_fen if row.is_in_force else 0, is_open)
