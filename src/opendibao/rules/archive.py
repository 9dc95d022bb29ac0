"""存档的法规: a rule set as text, every rule and number of it, and the law rebuilt from that text years later."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from opendibao.formula.graph import Fact, Rule, RuleBook, walk
from opendibao.formula.symbols import Expr
from opendibao.policy.pack import Level, Pack, Row
from opendibao.rules.answer import Answer
from opendibao.rules.assess import assess
from opendibao.rules.book import hash_of
from opendibao.rules.case import Case
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.law import Law, rule_set_of

FORM, SHOWN = 1, 12
_RULE = ("name", "entity", "zh", "clause", "unit", "since", "until", "needs", "module")
_ROW = ("path", "zh", "unit", "since", "until", "value", "source", "is_verified", "division")
Names = frozenset[tuple[str, str]]
"""(entity, name) of facts."""


class BrokenArchive(ValueError):
    """A stored rule set is not the one whose hash it bears, or of a form that is not known."""


class NotOfThisLaw(ValueError):
    """A stored rule set and the facts of today do not know each other's words; the text names the fact."""


@dataclass(frozen=True)
class Archived:
    """A stored law, made to read today's rows of facts, and the facts that it knew by name."""

    law: Law
    known: Names


def archived_text(law: Law) -> str:
    """A rule set as JSON text: rules of all times with their expressions, the facts they may name, the pack's rows."""
    pack = law.pack
    kept = {
        "form": FORM,
        "rule_set": law.rule_set,
        "facts": {entity: {n: f.zh for n, f in facts.items()} for entity, facts in law.book.facts.items()},
        "rules": [[*_cells(rule, _RULE), _plain(rule.expr)] for rule in law.book.rules],
        "pack": [pack.name, pack.division, pack.zh, pack.is_synthetic],
        "levels": [
            {path: [_cells(row, _ROW) for row in rows] for path, rows in level.items()} for level in pack.levels
        ],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def law_from(text: str) -> Archived:
    """The law of a stored text, ready for every engine.

    Raises BrokenArchive where its hash does not hold, NotOfThisLaw where it needs a fact that is not kept any more.
    """
    kept = json.loads(text)
    if kept.get("form") != FORM:
        raise BrokenArchive(f"存档的规则版本是第{kept.get('form')}种格式，本系统只认第{FORM}种")
    rules = [_rule(cells) for cells in kept["rules"]]
    levels = tuple({path: tuple(map(_row, rows)) for path, rows in level.items()} for level in kept["levels"])
    pack = _pack(kept["pack"], levels)
    found = rule_set_of(hash_of(rules), pack.digest)
    if found != kept["rule_set"]:
        raise BrokenArchive(f"存档的规则版本{kept['rule_set'][:SHOWN]}被改动过：按内容重算是{found[:SHOWN]}")
    law = Law(RuleBook(PARENTS, _layout(rules, kept["facts"]), rules), pack, found)
    return Archived(law, frozenset((entity, name) for entity, names in kept["facts"].items() for name in names))


def assess_by(archived: Archived, case: Case, *, trace: bool = True) -> Answer:
    """Decide a household by a stored law; raises NotOfThisLaw where it has money that law knew no name for."""
    rows = case.facts().rows
    for entity, names in FACTS.items():
        for place, (name, fact) in enumerate(names.items()):
            if fact.unit == "fen" and (entity, name) not in archived.known and any(row[place] for row in rows[entity]):
                raise NotOfThisLaw(f"当时的规则没有“{fact.zh}”这一项，不能按它重算，请查看当时的纸质核算单")
    return assess(case, trace=trace, law=archived.law)


def _layout(rules: Iterable[Rule], known: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Fact]]:
    """Today's columns, so that today's rows can be read; a fact that was a rule then gives its name back to it."""
    ruled = {(rule.entity, rule.name) for rule in rules}
    for entity, name in _read(rules, ruled):
        if name in known.get(entity, ()) and name not in FACTS.get(entity, ()):
            zh = known[entity][name]
            raise NotOfThisLaw(f"当时的规则要用“{zh}”（{name}），现在已不登记这一项，不能按它重算")
    return {
        entity: {f"{name} " if (entity, name) in ruled else name: fact for name, fact in names.items()}
        for entity, names in FACTS.items()
    }


def _read(rules: Iterable[Rule], ruled: set[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    """Where each name that a rule reads may be found: at its own entity or one it belongs to."""
    for rule in rules:
        for part in walk(rule.expr):
            if part.op == "total":
                yield str(part.args[0]), str(part.args[1])
            at: str | None = rule.entity if part.op == "sym" else None
            while at is not None:
                if (at, str(part.args[0])) not in ruled:
                    yield at, str(part.args[0])
                at = PARENTS.get(at)


def _cells(of: Rule | Row, names: tuple[str, ...]) -> list[object]:
    values = [getattr(of, name) for name in names]
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def _dated(cells: list[Any], names: tuple[str, ...]) -> dict[str, Any]:
    found = dict(zip(names, cells, strict=True))
    until = found["until"]
    return {**found, "since": date.fromisoformat(found["since"]), "until": until and date.fromisoformat(until)}


def _rule(cells: list[Any]) -> Rule:
    found = _dated(cells[:-1], _RULE)
    return Rule(**{**found, "needs": tuple(found["needs"])}, expr=_expression(cells[-1]))


def _row(cells: list[Any]) -> Row:
    return Row(**_dated(cells, _ROW))


def _pack(cells: list[Any], levels: tuple[Level, ...]) -> Pack:
    name, division, zh, is_synthetic = cells
    return Pack(name, division, zh, is_synthetic, levels)


def _plain(expr: Expr) -> list[object]:
    return [expr.op, *(_plain(arg) if isinstance(arg, Expr) else arg for arg in expr.args)]


def _expression(kept: list[Any]) -> Expr:
    op, *args = kept
    return Expr(op, *(_expression(arg) if isinstance(arg, list) else arg for arg in args))
