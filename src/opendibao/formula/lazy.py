"""按需计算: evaluate only what the asked value needs, so that a missing number stops only who needs it."""

from collections.abc import Callable, Mapping
from typing import cast

from opendibao.formula.graph import Plan
from opendibao.formula.scalar import ROOT, HouseholdFacts, Values
from opendibao.formula.symbols import Expr


class NoRuleInForce(LookupError):
    """A rule that is needed has no text on the day."""


_OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "min": min,
    "max": max,
    "divide_up": lambda a, b: (a + b - 1) // b,
    "divide_half_up": lambda a, b: (a * 2 + b) // (b * 2),
}


class LazyHousehold:
    """One household whose values are computed when asked for.

    A parameter that is not in force is looked up only when needed; the mapping then raises its own refusal.
    """

    def __init__(self, plan: Plan, facts: HouseholdFacts, parameters: Mapping[str, int]) -> None:
        self.plan = plan
        self.facts = facts
        self.parameters = parameters
        self.known: dict[tuple[str, str, int], int] = {}
        self._columns = {entity: {n: i for i, n in enumerate(names)} for entity, names in plan.facts.items()}

    def value(self, entity: str, name: str, row: int = 0) -> int:
        """The value of a fact or rule of one row; raises NoRuleInForce or the parameter's refusal."""
        if name in self._columns[entity]:
            return self.facts.rows[entity][row][self._columns[entity][name]]
        key = (entity, name, row)
        if key not in self.known:
            rule = self.plan.by_name.get((entity, name))
            if rule is None:
                raise NoRuleInForce(name)
            self.known[key] = self._evaluate(rule.expr, entity, row)
        return self.known[key]

    def try_value(self, entity: str, name: str, row: int = 0) -> int | None:
        """The value, or None where a rule or number that it needs is missing."""
        try:
            return self.value(entity, name, row)
        except LookupError:
            return None

    def complete(self) -> None:
        """What was needed of one row, for all rows of its kind, where nothing is missing."""
        for entity, name in {key[:2] for key in self.known}:
            for row in range(len(self.facts.rows[entity])):
                self.try_value(entity, name, row)

    def values(self) -> Values:
        """What has been computed so far, whole columns only, in the form of the scalar engine."""
        found: Values = {entity: {} for entity in self.plan.facts}
        for rule in self.plan.order:
            keys = [(rule.entity, rule.name, row) for row in range(len(self.facts.rows[rule.entity]))]
            if all(key in self.known for key in keys):
                column = [self.known[key] for key in keys]
                found[rule.entity][rule.name] = column[0] if rule.entity == ROOT else column
        return found

    def _evaluate(self, expr: Expr, entity: str, row: int) -> int:
        if expr.op == "const":
            return cast(int, expr.args[0])
        if expr.op == "param":
            return self.parameters[str(expr.args[0])]
        if expr.op == "sym":
            return self._symbol(str(expr.args[0]), entity, row)
        if expr.op == "total":
            return self._total(str(expr.args[0]), str(expr.args[1]), row)
        return self._operation(expr, entity, row)

    def _operation(self, expr: Expr, entity: str, row: int) -> int:
        first, *rest = (cast(Expr, a) for a in expr.args)
        left = self._evaluate(first, entity, row)
        if expr.op == "choose":
            return self._evaluate(rest[0] if left else rest[1], entity, row)
        if expr.op == "~":
            return not left
        if expr.op == "&":
            return left and self._evaluate(rest[0], entity, row)
        if expr.op == "|":
            return left or self._evaluate(rest[0], entity, row)
        return _OPERATIONS[expr.op](left, self._evaluate(rest[0], entity, row))

    def _symbol(self, name: str, entity: str, row: int) -> int:
        at, place = entity, row
        while name not in self._columns[at] and (at, name) not in self.plan.by_name:
            upper = self.plan.parents[at]
            if upper is None:
                raise NoRuleInForce(name)
            place = 0 if upper == ROOT else self.facts.parent[at][place]
            at = upper
        return self.value(at, name, place)

    def _total(self, entity: str, name: str, row: int) -> int:
        count = len(self.facts.rows[entity])
        if self.plan.parents[entity] == ROOT:
            return sum(self.value(entity, name, i) for i in range(count))
        of = self.facts.parent[entity]
        return sum(self.value(entity, name, i) for i in range(count) if of[i] == row)
