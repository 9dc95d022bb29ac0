"""缺口预警: the first month that is not covered, by hand."""

from datetime import date

import pytest

from opendibao.budget.actions import propose_budget
from opendibao.budget.shortage import alarm, first_uncovered
from tests.budget.papers import END_OF_MARCH, came
from tests.payment.builders import COUNTY, at, family
from tests.payment.months import JANUARY, approved, paid

FEBRUARY, MARCH, APRIL, MAY, JUNE = (date(2024, month, 1) for month in range(2, 7))
IN_MARCH = date(2024, 3, 9)


@pytest.mark.parametrize(
    ("left", "pace", "coming", "month"),
    [
        (250, 100, {}, JUNE),
        (300, 100, {}, date(2024, 7, 1)),
        (299, 100, {}, JUNE),
        (99, 100, {}, APRIL),
        (0, 100, {}, APRIL),
        (-5, 100, {}, APRIL),
        (250, 0, {}, None),
        (250, -3, {}, None),
        # what comes in June pays June, and what comes in July is too late for it
        (250, 100, {JUNE: 50}, date(2024, 7, 1)),
        (250, 100, {date(2024, 7, 1): 500}, JUNE),
        # ten years
        (12_000, 100, {}, None),
        (11_999, 100, {}, date(2034, 3, 1)),
    ],
)
def test_the_first_month_that_is_not_covered(left: int, pace: int, coming: dict[date, int], month: date | None) -> None:
    assert first_uncovered(left, pace, MARCH, coming) == month


@pytest.mark.usefixtures("county")
class TestAlarm:
    def test_nothing_is_said_without_arrivals_or_without_a_run(self) -> None:
        family("A1", fen=100_000)
        assert alarm(IN_MARCH) is None
        came(fen=100_000)
        assert alarm(IN_MARCH) is None

    def test_the_mean_of_the_last_months_is_the_pace(self) -> None:
        # January 1,000.00, February 1,000.00 and 500.00: the mean is 1,250.00; 5,000.00 − 2,500.00 are left
        family("A1", fen=100_000)
        came(fen=500_000)
        paid(JANUARY)
        family("B1", fen=50_000)
        paid(FEBRUARY)
        found = alarm(date(2024, 2, 20))
        assert found
        assert (found.left_fen, found.pace_fen, found.last_month) == (250_000, 125_000, FEBRUARY)
        # March and April are covered; the parameter warns two months ahead, and May is the third
        assert (found.runs_out, found.is_near) == (MAY, False)

    def test_a_month_nearer_it_is_near(self) -> None:
        family("A1", fen=100_000)
        came(fen=299_999)
        paid(JANUARY)
        found = alarm(date(2024, 1, 20))
        assert found
        # 1,999.99 are left: February is covered, March is not
        assert (found.runs_out, found.is_near) == (MARCH, True)

    def test_what_the_levels_still_owe_is_told_beside_it(self) -> None:
        family("A1", fen=100_000)
        propose_budget(
            2024, "rural", division=COUNTY, last_year_persons=1, standard_fen=1, average_benefit_fen=1,
            price_factor_bp=10_000, expected_entries=0, reserve_bp=0, approved_fen=400_000, approved_on=JANUARY,
            at=at(JANUARY),
        )  # fmt: skip
        came(fen=100_000)
        came(level="county", fen=60_000, due_on=END_OF_MARCH)
        paid(JANUARY)
        found = alarm(date(2024, 1, 20))
        assert found
        # of 4,000.00: central 2,480.00 less 1,000.00, province 720.00, city 200.00, county 600.00 less 600.00
        assert (found.left_fen, found.expected_fen) == (60_000, 148_000 + 72_000 + 20_000)
        # 600.00 do not pay February; with 2,400.00 more they pay February, March and April
        assert (found.runs_out, found.with_expected) == (FEBRUARY, MAY)

    def test_next_years_money_that_is_there_helps_from_january_on(self) -> None:
        family("A1", fen=100_000)
        came(fen=1_200_000, year=2025, arrived_on=date(2025, 1, 1), number="首年")
        january = date(2025, 1, 1)
        approved(january, date(2024, 12, 31))
        came(fen=300_000, year=2026, arrived_on=date(2025, 1, 2), number="提前下达")
        found = alarm(date(2025, 1, 3))
        assert found
        # eleven months are left until December; three more are there from January 2026 on
        assert (found.left_fen, found.runs_out) == (1_100_000, date(2026, 4, 1))
