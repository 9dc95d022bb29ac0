"""PostgreSQL computes every operation as the other engines do, and stops where they stop."""

import os
from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from opendibao.commands.batch_postgresql import evaluate
from opendibao.formula import scalar
from opendibao.formula.columns import table_of
from opendibao.formula.lazy import LazyHousehold, NoRuleInForce
from opendibao.formula.sql import facts_used, statement_of, tables_of
from opendibao.formula.symbols import Expr, Parameters, any_of, choose, lift, max_, min_, total
from tests.formula import test_engines as operations
from tests.formula.laws import book, household, traced

DAY = date(2024, 5, 20)


def taken(yes: Expr, a: Expr, p: Parameters) -> Expr:
    return choose(yes, a, a * p.law.lacking)


def asked(p: Parameters, a: Expr, b: Expr) -> Expr:
    return choose(p.law.lacking > 3, a, b)


def left_and(p: Parameters, yes: Expr) -> Expr:
    return (p.law.lacking > 3) & yes


def right_and(p: Parameters, yes: Expr) -> Expr:
    return yes & (p.law.lacking > 3)


def left_or(p: Parameters, yes: Expr) -> Expr:
    return (p.law.lacking > 3) | yes


def right_or(p: Parameters, yes: Expr) -> Expr:
    return yes | (p.law.lacking > 3)


def neither(p: Parameters) -> Expr:
    return ~(p.law.lacking > 3)


def smaller(taken: Expr, b: Expr) -> Expr:
    return min_(taken, b)


def larger(taken: Expr, b: Expr) -> Expr:
    return max_(b, taken)


def part(pay: Expr, p: Parameters) -> Expr:
    return choose(pay > 5, pay * p.law.lacking, pay)


def parts() -> Expr:
    return total("member", "part")


def somebody() -> Expr:
    return any_of("member", "part")


def to_come(a: Expr) -> Expr:
    return a + 1


def waiting(yes: Expr, to_come: Expr, a: Expr) -> Expr:
    return choose(yes, to_come, a)


def members_to_come(pay: Expr) -> Expr:
    return pay + 1


def all_to_come() -> Expr:
    return total("member", "members_to_come")


def never() -> Expr:
    return lift(False)


def yes_as_number(yes: Expr, never: Expr) -> Expr:
    return choose(yes, yes, 2) + (yes > never) * 10


LACKING = [
    household(a, b, yes, pays) for a in (-2, 4) for b in (-3, 4) for yes in (0, 1) for pays in ((), (5,), (5, 6))
]
for _rule in (taken, asked, smaller, larger, parts, waiting, all_to_come, yes_as_number):
    traced(_rule)
for _rule in (left_and, right_and, left_or, right_or, neither, somebody, never):
    traced(_rule, unit="bool")
traced(part, entity="member")
traced(to_come, since="2030-01-01")
traced(members_to_come, entity="member", since="2030-01-01")
PLAN = book(__name__).on(DAY)
NAMES = [rule.name for rule in PLAN.order if rule.entity == "household"]


@pytest.fixture
def connection() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as found:
        yield found


def test_every_operation_is_computed_as_one_by_one(connection: psycopg.Connection) -> None:
    plan, families = operations.PLAN, operations.HOUSEHOLDS
    names = [rule.name for rule in plan.order if rule.entity == "household"]

    together = evaluate(connection, plan, table_of(plan, families), operations.NUMBERS, names)

    for place, facts in enumerate(families):
        alone = scalar.evaluate(plan, facts, operations.NUMBERS)["household"]
        assert {name: int(together[name][place] or 0) for name in names} == {n: int(v) for n, v in alone.items()}


@pytest.mark.parametrize("numbers", [{}, {"law.lacking": 7}], ids=["lacking", "there"])
def test_a_lacking_number_stops_exactly_who_asks_for_it(
    connection: psycopg.Connection, numbers: dict[str, int]
) -> None:
    found = evaluate(connection, PLAN, table_of(PLAN, LACKING), numbers, NAMES)

    for place, facts in enumerate(LACKING):
        for name in NAMES:
            value = found[name][place]
            try:
                expected = int(LazyHousehold(PLAN, facts, numbers).value("household", name))
            except (KeyError, NoRuleInForce):
                assert value is None, (name, facts)
            else:
                assert value is not None, (name, facts)
                assert int(value) == expected, (name, facts)


def test_a_target_without_text_that_day_is_lacking(connection: psycopg.Connection) -> None:
    assert evaluate(connection, PLAN, table_of(PLAN, LACKING[:1]), {}, ["to_come"]) == {"to_come": [None]}


def test_nobody_at_all_is_no_fault(connection: psycopg.Connection) -> None:
    assert evaluate(connection, PLAN, table_of(PLAN, []), {}, ["taken"]) == {"taken": []}


def test_small_numbers_are_multiplied_in_sixty_four_bits(connection: psycopg.Connection) -> None:
    plan = operations.PLAN
    table = table_of(plan, [household(3_000_000_000, 3)])

    # 3,000,000,000 × 3,000,000,000 stays below 2⁶³
    found = evaluate(connection, plan, table, {"law.number": 3_000_000_000}, ["number"])

    assert found == {"number": [9_000_000_000_000_000_000]}


def test_only_the_facts_that_rules_read_are_loaded() -> None:
    plan = operations.PLAN.narrowed([("household", "number")])

    assert facts_used(plan) == {"household": ["a"], "member": [], "job": []}
    assert 'CREATE TEMPORARY TABLE household_facts (_row bigint, "a" bigint) ON COMMIT DROP;' in tables_of(plan)


def test_a_rule_stands_in_the_text_under_its_name_with_its_numbers() -> None:
    text = statement_of(operations.PLAN, {"law.number": 7}, ["number"])

    assert '(own."a" * 7::bigint) AS "number"' in text
