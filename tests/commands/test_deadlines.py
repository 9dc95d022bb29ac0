"""opendibao deadlines: G13 of the worked cases, and what is refused."""

import json

import pytest
from click.testing import CliRunner, Result

from opendibao.commands.main import main


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["deadlines", *options])


def test_the_worked_case_of_days() -> None:
    # holidays of 2024: 04-04 … 06, work on 04-07; 05-01 … 05, work on 04-28 and 05-11
    result = run("--accepted", "2024-03-04", "--notice-posted", "2024-03-20", "--decided", "2024-04-10", "--json")

    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "start_survey_by": "2024-03-07",
        "decide_by": "2024-04-16",
        "extended_decide_by": "2024-05-09",
        "notice_ends": "2024-03-26",
        "first_month": "2024-05",
        "pay_by": "2024-05-10",
    }


@pytest.mark.parametrize(
    ("procedure", "decide_by", "extended_decide_by"),
    [
        # 25 working days: 19 to 29 March, 1 to 3 April, the make-up Sunday the 7th, the 8th, the 9th;
        # 40: five more to the 15th … the make-up Sunday 28 April is the 39th
        ("workdays-25-40", "2024-04-09", "2024-04-29"),
        ("workdays-20-30", "2024-04-01", "2024-04-16"),
        ("national-2021", "2024-04-16", "2024-05-09"),
    ],
)
def test_another_procedure_has_other_limits(procedure: str, decide_by: str, extended_decide_by: str) -> None:
    answer = json.loads(run("--accepted", "2024-03-04", "--procedure", procedure, "--json").output)

    assert (answer["decide_by"], answer["extended_decide_by"]) == (decide_by, extended_decide_by)
    assert answer["start_survey_by"] == "2024-03-07"


def test_what_hangs_on_a_day_not_given_is_null() -> None:
    answer = json.loads(run("--accepted", "2024-03-04", "--json").output)

    assert answer["notice_ends"] is answer["first_month"] is answer["pay_by"] is None


def test_a_person_reads_the_days() -> None:
    result = run("--accepted", "2024-03-04")

    assert "审核确认不晚于：2024-04-16" in result.output
    assert "公示" not in result.output


def test_days_beyond_the_published_calendar_are_said_to_be_unverified() -> None:
    result = run("--accepted", "2031-09-22")

    assert result.exit_code == 0
    assert "只按周末推算" in result.output


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--accepted", "2024-02-30"], "--accepted"),
        (["--accepted", "2024-03-04", "--notice-posted", "2024-03-03"], "早于受理日"),
        (["--accepted", "2024-03-04", "--notice-posted", "2024-03-20", "--decided", "2024-03-19"], "早于公示日"),
        (["--accepted", "2020-03-04"], "没有有效的数值"),
        (["--accepted", "9999-12-31"], "年份"),
        (["--accepted", "2024-03-04", "--policy", "moon"], "没有参数包"),
        (["--accepted", "2024-03-04", "--procedure", "moon"], "没有程序“moon”"),
    ],
)
def test_contradicting_days_are_refused(options: list[str], said: str) -> None:
    result = run(*options)

    assert result.exit_code == 1
    assert said in result.output


def test_the_day_of_acceptance_must_be_given() -> None:
    assert run().exit_code == 2
