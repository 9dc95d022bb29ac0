"""规则图: rules traced once at load, and the plan in which those in force on a day are evaluated."""

import inspect
import itertools
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from opendibao.formula.symbols import OPERATIONS, BadRule, Expr, Parameters, Symbol, lift

Traced = TypeVar("Traced", bound=Callable[..., object])


@dataclass(frozen=True)
class Fact:
    """A fact of a household, member, job or supporter that rules may name; `zh` is its label."""

    zh: str
    unit: str = "fen"


@dataclass(frozen=True)
class Rule:
    """One clause as an expression: whose it is, its label, its source and the days it is law."""

    name: str
    entity: str
    zh: str
    clause: str
    unit: str
    since: date
    until: date | None
    expr: Expr = field(repr=False)
    needs: tuple[str, ...] = ()
    module: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """Whose text it is and where it is written, as refusals name it: rule, file and line."""
        return _place(self.name, self.module, self.line)

    def is_in_force(self, on: date) -> bool:
        """Whether this text is the law on a day."""
        return self.since <= on and (self.until is None or on <= self.until)

    @cached_property
    def totals(self) -> tuple[tuple[str, str], ...]:
        """(entity, name) of every sum over subordinate rows."""
        return tuple(dict.fromkeys((str(e.args[0]), str(e.args[1])) for e in walk(self.expr) if e.op == "total"))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Paths of the policy's numbers this rule reads."""
        return tuple(dict.fromkeys(str(e.args[0]) for e in walk(self.expr) if e.op == "param"))


UNITS = ("fen", "bp", "bool", "code", "count", "months", "years", "mu", "days", "square_metres")
_TRACED: dict[str, list[Rule]] = {}


def rule(
    entity: str,
    *,
    zh: str,
    clause: str,
    since: str,
    unit: str = "fen",
    until: str | None = None,
    later: Mapping[str, str] | None = None,
) -> Callable[[Traced], Traced]:
    """Trace the function below into a Rule; its arguments name facts and rules, `p` the parameters.

    `later` gives the clause that carries the same text from a day on ("2026-07-01": "社会救助法第十八条"), as when a
    higher law takes over what an older one said. Raises BadRule, with the rule's name, file and line, where the text
    branches, divides, is not whole, or lacks clause, unit or Chinese name, or its days make no sense.
    """

    def trace(function: Traced) -> Traced:
        name, module, line = function.__name__, function.__module__, function.__code__.co_firstlineno
        needs = tuple(inspect.signature(function).parameters)
        try:
            _check_words(zh, {since: clause, **(later or {})}, unit)
            times = list(_citations(clause, since, until, later or {}))
            expr = _expression(function, needs)
        except BadRule as fault:
            raise BadRule(f"{_place(name, module, line)}：{fault}") from None
        names = tuple(n for n in needs if n != "p")
        for words, first, last in times:
            text = Rule(name, entity, zh, words, unit, first, last, expr, names, module, line)
            _TRACED.setdefault(module, []).append(text)
        return function

    return trace


def _place(name: str, module: str, line: int) -> str:
    file = f"{module.replace('.', '/')}.py" if module else "未写明的文件"
    return f"规则 {name}（{file}{f' 第{line}行' if line else ''}）"


def _expression(function: Callable[..., object], needs: Sequence[str]) -> Expr:
    """What the function makes of its symbols; an operation that symbols do not know is refused like a branch."""
    symbols: list[Symbol] = [Parameters() if n == "p" else Expr("sym", n) for n in needs]
    try:
        return lift(function(*symbols))
    except TypeError as fault:
        raise BadRule(f"{OPERATIONS}（{fault}）") from None


def _check_words(zh: str, clauses: Mapping[str, str], unit: str) -> None:
    words = [("条款（clause）", clause) for clause in clauses.values()]
    for what, given in (*words, ("中文名称（zh）", zh), ("单位（unit）", unit)):
        if not given.strip():
            raise BadRule(f"没有写明{what}，请在 @rule 里补上")
    if not any("一" <= sign <= "鿿" for sign in zh):
        raise BadRule(f"名称“{zh}”不是中文，请在 zh= 里写办事的人用的叫法")
    if unit not in UNITS:
        raise BadRule(f"单位“{unit}”不在可用之列，请改用：{'、'.join(UNITS)}")


def _citations(
    clause: str, since: str, until: str | None, later: Mapping[str, str]
) -> Iterator[tuple[str, date, date | None]]:
    """(clause, first day, last day) of each time in which the text rests on one clause."""
    first_day, end = _day(since), _day(until) if until else None
    words = {first_day: clause, **{_day(day): said for day, said in later.items()}}
    starts = sorted(words)
    if starts[0] != first_day or (end and end < starts[-1]):
        raise BadRule(f"起止日前后颠倒：since={since}，later={'、'.join(later)}，until={until}，请改正日期")
    for place, first in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else None
        last = after - timedelta(days=1) if after else end
        yield words[first], first, last


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRule(f"日期“{text}”写错了，应为 2026-07-01 这样") from None


def rules_of(module: str) -> tuple[Rule, ...]:
    """The rules that a module traced when it was imported."""
    return tuple(_TRACED.get(module, ()))


def walk(expr: Expr) -> Iterator[Expr]:
    """An expression and all its parts."""
    yield expr
    for arg in expr.args:
        if isinstance(arg, Expr):
            yield from walk(arg)


@dataclass(frozen=True)
class Plan:
    """The rules in force on a day, in the order in which they can be evaluated."""

    parents: Mapping[str, str | None]
    facts: Mapping[str, Mapping[str, Fact]]
    order: tuple[Rule, ...]
    absent: frozenset[str]

    def narrowed(self, targets: Sequence[tuple[str, str]]) -> "Plan":
        """The same plan with only what the targets (entity, rule) need; kept, so that it is compiled once."""
        key = tuple(targets)
        if key not in self._narrowed:
            wanted: set[tuple[str, str]] = set()
            for rule_ in reversed(self.order):
                at = (rule_.entity, rule_.name)
                if at in key or at in wanted:
                    wanted.add(at)
                    wanted.update((self.owner(rule_.entity, name), name) for name in rule_.needs)
                    wanted.update(rule_.totals)
            order = tuple(r for r in self.order if (r.entity, r.name) in wanted)
            self._narrowed[key] = Plan(self.parents, self.facts, order, self.absent)
        return self._narrowed[key]

    @cached_property
    def _narrowed(self) -> dict[tuple[tuple[str, str], ...], "Plan"]:
        return {}

    @cached_property
    def by_name(self) -> dict[tuple[str, str], Rule]:
        """Rules by entity and name."""
        return {(r.entity, r.name): r for r in self.order}

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter any rule of the plan reads."""
        return tuple(sorted({path for r in self.order for path in r.parameters}))

    @cached_property
    def sums(self) -> tuple[tuple[str, str], ...]:
        """Every (entity, name) that some rule sums."""
        return tuple(dict.fromkeys(t for r in self.order for t in r.totals))

    def owner(self, entity: str, name: str) -> str:
        """The entity at which a name seen from `entity` is found: itself or one it belongs to."""
        at: str | None = entity
        while at is not None:
            if name in self.facts[at] or (at, name) in self.by_name:
                return at
            at = self.parents[at]
        raise BadRule(f"“{name}”既不是事实也不是规则（在“{entity}”的规则里用到）")

    def zh_of(self, entity: str, name: str) -> str:
        """The Chinese label of a fact or rule."""
        found = self.by_name.get((entity, name))
        return found.zh if found else self.facts[entity][name].zh

    def unit_of(self, entity: str, name: str) -> str:
        """The unit of a fact or rule."""
        found = self.by_name.get((entity, name))
        return found.unit if found else self.facts[entity][name].unit


class RuleBook:
    """All rules of all times; `on(day)` gives the plan of a day. Faults are raised when it is made."""

    def __init__(
        self,
        parents: Mapping[str, str | None],
        facts: Mapping[str, Mapping[str, Fact]],
        rules: Sequence[Rule],
    ) -> None:
        self.parents = parents
        self.facts = facts
        self.rules = tuple(rules)
        self._versions = _versions(self.rules)
        self._plans: dict[tuple[Rule, ...], Plan] = {}
        self._by_day: dict[date, Plan] = {}
        self._check()

    def check_parameters(self, known: Container[str]) -> None:
        """Raises BadRule for the first rule that reads a number no parameter file has, with its place."""
        for one in self.rules:
            for path in one.parameters:
                if path not in known:
                    raise BadRule(f"{one.place}用到参数 {path}，哪一级的参数文件都没有它，请改正名字或者补上参数")

    def _check(self) -> None:
        for texts in self._versions.values():
            self._check_name(texts[0])
        for day in self._change_days():
            self.on(day)

    def _check_name(self, one: Rule) -> None:
        if one.entity not in self.facts:
            raise BadRule(f"{one.place}属于“{one.entity}”，没有这种对象，请改用：{'、'.join(self.facts)}")
        if one.name in self.facts[one.entity]:
            raise BadRule(f"{one.place}与“{one.entity}”的事实同名，既是事实又是规则，请给规则改名")

    def _change_days(self) -> list[date]:
        starts = {r.since for r in self.rules}
        return sorted(starts | {r.until + timedelta(days=1) for r in self.rules if r.until})

    def on(self, day: date) -> Plan:
        """The plan of the rules in force on a day; a rule with no version that day is `absent`."""
        if day not in self._by_day:
            live = tuple(r for r in self.rules if r.is_in_force(day))
            if live not in self._plans:
                self._plans[live] = self._plan(live)
            self._by_day[day] = self._plans[live]
        return self._by_day[day]

    def _plan(self, live: tuple[Rule, ...]) -> Plan:
        here = {(r.entity, r.name): r for r in live}
        absent = frozenset(name for entity, name in self._versions if (entity, name) not in here)
        order: list[Rule] = []
        done: set[tuple[str, str]] = set()

        def visit(key: tuple[str, str], path: tuple[tuple[str, str], ...]) -> None:
            if key in path:
                raise BadRule(_circle(here[key], [name for _, name in (*path[path.index(key) :], key)]))
            if key in done or key not in here:
                return
            for below in self._needs(here[key]):
                visit(below, (*path, key))
            done.add(key)
            order.append(here[key])

        for key in here:
            visit(key, ())
        return Plan(self.parents, self.facts, tuple(order), absent)

    def _needs(self, found: Rule) -> list[tuple[str, str]]:
        wanted = [self._find(found, name) for name in found.needs]
        for entity, name in found.totals:
            if self.parents.get(entity) != found.entity:
                raise BadRule(
                    f"{found.place}合计“{entity}”的 {name}：“{entity}”不直接属于“{found.entity}”，请先在中间一层合计"
                )
            wanted.append(self._find(found, name, entity))
        return wanted

    def _find(self, found: Rule, name: str, entity: str | None = None) -> tuple[str, str]:
        at: str | None = entity or found.entity
        while at is not None:
            if name in self.facts[at] or (at, name) in self._versions:
                return at, name
            at = None if entity else self.parents[at]
        raise BadRule(f"{found.place}用到的“{name}”既不是事实也不是规则，请改正名字，或在 facts.py 里加上这项事实")


def _circle(at: Rule, names: Sequence[str]) -> str:
    return f"{at.place}绕圈依赖了自己：{' → '.join(names)}，请断开其中一步"


def _versions(rules: Sequence[Rule]) -> dict[tuple[str, str], list[Rule]]:
    found: dict[tuple[str, str], list[Rule]] = {}
    for one in sorted(rules, key=lambda r: r.since):
        found.setdefault((one.entity, one.name), []).append(one)
    for texts in found.values():
        for earlier, later in itertools.pairwise(texts):
            if earlier.until is None or earlier.until >= later.since:
                raise BadRule(f"{later.place}与 {earlier.place}在 {later.since} 同时有效，请给旧文本写 until=")
            if earlier.until + timedelta(days=1) != later.since:
                raise BadRule(f"{later.place}：{earlier.until} 之后到 {later.since} 之前没有文本，请把两个日期接上")
    return found
