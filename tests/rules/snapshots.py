"""Random households of a snapshot, as tables for columns and SQL and as rows for the engines of one household."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from opendibao.formula.columns import Table
from opendibao.formula.scalar import HouseholdFacts
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.snapshot import VERSION, Manifest, chunks
from opendibao.rules.snapshot_reading import table_on

POLICY = "jx-demo-2024"


def random_table(households: int, seed: int, day: date) -> Table:
    """So many fictional households as they stand on a day."""
    (rows,) = chunks(Manifest(VERSION, households, seed, POLICY, ""))
    return table_on(rows, day)


def facts_of(table: Table) -> list[HouseholdFacts]:
    """The same households one by one; `parent` counts inside a household."""
    count = table.sizes["household"]
    first = {"household": np.arange(count + 1)}
    rows = {entity: list(zip(*(column.tolist() for column in table.columns[entity].values()), strict=True))
            for entity in FACTS}  # fmt: skip
    for entity, upper in PARENTS.items():
        if upper:
            ends = np.searchsorted(table.above[entity], np.arange(table.sizes[upper] + 1))
            first[entity] = ends[first[upper]]
    return [_one(rows, first, table, place) for place in range(count)]


def _one(
    rows: dict[str, list[tuple[int, ...]]], first: dict[str, Sequence[int]], table: Table, place: int
) -> HouseholdFacts:
    ends = {entity: (int(found[place]), int(found[place + 1])) for entity, found in first.items()}
    parent = {
        entity: [int(above) - ends[upper][0] for above in table.above[entity][ends[entity][0] : ends[entity][1]]]
        for entity, upper in PARENTS.items()
        if upper and PARENTS[upper]
    }
    return HouseholdFacts({entity: rows[entity][low:high] for entity, (low, high) in ends.items()}, parent)
