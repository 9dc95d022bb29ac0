"""计算过程: what a decision rested on, step by step, with formula in words, inputs, dated numbers and clause."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from opendibao.formula.graph import Plan, Rule
from opendibao.formula.lazy import LazyHousehold
from opendibao.formula.scalar import ROOT, leaves
from opendibao.formula.symbols import Expr
from opendibao.formula.words import Speller, Words

_SUMMED = ("fen", "bool", "count", "months")


class Source(Protocol):
    """What a trace says of a parameter: label, unit, number, since when, from which text, checked or not."""

    @property
    def zh(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def value(self) -> int | str: ...
    @property
    def since(self) -> date: ...
    @property
    def source(self) -> str: ...
    @property
    def is_verified(self) -> bool: ...


Show = Callable[[int, str, str], object]
"""(value, unit, name of the fact or rule) → how it is printed."""


@dataclass(frozen=True)
class Input:
    """A value a step read: its label, and one value for each row of the step."""

    name: str
    zh: str
    unit: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Step:
    """One rule in one household's calculation; `values` are whole numbers in `unit`, one for each of `owners`."""

    name: str
    entity: str
    zh: str
    clause: str
    unit: str
    formula: str
    values: tuple[int, ...]
    owners: tuple[str, ...]
    inputs: tuple[Input, ...]
    parameters: tuple[tuple[str, Source], ...]

    @property
    def is_of_household(self) -> bool:
        """Whether there is one value for the household rather than one a person."""
        return self.entity == ROOT

    def as_json(self, show: Show) -> dict[str, object]:
        """The step in the form of the contract; `show` prints a value in its unit."""
        return {
            "step": self.name,
            "zh": self.zh,
            "value": self._value(show),
            "unit": self.unit,
            "clause": self.clause,
            "formula": self.formula,
            "inputs": {i.zh: _shown(i, show, self.is_of_household) for i in self.inputs},
            "parameters": [_parameter(path, row, show) for path, row in self.parameters],
            "per_member": []
            if self.is_of_household
            else [
                {"name": owner, "value": show(value, self.unit, self.name)}
                for owner, value in zip(self.owners, self.values, strict=True)
            ],
        }

    def _value(self, show: Show) -> object:
        if self.is_of_household:
            return show(self.values[0], self.unit, self.name)
        if self.unit == "fen":
            return show(sum(self.values), self.unit, self.name)
        return sum(self.values) if self.unit in _SUMMED else None


def _shown(one: Input, show: Show, alone: bool) -> object:
    shown = [show(v, one.unit, one.name) for v in one.values]
    return shown[0] if alone else shown


def _parameter(path: str, row: Source, show: Show) -> dict[str, object]:
    value = show(cast(int, row.value), row.unit, path)
    return {"name": path, "zh": row.zh, "value": value, "from": row.since.isoformat(), "clause": row.source}


def explain(
    household: LazyHousehold, rows: Mapping[str, Source], names: Mapping[str, Sequence[str]], words: Words
) -> list[Step]:
    """The steps that were needed, in the order of calculation.

    `rows` are the parameters in force, `names` whose each row is, `words` what coded numbers mean.
    """
    steps = []
    for rule in household.plan.order:
        count = len(household.facts.rows[rule.entity])
        places = [i for i in range(count) if (rule.entity, rule.name, i) in household.known]
        if places:
            steps.append(_step(household, rule, places, rows, names, words))
    return steps


def _step(
    household: LazyHousehold,
    rule: Rule,
    places: Sequence[int],
    rows: Mapping[str, Source],
    names: Mapping[str, Sequence[str]],
    words: Words,
) -> Step:
    owners = names.get(rule.entity, ())
    return Step(
        name=rule.name,
        entity=rule.entity,
        zh=rule.zh,
        clause=rule.clause,
        unit=rule.unit,
        formula=_formula(household.plan, rule, rows, words),
        values=tuple(int(household.known[rule.entity, rule.name, i]) for i in places),
        owners=tuple(owners[i] for i in places) if owners else (),
        inputs=tuple(_inputs(household, rule, places)),
        parameters=tuple((path, rows[path]) for path in rule.parameters if path in rows),
    )


def _inputs(household: LazyHousehold, rule: Rule, places: Sequence[int]) -> list[Input]:
    found = []
    for leaf in leaves(rule):
        if leaf.op == "param":
            continue
        values = tuple(household.peek(leaf, rule.entity, i) for i in places)
        if None not in values:
            name = str(leaf.args[-1])
            entity = str(leaf.args[0]) if leaf.op == "total" else household.plan.owner(rule.entity, name)
            unit = household.plan.unit_of(entity, name)
            unit = "count" if leaf.op == "total" and unit == "bool" else unit
            zh = _label(household.plan, rule, {}, leaf)
            found.append(Input(name, zh, unit, tuple(int(v or 0) for v in values)))
    return found


def _label(plan: Plan, rule: Rule, rows: Mapping[str, Source], leaf: Expr) -> str:
    name = str(leaf.args[-1])
    if leaf.op == "param":
        return f"[{rows[name].zh if name in rows else name}]"
    if leaf.op == "total":
        return f"合计({plan.zh_of(str(leaf.args[0]), name)})"
    return plan.zh_of(plan.owner(rule.entity, name), name)


_FORMULAS: dict[tuple[int, str, str, int], str] = {}


def _formula(plan: Plan, rule: Rule, rows: Mapping[str, Source], words: Words) -> str:
    # a plan lives as long as the rule book, so its identity names it
    key = (id(plan), rule.entity, rule.name, id(words))
    if key not in _FORMULAS:
        _FORMULAS[key] = Speller(lambda leaf: _label(plan, rule, rows, leaf), words, rule.name).spell(rule.expr)
    return _FORMULAS[key]
