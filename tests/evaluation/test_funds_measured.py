"""到位资金与评价: the two figures that ask what has arrived, with entries and without."""

from datetime import date

import pytest

from opendibao.budget.arrivals import take_back_arrival
from tests.budget.papers import came
from tests.evaluation import small_county
from tests.evaluation.year import measured, ratio, rows
from tests.payment.builders import at

pytestmark = pytest.mark.usefixtures("county")


def test_what_came_stands_over_the_approved_budget_of_both_areas() -> None:
    small_county.plan_budget()  # 600.00 yuan for each area
    came(fen=30_000, area="rural")
    came(fen=60_000)
    came(source="carried", number="结转", fen=99_999)
    came(fen=99_999, number="明年的", year=2025)
    assert ratio("arrived_rate") == (90_000, 120_000)
    assert measured("arrived_rate").text == "75.00%"
    assert rows("arrived_rate") == [
        ["不分城乡", "—", "—", "60000"], ["农村", "60000", "2024-01-01", "30000"], ["城镇", "60000", "2024-01-01", "—"],
    ]  # fmt: skip


def test_what_is_taken_back_has_not_come() -> None:
    small_county.plan_budget()
    arrival, day = came(fen=120_000), date(2024, 6, 1)
    take_back_arrival(arrival.pk, number="红", fen=20_000, arrived_on=day, on=day, at=at(day))
    assert ratio("arrived_rate") == (100_000, 120_000)


def test_what_was_paid_stands_over_what_came() -> None:
    small_county.live()  # 640.00 yuan to each family
    came(fen=160_000)
    assert ratio("execution_of_arrived") == (128_000, 160_000)
    assert measured("execution_of_arrived").text == "80.00%"
    assert sorted(row[0] for row in rows("execution_of_arrived")) == ["不分城乡", "农村", "城镇"]


def test_the_county_share_stands_over_what_the_county_owes_and_what_came_late_beside_it() -> None:
    small_county.plan_budget()  # 600.00 yuan for each area, of which the county pays 15 %: 180.00
    came(fen=1)
    assert ratio("problem.06") == (0, 18_000)
    share = {"level": "county", "due_on": date(2024, 3, 31)}
    came(number="县1", fen=10_000, arrived_on=date(2024, 3, 31), **share)
    late = came(number="县2", fen=5_000, arrived_on=date(2024, 4, 10), **share)
    came(number="县3", fen=500, arrived_on=date(2024, 4, 1), area="rural", **share)
    take_back_arrival(
        late.pk, number="红", fen=1_000, arrived_on=date(2024, 5, 1), on=date(2024, 5, 1), at=at(date(2024, 5, 1))
    )
    assert ratio("problem.06") == (14_500, 18_000)
    assert measured("problem.06").text == "80.56%"
    assert rows("problem.06") == [
        ["不分城乡", "—", "—", "14000"], ["农村", "60000", "9000", "500"], ["城镇", "60000", "9000", "—"],
    ]  # fmt: skip
    assert rows("problem.06.b") == [
        ["县3", "农村", "2024-03-31", "2024-04-01", "1", "500"],
        ["县2", "不分城乡", "2024-03-31", "2024-04-10", "10", "4000"],
    ]  # fmt: skip
    assert measured("problem.06.b").n == 4_500
