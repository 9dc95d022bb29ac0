from datetime import date

import pytest

from opendibao.formula.trial import NotGiven, leaf_names, try_rule
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import parse_case
from tests.rules.worked_cases import worked


def _steps(name: str) -> dict[str, dict[str, object]]:
    answer = assess(parse_case(worked(name)["case"])).as_json()
    return {step["step"]: step for step in answer["trace"]}


def test_a_step_names_formula_inputs_numbers_and_clause() -> None:
    step = _steps("G01")["line_year"]

    assert step["zh"] == "全家年保障线"
    assert step["value"] == "26640.00"
    assert step["formula"] == "月保障标准 × 12 × 共同生活的家庭成员人数"
    assert step["inputs"] == {"月保障标准": "740.00", "共同生活的家庭成员人数": 3}
    assert step["clause"] == "社会救助暂行办法第九条"


def test_a_number_of_the_law_is_told_with_its_day_and_source() -> None:
    numbers = _steps("G01")["standard"]["parameters"]

    assert {"name": "standard.rural", "zh": "农村最低生活保障标准（每人每月）", "value": "740.00", "from": "2023-01-01",
            "clause": "演示参数包 jx-demo-2024（合成）", "verified": False} in numbers  # type: ignore[operator]  # fmt: skip


def test_a_step_of_persons_tells_each_person() -> None:
    step = _steps("G01")["wages"]

    assert step["per_member"][:2] == [  # type: ignore[index]
        {"name": "夫", "value": "8000.00"}, {"name": "妻", "value": "0.00"},
    ]  # fmt: skip
    assert step["value"] == "8000.00"


def test_what_was_not_needed_is_not_told() -> None:
    assert "tier_benefit" not in _steps("G01")
    assert "tier_benefit" in _steps("G14")


def test_a_code_is_told_in_words() -> None:
    members = {row["name"]: row["value"] for row in _steps("G12")["standing"]["per_member"]}  # type: ignore[attr-defined]

    assert members["长子"] == "在监狱服刑"
    assert members["祖母"] == "特困人员"


def test_a_trial_asks_for_what_is_missing() -> None:
    rule = next(r for r in rule_book().on(date(2024, 5, 20)).order if r.name == "line_year")

    assert try_rule(rule, {"standard": 74_000, "members": 2}, {}) == 1_776_000
    with pytest.raises(NotGiven, match="members"):
        try_rule(rule, {"standard": 74_000}, {})
    assert leaf_names(rule.expr) == {"standard", "members"}
