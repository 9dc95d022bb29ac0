"""试算一条规则: evaluate one rule on values written down for what it needs, as the cases beside it do."""

from collections.abc import Mapping

from opendibao.formula.graph import Rule
from opendibao.formula.lazy import LazyHousehold
from opendibao.formula.symbols import Expr


class NotGiven(LookupError):
    """The rule needed a value that the trial does not give."""


def try_rule(rule: Rule, given: Mapping[str, int], parameters: Mapping[str, int]) -> int:
    """The rule's value; `given` names its facts and rules, and `total x` the sum of x over subordinate rows."""
    return int(_Trial(rule, given, parameters).result())


class _Trial(LazyHousehold):
    def __init__(self, rule: Rule, given: Mapping[str, int], parameters: Mapping[str, int]) -> None:
        self.rule, self.given, self.parameters = rule, given, parameters

    def result(self) -> int:
        return self._evaluate(self.rule.expr, self.rule.entity, 0)

    def _symbol(self, name: str, entity: str, row: int) -> int:
        return self._given(name)

    def _total(self, entity: str, name: str, row: int) -> int:
        return self._given(f"total {name}")

    def _given(self, name: str) -> int:
        if name not in self.given:
            raise NotGiven(f"规则 {self.rule.name} 用到“{name}”，这一条没有给出")
        return self.given[name]


def leaf_names(expr: Expr) -> set[str]:
    """What a trial of the expression may have to give."""
    if expr.op == "sym":
        return {str(expr.args[0])}
    if expr.op == "total":
        return {f"total {expr.args[1]}"}
    return {name for part in expr.args if isinstance(part, Expr) for name in leaf_names(part)}
