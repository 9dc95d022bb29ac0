"""单户计算: turn a plan into one Python function for one household; every value of every rule comes back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from opendibao.formula.graph import Plan, Rule, walk
from opendibao.formula.symbols import Expr

Row = tuple[int, ...]
Key = tuple[str, str]
Values = dict[str, dict[str, Any]]
"""entity → rule → value (of the household) or values in a row (one for each member, job, supporter)."""

ROOT = "household"
FORMS = {
    "choose": "({1} if {0} else {2})",
    "min": "min({0}, {1})",
    "max": "max({0}, {1})",
    "&": "({0} and {1})",
    "|": "({0} or {1})",
    "~": "(not {0})",
    "divide_up": "(({0} + {1} - 1) // {1})",
    "divide_half_up": "(({0} * 2 + {1}) // ({1} * 2))",
}


@dataclass(frozen=True)
class HouseholdFacts:
    """The facts of one household as rows of whole numbers; `parent` gives the row each job or supporter is of."""

    rows: Mapping[str, Sequence[Row]]
    parent: Mapping[str, Sequence[int]]


def emit(expr: Expr, forms: Mapping[str, str], name: Callable[[Expr], str]) -> str:
    """Write an expression as text, leaves by `name`, operations by `forms`."""
    if expr.op in ("sym", "param", "total", "const"):
        return name(expr)
    parts = [emit(cast(Expr, a), forms, name) for a in expr.args]
    return forms[expr.op].format(*parts) if expr.op in forms else f"({parts[0]} {expr.op} {parts[1]})"


def parameter_name(path: str) -> str:
    """The local variable that holds a parameter."""
    return "p_" + path.replace(".", "__")


class _Writer:
    """Writes the source of `evaluate(rows, parent, p)` for a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.lines = ["def evaluate(rows, parent, p):"]
        self.done: set[Key] = set()

    def source(self) -> str:
        for path in self.plan.parameters:
            self.lines.append(f" {parameter_name(path)} = p[{path!r}]")
        for entity, facts in self.plan.facts.items():
            self._facts(entity, list(facts))
        for sum_ in self.plan.sums:
            if sum_[1] in self.plan.facts[sum_[0]]:
                self._sum(*sum_)
        for block in self._blocks():
            self._rows(block) if block[0].entity != ROOT else self._household(block)
            self.done.update((rule.entity, rule.name) for rule in block)
            for rule in block:
                if (rule.entity, rule.name) in self.plan.sums:
                    self._sum(rule.entity, rule.name)
        self._result()
        return "\n".join(self.lines)

    def _facts(self, entity: str, names: list[str]) -> None:
        columns = ", ".join(f"{entity}__{n}" for n in names)
        if entity == ROOT:
            self.lines.append(f" ({columns},) = rows[{entity!r}][0]")
            return
        blanks = "(), " * len(names)
        self.lines.append(f" n_{entity} = len(rows[{entity!r}]); at_{entity} = parent.get({entity!r}, ())")
        self.lines.append(f" ({columns},) = zip(*rows[{entity!r}]) if n_{entity} else ({blanks})")

    def _sum(self, entity: str, name: str) -> None:
        upper = self.plan.parents[entity]
        if upper == ROOT:
            self.lines.append(f" total_{entity}__{name} = sum({entity}__{name})")
            return
        self.lines.append(f" total_{entity}__{name} = [0] * n_{upper}")
        self.lines.append(f" if n_{entity}:")
        self.lines.append(f"  for i_, v_ in zip(at_{entity}, {entity}__{name}): total_{entity}__{name}[i_] += v_")

    def _blocks(self) -> Iterator[list[Rule]]:
        """The rules in an order of calculation in which those of the same rows stand together: a loop for each block.

        Whatever can be computed of the rows below comes first, so that those above need few loops.
        """
        waiting, entities = list(self.plan.order), [*reversed(list(self.plan.facts))]
        while waiting:
            block = next(filter(None, (self._ready(entity, waiting) for entity in entities)))
            yield block
            waiting = [rule for rule in waiting if (rule.entity, rule.name) not in self.done]

    def _ready(self, entity: str, waiting: Sequence[Rule]) -> list[Rule]:
        block, inside = [], set[Key]()
        for rule in waiting:
            if rule.entity == entity and all(self._is_ready(rule, leaf, inside) for leaf in leaves(rule)):
                block.append(rule)
                inside.add((entity, rule.name))
        return block

    def _is_ready(self, rule: Rule, leaf: Expr, inside: set[Key]) -> bool:
        if leaf.op == "param":
            return True
        name = str(leaf.args[-1])
        owner = str(leaf.args[0]) if leaf.op == "total" else self.plan.owner(rule.entity, name)
        key = (owner, name)
        return name in self.plan.facts[owner] or key in self.done or (leaf.op == "sym" and key in inside)

    def _household(self, block: Sequence[Rule]) -> None:
        for rule in block:
            text = emit(rule.expr, FORMS, lambda leaf: self._leaf(ROOT, leaf, {}))
            self.lines.append(f" {ROOT}__{rule.name} = {text}")

    def _rows(self, block: Sequence[Rule]) -> None:
        """One loop over the rows; what an earlier rule of the block found is at hand in the row."""
        entity, read = block[0].entity, dict[str, str]()
        columns = [f"{entity}__{rule.name}" for rule in block]
        texts = [emit(rule.expr, FORMS, lambda leaf: self._leaf(entity, leaf, read)) for rule in block]
        read = {name: column for name, column in read.items() if column not in columns}
        each, lists = ", ".join(read) or "_", ", ".join(read.values()) or f"range(n_{entity})"
        self.lines += [f" {' = '.join(columns)} = ()", f" if n_{entity}:", "  found_ = []"]
        self.lines.append(f"  for {each} in {lists if len(read) < 2 else f'zip({lists})'}:")
        self.lines += [f"   v_{column} = {text}" for column, text in zip(columns, texts, strict=True)]
        self.lines.append(f"   found_.append(({''.join(f'v_{column}, ' for column in columns)}))")
        self.lines.append(f"  ({', '.join(columns)},) = zip(*found_)")

    def _leaf(self, entity: str, leaf: Expr, zipped: dict[str, str]) -> str:
        if leaf.op == "const":
            return str(int(cast(int, leaf.args[0])))
        if leaf.op == "param":
            return parameter_name(str(leaf.args[0]))
        if leaf.op == "total":
            column = f"total_{leaf.args[0]}__{leaf.args[1]}"
            return column if entity == ROOT else _loop(column, zipped)
        owner = self.plan.owner(entity, str(leaf.args[0]))
        column = f"{owner}__{leaf.args[0]}"
        if owner == ROOT:
            return column
        if owner == entity:
            return _loop(column, zipped)
        zipped["i_"] = f"at_{entity}"
        return f"{column}[i_]"

    def _result(self) -> None:
        parts = []
        for entity in self.plan.facts:
            values = ", ".join(f"{r.name!r}: {entity}__{r.name}" for r in self.plan.order if r.entity == entity)
            parts.append(f"{entity!r}: {{{values}}}")
        self.lines.append(f" return {{{', '.join(parts)}}}")


def _loop(column: str, zipped: dict[str, str]) -> str:
    zipped["v_" + column] = column
    return "v_" + column


def source_of(plan: Plan) -> str:
    """The Python text of a plan, for people who want to read what runs."""
    return _Writer(plan).source()


_COMPILED: dict[int, tuple[Plan, Callable[..., Values]]] = {}


def evaluate(plan: Plan, facts: HouseholdFacts, parameters: Mapping[str, int]) -> Values:
    """Evaluate every rule of a plan for one household; all parameters must be there."""
    found = _COMPILED.get(id(plan))
    if found is None:
        scope: dict[str, Any] = {}
        exec(compile(source_of(plan), "<rules>", "exec"), scope)
        found = _COMPILED[id(plan)] = (plan, scope["evaluate"])
    return found[1](facts.rows, facts.parent, parameters)


def is_yes_no(plan: Plan, entity: str, name: str) -> bool:
    """Whether a fact or rule is a yes or no."""
    return plan.unit_of(entity, name) == "bool"


def leaves(rule: Rule) -> list[Expr]:
    """The symbols, sums and parameters a rule reads, each once, in the order of its text."""
    found: dict[tuple[object, ...], Expr] = {}
    for part in walk(rule.expr):
        if part.op in ("sym", "total", "param"):
            found.setdefault((part.op, *part.args), part)
    return list(found.values())
