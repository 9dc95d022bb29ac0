"""规则书: all rules, found by their folders."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from opendibao.formula.graph import Rule, RuleBook, rules_of
from opendibao.kernel.discovery import modules
from opendibao.policy.reader import load_pack, pack_names
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.limits import check_limits

LAYERS = ("members", "income", "property", "eligibility", "benefit", "entitlement")


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """The rules of all folders, traced and checked once; raises BadRule for the first that cannot be law."""
    found = [module for layer in LAYERS for module in modules(f"opendibao.rules.{layer}", "rule.py").values()]
    book = RuleBook(PARENTS, FACTS, [one for module in found for one in rules_of(module.__name__)])
    book.check_parameters({path for pack in pack_names() for path in load_pack(pack).paths})
    check_limits({id(plan): plan for plan in map(book.on, {one.since for one in book.rules})}.values())
    return book


@lru_cache(maxsize=1)
def text_hash() -> str:
    """SHA-256 over the text of all rules of all times."""
    return hash_of(rule_book().rules)


def hash_of(rules: Sequence[Rule]) -> str:
    """SHA-256 over the text of some rules, in whatever order they come."""
    texts = sorted(f"{r.entity}.{r.name}|{r.since}|{r.until}|{r.unit}|{r.clause}|{r.expr!r}" for r in rules)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
