"""成批计算的片段: pieces of NumPy text with what is known of their values, and how an operation joins them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendibao.formula.bounds import Span, reach

ALWAYS = "True"
WIDEST = 8


@dataclass(frozen=True)
class Part:
    """A piece of text: its span, and the bytes of its array (0: one value for all rows).

    `gap` says which rows lack a number: empty where none does, else the text of a yes-or-no column.
    """

    text: str
    span: Span
    width: int = 0
    is_yes_no: bool = False
    gap: str = ""
    zero_with: frozenset[str] = frozenset()
    """Columns of which this is zero wherever one is zero: x * 3 // 10 with x."""
    is_above_zero: str = ""
    """The column, never negative, that this asks whether it is above zero."""
    times: tuple["Part", int] | None = None
    """The part and the fixed number that this is the product of."""

    @property
    def is_fixed(self) -> bool:
        """Whether every row has the same known value."""
        return self.span[0] == self.span[1]


def fixed(value: int, gap: str = "") -> Part:
    """One known value for every row."""
    return Part(str(value), (value, value), gap=gap)


def bytes_for(span: Span) -> int:
    """Bytes of the narrowest whole numbers that hold a span; eight where none does."""
    for width in (1, 2, 4):
        most = 2 ** (8 * width - 1)
        if -most <= span[0] and span[1] < most:
            return width
    return WIDEST


def known_of(op: str, parts: Sequence[Part]) -> dict[str, Any]:
    """What else is known of an operation on columns: see Part."""
    left, right = parts[0], parts[-1]
    if op == "*":
        fixed_last = (left, right) if right.is_fixed else (right, left) if left.is_fixed else None
        times = (fixed_last[0], fixed_last[1].span[0]) if fixed_last else None
        return {"zero_with": left.zero_with | right.zero_with, "times": times}
    if op == "//":
        return {"zero_with": left.zero_with}
    if op == "min" and left.span[0] >= 0 and right.span[0] >= 0:
        return {"zero_with": left.zero_with | right.zero_with}
    if op == ">" and right.span == (0, 0) and left.span[0] >= 0 and left.width:
        return {"is_above_zero": left.text}
    return {}


def same(op: str, parts: Sequence[Part]) -> Part | None:
    """The operand that the result always equals: x + 0, x * 1, x * 100 // 100, the branch always taken."""
    if op == "choose":
        return _same_choice(*parts)
    if op == "//" and parts[0].times and parts[1].span == (parts[0].times[1],) * 2:
        return parts[0].times[0]
    if op not in ("+", "-", "*", "//", "min", "max", "&", "|"):
        return None
    left, right = parts
    return _neutral(op, left, right) or (_neutral(op, right, left) if op not in ("-", "//") else None)


def _same_choice(condition: Part, chosen: Part, otherwise: Part) -> Part | None:
    if condition.is_fixed:
        return chosen if condition.span[0] else otherwise
    # choose(x > 0, x * 3 // 10, 0): where x is not above zero, the first branch is zero by itself
    is_zero_too = otherwise.span == (0, 0) and condition.is_above_zero in chosen.zero_with
    return chosen if is_zero_too else None


def _neutral(op: str, kept: Part, other: Part) -> Part | None:
    drops = {
        "+": other.span == (0, 0),
        "-": other.span == (0, 0),
        "*": other.span == (1, 1),
        "//": other.span == (1, 1),
        "&": other.is_fixed and other.span[0] != 0 and kept.is_yes_no,
        "|": other.span == (0, 0) and kept.is_yes_no,
        "min": kept.span[1] <= other.span[0],
        "max": kept.span[0] >= other.span[1],
    }
    return kept if drops[op] else None


def gap_of(op: str, parts: Sequence[Part]) -> str:
    """Which rows ask for a number nobody has set: a branch not taken asks for none."""
    first, *rest = parts
    if op == "choose":
        taken = _and(yes(first), rest[0].gap) if first.span != (0, 0) else ""
        other = _and(_no(first), rest[1].gap) if not (first.is_fixed and first.span[0]) else ""
        return _or(first.gap, _or(taken, other))
    if op == "&":
        return _or(first.gap, _and(yes(first), rest[0].gap))
    if op == "|":
        return _or(first.gap, _and(_no(first), rest[0].gap))
    return _or(first.gap, rest[0].gap if rest else "")


def _and(condition: str, gap: str) -> str:
    if not gap or condition == "False":
        return ""
    return gap if condition == ALWAYS else condition if gap == ALWAYS else f"({condition} & {gap})"


def _or(one: str, other: str) -> str:
    if ALWAYS in (one, other):
        return ALWAYS
    return f"({one} | {other})" if one and other and one != other else one or other


def yes(part: Part) -> str:
    """The text of whether a part is yes."""
    if part.is_fixed:
        return str(part.span[0] != 0)
    return part.text if part.is_yes_no else f"({part.text} != 0)"


def _no(part: Part) -> str:
    if part.is_fixed:
        return str(part.span[0] == 0)
    return f"~{part.text}" if part.is_yes_no and part.width else f"({part.text} == 0)"


def written(op: str, parts: Sequence[Part], span: Span, gap: str) -> Part:
    """The text of an operation that has to be computed, in numbers wide enough for everything held on the way."""
    if op in ("&", "|"):
        return Part(f"({yes(parts[0])} {op} {yes(parts[1])})", span, _wide(parts), True, gap)
    if op == "~":
        return Part(_no(parts[0]), span, _wide(parts), True, gap)
    if op == "choose":
        return _choice(parts, span, gap)
    if op in _COMPARED:
        texts = [_whole(p) for p in parts]
        return Part(f"({texts[0]} {op} {texts[1]})", span, min(1, _wide(parts)), True, gap)
    width = bytes_for(reach(op, [p.span for p in parts], span)) if _wide(parts) else 0
    texts = _widened(parts, width, every=op == "divide_half_up")
    text = _FORMS[op](*texts) if op in _FORMS else f"({texts[0]} {op} {texts[1]})"
    return Part(text, span, max(width, _wide(parts)), False, gap)


_COMPARED = (">", ">=", "<", "<=", "==", "!=")
_FORMS: Mapping[str, Callable[[str, str], str]] = {
    "min": lambda a, b: f"np.minimum({a}, {b})",
    "max": lambda a, b: f"np.maximum({a}, {b})",
    "divide_up": lambda a, b: f"divide_up({a}, {b})",
    "divide_half_up": lambda a, b: f"divide_half_up({a}, {b})",
}


def _wide(parts: Sequence[Part]) -> int:
    return max(p.width for p in parts)


def _choice(parts: Sequence[Part], span: Span, gap: str) -> Part:
    condition, chosen, otherwise = parts
    if condition.width and all(p.is_yes_no or p.span in ((0, 0), (1, 1)) for p in (chosen, otherwise)):
        return _yes_no_choice(yes(condition), _no(condition), chosen, otherwise, span, gap)
    width = max(chosen.width, otherwise.width, bytes_for(span))
    texts = [_whole(p) if p.width else f"i{width}({p.text})" for p in (chosen, otherwise)]
    return Part(f"choose({yes(condition)}, {texts[0]}, {texts[1]})", span, width if _wide(parts) else 0, False, gap)


def _yes_no_choice(is_so: str, is_not: str, chosen: Part, otherwise: Part, span: Span, gap: str) -> Part:
    first = _and(is_so, yes(chosen)) if chosen.span != (0, 0) else ""
    second = _and(is_not, yes(otherwise)) if otherwise.span != (0, 0) else ""
    return Part(f"({first} | {second})" if first and second else first or second, span, 1, True, gap)


def _widened(parts: Sequence[Part], width: int, *, every: bool) -> list[str]:
    """Operands of which one (or every one) is as wide as the result, so that nothing is cut off."""
    texts, is_wide = [], not every and any(p.width >= width for p in parts)
    for part in parts:
        widens = part.width and part.width < width and (every or not is_wide)
        texts.append(f"{_whole(part)}.astype(i{width})" if widens else _whole(part))
        is_wide = is_wide or bool(widens)
    return texts


def _whole(part: Part) -> str:
    """An operand as whole numbers: a yes or no counts as 1 or 0."""
    if not part.is_yes_no:
        return part.text
    return f"{part.text}.view(i1)" if part.width else f"int({part.text})"
