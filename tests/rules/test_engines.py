"""One text of rules, three engines: one by one, on demand, in columns; the same values of every rule."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from opendibao.formula import columns, scalar
from opendibao.formula.graph import Plan
from opendibao.formula.lazy import LazyHousehold
from opendibao.policy.pack import InForce
from opendibao.policy.reader import load_pack
from opendibao.rules.assess import assess, assess_many
from opendibao.rules.book import rule_book
from opendibao.rules.case import Case, parse_case
from tests.rules.households import households

STEADY = settings(deadline=None, derandomize=True, database=None)
AMOUNTS = (
    "outcome", "members", "monthly_benefit_fen", "base_benefit_fen", "supplement_fen", "income_year_fen",
    "standard_fen", "line_year_fen", "gap_before_fen", "first_month", "payments", "rule_set",
)  # fmt: skip


def _law(case: Case) -> tuple[Plan, InForce]:
    return rule_book().on(case.decision_date), load_pack(case.policy).on(case.decision_date)


@given(st.lists(households(), min_size=8, max_size=8))
@settings(STEADY, max_examples=40)
def test_many_at_once_are_decided_as_each_alone(cases: list[dict[str, Any]]) -> None:
    together = assess_many(cases)

    for case, found in zip(cases, together, strict=True):
        alone = assess(parse_case(case), trace=False)
        assert [getattr(found, name) for name in AMOUNTS] == [getattr(alone, name) for name in AMOUNTS]


@given(st.lists(households(), min_size=6, max_size=6))
@settings(STEADY, max_examples=25)
def test_columns_give_every_rule_of_the_household_as_one_by_one(cases: list[dict[str, Any]]) -> None:
    parsed = [parse_case(case | {"decision_date": "2024-10-01"}) for case in cases]
    plan, numbers = _law(parsed[0])

    found = columns.evaluate(plan, columns.table_of(plan, [case.facts() for case in parsed]), numbers)

    for place, case in enumerate(parsed):
        alone = scalar.evaluate(plan, case.facts(), numbers)["household"]
        assert {name: int(column[place]) for name, column in found.items()} == {n: int(x) for n, x in alone.items()}


@given(households())
@settings(STEADY, max_examples=150)
def test_every_member_has_the_same_value_on_demand_as_computed_whole(case: dict[str, Any]) -> None:
    parsed = parse_case(case)
    plan, numbers = _law(parsed)
    facts = parsed.facts()

    whole = scalar.evaluate(plan, facts, numbers)
    lazy = LazyHousehold(plan, facts, numbers)

    for rule in plan.order:
        rows = range(len(facts.rows[rule.entity]))
        expected = whole[rule.entity][rule.name]
        expected = [expected] if rule.entity == "household" else list(expected)
        assert [int(lazy.value(rule.entity, rule.name, row)) for row in rows] == [int(x) for x in expected]


@given(households(), st.integers(0, 4))
@settings(STEADY, max_examples=60)
def test_the_order_of_members_changes_nothing(case: dict[str, Any], turn: int) -> None:
    members = case["members"]
    turned = [*members[turn % len(members) :], *members[: turn % len(members)]]

    first, second = assess(parse_case(case)), assess(parse_case(case | {"members": turned}))

    assert [getattr(first, name) for name in AMOUNTS] == [getattr(second, name) for name in AMOUNTS]


@given(households())
@settings(STEADY, max_examples=60)
def test_nobody_is_paid_without_a_reason_or_less_than_nothing(case: dict[str, Any]) -> None:
    answer = assess(parse_case(case))

    assert answer.monthly_benefit_fen >= 0
    rounded_to = 10 if case["policy"] == "demo-coast-2024" else 100  # one province pays to the jiao
    assert answer.monthly_benefit_fen % rounded_to == 0 or answer.outcome == "grace"
    assert all(reason.clause for reason in answer.reasons)
    assert bool(answer.payments) == (answer.outcome in ("dibao", "single_person", "grace"))
