"""还可以申请: what is pointed to, for whom, by which law of the day; a missing number stops nothing."""

from typing import Any

from opendibao.rules.also import ASKED
from opendibao.rules.answer import Also
from opendibao.rules.assess import assess
from opendibao.rules.book import rule_book
from opendibao.rules.case import parse_case
from tests.rules.test_thresholds import couple, other
from tests.rules.worked_cases import worked


def also(case: dict[str, Any]) -> dict[str, Also]:
    return {one.code: one for one in assess(parse_case(case), trace=False).also}


def test_a_dibao_family_may_ask_for_medical_help_and_for_work() -> None:
    found = also(couple())

    assert set(found) == {"medical", "employment"}
    assert found["employment"].because == "夫、妻有劳动能力而没有工作"
    assert found["medical"].clause == "社会救助暂行办法第二十八条、第二十九条"


def test_the_clause_is_that_of_the_day() -> None:
    assert also(couple(decision_date="2026-07-01"))["medical"].clause == "社会救助法第二十四条"
    assert also(couple(decision_date="2026-06-30"))["medical"].clause.startswith("社会救助暂行办法")


def test_an_edge_family_may_ask_since_the_law() -> None:
    case = couple()
    case["members"][0]["income"] = [other(1600)]

    assert also(case) == {}
    assert "medical" in also(case | {"decision_date": "2026-07-01"})


def test_a_pupil_points_to_the_school() -> None:
    case = couple()
    case["members"].append({"name": "女", "born": "2015-01-01", "relation": "child", "study": "compulsory"})

    assert also(case)["education"].because == "女在校就读；向就读的学校提出"


def test_no_dwelling_points_to_housing_help() -> None:
    assert "housing" in also(couple(property={"financial_assets": 0, "dwellings": 0}))
    assert "housing" not in also(couple())


def test_illness_points_to_temporary_help_whatever_the_income() -> None:
    case = couple()
    case["members"][0] |= {"income": [other(9000)], "severe_illness": True}

    assert also(case)["temporary"].because == "夫患重特大疾病；困难来得突然的，可以申请"


def test_large_bills_are_told_with_their_amount() -> None:
    case = couple()
    case["members"][0]["spending"] = [{"kind": "education", "amount": 9000, "per": "year"}]

    assert also(case)["temporary"].because.startswith("医疗和教育支出一年9,000.00元，超过收入的规定比例")


def test_allowances_whose_texts_we_lack_say_so() -> None:
    case = couple()
    case["members"][1]["disability"] = {"kind": "physical", "grade": 1}

    found = also(case)

    assert found["disability_living"].because == "妻持有残疾人证"
    assert "未核实" in found["disability_care"].clause


def test_the_others_of_a_person_covered_alone_are_an_edge_family() -> None:
    assert also(worked("G08")["case"])["edge"].because == "全家收入和财产合于边缘家庭的规定（本次办的是单人保）"


def test_an_edge_family_with_large_bills_is_one_of_rigid_expenditure_too() -> None:
    case = couple(decision_date="2024-10-08")
    case["members"][0] |= {"income": [other(1600)], "spending": [{"kind": "education", "amount": 12000, "per": "year"}]}

    assert also(case)["rigid"].because == "医疗和教育支出一年12,000.00元，超过收入的规定比例"


def test_a_missing_number_that_only_a_hint_needs_stops_nothing() -> None:
    # on that day no row says whether the basic pension counts; this couple has none
    answer = assess(parse_case(couple(decision_date="2026-03-01")), trace=False)

    assert answer.outcome == "dibao"
    assert {one.code for one in answer.also} == {"medical", "employment"}


def test_no_hint_is_part_of_the_calculation() -> None:
    told = {step.name for step in assess(parse_case(couple())).trace}

    assert not told & set(ASKED)


def test_every_hint_is_a_rule() -> None:
    rules = {rule.name for rule in rule_book().rules}

    assert set(ASKED) == {name for name in rules if name.startswith("may_ask_")}


def test_a_gap_in_the_rules_points_nowhere() -> None:
    assert also(worked("G15")["case"]) == {}
