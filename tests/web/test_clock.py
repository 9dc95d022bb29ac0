"""The county's clock: Beijing's day and hour; a day that stands still keeps the hour."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from opendibao.web.clock import COUNTY_TIME, now_in_county, today_in_county


def test_a_day_that_stands_still_keeps_the_hour(settings: Any) -> None:
    settings.OPENDIBAO_TODAY, settings.OPENDIBAO_CLOCK_AHEAD = date(2025, 3, 1), timedelta(0)

    before, now, after = datetime.now(COUNTY_TIME), now_in_county(), datetime.now(COUNTY_TIME)

    assert today_in_county() == now.date() == date(2025, 3, 1)
    assert now.utcoffset() == timedelta(hours=8)
    assert before.time() <= now.time() <= after.time() or before.date() < after.date()  # it struck midnight


@pytest.mark.parametrize("hours", [0, 2, 9])
def test_without_it_day_and_hour_are_those_the_clock_was_put_to(settings: Any, hours: int) -> None:
    settings.OPENDIBAO_TODAY, settings.OPENDIBAO_CLOCK_AHEAD = None, timedelta(hours=hours)

    before, now, after = datetime.now(COUNTY_TIME), now_in_county(), datetime.now(COUNTY_TIME)

    assert before <= now - timedelta(hours=hours) <= after
