"""Columns compute in 64 bits: with the largest facts and numbers that are let in, no step of any rule leaves them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from opendibao.formula.bounds import CanOverflow, check
from opendibao.formula.graph import Plan, RuleBook
from opendibao.policy.reader import load_pack, pack_names
from opendibao.rules import fields, whatif
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import CaseError, parse_case
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.limits import LIMITS, check_limits, span_of_number


def _plans() -> Iterator[Plan]:
    book = rule_book()
    return iter({id(plan): plan for plan in map(book.on, {one.since for one in book.rules})}.values())


def test_no_step_of_any_rule_of_any_day_can_leave_sixty_four_bits() -> None:
    check_limits(_plans())


def test_an_income_ten_thousand_times_larger_is_refused_with_rule_and_step() -> None:
    wide = {**LIMITS.facts, ("job", "pay"): (0, 10**16)}
    plan = next(plan for plan in _plans() if ("household", "is_below_edge_line") in plan.by_name)

    with pytest.raises(CanOverflow, match=r"规则 .*（opendibao.rules..*）：.*超出 64 位"):
        check(plan, replace(LIMITS, facts=wide))


def test_every_number_of_every_pack_is_within_what_was_proven() -> None:
    for name in pack_names():
        pack = load_pack(name)
        for level in pack.levels:
            for row in (row for rows in level.values() for row in rows if isinstance(row.value, int)):
                low, high = span_of_number(row.path)
                assert low <= row.value <= high, row


def test_every_fact_of_every_entity_has_a_limit() -> None:
    assert set(LIMITS.facts) == {(entity, name) for entity, facts in FACTS.items() for name in facts}
    # thirty amounts of ten million yuan, each month of a year: 30 × 10,000,000 × 100 × 12
    assert LIMITS.facts["member", "other_income"] == (0, 360_000_000_000)
    assert LIMITS.facts["odd_job", "odd_days"] == (0, fields.MOST_OF["odd_days"])


def test_a_rounding_unit_is_never_zero_so_that_rules_may_divide_by_it() -> None:
    assert span_of_number("benefit.round_up_to") == (1, whatif.MOST_ROUNDING_YUAN * 100)


def test_a_book_without_rules_passes() -> None:
    check_limits([RuleBook(PARENTS, FACTS, []).on(rule_book().rules[0].since)])


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
        (_assumed("procedure.profile", "OFF"), "overrides.procedure.profile"),
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
