from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from opendibao.formula.graph import Rule, RuleBook, rule
from opendibao.formula.symbols import BadRule, Expr, lift, total
from tests.formula.laws import FACTS, PARENTS, book, traced


def _rule(
    name: str, expr: Expr, *, since: str = "2020-01-01", until: str | None = None, entity: str = "household",
    needs: tuple[str, ...] = (),
) -> Rule:  # fmt: skip
    last = date.fromisoformat(until) if until else None
    return Rule(
        name, entity, "试验", "试验条款", "fen", date.fromisoformat(since), last, expr, needs, f"folk.{name}.rule", 7
    )


def _sym(name: str) -> Expr:
    return Expr("sym", name)


def test_the_text_in_force_is_the_days() -> None:
    old, new = _rule("x", lift(1), until="2023-12-31"), _rule("x", lift(2), since="2024-01-01")

    found = RuleBook(PARENTS, FACTS, [new, old])

    assert found.on(date(2023, 12, 31)).order == (old,)
    assert found.on(date(2024, 1, 1)).order == (new,)
    assert found.on(date(2019, 12, 31)).absent == {"x"}


@pytest.mark.parametrize(
    ("rules", "place", "remedy"),
    [
        ([_rule("x", lift(1)), _rule("x", lift(2), since="2024-01-01")], "规则 x（folk/x/rule.py 第7行）", "until="),
        (
            [_rule("x", lift(1), until="2023-12-30"), _rule("x", lift(2), since="2024-01-01")],
            "2023-12-30 之后到 2024-01-01 之前没有文本",
            "请把两个日期接上",
        ),
        ([_rule("a", lift(1))], "规则 a（folk/a/rule.py 第7行）", "请给规则改名"),
        ([_rule("x", lift(1), entity="house")], "规则 x（folk/x/rule.py 第7行）", "请改用：household"),
        (
            [
                _rule("x", _sym("y"), needs=("y",)),
                _rule("y", _sym("z"), needs=("z",)),
                _rule("z", _sym("y"), needs=("y",)),
            ],
            "规则 y（folk/y/rule.py 第7行）绕圈依赖了自己：y → z → y",
            "请断开其中一步",
        ),
        ([_rule("x", _sym("x"), needs=("x",))], "x → x", "请断开其中一步"),
        ([_rule("x", _sym("moon"), needs=("moon",))], "规则 x（folk/x/rule.py 第7行）用到的“moon”", "facts.py"),
        ([_rule("x", total("job", "hours"))], "规则 x（folk/x/rule.py 第7行）合计“job”的 hours", "请先在中间一层合计"),
        ([_rule("x", total("member", "hat"))], "规则 x（folk/x/rule.py 第7行）用到的“hat”", "facts.py"),
    ],
)
def test_a_faulty_book_stops_the_start_and_names_rule_place_and_remedy(
    rules: list[Rule], place: str, remedy: str
) -> None:
    with pytest.raises(BadRule) as refusal:
        RuleBook(PARENTS, FACTS, rules)

    assert place in str(refusal.value)
    assert remedy in str(refusal.value)


def test_a_number_no_file_knows_is_refused_with_the_rule_that_reads_it() -> None:
    found = RuleBook(PARENTS, FACTS, [_rule("x", Expr("param", "standard.rurl"))])

    with pytest.raises(BadRule) as refusal:
        found.check_parameters({"standard.rural"})

    assert "规则 x（folk/x/rule.py 第7行）用到参数 standard.rurl" in str(refusal.value)
    assert "补上参数" in str(refusal.value)
    found.check_parameters({"standard.rurl"})


@pytest.mark.parametrize(
    ("body", "remedy"),
    [
        (lambda a: a if a > 0 else lift(0), "请改用 choose"),
        (lambda a, b: a and b, "请改用 choose"),
        (lambda a: not a, "请改用 choose"),
        (lambda a: a / 2, "请用 //"),
        (lambda a: 2 / a, "请用 //"),
        (lambda a: a * 0.5, "规则只认整数"),
        (lambda: 1.0, "规则只认整数"),
        (lambda a: a % 2, "规则只认 + - * //"),
        (lambda a: -a, "规则只认 + - * //"),
    ],
)
def test_a_text_that_is_no_rule_is_refused_with_its_file_and_line(body: Callable[..., object], remedy: str) -> None:
    with pytest.raises(BadRule) as refusal:
        traced(body)

    assert f"（tests/formula/test_graph.py 第{body.__code__.co_firstlineno}行）" in str(refusal.value)
    assert remedy in str(refusal.value)


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ({"clause": " "}, "没有写明条款（clause），请在 @rule 里补上"),
        ({"later": {"2024-01-01": ""}}, "没有写明条款（clause），请在 @rule 里补上"),
        ({"zh": ""}, "没有写明中文名称（zh），请在 @rule 里补上"),
        ({"zh": "gap"}, "请在 zh= 里写办事的人用的叫法"),
        ({"unit": ""}, "没有写明单位（unit），请在 @rule 里补上"),
        ({"unit": "yuan"}, "单位“yuan”不在可用之列，请改用：fen"),
        ({"since": "2020-02-30"}, "日期“2020-02-30”写错了，应为 2026-07-01 这样"),
        ({"until": "2019-12-31"}, "起止日前后颠倒"),
        ({"later": {"2019-12-31": "更早的条款"}}, "起止日前后颠倒"),
        ({"later": {"2024-01-01": "新的条款"}, "until": "2023-12-31"}, "起止日前后颠倒"),
    ],
)
def test_what_a_rule_must_say_of_itself_is_asked_for_by_name(wrong: dict[str, Any], remedy: str) -> None:
    said: dict[str, Any] = {"zh": "试验", "clause": "试验条款", "since": "2020-01-01"} | wrong

    with pytest.raises(BadRule) as refusal:
        rule("household", **said)(lambda a: a)

    assert "（tests/formula/test_graph.py 第" in str(refusal.value)
    assert remedy in str(refusal.value)


def test_a_later_clause_carries_the_same_text_from_its_day() -> None:
    def of_two_laws(a: Expr) -> Expr:
        return a

    of_two_laws.__module__ = "tests.formula.two_laws"
    rule("household", zh="试验", clause="旧条款", since="2020-01-01", later={"2026-07-01": "新条款"})(of_two_laws)
    found = book("tests.formula.two_laws")

    assert [r.clause for r in found.on(date(2026, 6, 30)).order] == ["旧条款"]
    assert [r.clause for r in found.on(date(2026, 7, 1)).order] == ["新条款"]


def test_rules_are_ordered_by_what_they_need() -> None:
    last, first = _rule("last", _sym("first"), needs=("first",)), _rule("first", _sym("a"), needs=("a",))

    assert [r.name for r in RuleBook(PARENTS, FACTS, [last, first]).on(date(2024, 1, 1)).order] == ["first", "last"]


def test_a_module_without_rules_gives_an_empty_book() -> None:
    assert book("no.such.module").on(date(2024, 1, 1)).order == ()
