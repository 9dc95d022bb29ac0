"""规则里的符号: running a rule's function on these builds the expression that every engine evaluates."""

from __future__ import annotations

from typing import TypeAlias

Operand: TypeAlias = "Symbol | int"


OPERATIONS = "规则只认 + - * // 和比较、&、|、~，以及 choose、min_、max_、total、divide_up、divide_half_up"


class BadRule(ValueError):
    """A rule's text cannot be traced; the message names the rule and says what to write instead."""


class BranchInRule(BadRule):
    """A rule asks Python whether a symbol is true; only `choose` can ask that."""


class Symbol:
    """What a rule computes with: every operation on it builds an expression."""

    __slots__ = ()

    def __bool__(self) -> bool:
        raise BranchInRule("规则里不能用 if/and/or/not，请改用 choose(条件, 甲, 乙) 与 &、|、~")

    def __truediv__(self, other: Operand) -> Expr:
        raise BadRule("规则只算整数：请用 //，并且只除非负数")

    __rtruediv__ = __truediv__

    def __add__(self, other: Operand) -> Expr:
        return Expr("+", lift(self), lift(other))

    def __radd__(self, other: Operand) -> Expr:
        return Expr("+", lift(other), lift(self))

    def __sub__(self, other: Operand) -> Expr:
        return Expr("-", lift(self), lift(other))

    def __rsub__(self, other: Operand) -> Expr:
        return Expr("-", lift(other), lift(self))

    def __mul__(self, other: Operand) -> Expr:
        return Expr("*", lift(self), lift(other))

    def __rmul__(self, other: Operand) -> Expr:
        return Expr("*", lift(other), lift(self))

    def __floordiv__(self, other: Operand) -> Expr:
        return Expr("//", lift(self), lift(other))

    def __rfloordiv__(self, other: Operand) -> Expr:
        return Expr("//", lift(other), lift(self))

    def __gt__(self, other: Operand) -> Expr:
        return Expr(">", lift(self), lift(other))

    def __ge__(self, other: Operand) -> Expr:
        return Expr(">=", lift(self), lift(other))

    def __lt__(self, other: Operand) -> Expr:
        return Expr("<", lift(self), lift(other))

    def __le__(self, other: Operand) -> Expr:
        return Expr("<=", lift(self), lift(other))

    def __eq__(self, other: object) -> Expr:  # type: ignore[override]
        return Expr("==", lift(self), lift(other))

    def __ne__(self, other: object) -> Expr:  # type: ignore[override]
        return Expr("!=", lift(self), lift(other))

    def __and__(self, other: Operand) -> Expr:
        return Expr("&", lift(self), lift(other))

    def __or__(self, other: Operand) -> Expr:
        return Expr("|", lift(self), lift(other))

    def __invert__(self) -> Expr:
        return Expr("~", lift(self))

    __hash__ = object.__hash__


class Expr(Symbol):
    """A node of an expression: an operation and its operands. Whole numbers and yes/no only."""

    __slots__ = ("args", "op")

    def __init__(self, op: str, *args: object) -> None:
        self.op = op
        self.args = args

    def __repr__(self) -> str:
        return f"Expr({self.op}, {', '.join(map(repr, self.args))})"


class Parameters(Symbol):
    """The dated numbers of the policy inside a rule: `p.income.wages.employment_cost` is one of them."""

    __slots__ = ("_path",)

    def __init__(self, path: str = "") -> None:
        self._path = path

    def __getattr__(self, name: str) -> Parameters:
        if name.startswith("_"):
            raise AttributeError(name)
        return Parameters(f"{self._path}.{name}" if self._path else name)


def lift(value: object) -> Expr:
    """Make an operand of a whole number; refuse anything else, because money is whole fen."""
    if isinstance(value, Expr):
        return value
    if isinstance(value, Parameters):
        return Expr("param", value._path)
    if isinstance(value, int):
        return Expr("const", value)
    raise BadRule(f"规则只认整数（分、万分比、人数、是否），不认“{value!r}”")


def choose(condition: Operand, chosen: Operand, otherwise: Operand) -> Expr:
    """若 condition 则 chosen，否则 otherwise; the branch not taken asks for no parameter."""
    return Expr("choose", lift(condition), lift(chosen), lift(otherwise))


def min_(first: Operand, second: Operand) -> Expr:
    """The smaller of two."""
    return Expr("min", lift(first), lift(second))


def max_(first: Operand, second: Operand) -> Expr:
    """The larger of two."""
    return Expr("max", lift(first), lift(second))


def floor_at_zero(amount: Operand) -> Expr:
    """The amount, or zero where it is negative."""
    return max_(amount, 0)


def total(entity: str, name: str) -> Expr:
    """The sum of a rule or fact over the rows that belong to this one (members of a household …)."""
    return Expr("total", entity, name)


def any_of(entity: str, name: str) -> Expr:
    """Whether any row that belongs to this one says yes."""
    return total(entity, name) > 0


def divide_up(amount: Operand, by: Operand) -> Expr:
    """amount ÷ by, rounded up; both non-negative."""
    return Expr("divide_up", lift(amount), lift(by))


def divide_half_up(amount: Operand, by: Operand) -> Expr:
    """amount ÷ by, rounded half-up; both non-negative."""
    return Expr("divide_half_up", lift(amount), lift(by))
