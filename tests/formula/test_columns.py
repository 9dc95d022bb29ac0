"""The columns compute in the narrowest numbers that hold, leave out what cannot matter, and say who lacks a number."""

from datetime import date

import numpy as np
import pytest

from opendibao.formula.bounds import CanOverflow
from opendibao.formula.column_parts import bytes_for
from opendibao.formula.column_text import Kind, Known
from opendibao.formula.columns import Column, NotInOrder, Program, Table, TooManyRows, source_of
from opendibao.formula.symbols import Expr, Parameters, any_of, choose, max_, total
from tests.formula.laws import book, traced


def share(a: Expr, p: Parameters) -> Expr:
    return choose(a > 0, a * p.law.share // 10_000, 0)


def fee(yes: Expr, p: Parameters) -> Expr:
    return choose(yes, p.law.fee, 0)


def is_asked(yes: Expr, p: Parameters) -> Expr:
    return yes & (p.law.fee > 0)


def is_spared(yes: Expr, p: Parameters) -> Expr:
    return yes | (p.law.fee > 0)


def paid() -> Expr:
    return total("member", "pay")


def large(a: Expr, b: Expr) -> Expr:
    return a * b


def is_some_lacking() -> Expr:
    return any_of("member", "is_lacking")


def is_lacking(pay: Expr, p: Parameters) -> Expr:
    return (pay > 5) & (p.law.fee > 0)


def twice(a: Expr, b: Expr) -> Expr:
    more = max_(a - b, 0)
    return choose(more > 3, more * 2, more)


traced(share)
traced(fee)
traced(paid)
traced(large)
traced(twice)
for _rule in (is_asked, is_spared, is_some_lacking):
    traced(_rule, unit="bool")
traced(is_lacking, entity="member", unit="bool")
PLAN = book(__name__).on(date(2024, 5, 20))
SMALL = Kind(1, (0, 100))
YES_NO = Kind(1, (0, 1), True)


def _known(numbers: dict[str, int] | None, rows: int = 4, **kinds: Kind) -> Known:
    found = {"a": SMALL, "b": SMALL, "yes": YES_NO, "pay": SMALL, "hours": SMALL} | kinds
    entities = {"pay": "member", "hours": "job"}
    return Known({(entities.get(name, "household"), name): kind for name, kind in found.items()}, numbers, rows)


def _table(a: list[int], yes: list[bool], pays: list[int], of: list[int]) -> Table:
    household = {"a": np.array(a, np.int8), "b": np.array(a, np.int8), "yes": np.array(yes)}
    columns = {"household": household, "member": {"pay": np.array(pays, np.int8)}, "job": {}}
    above: dict[str, Column] = {"member": np.array(of, np.int64), "job": np.zeros(0, np.int64)}
    return Table(columns, above, {"household": len(a), "member": len(pays), "job": 0})


def test_a_share_of_everything_is_the_thing_itself_and_its_number_is_not_in_the_text() -> None:
    program = Program(PLAN, _known({"law.share": 10_000}), ["share"])

    assert "return {'share': household__share}" in program.source
    assert "household__share = household__a\n" in program.source


def test_a_share_of_nothing_is_nothing_and_the_column_is_not_read() -> None:
    program = Program(PLAN, _known({"law.share": 0}), ["share"])

    found, _ = program.run(_table([3, 4], [True, False], [], []), {})

    assert program.columns == ()
    assert found["share"].tolist() == [0, 0]


def test_a_column_that_is_the_same_everywhere_takes_its_branch_before_any_row_is_read() -> None:
    program = Program(PLAN, _known({"law.fee": 7}, yes=Kind(1, (1, 1), True)), ["fee"])

    assert program.columns == ()
    assert program.run(_table([3, 4], [True, True], [], []), {})[0]["fee"].tolist() == [7, 7]


def test_products_are_computed_in_numbers_that_hold_them() -> None:
    # 100 × 100 = 10,000 does not fit one byte
    program = Program(PLAN, _known({}), ["large"])

    assert "astype(i2)" in program.source
    assert program.run(_table([100, 99], [True, True], [], []), {})[0]["large"].tolist() == [10_000, 9_801]


def test_sums_of_members_are_kept_in_numbers_that_hold_them() -> None:
    # four times 100 = 400 does not fit one byte; nobody has 0
    found, _ = Program(PLAN, _known({}), ["paid"]).run(_table([1, 1], [True] * 2, [100] * 4, [1] * 4), {})

    assert found["paid"].tolist() == [0, 400]


def test_sums_of_few_rows_and_of_many_are_the_same() -> None:
    # one row under three households is scattered, five are summed up running
    program = Program(PLAN, _known({}), ["paid"])

    few, _ = program.run(_table([1] * 3, [True] * 3, [7], [2]), {})
    many, _ = program.run(_table([1] * 3, [True] * 3, [7, 1, 2, 3, 4], [0, 1, 1, 2, 2]), {})

    assert few["paid"].tolist() == [0, 0, 7]
    assert many["paid"].tolist() == [7, 3, 7]


def test_a_step_taken_twice_is_computed_once() -> None:
    program = Program(PLAN, _known({}, a=Kind(1, (-100, 100))), ["twice"])

    assert program.source.count("np.maximum") == 1


def test_a_fact_so_large_that_a_step_leaves_sixty_four_bits_is_refused() -> None:
    with pytest.raises(CanOverflow, match=r"\(a \* b\)"):
        Program(PLAN, _known({}, a=Kind(8, (0, 2**62)), b=Kind(8, (0, 4))), ["large"])


@pytest.mark.parametrize(
    ("name", "yes", "lacks"),
    [
        ("fee", [True, False], [True, False]),  # the branch not taken asks for no number
        ("is_asked", [True, False], [True, False]),  # no is no, whatever the number
        ("is_spared", [True, False], [False, True]),  # yes is yes, whatever the number
    ],
)
def test_a_missing_number_is_lacking_only_where_it_is_needed(name: str, yes: list[bool], lacks: list[bool]) -> None:
    _, found = Program(PLAN, _known({}), [name], [name]).run(_table([1, 1], yes, [], []), {})

    assert found[name].tolist() == lacks


def test_a_household_lacks_what_any_of_its_members_lacks() -> None:
    program = Program(PLAN, _known({}), ["is_some_lacking"], ["is_some_lacking"])

    _, found = program.run(_table([1] * 3, [True] * 3, [5, 6, 5, 5], [0, 0, 1, 2]), {})

    assert found["is_some_lacking"].tolist() == [True, False, False]


def test_nobody_lacks_a_number_that_is_there() -> None:
    _, lacks = Program(PLAN, _known({"law.fee": 3}), ["fee"], ["fee"]).run(_table([1], [True], [], []), {})

    assert lacks == {}


def test_a_rule_without_text_on_the_day_is_lacking_everywhere() -> None:
    early = book(__name__).on(date(2019, 1, 1))

    found, lacks = Program(early, _known({}), ["fee"], ["fee"]).run(_table([1, 2], [True] * 2, [], []), {})

    assert lacks["fee"].tolist() == [True, True]
    assert found["fee"].tolist() == [0, 0]


@pytest.mark.parametrize("of", [[1, 0], [0, 2], [-1, 0]])
def test_rows_out_of_order_or_of_nobody_are_refused(of: list[int]) -> None:
    with pytest.raises(NotInOrder, match="member"):
        Program(PLAN, _known({}), ["paid"]).run(_table([1, 1], [True] * 2, [1, 1], of), {})


def test_more_rows_than_the_numbers_were_chosen_for_are_refused() -> None:
    with pytest.raises(TooManyRows, match="member：一行下面最多4行，现有5行"):
        Program(PLAN, _known({}), ["paid"]).run(_table([1], [True], [100] * 5, [0] * 5), {})


def test_the_text_can_be_read() -> None:
    assert "household__large = (household__a * household__b)" in source_of(PLAN)


@pytest.mark.parametrize(
    ("span", "width"),
    [((0, 127), 1), ((-128, 0), 1), ((0, 128), 2), ((-129, 0), 2), ((0, 2**31 - 1), 4), ((0, 2**31), 8)],
)  # fmt: skip
def test_numbers_are_as_narrow_as_they_can_be(span: tuple[int, int], width: int) -> None:
    assert bytes_for(span) == width
