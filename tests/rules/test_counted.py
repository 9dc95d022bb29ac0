"""计入的收入: kind by kind, of those who count; what is paid away is negative, what is assumed of savings is there."""

from typing import Any

from opendibao.rules.assess import assess
from opendibao.rules.case import parse_case
from opendibao.rules.counted import incomes
from tests.rules.test_thresholds import couple
from tests.rules.worked_cases import worked


def of(case: dict[str, Any]) -> dict[str, int]:
    return dict(incomes(assess(parse_case(case))))


def test_income_is_told_kind_by_kind() -> None:
    # 1200 × 8 − 200 × 8 = 8000 of wages, 6 mu × 500 = 3000
    assert of(worked("G01")["case"]) == {"工资性收入": 800_000, "种植收入": 300_000}


def test_what_is_paid_away_is_taken_off() -> None:
    case = couple()
    case["members"][0]["spending"] = [{"kind": "tax", "amount": 20, "per": "month"}]

    assert of(case) == {"其他收入": 672_000, "转移性支出": -24_000}


def test_who_does_not_count_earns_nothing_for_the_household() -> None:
    case = couple()
    case["members"][0]["absent"] = "prison"

    assert of(case) == {}


def test_interest_that_is_assumed_of_savings_is_told() -> None:
    # 1 % of 10000 a year
    rate = {"income.interest.assumed_rate": [{"from": "2024-01-01", "value": "0.01"}]}
    case = couple(overrides=rate, property={"financial_assets": 10_000, "dwellings": 1})

    found = of(case)

    assert sum(found.values()) == 672_000 + 10_000 == assess(parse_case(case)).income_year_fen


def test_where_a_rule_is_missing_nothing_is_told() -> None:
    assert of(worked("G15")["case"]) == {}
