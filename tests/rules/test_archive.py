"""A rule set kept as text decides years later as it did; changed texts, lost facts and unknown money are refused."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from opendibao.formula.graph import Fact, Rule, RuleBook
from opendibao.formula.symbols import Expr
from opendibao.rules import archive
from opendibao.rules.archive import BrokenArchive, NotOfThisLaw, archived_text, assess_by, law_from
from opendibao.rules.assess import assess
from opendibao.rules.book import hash_of, rule_book
from opendibao.rules.case import parse_case
from opendibao.rules.facts import FACTS, PARENTS
from opendibao.rules.law import Law, law_of, rule_set_of
from tests.rules.worked_cases import NAMES, worked

LAW = law_of("jx-demo-2024")
Facts = dict[str, dict[str, Fact]]


def law_with(rules: Sequence[Rule], facts: Facts | None = None) -> Law:
    """A law of other rules, or of rules that know other facts."""
    return Law(RuleBook(PARENTS, facts or FACTS, rules), LAW.pack, rule_set_of(hash_of(rules), LAW.pack.digest))


def changed(name: str, change: Callable[[Rule], Rule]) -> list[Rule]:
    """Today's rules, one of them changed."""
    return [change(rule) if rule.name == name else rule for rule in rule_book().rules]


@pytest.mark.parametrize("name", NAMES)
def test_every_worked_case_is_answered_as_by_the_law_itself(name: str) -> None:
    kept = law_from(archived_text(LAW))
    case = parse_case(worked(name)["case"])

    again = assess_by(kept, case)

    assert again.as_json() == assess(case).as_json()
    assert kept.law.rule_set == LAW.rule_set


def test_the_text_is_the_same_when_it_is_kept_again() -> None:
    text = archived_text(LAW)

    assert archived_text(law_from(text).law) == text


def test_an_old_rule_decides_by_its_old_text() -> None:
    # the old law paid ten yuan more a month: 740 + 10
    old = law_with(changed("monthly_benefit", lambda r: replace(r, expr=Expr("+", r.expr, Expr("const", 1_000)))))

    again = assess_by(law_from(archived_text(old)), parse_case(worked("G03")["case"]))

    assert (again.monthly_benefit_fen, again.rule_set) == (75_000, old.rule_set)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda kept: kept["levels"][0]["standard.rural"][0].__setitem__(5, 75_000), "被改动过"),
        (lambda kept: kept["rules"][0].__setitem__(3, "另一条"), "被改动过"),
        (lambda kept: kept["rules"].pop(), "被改动过"),
        (lambda kept: kept.__setitem__("form", 2), "第2种格式"),
    ],
)
def test_a_text_that_was_changed_is_refused(spoil: Callable[[Any], Any], said: str) -> None:
    kept = json.loads(archived_text(LAW))
    spoil(kept)

    with pytest.raises(BrokenArchive, match=said):
        law_from(json.dumps(kept))


def test_facts_are_found_by_their_names_not_their_places() -> None:
    shuffled = {entity: dict(reversed(names.items())) for entity, names in FACTS.items()}
    old = law_with(rule_book().rules, shuffled)

    again = assess_by(law_from(archived_text(old)), parse_case(worked("G01")["case"]))

    assert again.monthly_benefit_fen == 137_800


def test_a_rule_then_that_is_a_fact_today_keeps_its_name() -> None:
    listed = Rule(
        "dwellings", "household", "住房套数", "旧办法第一条", "count", date(2014, 5, 1), None, Expr("const", 1)
    )
    facts = {**FACTS, "household": {n: f for n, f in FACTS["household"].items() if n != "dwellings"}}
    old = law_with([*rule_book().rules, listed], facts)

    again = assess_by(law_from(archived_text(old)), parse_case(worked("G06")["case"]))

    # G06 owns two dwellings; the old rule says one, so that they do not stand against it
    assert "dwellings_over" not in {reason.code for reason in again.reasons}


def test_a_fact_that_is_not_kept_any_more_is_named() -> None:
    facts = {**FACTS, "household": {**FACTS["household"], "oxen": Fact("耕牛头数", "count")}}
    old = law_with(
        changed(
            "gap_year", lambda r: replace(r, expr=Expr("+", r.expr, Expr("sym", "oxen")), needs=(*r.needs, "oxen"))
        ),
        facts,
    )

    with pytest.raises(NotOfThisLaw, match="当时的规则要用“耕牛头数”（oxen），现在已不登记"):
        law_from(archived_text(old))


def test_money_that_the_old_law_had_no_name_for_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = law_from(archived_text(LAW))
    unknown = replace(kept, known=kept.known - {("household", "financial_assets")})

    with pytest.raises(NotOfThisLaw, match="当时的规则没有“金融资产”这一项"):
        assess_by(unknown, parse_case(worked("G01")["case"]))
    assert assess_by(unknown, parse_case(worked("G14")["case"])).monthly_benefit_fen == 96_000  # it owns none


def test_the_archive_is_small() -> None:
    assert len(archive.archived_text(LAW)) < 400_000
