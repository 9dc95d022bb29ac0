"""算式的 SQL: write one rule's expression for PostgreSQL, in bigint and boolean, exact about what is lacking.

What needs a number that is not in force is NULL, exactly where the engine for one household would refuse: a branch not
taken and the right of a decided `&` or `|` ask for nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from opendibao.formula.symbols import Expr


@dataclass(frozen=True)
class Text:
    """An expression in SQL: whether it is a yes or no, and whether it may be NULL."""

    sql: str
    yes_no: bool = False
    may_lack: bool = False

    @property
    def number(self) -> str:
        """The expression as bigint, a yes counting one as in Python."""
        return f"({self.sql})::integer::bigint" if self.yes_no else self.sql

    @property
    def truth(self) -> str:
        """The expression as boolean."""
        return self.sql if self.yes_no else f"({self.sql} <> 0)"


LACKING = Text("NULL::bigint", may_lack=True)
_COMPARED = {">": ">", ">=": ">=", "<": "<", "<=": "<=", "==": "=", "!=": "<>"}
_COUNTED = {
    "+": "({0} + {1})",
    "-": "({0} - {1})",
    "*": "({0} * {1})",
    # SQL cuts towards zero where the rules round down
    "//": "(({0} - mod(mod({0}, {1}) + {1}, {1})) / {1})",
    "divide_up": "(({0} + {1} - 1) / {1})",
    "divide_half_up": "(({0} * 2 + {1}) / ({1} * 2))",
}
_PICKED = {"min": ("least", "<="), "max": ("greatest", ">=")}


def literal(value: int) -> Text:
    """A whole number; 64 bits from the start, because SQL would multiply two small ones in 32."""
    return Text(f"({value})::bigint" if value < 0 else f"{value}::bigint")


def emit(expr: Expr, leaf: Callable[[Expr], Text]) -> Text:
    """Write an expression; `leaf` writes symbols, sums and parameters."""
    if expr.op in ("sym", "total", "param"):
        return leaf(expr)
    if expr.op == "const":
        return literal(int(cast(int, expr.args[0])))
    return _operation(expr.op, [emit(cast(Expr, part), leaf) for part in expr.args])


def _operation(op: str, parts: Sequence[Text]) -> Text:
    lacks = any(part.may_lack for part in parts)
    if op == "choose":
        return _chosen(parts[0], parts[1], parts[2], lacks)
    if op == "~":
        return Text(f"(NOT {parts[0].truth})", True, lacks)
    left, right = parts
    if op in ("&", "|"):
        return Text(_joined(op, left, right), True, lacks)
    if op in _COMPARED:
        return Text(f"({left.number} {_COMPARED[op]} {right.number})", True, lacks)
    if op in _PICKED:
        return Text(_picked(op, left.number, right.number, lacks), False, lacks)
    return Text(_COUNTED[op].format(left.number, right.number), False, lacks)


def _chosen(condition: Text, first: Text, second: Text, lacks: bool) -> Text:
    yes_no = first.yes_no and second.yes_no
    chosen, otherwise = (part.truth if yes_no else part.number for part in (first, second))
    if condition.may_lack:
        text = f"(CASE {condition.truth} WHEN true THEN {chosen} WHEN false THEN {otherwise} END)"
    else:
        text = f"(CASE WHEN {condition.truth} THEN {chosen} ELSE {otherwise} END)"
    return Text(text, yes_no, lacks)


def _joined(op: str, left: Text, right: Text) -> str:
    if not left.may_lack:
        return f"({left.truth} {'AND' if op == '&' else 'OR'} {right.truth})"
    # in SQL NULL AND false is false; who reads from left to right has stopped by then
    if op == "&":
        return f"(CASE {left.truth} WHEN true THEN {right.truth} WHEN false THEN false END)"
    return f"(CASE {left.truth} WHEN true THEN true WHEN false THEN {right.truth} END)"


def _picked(op: str, left: str, right: str, lacks: bool) -> str:
    function, sign = _PICKED[op]
    if not lacks:
        return f"{function}({left}, {right})"
    # least() and greatest() pass over NULL
    return f"(CASE {left} {sign} {right} WHEN true THEN {left} WHEN false THEN {right} END)"
