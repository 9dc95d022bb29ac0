"""发放日历: the days of a month's money by hand, across a weekend and a long holiday."""

from datetime import date

import pytest

from opendibao.payment.calendar import _working_day_from_the_end
from opendibao.payment.queries import PayCalendar, pay_calendar

pytestmark = pytest.mark.usefixtures("county")


def test_a_month_frozen_on_the_last_working_day_before_it() -> None:
    # 2024-03-31 is a Sunday; Qingming is 04-04 to 04-06, and 04-07 is worked
    assert pay_calendar(date(2024, 4, 1)) == PayCalendar(
        month=date(2024, 4, 1),
        freeze_on=date(2024, 3, 29),
        confirm_by=date(2024, 4, 1),
        check_by=date(2024, 4, 1),
        finance_by=date(2024, 4, 2),
        send_by=date(2024, 4, 2),
        due_on=date(2024, 4, 10),
    )


def test_a_tenth_in_the_spring_festival_moves_before_it() -> None:
    # from 2024-02-10 to 02-17 offices are closed
    assert pay_calendar(date(2024, 2, 1)).due_on == date(2024, 2, 9)


def test_every_step_falls_on_a_later_day_than_the_one_before_it_or_the_same() -> None:
    for number in range(1, 13):
        of = pay_calendar(date(2024, number, 1))
        assert of.freeze_on < of.confirm_by <= of.check_by <= of.finance_by <= of.send_by <= of.due_on
        assert of.freeze_on < of.month


@pytest.mark.parametrize(("count", "day"), [(1, date(2024, 3, 29)), (2, date(2024, 3, 28)), (5, date(2024, 3, 25))])
def test_working_days_are_counted_from_the_end_of_the_month_before(count: int, day: date) -> None:
    assert _working_day_from_the_end(date(2024, 4, 1), count) == day
