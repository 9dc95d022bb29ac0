"""The findings W01 to W05 of a sheet."""

from decimal import Decimal
from typing import Any

from opendibao.evaluation.checkup.finding import Severity
from opendibao.evaluation.checkup.scored_sheet import check_sheet, conclusion, rounding_tail
from opendibao.evaluation.scoring import score_sheet
from opendibao.evaluation.sheet import parse_sheet
from tests.evaluation.sheets import county_sheet, number


def found(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one.id, one.where) for one in check_sheet(score_sheet(parse_sheet(data)))]


def test_the_county_sheet_has_its_known_findings() -> None:
    ids = [name for name, _ in found(county_sheet("6300.38"))]
    # rows 5 and 6 met yet one point down; rows 1 and 2 lose 20 % for less than 1 % over
    assert ids == ["W01", "W02", "W04", "W04", "W05", "W05"]


def test_a_finding_names_its_row() -> None:
    assert ("W04", "指标表第5行“农村低保对象人数”") in found(county_sheet())


def test_parts_that_add_up_leave_no_tail() -> None:
    assert "W01" not in [name for name, _ in found(county_sheet("6300.37"))]


def test_a_difference_too_large_for_rounding_is_no_tail() -> None:
    parts = [Decimal("5331.78"), Decimal("968.59")]
    assert rounding_tail(Decimal("6300.38"), parts, where="概况")[0].id == "W01"
    assert rounding_tail(Decimal("6300.39"), parts, where="概况") == []


def test_a_sheet_of_ninety_without_execution_is_an_error() -> None:
    sheet = county_sheet() | {"budget": None}
    finding = next(one for one in check_sheet(score_sheet(parse_sheet(sheet))) if one.id == "W02")
    assert finding.severity is Severity.ERROR
    assert "90" in finding.zh


def test_execution_beside_the_table_is_only_worth_a_warning() -> None:
    finding = next(one for one in check_sheet(score_sheet(parse_sheet(county_sheet()))) if one.id == "W02")
    assert finding.severity is Severity.WARNING


def test_a_sheet_of_a_hundred_is_quiet() -> None:
    assert found({"indicators": [number("训", "at_least", 4, 4, 100)]}) == []


def test_a_hundred_and_execution_on_top_is_an_error() -> None:
    sheet = {
        "indicators": [number("训", "at_least", 4, 4, 100)],
        "budget": {"planned": 1, "executed": 1, "weight": 10},
    }
    assert [name for name, _ in found(sheet)] == ["W02"]


def test_the_rule_s_own_score_is_no_finding() -> None:
    sheet = {"indicators": [number("训", "at_least", 4, 3, 100, given_score=75, reason="停电一次")]}
    assert found(sheet) == []


def test_a_conclusion_needs_total_and_grade() -> None:
    assert conclusion("96.00", "优", where="三") == []
    assert "总分和等级" in conclusion("", " ", where="三")[0].zh
    assert conclusion("96.00", "", where="三")[0].id == "W03"
