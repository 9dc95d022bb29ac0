"""资金来源: shares of the approved budget, what came of them, and a county share that is late, by hand."""

from datetime import date

import pytest

from opendibao.budget.actions import propose_budget
from opendibao.budget.arrivals import take_back_arrival
from opendibao.budget.funds import LateShare, county_due_on, fund_shares, late_shares
from tests.budget.papers import END_OF_MARCH, JANUARY_2, came
from tests.payment.builders import COUNTY, at
from tests.payment.months import JANUARY

pytestmark = pytest.mark.usefixtures("county")
APRIL_10, MAY_1 = date(2024, 4, 10), date(2024, 5, 1)


def budget_of(rural: int, urban: int) -> None:
    for area, fen in (("rural", rural), ("urban", urban)):
        propose_budget(
            2024, area, division=COUNTY, last_year_persons=1, standard_fen=1, average_benefit_fen=1,
            price_factor_bp=10_000, expected_entries=0, reserve_bp=0, approved_fen=fen, approved_on=JANUARY,
            at=at(JANUARY),
        )  # fmt: skip


def test_a_level_brings_its_share_of_both_areas() -> None:
    budget_of(100_000, 50_000)
    came(fen=60_000)
    came(fen=40_000, number="二")
    came(source="carried", number="结转", fen=999)
    came(level="province", fen=10_000, arrived_on=APRIL_10)
    seen = [(one.level, one.share_bp, one.expected_fen, one.arrived_fen, one.outstanding_fen)
            for one in fund_shares(2024, END_OF_MARCH)]  # fmt: skip
    assert seen == [
        ("central", 6200, 93_000, 100_000, 0),
        ("province", 1800, 27_000, 0, 27_000),
        ("city", 500, 7_500, 0, 7_500),
        ("county", 1500, 22_500, 0, 22_500),
    ]


def test_a_year_without_a_budget_has_no_shares() -> None:
    came()
    assert fund_shares(2024, END_OF_MARCH) == []


def test_the_day_of_the_county_share_is_a_parameter() -> None:
    assert county_due_on(2024) == END_OF_MARCH


def test_days_and_yuan_of_a_late_county_share() -> None:
    budget_of(100_000, 50_000)  # the county brings 225.00
    assert late_shares(2024, MAY_1) == []  # nothing is entered: nobody knows
    came(level="county", number="县1", fen=10_000, due_on=END_OF_MARCH, arrived_on=JANUARY_2)
    assert late_shares(2024, END_OF_MARCH) == []
    # 125.00 are not there on April 1st
    assert late_shares(2024, date(2024, 4, 1)) == [LateShare("", END_OF_MARCH, None, 1, 12_500)]
    late = came(level="county", number="县2", fen=9_000, due_on=END_OF_MARCH, arrived_on=APRIL_10)
    assert late_shares(2024, MAY_1) == [
        LateShare("县2", END_OF_MARCH, APRIL_10, 10, 9_000),
        LateShare("", END_OF_MARCH, None, 31, 3_500),
    ]
    take_back_arrival(late.pk, number="红", fen=9_000, arrived_on=MAY_1, on=MAY_1, at=at(MAY_1))
    assert late_shares(2024, MAY_1) == [LateShare("", END_OF_MARCH, None, 31, 12_500)]
