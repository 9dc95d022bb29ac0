from datetime import date

import pytest

from opendibao.formula.graph import Rule, RuleBook
from opendibao.formula.symbols import BadRule, Expr, lift, total
from tests.formula.laws import FACTS, PARENTS, book


def _rule(
    name: str, expr: Expr, *, since: str = "2020-01-01", until: str | None = None, entity: str = "household",
    needs: tuple[str, ...] = (),
) -> Rule:  # fmt: skip
    last = date.fromisoformat(until) if until else None
    return Rule(name, entity, "试验", "试验条款", "fen", date.fromisoformat(since), last, expr, needs)


def _sym(name: str) -> Expr:
    return Expr("sym", name)


def test_the_text_in_force_is_the_days() -> None:
    old, new = _rule("x", lift(1), until="2023-12-31"), _rule("x", lift(2), since="2024-01-01")

    found = RuleBook(PARENTS, FACTS, [new, old])

    assert found.on(date(2023, 12, 31)).order == (old,)
    assert found.on(date(2024, 1, 1)).order == (new,)
    assert found.on(date(2019, 12, 31)).absent == {"x"}


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ([_rule("x", lift(1)), _rule("x", lift(2), since="2024-01-01")], "同时有效"),
        ([_rule("x", lift(1), until="2023-12-30"), _rule("x", lift(2), since="2024-01-01")], "没有文本"),
        ([_rule("a", lift(1))], "既是"),
        ([_rule("x", _sym("y"), needs=("y",)), _rule("y", _sym("x"), needs=("x",))], "绕圈"),
        ([_rule("x", _sym("moon"), needs=("moon",))], "moon"),
        ([_rule("x", total("job", "hours"))], "不直接属于"),
    ],
)
def test_a_faulty_book_stops_the_start(rules: list[Rule], said: str) -> None:
    with pytest.raises(BadRule, match=said):
        RuleBook(PARENTS, FACTS, rules)


def test_rules_are_ordered_by_what_they_need() -> None:
    last, first = _rule("last", _sym("first"), needs=("first",)), _rule("first", _sym("a"), needs=("a",))

    assert [r.name for r in RuleBook(PARENTS, FACTS, [last, first]).on(date(2024, 1, 1)).order] == ["first", "last"]


def test_a_module_without_rules_gives_an_empty_book() -> None:
    assert book("no.such.module").on(date(2024, 1, 1)).order == ()
