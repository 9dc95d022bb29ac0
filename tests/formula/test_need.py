"""用到的规则: what a result rested on, and nothing that a branch not taken would have read."""

from datetime import date

import pytest
from hypothesis import given, settings

from opendibao.formula import scalar
from opendibao.formula.lazy import LazyHousehold
from opendibao.formula.need import needed
from opendibao.formula.scalar import HouseholdFacts
from opendibao.formula.symbols import Expr, Parameters, any_of, choose, total
from opendibao.rules.assess import TARGETS
from opendibao.rules.case import parse_case
from opendibao.rules.law import law_of
from tests.formula.laws import book, household, traced
from tests.rules.households import households
from tests.rules.worked_cases import worked


def poor(a: Expr) -> Expr:
    return a > 0


def rich(b: Expr) -> Expr:
    return b > 0


def dear(a: Expr, p: Parameters) -> Expr:
    return a * p.price


def cheap(b: Expr) -> Expr:
    return b + 1


def chosen(yes: Expr, dear: Expr, cheap: Expr) -> Expr:
    return choose(yes, dear, cheap)


def both(poor: Expr, rich: Expr) -> Expr:
    return poor & rich


def either(poor: Expr, rich: Expr) -> Expr:
    return poor | rich


def extra(pay: Expr) -> Expr:
    return pay * 2


def own(pay: Expr, extra: Expr, b: Expr) -> Expr:
    return choose(pay > b, extra, 0)


def together() -> Expr:
    return total("member", "own")


def anybody(poor: Expr) -> Expr:
    return choose(any_of("member", "own"), poor, 0)


for _rule in (dear, cheap, chosen, together, anybody):
    traced(_rule)
for _rule in (poor, rich, both, either):
    traced(_rule, unit="bool")
traced(extra, entity="member")
traced(own, entity="member")
PLAN = book(__name__).on(date(2024, 1, 1))
NUMBERS = {"price": 3}


def used(target: str, facts: HouseholdFacts) -> set[str]:
    values = scalar.evaluate(PLAN, facts, NUMBERS)
    return {name for _, name in needed(PLAN, [target], facts, values, NUMBERS)}


def test_only_the_branch_that_was_taken_is_needed() -> None:
    assert used("chosen", household(1, 1, yes=1)) == {"chosen", "dear"}
    assert used("chosen", household(1, 1, yes=0)) == {"chosen", "cheap"}


def test_what_is_settled_by_the_first_half_does_not_ask_the_second() -> None:
    assert used("both", household(0, 1)) == {"both", "poor"}
    assert used("both", household(1, 1)) == {"both", "poor", "rich"}
    assert used("either", household(1, 1)) == {"either", "poor"}
    assert used("either", household(0, 1)) == {"either", "poor", "rich"}


def test_one_person_who_needs_a_rule_is_enough() -> None:
    # pays 5 and 9 against b = 7: only the second is above
    assert used("together", household(0, 7, pays=[5, 9])) == {"together", "own", "extra"}
    assert used("together", household(0, 9, pays=[5, 9])) == {"together", "own"}


def test_a_sum_in_a_condition_decides_too() -> None:
    assert used("anybody", household(0, 7, pays=[9])) == {"anybody", "own", "extra", "poor"}
    assert used("anybody", household(0, 7, pays=[5])) == {"anybody", "own"}
    assert used("anybody", household(0, 7)) == {"anybody", "own"}


def asked_for(case: dict[str, object]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What is needed by `needed`, and what the engine that computes on demand computes, row by row."""
    parsed = parse_case(case)
    plan, numbers = law_of(parsed.policy, parsed.overrides).on(parsed.decision_date)
    facts = parsed.facts()
    lazy = LazyHousehold(plan, facts, numbers)
    for name in TARGETS:
        lazy.value("household", name)
    found = needed(plan, TARGETS, facts, scalar.evaluate(plan, facts, numbers), numbers)
    has_rows = {key for key in found if facts.rows[key[0]]}
    return has_rows, {key[:2] for key in lazy.known}


@pytest.mark.parametrize("name", ["G01", "G02", "G14"])
def test_of_a_worked_case_it_names_what_is_computed_on_demand(name: str) -> None:
    by_need, by_demand = asked_for(worked(name)["case"])

    assert by_need == by_demand


@given(households())
@settings(max_examples=40, deadline=None)
def test_of_any_household_it_leaves_nothing_out(case: dict[str, object]) -> None:
    # it may name more: what one person needs is told of all, the land of a prisoner too
    by_need, by_demand = asked_for(case)

    assert by_demand <= by_need
