"""发放日历: a step that was done after its day says so, with the day; a late freeze moves the townships' day."""

import pytest

from opendibao.kernel.duties import Duty
from tests.payment.builders import COUNTY, family
from tests.payment.months import JANUARY, paid
from tests.web.conftest import Reader
from tests.web.desk import TOWN, Desk, hired
from tests.web.payment.forms import presses, tidy

RUN = "/pay-runs/2025-01/"


@pytest.fixture
def maker(county: None) -> Desk:
    """The list is frozen on the 6th of January; by the calendar the last day was the 31st of December."""
    tidy("A1", fen=62000)
    desk = Desk(hired("county92", "周编制", division=COUNTY, duties=(Duty.PAY,)))
    presses(desk, RUN, "compute")
    return desk


def calendar(desk: Desk) -> str:
    """The calendar of the run's page in words."""
    return desk.reads(RUN).words.split("发放日历")[1]


def test_what_was_done_late_says_the_day_and_how_late(maker: Desk) -> None:
    assert "12-31 冻结名册 ✓ 01-06 才办，晚 3 个工作日" in calendar(maker)
    assert "01-02 乡镇确认 冻结晚了，顺延到 01-07" in calendar(maker)

    presses(maker, RUN, "sign")
    presses(Desk(hired("clerk91", "陈乡镇", division=TOWN)), f"{RUN}towns/", "confirm")
    assert "01-02 乡镇确认 ✓ 01-06 才办，晚 2 个工作日" in calendar(maker)
    assert "01-02 复核 ▲ 已过 2 个工作日" in calendar(maker)

    checker = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.PAY,)))
    presses(checker, RUN, "check", total="620.00")
    assert "01-02 复核 ✓ 01-06 才办，晚 2 个工作日" in calendar(maker)
    assert "01-03 财政审核 ▲ 已过 1 个工作日" in calendar(maker)


def test_what_was_done_in_time_says_the_day_alone(read: Reader) -> None:
    family("A1", fen=62000)
    paid(JANUARY)

    words = read("/pay-runs/2024-01/").words.split("发放日历")[1]

    assert "12-29 冻结名册 ✓ 01-03 才办，晚 2 个工作日" in words
    assert "01-03 财政审核 ✓ 01-03 已办" in words


def test_who_is_to_check_is_not_offered_to_freeze_the_list_again(maker: Desk) -> None:
    presses(maker, RUN, "sign")
    presses(Desk(hired("clerk91", "陈乡镇", division=TOWN)), f"{RUN}towns/", "confirm")
    checker = Desk(hired("county91", "李审核", division=COUNTY, duties=(Duty.PAY,)))

    again = f"{RUN}compute/again/"
    assert again in maker.reads(RUN).html
    assert again not in checker.reads(RUN).html
