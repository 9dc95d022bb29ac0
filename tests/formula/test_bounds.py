"""What a step can be at most, worked out before any household is computed; what may not be is refused by name."""

from dataclasses import replace
from datetime import date

import pytest

from opendibao.formula.bounds import (
    MOST,
    CanOverflow,
    DividesBelowZero,
    DividesByZero,
    Limits,
    Span,
    check,
    reach,
    span_of,
)
from opendibao.formula.graph import Plan, Rule, RuleBook
from opendibao.formula.symbols import Expr, choose, divide_half_up, divide_up, floor_at_zero, lift, max_, total
from tests.formula.laws import FACTS, PARENTS, book, traced


def doubled(a: Expr) -> Expr:
    return a * 2


def paid() -> Expr:
    return total("member", "pay")


def shared(a: Expr, b: Expr) -> Expr:
    return divide_up(floor_at_zero(a), max_(b, 1))


traced(doubled)
traced(paid)
traced(shared)
PLAN = book(__name__).on(date(2024, 5, 20))
LIMITS = Limits(
    {(entity, name): (0, 100) for entity, facts in FACTS.items() for name in facts}, lambda path: (0, 10), rows=30
)


def _plan(expr: Expr, *needs: str) -> Plan:
    made = PLAN.by_name["household", "doubled"]
    one = Rule("tried", "household", "试验", "试验条款", "fen", made.since, None, expr, needs, __name__)
    return RuleBook(PARENTS, FACTS, [one]).on(made.since)


@pytest.mark.parametrize(
    ("op", "spans", "found"),
    [
        ("+", [(1, 2), (10, 20)], (11, 22)), ("-", [(1, 2), (10, 20)], (-19, -8)), ("*", [(-2, 3), (-5, 7)], (-15, 21)),
        ("//", [(7, 20), (2, 3)], (2, 10)), ("divide_up", [(7, 20), (2, 3)], (3, 10)),
        ("divide_half_up", [(7, 20), (2, 3)], (2, 10)), ("min", [(1, 9), (3, 5)], (1, 5)),
        ("max", [(1, 9), (3, 5)], (3, 9)), (">", [(5, 9), (1, 4)], (1, 1)), (">", [(1, 4), (4, 9)], (0, 0)),
        (">", [(1, 5), (4, 9)], (0, 1)), (">=", [(4, 9), (1, 4)], (1, 1)), ("<", [(1, 3), (4, 9)], (1, 1)),
        ("<=", [(5, 9), (1, 4)], (0, 0)), ("==", [(3, 3), (3, 3)], (1, 1)), ("==", [(1, 2), (3, 4)], (0, 0)),
        ("!=", [(1, 2), (3, 4)], (1, 1)), ("&", [(0, 1), (0, 0)], (0, 0)), ("&", [(1, 1), (2, 5)], (1, 1)),
        ("|", [(0, 1), (1, 1)], (1, 1)), ("|", [(0, 0), (0, 0)], (0, 0)), ("~", [(0, 0)], (1, 1)),
        ("~", [(3, 4)], (0, 0)), ("choose", [(0, 1), (1, 2), (8, 9)], (1, 9)),
        ("choose", [(1, 1), (1, 2), (8, 9)], (1, 2)), ("choose", [(0, 0), (1, 2), (8, 9)], (8, 9)),
    ],
)  # fmt: skip
def test_the_span_of_an_operation_holds_every_value_and_no_more(op: str, spans: list[Span], found: Span) -> None:
    assert span_of(op, spans) == found


def test_a_division_by_what_may_be_nothing_stays_within_its_amount() -> None:
    low, high = span_of("//", [(0, 9), (-1, 3)])

    assert low <= -9
    assert high >= 9


def test_what_is_held_on_the_way_counts_too() -> None:
    # half-up doubles the amount and adds the divisor before it divides: 2 × 100 + 7
    assert reach("divide_half_up", [(0, 100), (7, 7)], (0, 14)) == (0, 207)
    # rounding up adds the divisor: 100 + 7 (less one)
    assert reach("divide_up", [(0, 100), (7, 7)], (0, 15)) == (0, 107)


def test_a_sum_is_as_many_times_larger_as_rows_may_belong_to_one() -> None:
    known = check(PLAN, LIMITS)

    assert known["household", "doubled"] == (0, 200)
    assert known["household", "paid"] == (0, 3_000)  # thirty members with at most 100
    assert known["household", "shared"] == (0, 100)


def test_what_counts_rows_is_no_more_than_there_may_be_rows() -> None:
    assert check(PLAN, replace(LIMITS, counts={"paid": (0, 30)}))["household", "paid"] == (0, 30)


def test_the_largest_number_of_sixty_four_bits_is_let_in_and_one_more_is_not() -> None:
    at_most = replace(LIMITS, facts={**LIMITS.facts, ("household", "a"): (0, MOST // 2)})
    beyond = replace(LIMITS, facts={**LIMITS.facts, ("household", "a"): (0, MOST // 2 + 1)})

    # 2⁶³ − 1 is odd: twice its half is one less than it, twice one more is beyond
    assert check(PLAN, at_most)["household", "doubled"] == (0, MOST - 1)
    with pytest.raises(CanOverflow, match=r"规则 doubled（.*\(a \* 2\) 最大可达 9,223,372,036,854,775,808"):
        check(PLAN, beyond)


def test_a_step_inside_a_division_may_not_leave_sixty_four_bits_either() -> None:
    half = replace(LIMITS, facts={**LIMITS.facts, ("household", "a"): (0, MOST // 2 + 1)})

    with pytest.raises(CanOverflow, match="divide_half_up"):
        check(_plan(divide_half_up(Expr("sym", "a"), lift(10)), "a"), half)


def test_dividing_by_what_can_be_zero_is_refused() -> None:
    with pytest.raises(DividesByZero, match=r"规则 tried.*\(a // b\) 的除数可能小于1"):
        check(_plan(Expr("sym", "a") // Expr("sym", "b"), "a", "b"), LIMITS)


def test_dividing_what_can_be_negative_is_refused() -> None:
    with pytest.raises(DividesBelowZero, match=r"\(\(a - b\) // 7\) 的被除数可能为负（最小-100）"):
        check(_plan((Expr("sym", "a") - Expr("sym", "b")) // 7, "a", "b"), LIMITS)


def test_a_branch_that_is_never_taken_does_not_widen_the_result() -> None:
    expr = choose(lift(1), Expr("sym", "a"), Expr("sym", "a") * 1_000)

    assert check(_plan(expr, "a"), LIMITS)["household", "tried"] == (0, 100)
