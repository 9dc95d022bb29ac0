"""体检目录: every rule of the check-up, found by itself, and what they find in a report."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from opendibao.evaluation.checkup import rules
from opendibao.evaluation.checkup.document import Document
from opendibao.evaluation.checkup.finding import WHOLE, Finding, Place, Severity
from opendibao.evaluation.checkup.report import Report


@dataclass(frozen=True)
class Hit:
    """What a rule found: in words with the remedy, and the place."""

    zh: str
    place: Place = WHOLE


@dataclass(frozen=True)
class Check:
    """One rule of the check-up: its stable id, how much it matters, what it looks for, in words."""

    id: str
    severity: Severity
    zh: str
    find: Callable[[Report], Iterator[Hit]]


class TakenId(RuntimeError):
    """Two rules of the check-up have one id."""


_FOUND: list[Check] = []


def check(name: str, severity: Severity, zh: str) -> Callable[[Callable[[Report], Iterator[Hit]]], Check]:
    """Mark a function as a rule: `@check("W04", Severity.ERROR, "达标却扣分")`."""

    def mark(find: Callable[[Report], Iterator[Hit]]) -> Check:
        _FOUND.append(made := Check(name, severity, zh, find))
        return made

    return mark


@cache
def checks() -> tuple[Check, ...]:
    """All rules by id. Raises TakenId."""
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{rules.__name__}.{module.name}")
    ids = [one.id for one in _FOUND]
    if twice := {one for one in ids if ids.count(one) > 1}:
        raise TakenId(f"体检规则编号重复：{'、'.join(sorted(twice))}")
    return tuple(sorted(_FOUND, key=lambda one: one.id))


def check_document(document: Document) -> list[Finding]:
    """Everything the rules find in a report, by id, then in the order of the text."""
    report = Report(document)
    found = [
        Finding(one.id, one.severity, hit.zh, report.where(hit.place), hit.place)
        for one in checks()
        for hit in one.find(report)
    ]
    return sorted(found, key=lambda one: (one.id, one.place.block, one.place.row))
