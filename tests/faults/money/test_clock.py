"""钟: a payment is on time by the day the bank booked it, whatever our clocks, zones and midnights say."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from opendibao.kernel.workdays import pay_due
from opendibao.payment.actions import sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import LedgerLeg
from opendibao.payment.queries import month_row
from tests.payment.builders import family
from tests.payment.months import JANUARY, sent

pytestmark = pytest.mark.usefixtures("county")
TENTH, ELEVENTH = date(2024, 1, 10), date(2024, 1, 11)
CHINA = timedelta(hours=8)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The process and its database session in another zone than the county."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, true)", [request.param])
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def booked(day: date, *, taken_on: date, at: datetime) -> tuple[bool | None, date | None]:
    """January booked by the bank on a day and taken in on another: on time, and on which day?"""
    family("A1", fen=62_000)
    run = sent(JANUARY)
    take_return(run.pk, write_result(sendings(run.pk), day, {}), on=taken_on, at=at)
    row = month_row(JANUARY)
    assert row
    return row.is_on_time, row.last_booked_on


def china(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """A moment by the county's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC) - CHINA


def test_the_tenth_is_the_last_day_of_january() -> None:
    assert pay_due(JANUARY) == TENTH


@pytest.mark.parametrize(("day", "is_on_time"), [(TENTH, True), (ELEVENTH, False)])
def test_the_banks_day_decides(zone: str, day: date, is_on_time: bool) -> None:
    assert booked(day, taken_on=ELEVENTH, at=china(ELEVENTH, 9, 0)) == (is_on_time, day)


@pytest.mark.parametrize(
    "moment", [china(TENTH, 23, 59, 59), china(ELEVENTH, 0, 0, 1), china(ELEVENTH, 7, 59), china(ELEVENTH, 8, 1)]
)
def test_the_hour_at_which_we_take_it_in_does_not(zone: str, moment: datetime) -> None:
    # 08:00 in the county is midnight in UTC: the two days differ between midnight and eight
    taken_on = (moment + CHINA).date()

    assert booked(TENTH, taken_on=taken_on, at=moment) == (True, TENTH)
    assert set(LedgerLeg.objects.filter(account="paid").values_list("booked_on", flat=True)) == {TENTH}


def test_taken_in_days_later_it_was_still_on_time(zone: str) -> None:
    assert booked(TENTH, taken_on=date(2024, 1, 31), at=china(date(2024, 1, 31), 17, 0)) == (True, TENTH)


def test_a_clock_set_back_changes_no_day_and_no_order(zone: str) -> None:
    # the file was sent at 10:00; the clock then went back an hour before the answer was taken
    assert booked(TENTH, taken_on=TENTH, at=china(date(2024, 1, 5), 9, 0)) == (True, TENTH)

    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM audit_event WHERE subject LIKE '发放批次%' ORDER BY id")
        actions = [action for (action,) in cursor.fetchall()]
        cursor.execute("SELECT first_broken_event()")
        assert cursor.fetchone() == (None,)
    assert actions.index("发放送银行") < actions.index("收银行回盘")
