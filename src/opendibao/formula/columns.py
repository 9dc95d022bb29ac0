"""成批计算: turn a plan into one NumPy function over the columns of many households; same values as one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from opendibao.formula.graph import Plan, Rule
from opendibao.formula.scalar import ROOT, HouseholdFacts, emit, is_yes_no, parameter_name
from opendibao.formula.symbols import Expr

Column = NDArray[Any]
_FORMS = {
    "choose": "np.where({0}, {1}, {2})",
    "min": "np.minimum({0}, {1})",
    "max": "np.maximum({0}, {1})",
    "&": "np.logical_and({0}, {1})",
    "|": "np.logical_or({0}, {1})",
    "~": "np.logical_not({0})",
    "divide_up": "(({0} + {1} - 1) // {1})",
    "divide_half_up": "(({0} * 2 + {1}) // ({1} * 2))",
}


@dataclass(frozen=True)
class Table:
    """The facts of many households: columns by entity, and for each row the row it belongs to, ascending."""

    columns: Mapping[str, Mapping[str, Column]]
    above: Mapping[str, Column]
    sizes: Mapping[str, int]


def table_of(plan: Plan, households: Sequence[HouseholdFacts]) -> Table:
    """Lay the rows of many households under each other."""
    columns: dict[str, dict[str, Column]] = {}
    above: dict[str, Column] = {}
    sizes: dict[str, int] = {}
    for entity, facts in plan.facts.items():
        rows = [row for h in households for row in h.rows[entity]]
        sizes[entity] = len(rows)
        columns[entity] = _columns(plan, entity, list(facts), rows)
        if entity != ROOT:
            above[entity] = _above(plan, entity, households)
    return Table(columns, above, sizes)


def _columns(plan: Plan, entity: str, names: list[str], rows: list[tuple[int, ...]]) -> dict[str, Column]:
    block = np.array(rows, dtype=np.int64).reshape(len(rows), len(names)).T.copy()
    return {
        name: block[i].astype(np.bool_) if is_yes_no(plan, entity, name) else block[i] for i, name in enumerate(names)
    }


def _above(plan: Plan, entity: str, households: Sequence[HouseholdFacts]) -> Column:
    counts = np.array([len(h.rows[entity]) for h in households], dtype=np.int64)
    upper = str(plan.parents[entity])
    if upper == ROOT:
        return np.repeat(np.arange(len(households)), counts)
    starts = np.cumsum([0, *(len(h.rows[upper]) for h in households)])[:-1]
    local = np.array([i for h in households for i in h.parent[entity]], dtype=np.int64)
    return np.repeat(starts, counts) + local


def _total(values: Column, above: Column, count: int) -> Column:
    # integers all the way: bincount with weights would go through binary fractions
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, above, values.astype(np.int64))
    return sums


def _full(value: object, count: int) -> Column:
    return np.broadcast_to(np.asarray(value), (count,))


def source_of(plan: Plan) -> str:
    """The NumPy text of a plan."""
    lines = ["def evaluate(t, p):", " n, up, c = t.sizes, t.above, t.columns"]
    lines += [f" {parameter_name(path)} = p[{path!r}]" for path in plan.parameters]
    for entity, facts in plan.facts.items():
        lines += [f" {entity}__{name} = c[{entity!r}][{name!r}]" for name in facts]
    lines += [_sum_line(plan, e, n) for e, n in plan.sums if n in plan.facts[e]]
    for rule in plan.order:
        lines.append(f" {rule.entity}__{rule.name} = full({_text(plan, rule)}, n[{rule.entity!r}])")
        if (rule.entity, rule.name) in plan.sums:
            lines.append(_sum_line(plan, rule.entity, rule.name))
    found = ", ".join(f"{r.name!r}: {ROOT}__{r.name}" for r in plan.order if r.entity == ROOT)
    return "\n".join([*lines, f" return {{{found}}}"])


def _sum_line(plan: Plan, entity: str, name: str) -> str:
    upper = plan.parents[entity]
    return f" total_{entity}__{name} = total({entity}__{name}, up[{entity!r}], n[{upper!r}])"


def _text(plan: Plan, rule: Rule) -> str:
    def name(leaf: Expr) -> str:
        if leaf.op == "const":
            return str(int(cast(int, leaf.args[0])))
        if leaf.op == "param":
            return parameter_name(str(leaf.args[0]))
        if leaf.op == "total":
            return f"total_{leaf.args[0]}__{leaf.args[1]}"
        return _projected(plan, rule.entity, str(leaf.args[0]))

    return emit(rule.expr, _FORMS, name)


def _projected(plan: Plan, entity: str, name: str) -> str:
    owner, at, index = plan.owner(entity, name), entity, ""
    while at != owner:
        index = f"up[{at!r}][{index}]" if index else f"up[{at!r}]"  # a supporter's member's household
        at = str(plan.parents[at])
    return f"{owner}__{name}[{index}]" if index else f"{owner}__{name}"


_COMPILED: dict[int, tuple[Plan, Callable[..., dict[str, Column]]]] = {}


def evaluate(plan: Plan, table: Table, parameters: Mapping[str, int]) -> dict[str, Column]:
    """Evaluate a plan over a table; every household rule comes back as a column."""
    found = _COMPILED.get(id(plan))
    if found is None:
        scope: dict[str, Any] = {"np": np, "total": _total, "full": _full}
        exec(compile(source_of(plan), "<rules in columns>", "exec"), scope)
        found = _COMPILED[id(plan)] = (plan, scope["evaluate"])
    return found[1](table, parameters)
