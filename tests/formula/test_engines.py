"""Every operation gives the same in all three engines, at zero, at the boundary and below it."""

from datetime import date

import pytest

from opendibao.formula import columns, scalar
from opendibao.formula.lazy import LazyHousehold, NoRuleInForce
from opendibao.formula.symbols import Expr, Parameters, any_of, choose, divide_half_up, divide_up, max_, min_, total
from tests.formula.laws import book, household, traced

DAY = date(2024, 5, 20)
NUMBERS = {"law.number": 7}


def plus(a: Expr, b: Expr) -> Expr:
    return a + b


def minus(a: Expr, b: Expr) -> Expr:
    return a - b


def times(a: Expr, b: Expr) -> Expr:
    return a * b


def whole(a: Expr) -> Expr:
    return a // 7


def above(a: Expr, b: Expr) -> Expr:
    return a > b


def at_least(a: Expr, b: Expr) -> Expr:
    return a >= b


def below(a: Expr, b: Expr) -> Expr:
    return a < b


def at_most(a: Expr, b: Expr) -> Expr:
    return a <= b


def same(a: Expr, b: Expr) -> Expr:
    return a == b


def other(a: Expr, b: Expr) -> Expr:
    return a != b


def both(above: Expr, yes: Expr) -> Expr:
    return above & yes


def either(above: Expr, yes: Expr) -> Expr:
    return above | yes


def neither(yes: Expr) -> Expr:
    return ~yes


def chosen(yes: Expr, a: Expr, b: Expr) -> Expr:
    return choose(yes, a, b)


def less(a: Expr, b: Expr) -> Expr:
    return min_(a, b)


def more(a: Expr, b: Expr) -> Expr:
    return max_(a, b)


def up(a: Expr, b: Expr) -> Expr:
    return divide_up(max_(a, 0), max_(b, 1))


def half_up(a: Expr, b: Expr) -> Expr:
    return divide_half_up(max_(a, 0), max_(b, 1))


def number(p: Parameters, a: Expr) -> Expr:
    return a * p.law.number


def paid() -> Expr:
    return total("member", "net")


def somebody() -> Expr:
    return any_of("member", "net")


def net(pay: Expr, a: Expr) -> Expr:
    return pay - a + total("job", "hours") + total("job", "long_hours")


def long_hours(hours: Expr, pay: Expr, b: Expr) -> Expr:
    return hours * 2 + pay * 0 + b * 0


for _rule in (plus, minus, times, whole, number, chosen, less, more, up, half_up, paid):
    traced(_rule)
for _rule in (above, at_least, below, at_most, same, other, both, either, neither, somebody):
    traced(_rule, unit="bool")
traced(net, entity="member")
traced(long_hours, entity="job")
PLAN = book(__name__).on(DAY)
HOUSEHOLDS = [
    household(a, b, yes, pays, jobs)
    for a in (-8, -7, -1, 0, 1, 7, 13, 14)
    for b in (-1, 0, 1, 2, 7)
    for yes in (0, 1)
    for pays, jobs in (((), ()), ((5,), ()), ((5, 0, 9), ((0, 3), (2, 4), (2, 1))))
]


def test_all_engines_agree_on_every_operation() -> None:
    together = columns.evaluate(PLAN, columns.table_of(PLAN, HOUSEHOLDS), NUMBERS)

    for place, facts in enumerate(HOUSEHOLDS):
        alone = scalar.evaluate(PLAN, facts, NUMBERS)["household"]
        lazy = LazyHousehold(PLAN, facts, NUMBERS)
        for name, value in alone.items():
            assert int(together[name][place]) == int(value) == int(lazy.value("household", name)), (name, facts)


def test_nobody_at_all_is_no_fault() -> None:
    empty = columns.evaluate(PLAN, columns.table_of(PLAN, []), NUMBERS)

    assert all(len(column) == 0 for column in empty.values())


@pytest.mark.parametrize(
    ("name", "a", "b", "value"),
    [
        ("up", 14, 7, 2), ("up", 15, 7, 3), ("up", 0, 7, 0), ("up", 1, 7, 1),
        ("half_up", 7, 2, 4), ("half_up", 3, 7, 0), ("half_up", 4, 7, 1), ("half_up", 0, 2, 0),
        ("whole", 13, 0, 1), ("whole", -1, 0, -1), ("less", -1, 0, -1), ("more", -1, 0, 0),
    ],
)  # fmt: skip
def test_divisions_round_as_they_say(name: str, a: int, b: int, value: int) -> None:
    assert scalar.evaluate(PLAN, household(a, b), NUMBERS)["household"][name] == value


def test_sums_go_up_level_by_level() -> None:
    # member 0: 5−1 + 3 + 3×2 = 13; member 1: 0−1 = −1; member 2: 9−1 + 5 + 10 = 23
    facts = household(1, 0, 0, (5, 0, 9), ((0, 3), (2, 4), (2, 1)))

    assert list(scalar.evaluate(PLAN, facts, NUMBERS)["member"]["net"]) == [13, -1, 23]
    assert scalar.evaluate(PLAN, facts, NUMBERS)["household"]["paid"] == 35


def test_a_branch_not_taken_asks_for_no_number() -> None:
    lazy = LazyHousehold(PLAN, household(3, 4, 1), {})

    assert lazy.value("household", "chosen") == 3
    with pytest.raises(KeyError):
        lazy.value("household", "number")


def test_a_rule_without_text_that_day_is_named() -> None:
    early = book(__name__).on(date(2019, 1, 1))

    with pytest.raises(NoRuleInForce, match="plus"):
        LazyHousehold(early, household(1, 2), {}).value("household", "plus")


def test_a_large_county_does_not_go_through_binary_fractions() -> None:
    # 2⁵³ + 1 is the first whole number a float cannot hold
    facts = [household(0, 0, 0, (2**53, 1))]

    assert int(columns.evaluate(PLAN, columns.table_of(PLAN, facts), NUMBERS)["paid"][0]) == 2**53 + 1
