"""规则的话: a rule's formula in words, what it reads, and which rules read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.formula.graph import Plan, Rule
from opendibao.formula.symbols import Expr
from opendibao.formula.words import Speller
from opendibao.policy.pack import Row
from opendibao.rules.book import rule_book
from opendibao.rules.vocabulary import WORDS
from opendibao.web.labels import Labels

TRUTH = Labels({"False": gettext_noop("否"), "True": gettext_noop("是")})
"""What a rule says whose text is the same for everybody."""


@dataclass(frozen=True)
class Name:
    """A fact or rule that another rule names; `is_rule` where it is a rule, in force or of another time."""

    entity: str
    name: str
    zh: str
    is_rule: bool


def formula_of(plan: Plan, rule: Rule, numbers: Mapping[str, Row]) -> str:
    """The formula in words; `numbers` name the parameters."""

    def label(leaf: Expr) -> str:
        name = str(leaf.args[-1])
        if leaf.op == "param":
            return f"[{numbers[name].zh if name in numbers else name}]"
        if leaf.op == "total":
            return _("合计(%(name)s)") % {"name": _named(plan, str(leaf.args[0]), name).zh}
        return _named(plan, rule.entity, name).zh

    said = Speller(label, WORDS, rule.name).spell(rule.expr)
    return TRUTH.get(said, said)


def needs_of(plan: Plan, rule: Rule) -> list[Name]:
    """The facts and rules that a rule reads, in the order in which it names them."""
    named = [_named(plan, rule.entity, name) for name in rule.needs]
    return list(dict.fromkeys([*named, *(_named(plan, *total) for total in rule.totals)]))


def needed_by(plan: Plan, rule: Rule) -> list[Rule]:
    """The rules that read a rule."""
    return [one for one in plan.order if any(_is(rule, name) for name in needs_of(plan, one))]


def readers_of(plan: Plan, path: str) -> list[Rule]:
    """The rules that read a number."""
    return [rule for rule in plan.order if path in rule.parameters]


def texts_of(entity: str, name: str) -> list[Rule]:
    """A rule's texts of all times, the earliest first."""
    return sorted((r for r in rule_book().rules if (r.entity, r.name) == (entity, name)), key=lambda r: r.since)


def _is(rule: Rule, name: Name) -> bool:
    return (name.entity, name.name) == (rule.entity, rule.name)


def _named(plan: Plan, entity: str, name: str) -> Name:
    """The fact or rule a name means, seen from an entity; it may be a rule that is not in force."""
    for at in _upwards(plan, entity):
        if name in plan.facts[at]:
            return Name(at, name, plan.facts[at][name].zh, is_rule=False)
        if found := plan.by_name.get((at, name)) or next(iter(texts_of(at, name)), None):
            return Name(at, name, found.zh, is_rule=True)
    return Name(entity, name, name, is_rule=False)


def _upwards(plan: Plan, entity: str) -> Iterator[str]:
    at: str | None = entity
    while at is not None:
        yield at
        at = plan.parents[at]
