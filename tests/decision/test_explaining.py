"""决定说明: a decision with its calculation, where its facts were written, and what would change it."""

from dataclasses import replace

import pytest

from opendibao.decision.explaining import ROSTER, document_of, explained
from opendibao.decision.queries import decision
from tests.decision.builders import AMOUNT, covered

pytestmark = pytest.mark.usefixtures("places")


def test_a_decision_is_told_with_its_survey_and_its_remedy() -> None:
    found = explained(covered().pk)

    assert found is not None
    assert (found.head, found.answer.monthly_benefit_fen) == ("王秀英", AMOUNT)
    assert found.document == "2024年3月6日入户调查表"
    assert found.remedy == "社会救助暂行办法第六十五条"
    assert found.report_clause.startswith("社会救助暂行办法第十三条")


def test_a_fact_is_traced_to_the_survey() -> None:
    found = explained(covered().pk)

    assert found is not None
    step = next(one for one in found.answer.as_json()["trace"] if one["step"] == "farming")
    said = step["sources"]["自种耕地（百分之一亩）"]["from"]
    assert said == "2024年3月6日入户调查表·members[0].income（farming）"


def test_what_would_change_it_is_worked_out_on_the_facts_of_the_decision() -> None:
    found = explained(covered().pk)

    assert found is not None
    # 15640 ÷ 12 = 1303.33 a month more reaches the line
    assert [one.change for one in found.outlook.thresholds if one.code == "income_up"][1] == 130_334
    assert [one.name for one in found.outlook.keepings] == ["王秀英", "李建国"]


def test_a_decision_of_the_opening_names_the_roster() -> None:
    row = decision(covered().pk)

    assert row is not None
    assert document_of(replace(row, case_id=None)) == ROSTER


def test_nobody_explains_a_decision_that_is_not_there() -> None:
    assert explained(0) is None
