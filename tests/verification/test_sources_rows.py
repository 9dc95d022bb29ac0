"""来源记录: the days, months and figures that all sources share, at their edges."""

from datetime import date

import pytest

from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import Source
from opendibao.verification.sources.cases import BadCase, case_row, case_runner
from opendibao.verification.sources.rows import (
    case_measure,
    case_yuan,
    in_year,
    income_year,
    listed,
    months_drawn,
    once,
    standing,
    tail,
)

DAY = date(2024, 5, 20)


def test_a_row_stands_from_its_first_day_to_the_day_before_its_end() -> None:
    row = {"from_day": "2024-05-20", "to_day": "2024-05-22"}

    days = [date(2024, 5, day) for day in (19, 20, 21, 22)]

    assert [bool(standing([row], day, began="from_day", ended="to_day")) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("empty", [{}, {"from_day": "", "to_day": ""}, {"from_day": None, "to_day": None}])
def test_what_has_no_days_has_long_begun_and_does_not_end(empty: dict[str, str | None]) -> None:
    assert standing([empty], DAY, began="from_day", ended="to_day") == [empty]


def test_a_thing_said_twice_counts_once_as_it_was_said_last() -> None:
    rows = [{"plate": "赣z1 ", "state": "old"}, {"plate": "赣Z1", "state": "new"}, {"plate": "赣Z2", "state": "new"}]

    assert once(rows, "plate") == rows[1:]


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2024, 5, 20), date(2023, 6, 1), date(2024, 5, 1)),
        (date(2024, 12, 31), date(2024, 1, 1), date(2024, 12, 1)),
    ],
)
def test_the_year_of_income_ends_with_the_month_of_the_decision(on: date, first: date, last: date) -> None:
    assert income_year(on) == (first, last)


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        ("", "", 12), ("2010-01", "", 12), ("2023-06", "2024-05", 12), ("2023-07", "", 11), ("2024-05", "", 1),
        ("2024-06", "", 0), ("2010-01", "2023-06", 1), ("2010-01", "2023-05", 0), ("2024-01", "2024-03", 3),
    ],
)  # fmt: skip
def test_the_months_drawn_in_the_year_are_counted_with_both_ends(since: str, until: str, months: int) -> None:
    assert months_drawn({"since": since, "until": until}, DAY) == months


def test_a_month_before_or_after_the_year_is_left_out() -> None:
    rows = [{"month": month} for month in ("2023-05", "2023-06", "2024-05", "2024-06", "")]

    assert [row["month"] for row in in_year(rows, DAY, month="month")] == ["2023-06", "2024-05"]


@pytest.mark.parametrize(("fen", "said"), [(9_800_000, "98000"), (9_800_050, "98000.50"), (5, "0.05"), (100, "1")])
def test_money_is_written_as_a_case_writes_it(fen: int, said: str) -> None:
    assert case_yuan(fen) == said


@pytest.mark.parametrize(
    ("hundredths", "said"), [(450, "4.5"), (1000, "10"), (12, "0.12"), (100, "1"), (1050, "10.5"), (10_025, "100.25")]
)
def test_a_measure_is_written_as_a_case_writes_it(hundredths: int, said: str) -> None:
    assert case_measure(hundredths) == said


@pytest.mark.parametrize(
    ("account", "said"), [("6217 9999 0000 1234", "1234"), ("12", "12"), ("", ""), ("P-20-0017", "0017")]
)
def test_of_an_account_only_the_last_four_places_are_said(account: str, said: str) -> None:
    assert tail(account) == said


def test_of_many_things_five_are_named() -> None:
    assert listed(["甲", "乙", "丙", "丁", "戊"]) == "甲、乙、丙、丁、戊"
    assert listed(["甲", "乙", "丙", "丁", "戊", "己"]) == "甲、乙、丙、丁、戊等6项"


def test_a_case_is_read_as_a_department_writes_it() -> None:
    row = case_row(SOURCES["real_estate"], {"use": "成套住宅", "area": "89.50", "built": "2018", "share": None})

    assert row == {"use": "dwelling", "area": 8950, "built": 2018, "share": ""}


@pytest.mark.parametrize(
    ("row", "fault"), [({"colour": "红"}, "没有列：colour"), ({"use": "城堡"}, "列“规划用途”没有“城堡”这个写法")]
)
def test_a_case_with_a_slip_is_refused(row: dict[str, str], fault: str) -> None:
    with pytest.raises(BadCase, match=fault):
        case_row(SOURCES["real_estate"], row)


def test_a_source_that_finds_nothing_has_no_cases() -> None:
    with pytest.raises(BadCase, match="来源 tax 没有 found"):
        case_runner(Source("tax", "税务", "纳税记录"))({"on": "2024-05-20", "rows": []})
