"""Mutation check of the law: every rule is removed or loosened in turn, and a case must notice.

`python -m tests.rules.mutations` prints the table that docs/benchmarks publishes.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, cast

from opendibao.formula.graph import Rule, RuleBook
from opendibao.formula.lazy import NoRuleInForce
from opendibao.formula.symbols import Expr
from opendibao.formula.trial import NotGiven, try_rule
from opendibao.policy.pack import RuleGap
from opendibao.policy.reader import load_pack
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import Case, parse_case
from opendibao.rules.law import Law
from tests.rules.worked_cases import NAMES, worked
from tests.test_golden_cases import DAY, SRC, numbers_of, read_cases

LOOSER = {
    ">": (">=",), ">=": (">",), "<": ("<=",), "<=": ("<",), "==": ("!=",), "!=": ("==",), "+": ("-",), "-": ("+",),
    "*": ("+",), "min": ("max",), "max": ("min",), "divide_up": ("//",), "divide_half_up": ("//", "divide_up"),
    "//": ("divide_up",),
}  # fmt: skip
KEEPS_ONE = ("&", "|", "min", "max")


@dataclass(frozen=True)
class Mutant:
    """A rule with one thing changed, and what was changed."""

    rule: Rule
    expr: Expr
    change: str

    @property
    def changed(self) -> Rule:
        return replace(self.rule, expr=self.expr)


def mutants(rule: Rule) -> Iterator[Mutant]:
    """The rule removed (nothing, and for a yes or no also always yes), then loosened at each place of its text."""
    yield Mutant(rule, Expr("const", 0), "removed: 0")
    if rule.unit == "bool":
        yield Mutant(rule, Expr("const", 1), "removed: yes")
    for expr, change in _loosened(rule.expr):
        yield Mutant(rule, expr, change)


def _loosened(expr: Expr) -> Iterator[tuple[Expr, str]]:
    yield from _here(expr)
    for place, part in enumerate(expr.args):
        if isinstance(part, Expr):
            for changed, change in _loosened(part):
                args = [*expr.args[:place], changed, *expr.args[place + 1 :]]
                yield Expr(expr.op, *args), change


def _here(expr: Expr) -> Iterator[tuple[Expr, str]]:
    for op in LOOSER.get(expr.op, ()):
        yield Expr(op, *expr.args), f"{expr.op} → {op}"
    if expr.op in KEEPS_ONE:
        for part in expr.args:
            yield cast(Expr, part), f"{expr.op} keeps one side"
    if expr.op == "choose":
        yield cast(Expr, expr.args[1]), "choose: always the first"
        yield cast(Expr, expr.args[2]), "choose: always the other"
    if expr.op == "~":
        yield cast(Expr, expr.args[0]), "~ dropped"
    if expr.op == "param":
        yield Expr("+", expr, Expr("const", 1)), f"{expr.args[0]} + 1"


@cache
def _cases() -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The cases beside the rules, by (module, rule)."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for file in sorted(SRC.rglob("rules/**/cases.yaml")):
        module = ".".join(["opendibao", *file.parent.relative_to(SRC).parts, "rule"])
        for case in read_cases(file):
            if "rule" in case:
                found.setdefault((module, case["rule"]), []).append(case)
    return found


def _tried(rule: Rule, case: dict[str, Any]) -> object:
    try:
        return try_rule(rule, case["given"], numbers_of(case))
    except RuleGap:
        return "rule_gap"
    except (NotGiven, ZeroDivisionError) as fault:
        return str(fault)


@cache
def _golden() -> list[tuple[Case, dict[str, Any]]]:
    return [(parse_case(worked(name)["case"]), worked(name)["expect"]) for name in NAMES]


def is_noticed(mutant: Mutant) -> bool:
    """Whether a case beside the rule, or a worked case of a whole household, fails with the mutant in its place."""
    own = _cases().get((mutant.rule.module, mutant.rule.name), [])
    live = [case for case in own if mutant.rule.is_in_force(case.get("on", DAY))]
    return any(_tried(mutant.changed, case) != case["expect"] for case in live) or _golden_notice(mutant)


def _golden_notice(mutant: Mutant) -> bool:
    book = rule_book()
    rules = [mutant.changed if one is mutant.rule else one for one in book.rules]
    changed = RuleBook(book.parents, book.facts, rules)
    for case, expect in _golden():
        if not mutant.rule.is_in_force(case.decision_date):
            continue
        try:
            answer = assess(case, trace=False, law=Law(changed, load_pack(case.policy), "")).as_json()
        except (ZeroDivisionError, NoRuleInForce, KeyError):
            return True
        if any(answer.get(key) != value for key, value in expect.items() if key in answer and key != "reasons"):
            return True
    return False


@dataclass(frozen=True)
class Score:
    """How many mutants a layer of the law has, and those that no case noticed."""

    layer: str
    rules: int
    count: int
    survivors: tuple[Mutant, ...]


def scores() -> list[Score]:
    """The check, layer by layer; a rule whose clause only changes its name with the law counts once."""
    texts: dict[tuple[str, str, str], Rule] = {}
    for rule in rule_book().rules:
        texts.setdefault((rule.entity, rule.name, repr(rule.expr)), rule)
    layers: dict[str, list[Rule]] = {}
    for rule in texts.values():
        layers.setdefault(rule.module.split(".")[2], []).append(rule)
    return [_score(layer, rules) for layer, rules in layers.items()]


def _score(layer: str, rules: list[Rule]) -> Score:
    all_ = [mutant for rule in rules for mutant in mutants(rule)]
    return Score(layer, len(rules), len(all_), tuple(m for m in all_ if not is_noticed(m)))


def main() -> None:
    """Print the table and every survivor."""
    found = scores()
    print("| layer | rules | mutants | noticed | share |\n|---|---|---|---|---|")
    for one in [*found, _together(found)]:
        noticed = one.count - len(one.survivors)
        print(f"| {one.layer} | {one.rules} | {one.count} | {noticed} | {noticed * 1000 // one.count / 10} % |")
    print()
    for one in found:
        for mutant in one.survivors:
            print(f"- {mutant.rule.module.split('.', 2)[2]} {mutant.rule.name}: {mutant.change}")


def _together(found: list[Score]) -> Score:
    survivors = tuple(m for one in found for m in one.survivors)
    return Score("all", sum(one.rules for one in found), sum(one.count for one in found), survivors)


if __name__ == "__main__":
    assert isinstance(DAY, datetime.date)
    main()
