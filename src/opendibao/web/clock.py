"""县里的时间: today and now in Beijing; the demonstration's day stands still."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

COUNTY_TIME = ZoneInfo("Asia/Shanghai")


def _clock() -> datetime:
    return datetime.now(COUNTY_TIME) + settings.OPENDIBAO_CLOCK_AHEAD


def today_in_county() -> date:
    """Today in Beijing time; the demonstration's day stands still."""
    return settings.OPENDIBAO_TODAY or _clock().date()


def now_in_county() -> datetime:
    """Now in Beijing time; in the demonstration the clock runs on the day that stands still."""
    return datetime.combine(today_in_county(), _clock().timetz())
