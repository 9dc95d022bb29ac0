"""成批计算的文本: a plan as NumPy, in the narrowest whole numbers its bounds allow, without what cannot matter."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from opendibao.formula.bounds import MOST, CanOverflow, Span, reach, span_of, words_of
from opendibao.formula.column_parts import ALWAYS, WIDEST, Part, bytes_for, fixed, gap_of, known_of, same, written
from opendibao.formula.graph import Plan, walk
from opendibao.formula.scalar import parameter_name
from opendibao.formula.symbols import Expr

Target = tuple[str, str]
"""(entity, name) of a fact or rule."""
ANY: Span = (-MOST - 1, MOST)
_LEAVES = ("const", "param", "sym", "total")


@dataclass(frozen=True)
class Kind:
    """A column as it is stored: bytes of its whole numbers, the span of its values, whether it is yes or no."""

    width: int
    span: Span
    is_yes_no: bool = False


@dataclass(frozen=True)
class Known:
    """What is known before the rows are read: columns, numbers by path, the most rows that belong to one.

    Without `numbers` they are read when the text runs; a path missing from them stops only the rows that need it.
    """

    columns: Mapping[Target, Kind]
    numbers: Mapping[str, int] | None = None
    rows: int = MOST


class Writer:
    """Writes what the targets need, each rule once; a branch that no row can take is not written."""

    def __init__(self, plan: Plan, known: Known) -> None:
        self.plan, self.known = plan, known
        self.lines: dict[str, str] = {}
        self.facts: dict[str, Target] = {}
        self._parts: dict[Target, Part] = {}
        self._shared: dict[int, Part | None] = {}

    def value(self, entity: str, name: str) -> Part:
        """The part that holds a fact or rule of an entity."""
        at = (entity, name)
        if at not in self._parts:
            self._parts[at] = self._fact(at) if name in self.plan.facts[entity] else self._rule(at)
        return self._parts[at]

    def column(self, entity: str, name: str) -> str:
        """The name of a whole column with a value for every row."""
        return self._spread(self.value(entity, name), entity)

    def flags(self, entity: str, name: str) -> str:
        """The name of the column that says which rows lack a number for a rule; empty where none does."""
        gap = self.value(entity, name).gap
        return self._spread(Part(ALWAYS, (1, 1)), entity) if gap == ALWAYS else gap

    def _fact(self, at: Target) -> Part:
        kind = self.known.columns[at]
        if kind.span[0] == kind.span[1]:
            return fixed(kind.span[0])
        name = self._assign(f"{at[0]}__{at[1]}", f"c[{at[0]!r}][{at[1]!r}]")
        self.facts[name] = at
        return Part(name, kind.span, kind.width, kind.is_yes_no, zero_with=frozenset((name,)))

    def _rule(self, at: Target) -> Part:
        rule = self.plan.by_name.get(at)
        if rule is None:
            return fixed(0, ALWAYS)  # no text of it on the day
        met = Counter(id(step) for step in walk(rule.expr) if step.op not in _LEAVES)
        self._shared.update({step: None for step, times in met.items() if times > 1})
        part = self._part(rule.expr, rule.entity)
        gap = part.gap
        if gap not in ("", ALWAYS) and not gap.isidentifier():
            gap = self._assign(f"gap_{at[0]}__{at[1]}", gap)
        if part.is_fixed:
            return fixed(part.span[0], gap)
        is_narrow = part.width == WIDEST and bytes_for(part.span) < WIDEST
        text, width = (f"{part.text}.astype(i4)", 4) if is_narrow else (part.text, part.width)
        name = self._assign(f"{at[0]}__{at[1]}", text)
        return replace(part, text=name, width=width, gap=gap, zero_with=part.zero_with | {name})

    def _part(self, expr: Expr, entity: str) -> Part:
        if expr.op == "const":
            return fixed(int(cast(int, expr.args[0])))
        if expr.op == "param":
            return self._number(str(expr.args[0]))
        if expr.op == "sym":
            return self._symbol(entity, str(expr.args[0]))
        if expr.op == "total":
            return self._total(str(expr.args[0]), str(expr.args[1]))
        if id(expr) not in self._shared:
            return self._operation(expr, entity)
        known = self._shared[id(expr)]
        if known is None:
            known = self._shared[id(expr)] = self._step(self._operation(expr, entity))
        return known

    def _step(self, part: Part) -> Part:
        """A step that a rule takes more than once is a column of its own."""
        if part.text.isidentifier() or part.is_fixed:
            return part
        return replace(part, text=self._assign(f"step_{len(self.lines)}", part.text))

    def _number(self, path: str) -> Part:
        numbers = self.known.numbers
        if numbers is None:
            return Part(self._assign(parameter_name(path), f"p[{path!r}]"), ANY)
        return fixed(numbers[path]) if path in numbers else fixed(0, ALWAYS)

    def _symbol(self, entity: str, name: str) -> Part:
        owner: str | None = entity
        while owner is not None and name not in self.plan.facts[owner] and (owner, name) not in self.plan.by_name:
            owner = self.plan.parents[owner]
        if owner is None:
            return fixed(0, ALWAYS)  # no text of this rule on the day
        found = self.value(owner, name)
        gap = found.gap if found.gap in ("", ALWAYS) else self._seen(found.gap, owner, entity)
        if owner == entity or not found.width:
            return replace(found, gap=gap)
        return Part(self._seen(found.text, owner, entity), found.span, found.width, found.is_yes_no, gap)

    def _seen(self, column: str, owner: str, entity: str) -> str:
        """A column of the household as its members see it, of the member as his supporters do."""
        if owner == entity:
            return column
        return self._assign(f"{entity}_of_{column}", f"{column}.take({self._places(entity, owner)})")

    def _places(self, entity: str, owner: str) -> str:
        upper = str(self.plan.parents[entity])
        direct = self._assign(f"above_{entity}", f"under[{entity!r}].above")
        if upper == owner:
            return direct
        return self._assign(f"{owner}_of_{entity}", f"{self._places(upper, owner)}.take({direct})")

    def _total(self, entity: str, name: str) -> Part:
        if name not in self.plan.facts[entity] and (entity, name) not in self.plan.by_name:
            return fixed(0, ALWAYS)
        part, rows = self.value(entity, name), self.known.rows
        gap = self.flags(entity, name)
        if gap:
            gap = f"({self._sum(entity, gap, 'i8')} > 0)"
        span = (max(ANY[0], min(0, part.span[0] * rows)), min(ANY[1], max(0, part.span[1] * rows)))
        if span == (0, 0):
            return fixed(0, gap)
        width = max(bytes_for(span), part.width)
        return Part(self._sum(entity, self._spread(part, entity), f"i{width}"), span, width, gap=gap)

    def _sum(self, entity: str, column: str, kind: str) -> str:
        return self._assign(f"total_{column}", f"under[{entity!r}].total({column}, {kind})")

    def _operation(self, expr: Expr, entity: str) -> Part:
        parts = [self._part(cast(Expr, arg), entity) for arg in expr.args]
        spans = [p.span for p in parts]
        span, gap = self._within(expr, spans), gap_of(expr.op, parts)
        if span[0] == span[1]:
            return fixed(span[0], gap)
        equal = same(expr.op, parts)
        if equal is not None:
            return replace(equal, span=span, gap=gap)
        return replace(written(expr.op, parts, span, gap), **known_of(expr.op, parts))

    def _within(self, expr: Expr, spans: Sequence[Span]) -> Span:
        span = span_of(expr.op, spans)
        low, high = reach(expr.op, spans, span)
        if self.known.numbers is not None and (low < ANY[0] or high > ANY[1]):
            raise CanOverflow(f"{words_of(expr)} 可达 {max(low, high, key=abs):,}，超出 64 位，请核对事实的数额")
        return max(span[0], ANY[0]), min(span[1], ANY[1])

    def _spread(self, part: Part, entity: str) -> str:
        if part.width:
            return part.text
        typed = part.is_fixed and part.text != ALWAYS
        text = f"i{bytes_for(part.span)}({part.text})" if typed else part.text
        return self._assign(f"every_{entity}_{part.text.replace('-', 'minus_')}", f"full({text}, n[{entity!r}])")

    def _assign(self, name: str, text: str) -> str:
        self.lines.setdefault(name, text)
        return name
