"""规则书: all rules, found by their folders."""

import hashlib
from functools import lru_cache

from opendibao.formula.graph import RuleBook, rules_of
from opendibao.kernel.discovery import modules
from opendibao.rules.facts import FACTS, PARENTS

LAYERS = ("members", "income", "property", "eligibility", "benefit")


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """The rules of all folders, traced and checked once."""
    found = [module for layer in LAYERS for module in modules(f"opendibao.rules.{layer}", "rule.py").values()]
    return RuleBook(PARENTS, FACTS, [one for module in found for one in rules_of(module.__name__)])


@lru_cache(maxsize=1)
def text_hash() -> str:
    """SHA-256 over the text of all rules of all times."""
    texts = sorted(f"{r.entity}.{r.name}|{r.since}|{r.until}|{r.unit}|{r.clause}|{r.expr!r}" for r in rule_book().rules)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
