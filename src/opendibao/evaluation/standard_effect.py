"""标准影响: what each paid decision gives beyond what the standard of the year's plan would have given.

A decision is compared only where the standard of its day, of either area, is not the one that the year's budget was
planned with (a supporter may live under the other area's standard). Where no standard differs nothing is computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read_whole
from opendibao.budget.queries import budget
from opendibao.decision.other_standard import amounts_under
from opendibao.decision.queries import recomputed_amounts
from opendibao.evaluation.figure import Period
from opendibao.policy.pack import Pack
from opendibao.rulemaking.queries import pack_in_force

DECIDED = """
SELECT d.id, coalesce(d.reckoned_on, d.decided_on) FROM decision_decision d
WHERE d.months && daterange(%(first)s::date, %(last)s::date, '[]') AND d.decided_on <= %(known_on)s ORDER BY d.id
"""


@dataclass(frozen=True)
class StandardEffect:
    """A decision under another standard than planned: monthly fen by its own law and by the planned standard.

    None where the facts are not known or a rule is missing: nobody can say what the standard moved.
    """

    decision_id: int
    own_fen: int | None
    planned_fen: int | None


@dataclass(frozen=True)
class _Decided:
    pk: int
    decided_on: date


def planned_standards(year: int) -> dict[str, int]:
    """The standards that the year's budget was planned with, fen by parameter; empty where there is no budget."""
    return {f"standard.{line.area}": line.standard_fen for line in budget(year)}


def standard_effects(asked: Period) -> list[StandardEffect]:
    """Every decision that pays a month of the year under another standard than the plan's, in order of id."""
    planned, pack = planned_standards(asked.year), pack_in_force()
    if not _ever_differs(pack, planned):
        return []
    decided = read_whole(_Decided, DECIDED, asked.parameters())
    differs: dict[date, bool] = {day: _differs(pack, planned, day) for day in {one.decided_on for one in decided}}
    moved = [one.pk for one in decided if differs[one.decided_on]]
    if not moved:
        return []
    own = recomputed_amounts(paid_from=date(asked.year, 1, 1), paid_to=asked.as_of)
    under = amounts_under(moved, planned)
    return [StandardEffect(pk, own.get(pk), under.get(pk)) for pk in moved]


def moved_parameters(asked: Period) -> dict[str, object]:
    """The same as parameters of a query: ids, and the two amounts of each."""
    effects = standard_effects(asked)
    return {
        "moved_ids": [one.decision_id for one in effects],
        "moved_own": [one.own_fen for one in effects],
        "moved_planned": [one.planned_fen for one in effects],
    }


def _ever_differs(pack: Pack, planned: Mapping[str, int]) -> bool:
    rows = [(path, row) for level in pack.levels for path in planned for row in level.get(path, ())]
    return any(row.value != planned[path] for path, row in rows)


def _differs(pack: Pack, planned: Mapping[str, int], on: date) -> bool:
    found = {path: pack.find(path, on) for path in planned}
    return any(row is not None and row.value != planned[path] for path, row in found.items())
