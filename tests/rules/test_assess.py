import copy
from typing import Any

import pytest

from opendibao.policy.reader import load_pack
from opendibao.rules.assess import assess, assess_many, rule_set_hash
from opendibao.rules.case import CaseError, parse_case
from tests.rules.worked_cases import NAMES, worked


def _couple(**changes: Any) -> dict[str, Any]:
    """两口之家: a rural couple with 560 yuan a month; 740×2−560 = 920."""
    return {
        "decision_date": "2024-05-20",
        "policy": "jx-demo-2024",
        "area": "rural",
        "members": [
            {"name": "夫", "born": "1980-01-01", "relation": "head", "income": [_other(560)]},
            {"name": "妻", "born": "1981-01-01", "relation": "spouse"},
        ],
        "property": {"financial_assets": 0, "dwellings": 1},
    } | changes


def _other(amount: int | str) -> dict[str, Any]:
    return {"kind": "other", "amount": amount, "per": "month"}


def test_no_worked_household_is_lost() -> None:
    # G01 … G35, and G09 in two forms; G13 is about days (tests/commands/test_deadlines.py)
    numbers = {f"G{n:02d}" for n in range(1, 36)} - {"G09", "G13"}

    assert set(NAMES) == numbers | {"G09a", "G09b"}


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_case_holds_to_the_fen(name: str) -> None:
    given = worked(name)

    answer = assess(parse_case(given["case"])).as_json()

    assert {key: answer[key] for key in given["expect"]} == given["expect"]


def test_all_worked_cases_together_give_what_each_gives_alone() -> None:
    given = [worked(name) for name in NAMES]

    answers = assess_many([one["case"] for one in given])

    for one, answer in zip(given, answers, strict=True):
        assert {key: answer.as_json()[key] for key in one["expect"]} == one["expect"]


def test_every_reason_and_every_step_names_its_clause() -> None:
    for name in NAMES:
        answer = assess(parse_case(worked(name)["case"]))
        assert all(reason.zh and reason.clause for reason in answer.reasons), name
        assert all(step.zh and step.clause and step.formula for step in answer.trace), name


def test_the_two_property_reasons_of_the_second_house_are_named() -> None:
    # G06: 98000 > 24×740×4 = 71040, within 36×740×4 = 106560; two dwellings fail both
    answer = assess(parse_case(worked("G06")["case"]))

    codes = {reason.code for reason in answer.reasons}
    assert {"assets_over_dibao", "dwellings_over"} <= codes
    assert "assets_over_edge" not in codes


def test_the_exempt_vehicle_is_told() -> None:
    answer = assess(parse_case(worked("G07")["case"]))

    assert [r.zh for r in answer.reasons if r.code == "vehicle_exempt"] == ["残疾人代步车是生产生活必需财产，予以豁免"]


def test_after_the_last_day_of_the_pension_row_nobody_guesses() -> None:
    answer = assess(parse_case(worked("G15")["case"]))

    assert answer.outcome == "rule_gap"
    assert answer.payments == []
    assert answer.monthly_benefit_fen == 0
    assert "2025-12-31" in answer.reasons[0].zh


def test_the_same_household_on_the_last_day_is_decided() -> None:
    case = copy.deepcopy(worked("G15")["case"]) | {"decision_date": "2025-12-31"}

    assert assess(parse_case(case)).as_json()["monthly_benefit"] == "740.00"


def test_money_starts_the_month_after_the_decision() -> None:
    answer = assess(parse_case(_couple(decision_date="2024-12-31")))

    assert answer.first_month == "2025-01"
    assert [p.as_json() for p in answer.payments] == [{"from": "2025-01", "to": None, "amount": "920.00"}]


@pytest.mark.parametrize(
    ("yearly", "outcome", "benefit"),
    [
        ("17759.99", "dibao", "1.00"),  # one fen below 740×12×2 = 17760: a month's part of it is rounded up to a yuan
        ("17760.00", "edge", "0.00"),
        ("17760.01", "edge", "0.00"),
        ("26639.99", "edge", "0.00"),  # 1.5 × 17760 = 26640
        ("26640.00", "none", "0.00"),
    ],
)
def test_a_fen_decides_at_the_lines(yearly: str, outcome: str, benefit: str) -> None:
    case = _couple()
    case["members"][0]["income"] = [{"kind": "other", "amount": yearly, "per": "year"}]

    answer = assess(parse_case(case)).as_json()

    assert (answer["outcome"], answer["monthly_benefit"]) == (outcome, benefit)


def test_a_what_if_row_holds_from_its_day() -> None:
    # 800×2−560 = 1040 from 2025 on; before it the pack's 740 holds
    rows = {"standard.rural": [{"from": "2025-01-01", "value": 800}]}

    before = assess(parse_case(_couple(overrides=rows)))
    after = assess(parse_case(_couple(overrides=rows, decision_date="2025-01-10")))

    assert (before.monthly_benefit_fen, after.monthly_benefit_fen) == (92000, 104000)


def test_a_death_counts_from_the_month_after_and_the_rest_is_recovered() -> None:
    # two persons 1394 until April; in May one is left: 740×1−560 = 180
    case = _couple(decision_date="2024-05-20", paid={"2024-04": 920, "2024-05": 920})
    case["members"][1]["died"] = "2024-04-10"

    answer = assess(parse_case(case)).as_json()

    assert answer["members"] == 1
    assert answer["monthly_benefit"] == "180.00"
    assert answer["recover"] == "740.00"  # May alone: 920 − 180; April was due in full


def test_the_refusing_member_loses_his_own_share_only() -> None:
    # the year's gap 11040, half of it: 5520 / 12 = 460
    case = _couple()
    case["members"][0]["work_refusals"] = 3

    assert assess(parse_case(case)).monthly_benefit_fen == 46000


def test_a_rigid_household_exists_from_october_on() -> None:
    # urban couple, 3000 a month (above 1.5 × 945 × 2 = 2835), 18001 a year of 36000 for schooling
    case = _couple(area="urban")
    case["members"][0] |= {
        "income": [_other(3000)],
        "spending": [{"kind": "education", "amount": 18001, "per": "year"}],
    }

    september = assess(parse_case(case | {"decision_date": "2024-09-30"}))
    october = assess(parse_case(case | {"decision_date": "2024-10-08"}))

    assert (september.outcome, october.outcome) == ("none", "rigid_expenditure")


def test_a_man_without_anybody_is_tekun_and_not_dibao() -> None:
    case = _couple()
    case["members"] = [{"name": "翁", "born": "1950-01-01", "relation": "head"}]

    answer = assess(parse_case(case))

    assert (answer.outcome, answer.monthly_benefit_fen) == ("tekun", 0)


def test_the_rule_set_names_rules_and_numbers() -> None:
    plain = assess(parse_case(_couple()))
    changed = assess(parse_case(_couple(overrides={"standard.rural": [{"from": "2030-01-01", "value": 900}]})))

    assert plain.rule_set == rule_set_hash(load_pack("jx-demo-2024"))
    assert plain.rule_set != changed.rule_set


def test_the_first_refused_case_of_many_is_named_by_its_place() -> None:
    with pytest.raises(CaseError) as refusal:
        assess_many([_couple(), _couple(area="town")])

    assert refusal.value.key == "[1].area"
