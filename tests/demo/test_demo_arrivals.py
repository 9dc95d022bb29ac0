"""到位资金的演示: a small county's plan brings its budget to the fen, covers every month, and is late once."""

from datetime import date, datetime

import pytest

from opendibao.budget.actions import propose_budget
from opendibao.budget.arrivals import ArrivalRow, arrivals
from opendibao.budget.funds import county_due_on, fund_shares, late_shares
from opendibao.demo import arrivals as demo
from opendibao.demo.days import office_hour, pay_days
from opendibao.demo.officers import FINANCE, acting_as
from opendibao.demo.payday import FIRST_ORDER
from opendibao.demo.plan import CountyPlan
from opendibao.demo.targets import Targets, parse_targets
from opendibao.kernel.money import FEN_PER_WAN_YUAN, FEN_PER_YUAN
from opendibao.kernel.month import year_months
from opendibao.kernel.workdays import is_workday
from tests.demo.builders import targets_text
from tests.payment.builders import at

EVE = date(2023, 12, 29)


@pytest.fixture
def targets() -> Targets:
    return parse_targets(targets_text())


@pytest.fixture
def brought(db: None, small: CountyPlan, targets: Targets) -> list[ArrivalRow]:
    """The year's arrivals, entered over an approved budget of 178 and 56 万元; next year's stand last."""
    with acting_as(FINANCE, small.county_code):
        for area in ("rural", "urban"):
            propose_budget(
                small.year, area, division=small.county_code, last_year_persons=1, standard_fen=1,
                average_benefit_fen=1, price_factor_bp=10_000, expected_entries=0, reserve_bp=0,
                approved_fen=targets.sheet[f"{area}_paid"] * FEN_PER_WAN_YUAN, approved_on=EVE, at=at(EVE),
            )  # fmt: skip
    for day, _order, act in sorted(demo.arrivals(small, targets), key=lambda step: step[:2]):
        act(office_hour(day))
    with acting_as(FINANCE, small.county_code):
        return [*arrivals(small.year), *arrivals(small.year + 1)]


def of(brought: list[ArrivalRow], year: int, source: str) -> int:
    return sum(row.fen for row in brought if (row.year, row.source) == (year, source))


def test_the_levels_bring_the_budget_to_the_fen(brought: list[ArrivalRow], small: CountyPlan) -> None:
    assert of(brought, small.year, "allocation") == (178 + 56) * FEN_PER_WAN_YUAN
    with acting_as(FINANCE, small.county_code):
        shares = fund_shares(small.year, date(small.year, 12, 31))
    assert [(row.level, row.outstanding_fen) for row in shares] == [
        ("central", 0), ("province", 0), ("city", 0), ("county", 0)
    ]  # fmt: skip


def test_half_of_the_county_share_is_late_once(brought: list[ArrivalRow], small: CountyPlan) -> None:
    with acting_as(FINANCE, small.county_code):
        (late,) = late_shares(small.year, date(small.year, 12, 31))
        assert late.due_on == county_due_on(small.year) == date(small.year, 3, 31)
    # 15 % of 234 万元, half of it; fifteen working days after the end of March
    assert (late.fen, late.arrived_on, late.days) == (17_550_000, date(2024, 4, 22), 22)


def test_every_month_is_there_when_its_file_goes_out(
    brought: list[ArrivalRow], small: CountyPlan, targets: Targets
) -> None:
    # the county shrinks over its year: a month costs at most a tenth more than the mean
    dearest = targets.paid["total"].window()[-1] * FEN_PER_YUAN * 11 // (12 * 10)
    cost = 0
    for month in year_months(small.year):
        cost = min(cost + dearest, targets.paid["total"].window()[-1] * FEN_PER_YUAN)
        there = sum(row.fen for row in brought if row.year == small.year and row.arrived_on <= pay_days(month).sent)
        assert there >= cost, month


def test_next_years_money_is_there_before_its_first_file(brought: list[ArrivalRow], small: CountyPlan) -> None:
    ahead = of(brought, small.year + 1, "allocation")
    # half of 85 % of this year's budget: more than five months
    assert ahead == (178 + 56) * FEN_PER_WAN_YUAN * 85 // 200
    assert all(row.arrived_on < date(small.year + 1, 1, 1) for row in brought)


def test_all_is_entered_on_working_days_before_what_is_sent_on_them(small: CountyPlan, targets: Targets) -> None:
    for day, order, act in demo.arrivals(small, targets):
        assert is_workday(day)
        assert order < FIRST_ORDER
        assert isinstance(office_hour(day), datetime)
        assert callable(act)
