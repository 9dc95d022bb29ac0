"""规则的例子: the worked cases that lie beside a rule, in the words and units of the bureau."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _

from opendibao.formula.graph import Plan, Rule
from opendibao.rules.vocabulary import WORDS
from opendibao.web.rules_words import Name, needs_of
from opendibao.web.standards_law import amount_words

MOST = 12
TOTAL = "total "


@dataclass(frozen=True)
class Example:
    """A worked case: its name, what is given, what comes out."""

    name: str
    given: list[str]
    expected: str


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A case's day is called `on`, which YAML 1.1 reads as a truth value."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in known if first in "tTfF" or pair[0] != "tag:yaml.org,2002:bool"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def examples_of(plan: Plan, rule: Rule) -> list[Example]:
    """The first dozen cases of a rule."""
    named = {one.name: one for one in needs_of(plan, rule)}
    found = [case for case in _cases(rule.module.rsplit(".", 1)[0]) if case.get("rule") == rule.name]
    return [_example(plan, rule, case, named) for case in found[:MOST]]


@lru_cache(maxsize=128)
def _cases(package: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load((files(package) / "cases.yaml").read_text("utf-8"), _Loader)
    return found


def _example(plan: Plan, rule: Rule, case: Mapping[str, Any], named: Mapping[str, Name]) -> Example:
    given = [_given(plan, key, value, named) for key, value in case["given"].items()]
    return Example(case["name"], given, _said(case["expect"], rule.unit, rule.name))


def _given(plan: Plan, key: str, value: Any, named: Mapping[str, Name]) -> str:
    name = key.removeprefix(TOTAL)
    known = named.get(name)
    if known is None:
        return f"{key} {value}"
    unit = _unit(plan, known)
    if key == name:
        return f"{known.zh} {_said(value, unit, name)}"
    words = _("合计(%(name)s)") % {"name": known.zh}
    return f"{words} {_said(value, 'count' if unit == 'bool' else unit, name)}"


def _unit(plan: Plan, known: Name) -> str:
    at = (known.entity, known.name)
    is_here = at in plan.by_name or known.name in plan.facts[known.entity]
    return plan.unit_of(*at) if is_here else ""


def _said(value: Any, unit: str, name: str) -> str:
    if value in ("rule_gap", "no_rule"):
        return _("规则缺失，不能算")
    if unit == "bool" and value in (0, 1):
        return _("是") if value else _("否")
    return WORDS.get(name, {}).get(value) or amount_words(value, unit)
