"""运行监控: forecasts by hand, the lights at and beside their lines, refusals; whole months and days as counted."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from opendibao.evaluation.actions import load_sheet_from_policy
from opendibao.evaluation.monitoring import (
    AMBER,
    GREEN,
    GREY,
    RED,
    CannotMonitor,
    carried_on,
    judged,
    lights,
    watch,
)
from opendibao.evaluation.queries import indicators
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY, family
from tests.payment.months import JANUARY, paid

END_OF_JULY = date(2024, 7, 31)
TODAY = date(2025, 1, 6)
TARGETS = {"rural_paid": 1, "urban_paid": 1, "rural_persons": 9000, "urban_persons": 1500, "trainings": 4}


class TestCarriedOn:
    def test_money_goes_on_by_the_months_that_were_booked(self) -> None:
        found = carried_on(indicators()["rural_benefit_paid"], Decimal("3100.50"), END_OF_JULY, 7)

        assert found == (Fraction(31005, 10) * 12 / 7, "3100.50÷已到账7个月×12")

    def test_before_the_first_month_nothing_is_carried_on(self) -> None:
        assert carried_on(indicators()["rural_benefit_paid"], Decimal(0), date(2024, 1, 3), 0)[0] is None

    def test_the_share_of_the_budget_goes_on_like_the_money(self) -> None:
        assert carried_on(indicators()["fund_use"], Decimal("50.00"), END_OF_JULY, 6)[0] == 100

    def test_a_count_goes_on_by_the_days_of_its_year(self) -> None:
        trainings = indicators()["staff_trainings"]

        assert carried_on(trainings, Decimal(2), END_OF_JULY, 7) == (Fraction(2 * 366, 213), "2÷已过213天×全年366天")
        assert carried_on(trainings, Decimal(2), date(2023, 7, 31), 7)[0] == Fraction(2 * 365, 212)
        assert carried_on(trainings, Decimal(4), date(2024, 12, 31), 12)[0] == 4

    def test_what_is_a_state_or_a_rate_stays(self) -> None:
        for code in ("rural_persons", "satisfaction", "paid_by_tenth"):
            assert carried_on(indicators()[code], Decimal("97.09"), END_OF_JULY, 7) == (
                Fraction(9709, 100),
                "按现值保持到年底",
            )


class TestLights:
    @pytest.mark.parametrize(
        ("forecast", "direction", "light"),
        [
            ("100", "at_least", GREEN), ("99.99", "at_least", AMBER), ("90", "at_least", AMBER),
            ("89.99", "at_least", RED), ("100", "at_most", GREEN), ("110", "at_most", AMBER),
            ("110.01", "at_most", RED), ("100", "equal", GREEN), ("109", "equal", AMBER), ("50", "equal", RED),
        ],
    )  # fmt: skip
    def test_of_a_target_of_a_hundred(self, forecast: str, direction: str, light: str) -> None:
        assert judged(Fraction(forecast), Decimal(100), direction)[0] == light

    def test_what_rounds_to_the_target_reaches_it(self) -> None:
        assert judged(Fraction(99996, 1000), Decimal(100), "at_least")[0] == GREEN

    def test_of_a_target_of_nothing(self) -> None:
        assert judged(Fraction(0), Decimal(0), "equal") == (GREEN, None)
        assert judged(Fraction(1), Decimal(0), "at_most") == (RED, None)


@pytest.mark.usefixtures("county")
class TestWatch:
    @pytest.fixture(autouse=True)
    def lived(self, county: None) -> None:
        family("A1", fen=62000, persons=2)
        paid(JANUARY)
        load_sheet_from_policy(YEAR, COUNTY, TARGETS, at=LOCKED)

    def test_money_of_one_month_is_carried_on_to_twelve(self) -> None:
        found = watch(YEAR, COUNTY, as_of=date(2024, 1, 31), today=TODAY)

        rural = next(row for row in found.rows if row.code == "rural_benefit_paid")
        assert (found.months, rural.done, rural.forecast) == (1, "0.06万元", "0.72万元")
        assert (rural.light, rural.formula) == (GREEN, "0.06÷已到账1个月×12")

    def test_only_what_was_known_on_the_day_counts(self) -> None:
        found = watch(YEAR, COUNTY, as_of=date(2024, 1, 2), today=TODAY)

        assert found.months == 0
        assert next(row for row in found.rows if row.code == "rural_benefit_paid").light == GREY

    def test_every_row_has_one_light(self) -> None:
        found = watch(YEAR, COUNTY, as_of=END_OF_JULY, today=TODAY)

        assert sum(lights(found.rows).values()) == len(found.rows) == 14

    @pytest.mark.parametrize(
        ("as_of", "told"),
        [(date(2023, 12, 31), "不在2024年度里"), (date(2024, 12, 31), "还没有到，今天是2024-08-01")],
    )
    def test_another_day_is_refused(self, as_of: date, told: str) -> None:
        with pytest.raises(CannotMonitor, match=told):
            watch(YEAR, COUNTY, as_of=as_of, today=date(2024, 8, 1))

    def test_a_year_without_a_sheet_is_refused(self) -> None:
        with pytest.raises(CannotMonitor, match="2023年度没有录入指标表"):
            watch(2023, COUNTY, as_of=date(2023, 6, 30), today=TODAY)
