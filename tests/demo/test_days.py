"""The calendar of a synthetic year."""

from datetime import date

import pytest

from opendibao.demo.days import opening_days, pay_days
from opendibao.kernel.month import year_months
from opendibao.kernel.workdays import is_workday, pay_due


@pytest.mark.parametrize("year", range(2018, 2028))
def test_every_month_is_booked_by_its_due_day(year: int) -> None:
    for month in year_months(year):
        days = pay_days(month)

        assert days.frozen < days.checked < days.sent <= days.booked <= pay_due(month)
        assert days.booked < days.closed < days.corrected < days.resent < days.rebooked
        assert days.rebooked.year == year


def test_the_freeze_lies_before_its_month_and_after_the_month_befores_last_decision() -> None:
    days = pay_days(date(2024, 10, 1))

    # 2024-09-30 is a Monday before the week of holidays; offices open again on the 8th
    assert days.frozen == date(2024, 9, 30)
    assert days.checked == date(2024, 10, 8)
    assert days.sent == date(2024, 10, 9)
    assert days.booked == date(2024, 10, 10)


def test_the_opening_act_is_signed_on_the_last_working_day_before_the_year() -> None:
    days = opening_days(2024)

    # 2023-12-30 to 2024-01-01 are holidays
    assert days.signed == date(2023, 12, 29)
    assert (days.received, days.corrected) == (date(2023, 12, 27), date(2023, 12, 28))
    assert all(is_workday(day) for day in (days.received, days.corrected, days.signed))
