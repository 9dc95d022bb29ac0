from datetime import date

import pytest

from opendibao.kernel.workdays import (
    add_workdays,
    is_verified,
    is_workday,
    on_or_after,
    on_or_before,
    pay_due,
    workdays_between,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 4, 4), False),  # 清明, a Thursday
        (date(2024, 4, 7), True),  # a Sunday made up for it
        (date(2024, 5, 1), False),
        (date(2024, 4, 28), True),
        (date(2024, 5, 11), True),
        (date(2024, 3, 4), True),
        (date(2024, 3, 9), False),
    ],
)
def test_holidays_and_make_up_days_of_2024(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_the_day_after_the_start_is_the_first() -> None:
    # G13: accepted Monday 2024-03-04
    assert add_workdays(date(2024, 3, 4), 3) == date(2024, 3, 7)
    assert add_workdays(date(2024, 3, 4), 30) == date(2024, 4, 16)
    assert add_workdays(date(2024, 3, 4), 45) == date(2024, 5, 9)
    assert add_workdays(date(2024, 3, 4), 0) == date(2024, 3, 4)


def test_working_days_between_count_the_last_one() -> None:
    assert workdays_between(date(2024, 3, 4), date(2024, 4, 16)) == 30
    assert workdays_between(date(2024, 3, 4), date(2024, 3, 4)) == 0
    assert workdays_between(date(2024, 3, 5), date(2024, 3, 4)) == 0


def test_money_is_due_on_the_tenth_or_the_working_day_before() -> None:
    assert pay_due(date(2024, 5, 1)) == date(2024, 5, 10)
    assert pay_due(date(2024, 3, 1)) == date(2024, 3, 8)  # the 10th is a Sunday
    assert pay_due(date(2024, 2, 1)) == date(2024, 2, 9)  # the 10th is 春节; the Friday before it still works


def test_the_nearest_working_day_is_found_on_both_sides() -> None:
    assert on_or_before(date(2024, 5, 4)) == date(2024, 4, 30)
    assert on_or_after(date(2024, 5, 4)) == date(2024, 5, 6)


def test_from_2027_on_only_weekends_are_known_and_that_is_said() -> None:
    assert is_verified(date(2024, 5, 1))
    assert not is_verified(date(2031, 10, 1))
    assert is_workday(date(2031, 10, 1))  # a Wednesday; the holiday is not published yet
    assert not is_workday(date(2031, 10, 4))  # a Saturday
