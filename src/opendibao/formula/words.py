"""算式: an expression in the words of the bureau, with no more brackets than it needs."""

from collections.abc import Callable, Mapping
from typing import cast

from opendibao.formula.symbols import Expr

_SIGNS = {
    "|": (1, "或"), "&": (2, "且"), ">": (3, ">"), ">=": (3, "≥"), "<": (3, "<"), "<=": (3, "≤"), "==": (3, "＝"),
    "!=": (3, "≠"), "+": (4, "+"), "-": (4, "−"), "*": (5, "×"), "//": (5, "÷"),
}  # fmt: skip
_CALLS = {
    "min": "较小者({0}, {1})",
    "max": "较大者({0}, {1})",
    "divide_up": "进位({0} ÷ {1})",
    "divide_half_up": "四舍五入({0} ÷ {1})",
}
_ATOM = 9
Words = Mapping[str, Mapping[int, str]]
"""name of a fact or rule → what its numbers mean."""


class Speller:
    """Spells expressions; `label` names a leaf, `words` says what coded numbers mean."""

    def __init__(self, label: Callable[[Expr], str], words: Words, rule: str) -> None:
        self.label = label
        self.words = words
        self.results = words.get(rule, {})

    def spell(self, expr: Expr) -> str:
        """The expression in words."""
        return self._spell(expr)[0]

    def _spell(self, expr: Expr) -> tuple[str, int]:
        if expr.op in ("sym", "param", "total"):
            return self.label(expr), _ATOM
        if expr.op == "const":
            return str(expr.args[0]), _ATOM
        parts = [cast(Expr, a) for a in expr.args]
        if expr.op in ("min", "max"):
            return _CALLS[expr.op].format(self.spell(parts[0]), self.spell(parts[1])), _ATOM
        if expr.op in _CALLS:
            return _CALLS[expr.op].format(self._within(parts[0], 5), self._within(parts[1], 6)), _ATOM
        if expr.op == "choose":
            return self._choice(parts), 0
        if expr.op == "~":
            return f"非{self._within(parts[0], _ATOM)}", _ATOM
        return self._infix(expr.op, parts)

    def _choice(self, parts: list[Expr]) -> str:
        condition, chosen, otherwise = parts
        last = self.spell(otherwise) if otherwise.op == "choose" else self._result(otherwise)
        return f"若 {self._within(condition, 1)} 则 {self._result(chosen)}，否则 {last}"

    def _result(self, expr: Expr) -> str:
        if expr.op == "const" and self.results:
            return self.results.get(cast(int, expr.args[0]), str(expr.args[0]))
        return self._within(expr, 1)

    def _infix(self, op: str, parts: list[Expr]) -> tuple[str, int]:
        level, sign = _SIGNS[op]
        left, right = self._within(parts[0], level), self._within(parts[1], level + (op in "-//"))
        meaning = self._meaning(parts[0], parts[1]) if level == 3 else None
        return f"{left} {sign} {meaning or right}", level

    def _within(self, expr: Expr, level: int) -> str:
        text, own = self._spell(expr)
        return text if own >= level else f"({text})"

    def _meaning(self, left: Expr, right: Expr) -> str | None:
        if left.op != "sym" or right.op != "const":
            return None
        return self.words.get(str(left.args[0]), {}).get(cast(int, right.args[0]))
