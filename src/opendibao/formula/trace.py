"""计算过程: what a decision rested on, step by step, with formula in words, inputs, dated numbers and clause."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol, cast

from opendibao.formula.graph import Plan, Rule
from opendibao.formula.scalar import ROOT, HouseholdFacts, Values, leaves
from opendibao.formula.symbols import Expr
from opendibao.formula.words import Speller, Words

_AMOUNTS = ("fen", "mu", "months", "days")
_SUMMED = ("fen", "bool", "count", "months")
MOST_KEPT = 64
NOT_STATED = "未申报"


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
Origin = Callable[[str, str, int], str]
"""(entity, fact, row) → where the fact is written."""


def unknown_origin(entity: str, fact: str, row: int) -> str:
    """Where nobody says where facts come from."""
    return ""


@dataclass(frozen=True)
class Input:
    """A value a step read: its label, one value for each row of the step, and where each comes from.

    `places` are the rows of `entity` in which a fact was written down; `is_fact` is False for a rule's value.
    """

    name: str
    zh: str
    unit: str
    values: tuple[int, ...]
    entity: str = ROOT
    is_fact: bool = False
    places: tuple[int, ...] = ()

    def origin_json(self, origin: Origin) -> dict[str, str]:
        """`{"rule": …}`, or `{"fact": …, "from": …}`."""
        if not self.is_fact:
            return {"rule": self.name}
        said = dict.fromkeys(origin(self.entity, self.name, row) for row in self.places)
        return {"fact": self.name, "from": "；".join(one for one in said if one) or NOT_STATED}


@dataclass(frozen=True, eq=False)
class About:
    """What a step says whatever the household: the rule's text, its numbers, its formula in words."""

    plan: Plan
    rule: Rule
    rows: Mapping[str, Source]
    words: Words

    @cached_property
    def parameters(self) -> tuple[tuple[str, Source], ...]:
        """The dated numbers the rule reads."""
        return tuple((path, self.rows[path]) for path in self.rule.parameters if path in self.rows)

    @cached_property
    def formula(self) -> str:
        """The rule in words."""
        label = lambda leaf: _label(self.plan, self.rule, self.rows, leaf)  # noqa: E731
        return Speller(label, self.words, self.rule.name).spell(self.rule.expr)

    @cached_property
    def reads(self) -> tuple["Read", ...]:
        """The facts and rules it reads."""
        return tuple(_read(self.plan, self.rule, leaf) for leaf in leaves(self.rule) if leaf.op != "param")


@dataclass(frozen=True)
class Read:
    """A leaf of a rule: whose value it is, its label and unit; `is_total` where it is summed over subordinate rows."""

    entity: str
    name: str
    zh: str
    unit: str
    is_total: bool
    column: int | None


@dataclass(frozen=True, eq=False)
class Reading:
    """The facts and values of one household that its steps look into, the rules it needed in the order of calculation.

    `ask_names` tells whose each row is, by entity, when somebody wants to know.
    """

    facts: HouseholdFacts
    values: Values
    needed: Sequence[tuple[str, str]]
    ask_names: Callable[[], Mapping[str, Sequence[str]]]

    @cached_property
    def names(self) -> Mapping[str, Sequence[str]]:
        """Whose each row is, by entity."""
        return self.ask_names()

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.needed)

    def of(self, read: Read, entity: str, row: int) -> tuple[int, tuple[int, ...]]:
        """The value a leaf stood for in a row of `entity`, and the rows it was read from."""
        if read.is_total:
            rows = self._below(read.entity, entity, row)
            return sum(self._at(read, place) for place in rows), rows
        place = row if read.entity == entity else 0 if read.entity == ROOT else self.facts.parent[entity][row]
        return self._at(read, place), (place,)

    def is_known(self, read: Read) -> bool:
        """Whether the value was computed for this decision."""
        return read.column is not None or (read.entity, read.name) in self._known

    def is_written(self, read: Read, row: int) -> bool:
        """Whether somebody wrote the fact down; an amount of zero is one that nobody wrote."""
        return read.column is not None and (read.unit not in _AMOUNTS or bool(self._at(read, row)))

    def _below(self, entity: str, upper: str, row: int) -> tuple[int, ...]:
        count = len(self.facts.rows[entity])
        if upper == ROOT:
            return tuple(range(count))
        return tuple(place for place in range(count) if self.facts.parent[entity][place] == row)

    def _at(self, read: Read, row: int) -> int:
        if read.column is not None:
            return self.facts.rows[read.entity][row][read.column]
        found = self.values[read.entity][read.name]
        return int(found if read.entity == ROOT else found[row])


class Step:
    """One rule in one household's calculation."""

    __slots__ = ("_about", "_reading")

    def __init__(self, about: About, reading: Reading) -> None:
        self._about = about
        self._reading = reading

    @property
    def values(self) -> tuple[int, ...]:
        """Whole numbers in `unit`: of the household, or one for each of `owners`."""
        found = self._reading.values[self.entity][self.name]
        return (found,) if self.entity == ROOT else tuple(found)

    @property
    def owners(self) -> Sequence[str]:
        """Whose the values are; of the household, nobody's."""
        return () if self.entity == ROOT else self._reading.names[self.entity]

    @property
    def name(self) -> str:
        """The rule's name."""
        return self._about.rule.name

    @property
    def entity(self) -> str:
        """Whose the values are."""
        return self._about.rule.entity

    @property
    def zh(self) -> str:
        """The rule's label."""
        return self._about.rule.zh

    @property
    def clause(self) -> str:
        """What the rule rests on."""
        return self._about.rule.clause

    @property
    def unit(self) -> str:
        """The unit of the values."""
        return self._about.rule.unit

    @property
    def formula(self) -> str:
        """The rule in words."""
        return self._about.formula

    @property
    def module(self) -> str:
        """Where the rule's text stands."""
        return self._about.rule.module

    @property
    def parameters(self) -> tuple[tuple[str, Source], ...]:
        """(path, row) of the dated numbers it used."""
        return self._about.parameters

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What it read, as far as this decision needed it."""
        return tuple(self._input(read) for read in self._about.reads if self._reading.is_known(read))

    def _input(self, read: Read) -> Input:
        count = len(self._reading.facts.rows[self.entity])
        found = [self._reading.of(read, self.entity, row) for row in range(count)]
        places = dict.fromkeys(place for _, rows in found for place in rows)
        values = tuple(int(value) for value, _ in found)
        written = tuple(place for place in places if self._reading.is_written(read, place))
        return Input(read.name, read.zh, read.unit, values, read.entity, read.column is not None, written)

    @property
    def is_of_household(self) -> bool:
        """Whether there is one value for the household rather than one a person."""
        return self.entity == ROOT

    def as_json(self, show: Show, origin: Origin = unknown_origin) -> dict[str, object]:
        """The step in the form of the contract; `show` prints a value in its unit, `origin` says where facts stand."""
        inputs = self.inputs
        return {
            "step": self.name,
            "zh": self.zh,
            "value": self._value(show),
            "unit": self.unit,
            "clause": self.clause,
            "formula": self.formula,
            "inputs": {i.zh: _shown(i, show, self.is_of_household) for i in inputs},
            "sources": {i.zh: i.origin_json(origin) for i in inputs},
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
    return {
        "name": path,
        "zh": row.zh,
        "value": show(cast(int, row.value), row.unit, path),
        "from": row.since.isoformat(),
        "clause": row.source,
        "verified": row.is_verified,
    }


def steps_of(plan: Plan, reading: Reading, rows: Mapping[str, Source], words: Words) -> list[Step]:
    """The steps that were needed, in the order of calculation, but those of things the household has none of.

    `rows` are the parameters in force, `words` what coded numbers mean.
    """
    abouts, have = _abouts(plan, rows, words), reading.facts.rows
    return [Step(abouts[key], reading) for key in reading.needed if have[key[0]]]


_Keyed = dict[tuple[str, str], About]
_ABOUTS: dict[tuple[int, int, int], tuple[Plan, Mapping[str, Source], Words, _Keyed]] = {}


def _abouts(plan: Plan, rows: Mapping[str, Source], words: Words) -> _Keyed:
    """The static part of every rule's step, kept for the plans and numbers that were asked last."""
    key = (id(plan), id(rows), id(words))
    if key not in _ABOUTS:
        while len(_ABOUTS) >= MOST_KEPT:
            _ABOUTS.pop(next(iter(_ABOUTS)), None)
        made = {(rule.entity, rule.name): About(plan, rule, rows, words) for rule in plan.order}
        _ABOUTS[key] = (plan, rows, words, made)
    return _ABOUTS[key][3]


def _read(plan: Plan, rule: Rule, leaf: Expr) -> Read:
    name = str(leaf.args[-1])
    is_total = leaf.op == "total"
    entity = str(leaf.args[0]) if is_total else plan.owner(rule.entity, name)
    unit = plan.unit_of(entity, name)
    column = list(plan.facts[entity]).index(name) if name in plan.facts[entity] else None
    unit = "count" if is_total and unit == "bool" else unit
    return Read(entity, name, _label(plan, rule, {}, leaf), unit, is_total, column)


def _label(plan: Plan, rule: Rule, rows: Mapping[str, Source], leaf: Expr) -> str:
    name = str(leaf.args[-1])
    if leaf.op == "param":
        return f"[{rows[name].zh if name in rows else name}]"
    if leaf.op == "total":
        return f"合计({plan.zh_of(str(leaf.args[0]), name)})"
    return plan.zh_of(plan.owner(rule.entity, name), name)
