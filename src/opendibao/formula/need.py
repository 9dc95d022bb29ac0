"""用到的规则: which rules a result rested on, so that a branch not taken is not told; generated once for each plan."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import Any, cast

from opendibao.formula.graph import Plan, Rule, walk
from opendibao.formula.scalar import FORMS, ROOT, HouseholdFacts, Key, Values, emit, parameter_name
from opendibao.formula.symbols import Expr

Target = Sequence[str]
_READS = ("sym", "total")


def needed(
    plan: Plan, targets: Target, facts: HouseholdFacts, values: Values, parameters: Mapping[str, int]
) -> tuple[Key, ...]:
    """The rules (entity, name) that the household's results `targets` rested on, in the order of calculation.

    All of the plan must be in `values`. A rule that was needed for one person is told for all of them.
    """
    key = (id(plan), tuple(targets))
    found = _COMPILED.get(key)
    if found is None:
        scope: dict[str, Any] = {}
        exec(compile(_Writer(plan).source(targets), "<needed>", "exec"), scope)
        keys = tuple((rule.entity, rule.name) for rule in plan.order)
        found = _COMPILED[key] = (plan, keys, scope["needed"])
    return tuple(compress(found[1], found[2](facts.rows, facts.parent, values, parameters)))


_COMPILED: dict[tuple[int, tuple[str, ...]], tuple[Plan, tuple[Key, ...], Callable[..., tuple[bool, ...]]]] = {}


class _Writer:
    """Writes the source of `needed(rows, parent, values, p)`: the rules from the last to the first, yes or no."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.columns = {entity: {name: place for place, name in enumerate(f)} for entity, f in plan.facts.items()}
        self.lines: list[str] = []

    def source(self, targets: Target) -> str:
        for rule in reversed(self.plan.order):
            self._rule(rule)
        front = ["def needed(rows, parent, values, p):"]
        front += [f" v_{e} = values[{e!r}]; r_{e} = rows[{e!r}]; n_{e} = len(r_{e})" for e in self.plan.facts]
        front += [f" at_{e} = parent.get({e!r}, ())" for e, upper in self.plan.parents.items() if upper]
        used = {path for line in self.lines for path in self.plan.parameters if parameter_name(path) in line}
        front += [f" {parameter_name(path)} = p[{path!r}]" for path in sorted(used)]
        keys = [(rule.entity, rule.name) for rule in self.plan.order]
        asked = [(ROOT, name) for name in targets if (ROOT, name) in self.plan.by_name]
        front += [f" {_all(keys, False)}", f" {_all(asked, True)}"]
        return "\n".join([*front, *self.lines, f" return ({', '.join(map(_flag, keys))},)"])

    def _rule(self, rule: Rule) -> None:
        always, at_times = self._parts(rule.entity, rule.expr)
        if not always and not at_times:
            return
        self.lines.append(f" if {_flag((rule.entity, rule.name))}:")
        if always:
            self.lines.append(f"  {_all(always, True)}")
        if at_times:
            many = rule.entity != ROOT
            self.lines += [f"  for i in range(n_{rule.entity}):"] if many else []
            self._branches(rule.entity, at_times, "   " if many else "  ", set(always))

    def _parts(self, entity: str, expr: Expr) -> tuple[list[Key], list[tuple[str, Expr]]]:
        """What an expression always reads, and (condition, part) of what it reads only then."""
        if expr.op in _READS:
            return self._key(entity, expr), []
        parts = [a for a in expr.args if isinstance(a, Expr)]
        later = list(self._later(entity, expr, parts))
        always: list[Key] = []
        for part in parts[:1] if later else parts:
            more, at_times = self._parts(entity, part)
            always += more
            later += at_times
        return always, later

    def _later(self, entity: str, expr: Expr, parts: Sequence[Expr]) -> Iterator[tuple[str, Expr]]:
        if expr.op == "choose":
            yield self._text(entity, parts[0]), parts[1]
            yield f"not {self._text(entity, parts[0])}", parts[2]
        elif expr.op == "&":
            yield self._text(entity, parts[0]), parts[1]
        elif expr.op == "|":
            yield f"not {self._text(entity, parts[0])}", parts[1]

    def _branches(self, entity: str, at_times: Sequence[tuple[str, Expr]], indent: str, known: set[Key]) -> None:
        wrote = False
        for condition, part in at_times:
            always, deeper = self._parts(entity, part)
            new = [key for key in always if key not in known]
            if new or any(set(self._rules(entity, part)) - known for _, part in deeper):
                wrote = True
                self.lines.append(f"{indent}if {condition}:")
                self.lines.append(f"{indent} {_all(new, True)}")
                self._branches(entity, deeper, f"{indent} ", known | set(new))
        if not wrote:
            self.lines.append(f"{indent}pass")

    def _rules(self, entity: str, expr: Expr) -> list[Key]:
        return [key for part in walk(expr) if part.op in _READS for key in self._key(entity, part)]

    def _key(self, entity: str, leaf: Expr) -> list[Key]:
        """The rule a leaf reads; none for a fact."""
        name = str(leaf.args[-1])
        owner = str(leaf.args[0]) if leaf.op == "total" else self.plan.owner(entity, name)
        return [(owner, name)] if (owner, name) in self.plan.by_name else []

    def _text(self, entity: str, expr: Expr) -> str:
        return emit(expr, FORMS, lambda leaf: self._leaf(entity, leaf))

    def _leaf(self, entity: str, leaf: Expr) -> str:
        if leaf.op == "const":
            return str(int(cast(int, leaf.args[0])))
        if leaf.op == "param":
            return parameter_name(str(leaf.args[0]))
        if leaf.op == "total":
            return self._total(entity, str(leaf.args[0]), str(leaf.args[1]))
        name = str(leaf.args[0])
        owner = self.plan.owner(entity, name)
        return self._at(owner, name, "0" if owner == ROOT else "i" if owner == entity else f"at_{entity}[i]")

    def _at(self, entity: str, name: str, row: str) -> str:
        if name in self.columns[entity]:
            return f"r_{entity}[{row}][{self.columns[entity][name]}]"
        return f"v_{entity}[{name!r}]" if entity == ROOT else f"v_{entity}[{name!r}][{row}]"

    def _total(self, entity: str, of: str, name: str) -> str:
        each = self._at(of, name, "j")
        mine = "" if entity == ROOT else f" if at_{of}[j] == i"
        return f"sum({each} for j in range(n_{of}){mine})"


def _flag(key: Key) -> str:
    return f"is_{key[0]}__{key[1]}"


def _all(keys: Sequence[Key], so: bool) -> str:
    return " = ".join([*map(_flag, dict.fromkeys(keys)), str(so)]) if keys else "pass"
