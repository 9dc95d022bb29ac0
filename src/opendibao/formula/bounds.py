"""界限: the smallest and largest value every step of a rule can take; a rule that may leave 64 bits is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from opendibao.formula.graph import Plan, Rule
from opendibao.formula.symbols import BadRule, Expr

Span = tuple[int, int]
"""The smallest and the largest value something can have."""
MOST = 2**63 - 1
YES_NO: Span = (0, 1)
_ASKING = frozenset((">", ">=", "<", "<=", "==", "!=", "&", "|", "~"))
_DIVIDING = frozenset(("//", "divide_up", "divide_half_up"))


class CanOverflow(BadRule):
    """With the largest facts and numbers that are let in, a step of a rule leaves 64 bits."""


class DividesByZero(BadRule):
    """A rule divides by what can be zero or less."""


class DividesBelowZero(BadRule):
    """A rule divides what can be negative: engines round that apart."""


def span_of(op: str, spans: Sequence[Span]) -> Span:
    """The span of an operation on operands of these spans."""
    if op in _ASKING:
        return _asked(op, spans)
    if op == "choose":
        return _chosen(*spans)
    if op in ("min", "max"):
        pick = min if op == "min" else max
        return pick(spans[0][0], spans[1][0]), pick(spans[0][1], spans[1][1])
    if op in _DIVIDING:
        return _divided(op, *spans)
    ends = [_WAYS[op](a, b) for a in spans[0] for b in spans[1]]
    return min(ends), max(ends)


_WAYS: Mapping[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "//": lambda a, b: a // b,
    "divide_up": lambda a, b: (a + b - 1) // b,
    "divide_half_up": lambda a, b: (a * 2 + b) // (b * 2),
}
_ALWAYS: Mapping[str, Callable[[Span, Span], bool]] = {
    ">": lambda a, b: a[0] > b[1],
    ">=": lambda a, b: a[0] >= b[1],
    "<": lambda a, b: a[1] < b[0],
    "<=": lambda a, b: a[1] <= b[0],
    "==": lambda a, b: a[0] == a[1] == b[0] == b[1],
    "!=": lambda a, b: a[1] < b[0] or b[1] < a[0],
}
_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "==": "!=", "!=": "=="}


def _asked(op: str, spans: Sequence[Span]) -> Span:
    if op in _OPPOSITE:
        always, never = _ALWAYS[op](*spans), _ALWAYS[_OPPOSITE[op]](*spans)
        return int(always), int(not never)
    sure = [span[0] > 0 or span[1] < 0 for span in spans]
    maybe = [span != (0, 0) for span in spans]
    if op == "~":
        return int(not maybe[0]), int(not sure[0])
    every = all if op == "&" else any
    return int(every(sure)), int(every(maybe))


def _chosen(condition: Span, chosen: Span, otherwise: Span) -> Span:
    if condition == (0, 0):
        return otherwise
    if condition[0] > 0 or condition[1] < 0:
        return chosen
    return min(chosen[0], otherwise[0]), max(chosen[1], otherwise[1])


def _divided(op: str, amount: Span, by: Span) -> Span:
    if by[0] < 1:
        most = max(abs(amount[0]), abs(amount[1])) + 1
        return -most, most
    ends = [_WAYS[op](a, b) for a in amount for b in by]
    return min(ends), max(ends)


def reach(op: str, spans: Sequence[Span], result: Span) -> Span:
    """The span of everything that is held while the operation is done, operands and inner sums included."""
    held = [result, *(spans[1:] if op == "choose" else spans)]
    if op == "divide_up":
        held.append(span_of("+", spans))
    if op == "divide_half_up":
        held.append(span_of("*", (spans[1], (2, 2))))
        held.append(span_of("+", (span_of("*", (spans[0], (2, 2))), spans[1])))
    return min(low for low, _ in held), max(high for _, high in held)


@dataclass(frozen=True)
class Limits:
    """The largest things that are let in: facts by entity and name, numbers by path, rows that belong to one.

    `counts` are rules that count rows, which the arithmetic alone would take for larger than they can be.
    """

    facts: Mapping[tuple[str, str], Span]
    number: Callable[[str], Span]
    rows: int
    counts: Mapping[str, Span] = field(default_factory=dict)


def check(plan: Plan, limits: Limits) -> dict[tuple[str, str], Span]:
    """The span of every rule; raises CanOverflow, DividesByZero or DividesBelowZero with rule, module and step."""
    known: dict[tuple[str, str], Span] = {}
    for rule in plan.order:
        found = _Prover(plan, rule, limits, known).span(rule.expr)
        known[rule.entity, rule.name] = limits.counts.get(rule.name, found)
    return known


class _Prover:
    def __init__(self, plan: Plan, rule: Rule, limits: Limits, known: Mapping[tuple[str, str], Span]) -> None:
        self.plan, self.rule, self.limits, self.known = plan, rule, limits, known

    def span(self, expr: Expr) -> Span:
        if expr.op in ("const", "param", "sym", "total"):
            return self._held(expr, self._leaf(expr))
        spans = [self.span(cast(Expr, part)) for part in expr.args]
        if expr.op in _DIVIDING:
            self._refuse_bad_division(expr, *spans)
        found = span_of(expr.op, spans)
        self._held(expr, reach(expr.op, spans, found))
        return found

    def _leaf(self, expr: Expr) -> Span:
        name = str(expr.args[-1])
        if expr.op == "const":
            number = int(cast(int, expr.args[0]))
            return number, number
        if expr.op == "param":
            return self.limits.number(name)
        if expr.op == "total":
            low, high = self._named(str(expr.args[0]), name)
            return min(0, low * self.limits.rows), max(0, high * self.limits.rows)
        return self._named(self.plan.owner(self.rule.entity, name), name)

    def _named(self, entity: str, name: str) -> Span:
        at = (entity, name)
        return self.known[at] if at in self.known else self.limits.facts[at]

    def _held(self, expr: Expr, span: Span) -> Span:
        if span[0] < -MOST or span[1] > MOST:
            widest = max(span, key=abs)
            step = words_of(expr)
            raise CanOverflow(
                f"规则 {self.rule.name}（{self.rule.module}）：{step} 最大可达 {widest:,}，超出 64 位，"
                "请先除后乘，或收紧事实和参数的上限"
            )
        return span

    def _refuse_bad_division(self, expr: Expr, amount: Span, by: Span) -> None:
        where = f"规则 {self.rule.name}（{self.rule.module}）：{words_of(expr)}"
        if by[0] < 1:
            raise DividesByZero(f"{where} 的除数可能小于1（最小{by[0]}），请写 max_(除数, 1)")
        if amount[0] < 0:
            raise DividesBelowZero(f"{where} 的被除数可能为负（最小{amount[0]:,}），请先用 floor_at_zero")


def words_of(expr: Expr) -> str:
    """A step as its names and signs, for messages."""
    if expr.op in ("const", "param", "sym", "total"):
        return str(expr.args[-1])
    parts = [words_of(cast(Expr, part)) for part in expr.args]
    return f"({parts[0]} {expr.op} {parts[1]})" if len(parts) == 2 else f"{expr.op}({', '.join(parts)})"
