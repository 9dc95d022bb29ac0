"""Grades from points out of 100, never from points out of 90."""

from decimal import Decimal

import pytest

from opendibao.evaluation.grading import Grade, grade_of, grade_sheet
from opendibao.evaluation.scoring import Readings, score_sheet
from opendibao.evaluation.sheet import parse_sheet
from tests.evaluation.sheets import county_sheet

USUAL, SECTOR = "youliangzhongcha", "youxiulianghaohegebuhege"


@pytest.mark.parametrize(
    ("points", "usual", "sector"),
    [
        ("100", "优", "优秀"),
        ("90", "优", "优秀"),
        ("89.99", "良", "良好"),
        ("80", "良", "良好"),
        ("79.99", "中", "合格"),
        ("60", "中", "合格"),
        ("59.99", "差", "不合格"),
        ("0", "差", "不合格"),
    ],
)
def test_each_grade_begins_on_its_bound(points: str, usual: str, sector: str) -> None:
    assert grade_of(Decimal(points), USUAL) == usual
    assert grade_of(Decimal(points), SECTOR) == sector


def graded(total: str, weights: str, execution: str | None, execution_weight: str | None) -> Grade:
    points = None if execution is None else Decimal(execution)
    readings = Readings(Decimal(total), Decimal(weights), Decimal(total), points)
    return grade_sheet(readings, None if execution_weight is None else Decimal(execution_weight), USUAL)


def test_the_county_sheet_is_excellent_in_every_reading_of_a_hundred() -> None:
    grade = grade_sheet(score_sheet(parse_sheet(county_sheet())).readings, Decimal(10), USUAL)
    assert (grade.grade, str(grade.score), grade.basis) == ("优", "96.00", "with_execution")
    assert grade.readings == {"over_weights": "优", "with_execution": "优", "by_rule": "优"}
    assert grade.agreed


def test_eighty_six_of_ninety_is_not_graded_as_eighty_six_of_a_hundred() -> None:
    grade = graded("86", "90", None, None)
    assert (grade.grade, str(grade.score), grade.basis) == ("优", "95.56", "over_weights")


def test_a_sheet_of_a_hundred_is_graded_as_it_stands() -> None:
    grade = graded("79.99", "100", None, None)
    assert (grade.grade, grade.basis) == ("中", "raw")


def test_readings_that_disagree_are_all_shown() -> None:
    # 80.9 ÷ 90 = 89.89 良; 80.9 + 10 = 90.9 优
    grade = graded("80.9", "90", "10", "10")
    assert (grade.grade, grade.readings["over_weights"], grade.agreed) == ("优", "良", False)
