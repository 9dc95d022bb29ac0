"""A decision is explained by the rule set it was taken with, whatever rules and numbers came later."""

import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from opendibao.decision.models import Decision
from opendibao.decision.opening import sign_opening_act
from opendibao.decision.queries import explain, recomputed_amounts, unarchived
from opendibao.decision.refusal import DecisionRefused
from opendibao.formula.graph import RuleBook
from opendibao.formula.symbols import Expr
from opendibao.rulemaking.queries import archived_law, policy_in_force, rule_sets
from opendibao.rules import law as law_module
from opendibao.rules.book import hash_of, rule_book
from opendibao.rules.law import law_of
from tests.decision.builders import AMOUNT, confirm, covered, noticed
from tests.decision.rosters import SIGNED, bring_rows, family, loner
from tests.registry.builders import COUNTY, LONER, at, household
from tests.rulemaking.builders import scheduled

pytestmark = pytest.mark.usefixtures("places")


def other_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the rules are others: everybody gets one yuan more."""
    rules = [
        replace(r, expr=Expr("+", r.expr, Expr("const", 100))) if r.name == "monthly_benefit" else r
        for r in rule_book().rules
    ]
    book = RuleBook(rule_book().parents, rule_book().facts, rules)
    monkeypatch.setattr(law_module, "rule_book", lambda: book)
    monkeypatch.setattr(law_module, "text_hash", lambda: hash_of(rules))


def test_a_decision_keeps_its_rule_set_once() -> None:
    covered()
    confirm(noticed(home=household("999999-00009", LONER)))

    kept = rule_sets()
    assert [row.hash for row in kept] == [law_of("jx-demo-2024").rule_set]
    assert set(Decision.objects.values_list("rule_set", flat=True)) == {kept[0].hash}
    assert unarchived() == []


def test_an_old_decision_is_computed_by_its_own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    old = covered()
    other_rules(monkeypatch)

    again = explain(old.pk)

    assert again is not None
    assert (again.monthly_benefit_fen, again.rule_set) == (AMOUNT, old.rule_set)
    assert law_of("jx-demo-2024").rule_set != old.rule_set
    assert again.trace


def test_a_decision_after_the_change_has_the_new_rules_and_its_own_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    old = covered()
    other_rules(monkeypatch)

    new = confirm(noticed(home=household("999999-00009", LONER)))

    # the same facts, a yuan more
    assert (old.amount_fen, new.amount_fen) == (AMOUNT, AMOUNT + 100)
    assert {row.hash for row in rule_sets()} == {old.rule_set, new.rule_set}


def test_a_number_that_changes_later_leaves_the_old_decision_alone() -> None:
    old = covered()
    scheduled(since=date(2024, 7, 1), value=80_000)

    again = explain(old.pk)

    assert again is not None
    assert (again.monthly_benefit_fen, again.rule_set) == (AMOUNT, old.rule_set)
    assert law_of(policy_in_force()).rule_set != old.rule_set
    assert recomputed_amounts(paid_from=date(2024, 1, 1), paid_to=date(2024, 12, 31)) == {old.pk: AMOUNT}


def test_from_its_day_on_decisions_follow_the_scheduled_number() -> None:
    scheduled(since=date(2024, 6, 3), value=80_000)

    new = confirm(noticed(), on=date(2024, 6, 3))

    # (800 × 36 − 3,000 − 8,000) / 12 = 1,483.33 → 1,484, and 10 % of 800 for the child
    assert new.amount_fen == 156_400
    assert archived_law(new.rule_set) is not None


def test_what_was_never_archived_is_told() -> None:
    old = covered()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("ALTER TABLE rulemaking_ruleset DISABLE TRIGGER append_only")
        cursor.execute("DELETE FROM rulemaking_ruleset")

    assert [(row.rule_set, row.decisions) for row in unarchived()] == [(old.rule_set, 1)]


def test_an_archive_that_was_changed_explains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    old = covered()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("ALTER TABLE rulemaking_ruleset DISABLE TRIGGER append_only")
        cursor.execute("UPDATE rulemaking_ruleset SET body = %s", [_spoiled(old.rule_set)])
    other_rules(monkeypatch)

    with pytest.raises(DecisionRefused, match="被改动过"):
        explain(old.pk)


def _spoiled(rule_set: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM rulemaking_ruleset WHERE hash = %s", [rule_set])
        text = zlib.decompress(bytes(cursor.fetchone()[0])).decode()
    return zlib.compress(text.replace("74000", "75000").encode())


def test_the_opening_keeps_the_rule_set_of_all_its_decisions(tmp_path: Path) -> None:
    bring_rows(tmp_path, family(), loner())
    sign_opening_act(COUNTY, on=SIGNED, first="周编制", second="李审核", at=at(SIGNED))

    assert Decision.objects.count() == 2
    assert [row.hash for row in rule_sets()] == [law_of("jx-demo-2024").rule_set]
    assert unarchived() == []
