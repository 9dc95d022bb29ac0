"""A state can be left, or it is final and stands as such in its table; no stage moves behind the table's back."""

import importlib
from enum import Enum
from types import ModuleType

import pytest

from tests.conventions.sources import SRC

# whoever adds a final state says so here, by name
FINAL = {
    "opendibao.intake.states": {"confirmed", "refused", "withdrawn", "kept", "not_accepted", "discontinued"},
    "opendibao.rulemaking.states": {"withdrawn"},
    "opendibao.evaluation.states": {"returned", "accepted"},
    "opendibao.payment.states": {"closed", "paid", "returned"},
}
MODULES = [f"opendibao.{file.parent.name}.states" for file in sorted(SRC.glob("*/states.py"))]


def _tables(module: ModuleType) -> list[dict[Enum, set[Enum]]]:
    return [value for key, value in vars(module).items() if key == "NEXT" or key.endswith("_NEXT")]


@pytest.mark.parametrize("path", MODULES)
def test_every_state_can_be_left_or_is_final_by_name(path: str) -> None:
    tables = _tables(importlib.import_module(path))

    ends = {state.value for table in tables for state, then in table.items() if not then}

    assert tables
    assert ends == FINAL[path]


@pytest.mark.parametrize("path", MODULES)
def test_every_state_stands_in_the_table_and_can_be_reached(path: str) -> None:
    for table in _tables(importlib.import_module(path)):
        states = list(type(next(iter(table))))
        reached = {then for moves in table.values() for then in moves}
        assert set(table) == set(states)
        assert set(states) - reached == {states[0]} or set(states) == reached
