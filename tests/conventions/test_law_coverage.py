"""法规覆盖: no article is forgotten, no rule cites what does not exist, no procedure is only a name."""

import importlib
import importlib.util

import pytest

from opendibao.rules.book import rule_book
from tests.conventions.citations import BadCitation, Citation, cited, faults, laws
from tests.conventions.law_coverage import PAGE, by_article, page_text

KNOWN = laws()
PLANNED = ("案件办理", "资金发放", "信息核对")
ARTICLES = [(law, number, article) for law, told in KNOWN.items() for number, article in told["articles"].items()]


def _exists(where: str) -> bool:
    """A module, or a name in one, or the part of the product that is still to be built."""
    if where.startswith("待建："):
        return where.removeprefix("待建：") in PLANNED
    module, _, name = where.rpartition(".")
    if importlib.util.find_spec(module) and hasattr(importlib.import_module(module), name):
        return True
    return importlib.util.find_spec(where) is not None


def test_both_laws_are_listed_whole() -> None:
    assert list(KNOWN["民发〔2021〕57号"]["articles"]) == list(range(1, 43))
    assert list(KNOWN["社会救助法"]["articles"]) == list(range(1, 79))


def test_every_article_is_a_rule_a_procedure_or_named_outside_and_never_two_of_the_last() -> None:
    cited_by_rules = by_article()

    forgotten = [
        (law, number)
        for law, number, article in ARTICLES
        if not {"procedure", "outside"} & set(article) and (law, number) not in cited_by_rules
    ]
    doubled = [(law, number) for law, number, article in ARTICLES if {"procedure", "outside"} <= set(article)]

    assert (forgotten, doubled) == ([], [])


def test_what_rules_carry_out_is_not_called_outside() -> None:
    cited_by_rules = by_article()

    assert [(law, n) for law, n, article in ARTICLES if "outside" in article and (law, n) in cited_by_rules] == []


def test_what_touches_a_household_s_right_has_a_rule_or_a_procedure() -> None:
    missing = [(law, n) for law, told in KNOWN.items() for n in told["touches"] if "outside" in told["articles"][n]]

    assert missing == []


@pytest.mark.parametrize("rule", rule_book().rules, ids=lambda r: f"{r.name}-{r.since}")
def test_a_rule_cites_only_what_exists(rule) -> None:  # type: ignore[no-untyped-def]
    assert [said for one in cited(rule.clause, KNOWN) if (said := faults(one, KNOWN))] == []


def test_a_procedure_names_a_module_or_an_action_that_exists() -> None:
    named = {where for _, _, article in ARTICLES for where in article.get("procedure", ())}

    assert [where for where in sorted(named) if not _exists(where)] == []


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text("utf-8") == page_text(), "请运行 make docs"


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("社会救助法第二十一条第二款", [("社会救助法", 21, 2, 0)]),
        (
            "民发〔2021〕57号第八条第一款第一项、第二项",
            [("民发〔2021〕57号", 8, 1, 1), ("民发〔2021〕57号", 8, 1, 2)],
        ),
        (
            "民发〔2021〕57号第十三条第一款第四项、第二款第三项",
            [("民发〔2021〕57号", 13, 1, 4), ("民发〔2021〕57号", 13, 2, 3)],
        ),
        ("民发〔2021〕57号第八条、第二十七条", [("民发〔2021〕57号", 8, 0, 0), ("民发〔2021〕57号", 27, 0, 0)]),
        (
            "社会救助法第十六条第一款、第三款；特困人员认定办法第六条",
            [("社会救助法", 16, 1, 0), ("社会救助法", 16, 3, 0)],
        ),
        ("社会救助暂行办法第十四条（没有规定继续供养）", [("社会救助暂行办法", 14, 0, 0)]),
        ("民发〔2021〕57号第九条第二项", [("民发〔2021〕57号", 9, 1, 2)]),
        ("社会救助法第二十四条至第二十六条", [("社会救助法", n, 0, 0) for n in (24, 25, 26)]),
        ("民法典第十七条", []),
    ],
)
def test_a_clause_is_read_to_the_item(clause: str, expected: list[tuple[str, int, int, int]]) -> None:
    assert [tuple(one) for one in cited(clause, KNOWN)] == expected


@pytest.mark.parametrize(
    "clause",
    [
        "社会救助法",
        "依照社会救助法第八条",
        "社会救助法第8条",
        "民发〔2021〕57号第七条第一款第二、三项",
        "社会救助法第二款",
    ],
)
def test_a_clause_nobody_can_look_up_is_refused(clause: str) -> None:
    with pytest.raises(BadCitation, match=r"第几|没有写"):
        cited(clause, KNOWN)


@pytest.mark.parametrize(
    ("citation", "said"),
    [
        (Citation("社会救助法", 79), "没有第79条"),
        (Citation("社会救助法", 18, 3), "第18条没有第3款"),
        (Citation("民发〔2021〕57号", 7, 2, 4), "第2款没有第4项"),
        (Citation("民发〔2021〕57号", 7, 2, 3), ""),
    ],
)
def test_an_article_that_does_not_exist_is_named(citation: Citation, said: str) -> None:
    assert faults(citation, KNOWN).endswith(said)
    assert bool(faults(citation, KNOWN)) == bool(said)
