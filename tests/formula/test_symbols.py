import pytest

from opendibao.formula import graph, symbols
from opendibao.formula.symbols import BadRule, BranchInRule, Expr, Parameters, lift
from tests.formula.laws import traced

X = Expr("sym", "x")


def test_a_python_branch_is_refused_when_the_rule_is_read() -> None:
    def branching(a: Expr) -> Expr:
        return a if a > 0 else lift(0)

    with pytest.raises(BadRule, match=r"branching.*choose"):
        traced(branching)


@pytest.mark.parametrize("ask", [lambda: bool(X), lambda: X and X, lambda: not X, lambda: 1 if X == X else 2])
def test_nobody_asks_python_whether_a_symbol_is_true(ask: object) -> None:
    with pytest.raises(BranchInRule):
        ask()  # type: ignore[operator]


@pytest.mark.parametrize("wrong", [lambda: X / 2, lambda: X + 1.5, lambda: X * "2", lambda: lift(None)])
def test_only_whole_numbers_are_let_in(wrong: object) -> None:
    with pytest.raises(BadRule, match="整数"):
        wrong()  # type: ignore[operator]


def test_a_rule_without_clause_is_refused() -> None:
    with pytest.raises(BadRule, match="条款"):
        graph.rule("household", zh="试验", clause="", since="2020-01-01")(lambda: lift(1))


def test_numbers_stand_on_either_side() -> None:
    assert repr(1 + X) == repr(Expr("+", Expr("const", 1), X))
    assert repr(10 // X) == repr(Expr("//", Expr("const", 10), X))
    assert repr(1 - X) == repr(Expr("-", Expr("const", 1), X))
    assert repr(2 * X) == repr(Expr("*", Expr("const", 2), X))


def test_a_parameter_is_named_by_its_path() -> None:
    assert repr(lift(Parameters().income.wages.cost)) == repr(Expr("param", "income.wages.cost"))
    with pytest.raises(AttributeError):
        Parameters()._private  # noqa: B018
    assert symbols.floor_at_zero(X).op == "max"
