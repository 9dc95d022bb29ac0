from datetime import date

import pytest

from opendibao.kernel.month import (
    NotAMonth,
    add_months,
    age_on,
    days,
    last_day,
    month_of,
    month_text,
    months_between,
    parse_month,
    year_months,
)


def test_a_month_is_its_first_day() -> None:
    assert month_of(date(2024, 5, 20)) == parse_month("2024-05") == date(2024, 5, 1)
    assert month_text(date(2024, 5, 1)) == "2024-05"


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "2024-5", "2024/05", "202405", "", "2024-05-01", "２０２４-05"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth, match="2024-05"):
        parse_month(text)


def test_months_are_counted_over_the_turn_of_the_year() -> None:
    assert add_months(date(2024, 12, 1), 1) == date(2025, 1, 1)
    assert add_months(date(2024, 1, 1), -1) == date(2023, 12, 1)
    assert months_between(date(2023, 12, 1), date(2024, 2, 1)) == 3
    assert months_between(date(2024, 2, 1), date(2024, 1, 1)) == 0
    assert len(year_months(2024)) == 12


def test_february_has_its_leap_day() -> None:
    assert last_day(date(2024, 2, 1)) == date(2024, 2, 29)
    assert last_day(date(2023, 2, 1)) == date(2023, 2, 28)
    assert days(date(2024, 2, 28), 2) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2006, 5, 20), date(2024, 5, 19), 17),
        (date(2006, 5, 20), date(2024, 5, 20), 18),
        (date(2004, 2, 29), date(2022, 2, 28), 17),
        (date(2004, 2, 29), date(2022, 3, 1), 18),
    ],
)
def test_a_year_of_age_is_full_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
