"""两天的差别: which numbers and which rule texts differ between two days, old and new side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.formula.graph import Plan, Rule
from opendibao.policy.pack import InForce, Row
from opendibao.web.context import today_in_county
from opendibao.web.rules_words import formula_of
from opendibao.web.standards_law import amount_words, asked_day, pack_in_county, plan_on, tabs
from opendibao.web.tables import Cell, Crumb

Rows = Mapping[str, Row]


@dataclass(frozen=True)
class Side:
    """What stood or stands there: the value or formula, its document or clause; empty where there is nothing."""

    said: str = ""
    source: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Change:
    """A number or rule that differs: its name with its page, and both sides."""

    name: Cell
    before: Side
    after: Side


@dataclass(frozen=True)
class Law:
    """The rules and numbers of one day."""

    plan: Plan
    numbers: InForce


def difference(request: HttpRequest) -> HttpResponse:
    """What differs; without days asked for, between a year ago and today."""
    today = today_in_county()
    first, last = asked_day(request, "from", _year_before(today)), asked_day(request, "to", today)
    before, after = _law(first), _law(last)
    shown = {
        "tabs": tabs(request, "standards-difference"),
        "first": first,
        "last": last,
        "numbers": list(changed_numbers(before.numbers.rows, after.numbers.rows, last)),
        "texts": list(changed_rules(before, after, last)),
        "clauses": list(moved_clauses(before, after, last)),
        "crumbs": [Crumb(_("规则与标准"), reverse("standards")), Crumb(_("两天的差别"))],
    }
    return render(request, "web/standards_difference.html", shown)


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


def _law(day: date) -> Law:
    return Law(plan_on(day), pack_in_county().on(day))


def changed_numbers(before: Rows, after: Rows, last: date) -> Iterator[Change]:
    """Numbers whose value, document or check differs, or that stand on one side only."""
    for path in sorted({*before, *after}):
        old, new = before.get(path), after.get(path)
        if _meaning(old) != _meaning(new):
            known = new or old
            assert known
            name = Cell(known.zh, reverse("standard", args=[path]) + f"?on={last}")
            yield Change(name, _number(old), _number(new))


def _meaning(row: Row | None) -> object:
    return row and (row.value, row.source, row.is_verified, row.division)


def _number(row: Row | None) -> Side:
    return Side(amount_words(row.value, row.unit), row.source, row.since) if row else Side()


def changed_rules(before: Law, after: Law, last: date) -> Iterator[Change]:
    """Rules whose text, name or unit differs, or that stand on one side only."""
    for old, new in _both(before, after):
        if _text(old) != _text(new):
            yield Change(_name(new or old, last), _rule(before, old), _rule(after, new))


def moved_clauses(before: Law, after: Law, last: date) -> Iterator[Change]:
    """Rules of the same text that rest on another clause."""
    for old, new in _both(before, after):
        if old and new and _text(old) == _text(new) and old.clause != new.clause:
            yield Change(_name(new, last), Side(old.clause, "", old.since), Side(new.clause, "", new.since))


def _both(before: Law, after: Law) -> Iterator[tuple[Rule | None, Rule | None]]:
    for key in dict.fromkeys([*before.plan.by_name, *after.plan.by_name]):
        yield before.plan.by_name.get(key), after.plan.by_name.get(key)


def _name(rule: Rule | None, last: date) -> Cell:
    assert rule  # one of both days has it
    return Cell(rule.zh, reverse("rule", args=[rule.entity, rule.name]) + f"?on={last}")


def _text(rule: Rule | None) -> object:
    return rule and (repr(rule.expr), rule.zh, rule.unit)


def _rule(law: Law, rule: Rule | None) -> Side:
    return Side(formula_of(law.plan, rule, law.numbers.rows), rule.clause, rule.since) if rule else Side()
