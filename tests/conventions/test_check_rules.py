"""体检规则: the page of the rules is current, and each rule can be read by a person."""

import re

import pytest

from opendibao.evaluation.checkup.catalogue import checks
from opendibao.evaluation.checkup.finding import SEVERITIES
from tests.conventions.check_rules import FAMILIES, MEANT, PAGE, page_text

CHINESE = re.compile(r"[一-鿿]")
# the findings that a county's report must be told of
WANTED = {f"W{number:02d}" for number in range(1, 24)}


def test_the_page_is_what_the_rules_say() -> None:
    assert PAGE.read_text("utf-8") == page_text(), "请运行 make docs"


def test_every_severity_is_explained() -> None:
    assert set(MEANT) == set(SEVERITIES.values())


def test_all_findings_of_a_county_s_report_have_a_rule() -> None:
    assert WANTED - {one.id for one in checks()} == set()


@pytest.mark.parametrize("rule", checks(), ids=lambda rule: rule.id)
def test_a_rule_has_a_lasting_id_of_a_known_family_and_says_what_it_looks_for(rule) -> None:  # type: ignore[no-untyped-def]
    assert re.fullmatch(r"[A-Z]\d\d", rule.id)
    assert rule.id[0] in FAMILIES
    assert CHINESE.search(rule.zh)
