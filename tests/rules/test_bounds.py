"""Columns compute in 64 bits: with the largest facts and numbers that are let in, no step of any rule leaves them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

import pytest

from opendibao.formula.graph import Plan
from opendibao.formula.symbols import Expr
from opendibao.policy.reader import load_pack
from opendibao.rules import fields, whatif
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.vocabulary import NEVER

Span = tuple[int, int]
MOST = 2**63 - 1
ITEM_YEAR = fields.MOST_ITEM_YUAN * 100 * 12
FACTS: Mapping[str, int] = {
    "fen": ITEM_YEAR * fields.MOST_ROWS, "bool": 1, "code": NEVER, "count": 1000, "months": 12 * fields.MOST_ROWS,
    "years": fields.OLDEST, "mu": fields.MOST_MU * 100 * fields.MOST_ROWS,
}  # fmt: skip
ONE_ROW = ("job", "supporter")  # a row of its own for each amount; a member's facts are sums of many items
LISTED = {"members": fields.MOST_ROWS, "listed": fields.MOST_ROWS, "sharers": fields.MOST_ROWS}
NUMBERS: Mapping[str, int] = {"fen": whatif.MOST_YUAN * 100, "bp": whatif.MOST_SHARE}


def _span_of(op: str, left: Span, right: Span) -> Span:
    if op in (">", ">=", "<", "<=", "==", "!=", "&", "|"):
        return 0, 1
    if op in ("min", "max"):
        pick = min if op == "min" else max
        return pick(left[0], right[0]), pick(left[1], right[1])
    ways: dict[str, Callable[[int, int], int]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "//": lambda a, b: a // max(b, 1),
        "divide_up": lambda a, b: (a + b - 1) // max(b, 1),
        "divide_half_up": lambda a, b: (a * 2 + b) // max(b * 2, 1),
    }
    ends = [ways[op](a, b) for a in left for b in right]
    return min(ends), max(ends)


class _Spans:
    """The smallest and largest value of every rule of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.known, self.widest = plan, {}, 0
        self.known = cast(dict[tuple[str, str], Span], {})
        for rule in plan.order:
            found = self._span(rule.expr, rule.entity)
            self.known[rule.entity, rule.name] = (0, LISTED[rule.name]) if rule.name in LISTED else found

    def _span(self, expr: Expr, entity: str) -> Span:
        found = self._leaf(expr, entity) or self._operation(expr, entity)
        self.widest = max(self.widest, abs(found[0]), abs(found[1]))
        return found

    def _leaf(self, expr: Expr, entity: str) -> Span | None:
        if expr.op == "const":
            return int(cast(int, expr.args[0])), int(cast(int, expr.args[0]))
        if expr.op == "param":
            path = str(expr.args[0])
            if whatif.is_rounding(path):
                return 1, whatif.MOST_ROUNDING_YUAN * 100
            return 0, NUMBERS.get(load_pack("jx-demo-2024").unit(path), whatif.MOST_COUNT)
        if expr.op == "sym":
            return self._named(self.plan.owner(entity, str(expr.args[0])), str(expr.args[0]))
        if expr.op == "total":
            low, high = self._named(str(expr.args[0]), str(expr.args[1]))
            return low * fields.MOST_ROWS, high * fields.MOST_ROWS
        return None

    def _named(self, entity: str, name: str) -> Span:
        if name in self.plan.facts[entity]:
            unit = self.plan.facts[entity][name].unit
            if entity in ONE_ROW and unit == "fen" and name != "supporter_assets":
                return 0, ITEM_YEAR
            if entity == "supporter" and unit == "count":
                return 1 if name != "supporter_dwellings" else 0, 50
            return 0, LISTED.get(name, FACTS[unit])
        return self.known[entity, name]

    def _operation(self, expr: Expr, entity: str) -> Span:
        spans = [self._span(cast(Expr, part), entity) for part in expr.args]
        if expr.op.startswith("divide"):  # the sum inside, before the division
            self.widest = max(self.widest, spans[0][1] * 2 + spans[1][1] * 2)
        if expr.op == "choose":
            return min(spans[1][0], spans[2][0]), max(spans[1][1], spans[2][1])
        if expr.op == "~":
            return 0, 1
        return _span_of(expr.op, spans[0], spans[1])


@pytest.mark.parametrize("day", [date(2024, 5, 20), date(2024, 10, 1), date(2026, 1, 15)])
def test_no_step_of_any_rule_can_leave_sixty_four_bits(day: date) -> None:
    assert _Spans(rule_book().on(day)).widest <= MOST


def _assumed(path: str, value: str) -> dict[str, object]:
    return {"overrides": {path: [{"from": "2024-01-01", "value": value}]}}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"members": [{"name": "甲", "born": "1980-01-01", "relation": "head"}] * 31}, "members"),
        (_assumed("standard.rural", "100000.01"), "overrides.standard.rural"),
        (_assumed("edge.ratio", "3.0001"), "overrides.edge.ratio"),
        (_assumed("edge.ratio", "1.55555"), "overrides.edge.ratio"),
        (_assumed("grace.months", "121"), "overrides.grace.months"),
        (_assumed("supplement.round_to", "0"), "overrides.supplement.round_to"),
        (_assumed("standard.moon", "1"), "overrides"),
        (_assumed("procedure.democratic_review", "OFF"), "overrides.procedure.democratic_review"),
    ],
)
def test_what_is_larger_than_life_is_refused(changes: dict[str, object], key: str) -> None:
    case = {
        "decision_date": "2024-05-20", "policy": "jx-demo-2024", "area": "rural",
        "members": [{"name": "甲", "born": "1980-01-01", "relation": "head"}],
    }  # fmt: skip
    with pytest.raises(CaseError) as refusal:
        assess(parse_case(case | changes))

    assert refusal.value.key == key
