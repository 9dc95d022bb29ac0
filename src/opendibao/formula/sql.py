"""成批计算（数据库）: turn a plan into one PostgreSQL statement over tables of facts; same values as one by one.

`member_facts` and the like hold `_row`, `_of` (the `_row` of the row it belongs to) and the facts. Rules that need each
other inside an entity stand in one CTE, level above level; who needs a value of another entity stands in a later one.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from opendibao.formula.graph import Plan, Rule
from opendibao.formula.scalar import ROOT, is_yes_no
from opendibao.formula.sql_text import LACKING, Text, emit, literal
from opendibao.formula.symbols import Expr

Name = tuple[str, str]
"""Entity and fact or rule."""


def facts_used(plan: Plan) -> dict[str, list[str]]:
    """The facts of each entity that some rule reads, in the order of the facts."""
    read = {name for rule in plan.order for name in _needs(plan, rule)}
    return {entity: [name for name in facts if (entity, name) in read] for entity, facts in plan.facts.items()}


def tables_of(plan: Plan) -> str:
    """The temporary tables that the statement reads; they vanish with the transaction."""
    made = []
    for entity, names in facts_used(plan).items():
        keys = "_row bigint" if entity == ROOT else "_row bigint, _of bigint"
        facts = "".join(f', "{n}" {"boolean" if is_yes_no(plan, entity, n) else "bigint"}' for n in names)
        made.append(f"CREATE TEMPORARY TABLE {entity}_facts ({keys}{facts}) ON COMMIT DROP;")
    return "\n".join(made)


def statement_of(plan: Plan, parameters: Mapping[str, int], targets: Sequence[str]) -> str:
    """The statement that gives `_row` and the household rules asked for, in order; NULL where a number is lacking."""
    return _Writer(plan, parameters, targets).statement()


def _owner(plan: Plan, entity: str, name: str) -> str | None:
    at: str | None = entity
    while at is not None and name not in plan.facts[at] and (at, name) not in plan.by_name:
        at = plan.parents[at]
    return at


def _needs(plan: Plan, rule: Rule) -> Iterator[Name]:
    """Every fact and rule that is read, where it is found; what has no text that day is left out."""
    for name in rule.needs:
        if (owner := _owner(plan, rule.entity, name)) is not None:
            yield owner, name
    yield from (sum_ for sum_ in rule.totals if sum_ in plan.by_name or sum_[1] in plan.facts[sum_[0]])


class _Writer:
    """Writes the statement of a plan."""

    def __init__(self, plan: Plan, parameters: Mapping[str, int], targets: Sequence[str]) -> None:
        self.plan, self.parameters, self.targets = plan, dict(parameters), targets
        self.place: dict[Name, tuple[int, int]] = {}
        self.known = {(e, n): Text("", is_yes_no(plan, e, n)) for e, facts in plan.facts.items() for n in facts}
        self.latest = {entity: f"{entity}_facts" for entity in plan.facts}
        self.columns = {entity: list(names) for entity, names in facts_used(plan).items()}

    def statement(self) -> str:
        for rule in self.plan.order:
            self.place[rule.entity, rule.name] = self._place(rule)
        written = [self._cte(stage, entity, rules) for (stage, entity), rules in sorted(self._stages().items())]
        found = [self._target(name) for name in self.targets]
        tables = "WITH " + ",\n".join(written) + "\n" if written else ""
        return f"{tables}SELECT {', '.join(['_row', *found])}\nFROM {self.latest[ROOT]} ORDER BY _row"

    def _place(self, rule: Rule) -> tuple[int, int]:
        """Stage and, inside it, level: above everything the rule reads."""
        places = [(name, self.place[name]) for name in _needs(self.plan, rule) if name in self.place]
        stage = max((at[0] + (name[0] != rule.entity) for name, at in places), default=0)
        below = [at[1] for name, at in places if name[0] == rule.entity and at[0] == stage]
        return stage, max(below, default=-1) + 1

    def _stages(self) -> dict[tuple[int, str], list[Rule]]:
        found: dict[tuple[int, str], list[Rule]] = {}
        for rule in self.plan.order:
            found.setdefault((self.place[rule.entity, rule.name][0], rule.entity), []).append(rule)
        return found

    def _target(self, name: str) -> str:
        is_there = (ROOT, name) in self.known
        return f'"{name}"' if is_there else f'{LACKING.sql} AS "{name}"'

    def _cte(self, stage: int, entity: str, rules: Sequence[Rule]) -> str:
        levels: dict[int, list[str]] = {}
        for rule in rules:
            text = emit(rule.expr, partial(self._leaf, rule))
            levels.setdefault(self.place[entity, rule.name][1], []).append(f'{text.sql} AS "{rule.name}"')
            self.known[entity, rule.name] = Text("", text.yes_no, text.may_lack)
        # OFFSET 0 keeps the text of a level from being copied into every use of it
        laterals = [f"CROSS JOIN LATERAL (SELECT {', '.join(levels[n])} OFFSET 0) l{n}" for n in sorted(levels)]
        lines = [f"SELECT {', '.join(self._kept(stage, entity, rules))}", f"FROM {self.latest[entity]} own"]
        lines += [*self._parents(entity, rules), *self._sums(rules), *laterals]
        self.latest[entity] = f"{entity}_{stage}"
        return f"{entity}_{stage} AS MATERIALIZED (\n" + "\n".join(lines) + ")"

    def _kept(self, stage: int, entity: str, rules: Sequence[Rule]) -> list[str]:
        """The columns that a later table or the answer reads; the others end here."""
        later = [r for r in self.plan.order if self.place[r.entity, r.name][0] > stage or r.entity != entity]
        read = {need for rule in later for need in _needs(self.plan, rule)} | {(ROOT, name) for name in self.targets}
        known = self.columns[entity] + [rule.name for rule in rules]
        self.columns[entity] = [name for name in known if (entity, name) in read]
        keys = ["own._row"] if entity == ROOT else ["own._row", "own._of"]
        new = {rule.name for rule in rules}
        return keys + [f'"{name}"' if name in new else f'own."{name}"' for name in self.columns[entity]]

    def _parents(self, entity: str, rules: Sequence[Rule]) -> Iterator[str]:
        """Joins up to the highest entity that a rule reads."""
        owners = {
            owner for rule in rules for owner, name in _needs(self.plan, rule) if (owner, name) not in rule.totals
        }
        alias = "own"
        for upper in _above(self.plan, entity):
            if owners.isdisjoint({upper, *_above(self.plan, upper)}):
                return
            yield f"JOIN {self.latest[upper]} {upper} ON {upper}._row = {alias}._of"
            alias = upper

    def _sums(self, rules: Sequence[Rule]) -> Iterator[str]:
        """One grouped table for each entity whose rows are summed; a row that lacks a number makes the sum lack it."""
        summed = dict.fromkeys(sum_ for rule in rules for sum_ in rule.totals)
        for entity in dict.fromkeys(entity for entity, _ in summed):
            sums = ", ".join(self._sum(entity, name) for at, name in summed if at == entity)
            yield (
                f"LEFT JOIN (SELECT _of, {sums} FROM {self.latest[entity]} GROUP BY _of) sum_{entity}"
                f" ON sum_{entity}._of = own._row"
            )

    def _sum(self, entity: str, name: str) -> str:
        found = self.known.get((entity, name))
        if found is None:
            return f'{LACKING.sql} AS "{name}"'
        column = f'"{name}"::integer' if found.yes_no else f'"{name}"'
        total = f"sum({column})::bigint"
        return (
            f'CASE WHEN count("{name}") = count(*) THEN {total} END AS "{name}"'
            if found.may_lack
            else f'{total} AS "{name}"'
        )

    def _leaf(self, rule: Rule, leaf: Expr) -> Text:
        if leaf.op == "param":
            path = str(leaf.args[0])
            return literal(int(self.parameters[path])) if path in self.parameters else LACKING
        if leaf.op == "total":
            return self._total(str(leaf.args[0]), str(leaf.args[1]))
        name = str(leaf.args[0])
        owner = _owner(self.plan, rule.entity, name)
        if owner is None:
            return LACKING
        found = self.known[owner, name]
        return Text(f'{self._table(rule, owner, name)}."{name}"', found.yes_no, found.may_lack)

    def _table(self, rule: Rule, owner: str, name: str) -> str:
        if owner != rule.entity:
            return owner
        stage, level = self.place.get((owner, name), (-1, 0))
        return f"l{level}" if stage == self.place[rule.entity, rule.name][0] else "own"

    def _total(self, entity: str, name: str) -> Text:
        found = self.known.get((entity, name), LACKING)
        if found.may_lack:
            return Text(f'(CASE WHEN sum_{entity}._of IS NULL THEN 0 ELSE sum_{entity}."{name}" END)', False, True)
        return Text(f'coalesce(sum_{entity}."{name}", 0)')


def _above(plan: Plan, entity: str) -> Iterator[str]:
    """The entities above one, the nearest first."""
    upper = plan.parents[entity]
    while upper is not None:
        yield upper
        upper = plan.parents[upper]
