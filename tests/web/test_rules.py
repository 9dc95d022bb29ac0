"""规则的页面: every rule of a day with its formula in words, and one rule with what it needs and its examples."""

from datetime import date

import pytest

from opendibao.rules.book import rule_book
from opendibao.web.rules import ENTITIES, LAYERS
from opendibao.web.rules_examples import examples_of
from opendibao.web.rules_words import formula_of, needed_by, needs_of
from tests.payment.builders import divisions
from tests.web.conftest import Reader

DAY = date(2025, 1, 6)


@pytest.fixture
def places(county: None) -> None:
    divisions()


@pytest.mark.usefixtures("places")
class TestPages:
    def test_all_rules_of_the_day_stand_on_the_page(self, read: Reader) -> None:
        page = read("/rules/")

        plan = rule_book().on(DAY)
        assert f"2025-01-06 有效的规则 {len(plan.order)} 条" in page.words
        assert {rule.zh for rule in plan.order} <= {words for words, _ in page.links}

    def test_a_rule_says_formula_clause_and_numbers(self, read: Reader) -> None:
        page = read("/rules/?q=全家年保障线")

        assert "全家年保障线 全家 月保障标准 × 12 × 共同生活的家庭成员人数" in page.words

    def test_one_rule_leads_to_what_it_needs_and_to_what_needs_it(self, read: Reader) -> None:
        page = read(read("/rules/").link("全家年保障线"))

        assert "全家年保障线 ＝ 月保障标准 × 12 × 共同生活的家庭成员人数" in page.words
        assert "月保障标准" in [words for words, _ in page.links]
        assert "年差额" in [words for words, _ in page.links]
        assert "household.line_year" in page.words

    def test_a_day_without_a_text_is_said_and_the_nearest_text_shown(self, read: Reader) -> None:
        page = read("/rules/household/line_year/?on=2014-05-01")

        assert page.status == 200
        assert "算式" in page.words

    def test_a_rule_that_is_none_is_not_found(self, read: Reader) -> None:
        assert read("/rules/household/moon/").status == 404

    def test_what_is_not_found_is_said(self, read: Reader) -> None:
        assert "没有名称、条款或算式里有“月亮”的规则" in read("/rules/?q=月亮").words


class TestWords:
    def test_every_rule_of_all_times_can_be_told(self) -> None:
        book = rule_book()
        for day in sorted({rule.since for rule in book.rules}):
            plan = book.on(day)
            for rule in plan.order:
                assert formula_of(plan, rule, {})
                assert all(name.zh for name in needs_of(plan, rule))

    def test_every_layer_and_entity_has_a_name(self) -> None:
        rules = rule_book().rules
        assert {rule.module.split(".")[2] for rule in rules} <= set(LAYERS)
        assert {rule.entity for rule in rules} <= set(ENTITIES)

    def test_what_a_rule_reads_reads_back(self) -> None:
        plan = rule_book().on(DAY)
        for rule in plan.order:
            for name in needs_of(plan, rule):
                if name.is_rule and (name.entity, name.name) in plan.by_name:
                    assert rule in needed_by(plan, plan.by_name[name.entity, name.name])

    def test_examples_are_said_in_the_bureaus_units(self) -> None:
        plan = rule_book().on(DAY)
        first = examples_of(plan, plan.by_name["household", "line_year"])[0]

        assert all(" " in said for said in first.given)
        assert first.expected.endswith(" 元")

    def test_no_example_leaves_a_name_untranslated(self) -> None:
        book = rule_book()
        for day in sorted({rule.since for rule in book.rules}):
            plan = book.on(day)
            for rule in plan.order:
                for example in examples_of(plan, rule):
                    assert example.expected
