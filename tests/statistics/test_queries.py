"""统计: stock of a day and movements of a year, each counted by hand; late knowledge changes only the present."""

from datetime import UTC, date, datetime

import pytest

from opendibao.statistics.queries import (
    AGE_BANDS,
    Count,
    by_age,
    entered_households,
    entered_persons,
    households_in_force,
    in_force,
    left_households,
    left_persons,
    movements,
    movements_by_month,
    persons_in_force,
)
from tests.conftest import ActAs
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, Family, at, family

EVE, LAST = date(2023, 12, 31), date(2024, 12, 31)
MARCH_20 = date(2024, 3, 20)
pytestmark = pytest.mark.usefixtures("county")


def enter(number: str, on: date, *, persons: int = 1) -> Family:
    """A household whose first decision is taken on a day."""
    made = Family(number, persons=persons).enter()
    first_month = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    made.decide("increase", on, fen=1000, first_month=first_month, cause="application")
    return made


class TestStock:
    def test_households_and_persons_count_by_area(self) -> None:
        family("A1", persons=3)
        family("B1", persons=2, area="urban")
        stock = in_force(LAST)
        assert (stock.rural, stock.urban, stock.total) == (Count(1, 3), Count(1, 2), Count(2, 5))

    def test_a_decision_counts_from_its_day_whatever_the_first_pay_month(self) -> None:
        enter("N1", date(2024, 12, 31))
        assert in_force(date(2024, 12, 30)).total == Count(0, 0)
        assert in_force(LAST).total == Count(1, 1)

    def test_a_stopped_household_is_out_on_the_day_of_the_stop(self) -> None:
        family("A1").decide("stop", MARCH_20)
        assert in_force(date(2024, 3, 19)).total.households == 1
        assert in_force(MARCH_20).total.households == 0

    def test_a_dead_person_still_counts_on_the_day_of_death(self) -> None:
        made = family("A1", persons=2)
        made.leave(made.people[1], date(2024, 3, 21), known=at(date(2024, 3, 25)))  # died on 03-20
        assert len(persons_in_force(MARCH_20)) == 2
        assert len(persons_in_force(date(2024, 3, 21))) == 1

    def test_rows_are_as_many_as_the_counts(self) -> None:
        family("A1", persons=3)
        family("B1", persons=2, area="urban")
        assert [row.household for row in households_in_force(LAST, "rural")] == ["A1"]
        assert len(persons_in_force(LAST, "urban")) == 2
        assert len(persons_in_force(LAST, limit=2, offset=4)) == 1

    def test_places_count_townships_and_their_villages(self) -> None:
        family("A1", persons=3)
        family("B1", division=OTHER_VILLAGE)
        family("C1", division=FAR_VILLAGE)
        stock = in_force(LAST)
        towns = [(row.name, row.households, row.persons) for row in stock.by_place()]
        assert towns == [("镇100", 2, 4), ("镇101", 1, 1)]
        assert [row.name for row in stock.by_place("360429100000")] == ["东村", "西村"]
        assert stock.within("360429101000").total == Count(1, 1)

    def test_ages_are_full_years_on_the_day(self) -> None:
        made = family("A1")  # born 1960-01-02: 64
        made.join(date(2008, 12, 31), since=date(2020, 1, 1))  # 16 on the very day
        made.join(date(2009, 1, 1), since=date(2020, 1, 1))  # 15
        bands = {row.band: row.persons for row in by_age(LAST)}
        assert list(bands) == list(AGE_BANDS.values())
        assert (bands["0—15岁"], bands["16—17岁"], bands["60—69岁"], bands["80岁以上"]) == (1, 1, 1, 0)


class TestKnownAt:
    def test_a_late_death_changes_the_present_and_not_what_was_known(self) -> None:
        made = family("A1", persons=2)
        made.leave(made.people[1], date(2024, 3, 21), known=datetime(2025, 2, 1, tzinfo=UTC))
        assert in_force(LAST).total.persons == 1
        assert in_force(LAST, known_at=datetime(2025, 1, 6, tzinfo=UTC)).total.persons == 2
        assert len(persons_in_force(LAST, None, datetime(2025, 1, 6, tzinfo=UTC))) == 2

    def test_movements_as_known_do_not_know_the_late_death(self) -> None:
        made = family("A1", persons=2)
        made.leave(made.people[1], date(2024, 3, 21), known=datetime(2025, 2, 1, tzinfo=UTC))
        assert movements(2024).left == Count(0, 1)
        assert movements(2024, known_at=datetime(2025, 1, 6, tzinfo=UTC)).left == Count(0, 0)

    def test_a_stop_is_not_known_before_its_day(self) -> None:
        family("A1").decide("stop", MARCH_20)
        assert in_force(LAST, known_at=at(date(2024, 3, 1))).total.households == 1
        assert in_force(LAST, known_at=at(date(2024, 3, 21))).total.households == 0


class TestMovements:
    def test_a_year_adds_up_for_households_and_persons(self) -> None:
        stays = family("A1", persons=2)
        stays.join(date(2024, 5, 1), since=date(2024, 5, 1))  # a birth
        stays.leave(stays.people[1], date(2024, 7, 2), known=at(date(2024, 7, 5)))  # a death
        family("X1", persons=3).decide("stop", MARCH_20)
        enter("N1", date(2024, 6, 3), persons=4)
        found = movements(2024)
        assert found.opening == Count(2, 5)
        assert found.entered == Count(1, 1 + 4)
        assert found.left == Count(1, 1 + 3)
        assert found.closing == Count(2, 6)
        assert found.closing == in_force(LAST).total
        assert found.opening == in_force(EVE).total

    def test_a_new_amount_is_no_movement(self) -> None:
        family("A1").decide("increase", MARCH_20, fen=63000, first_month=date(2024, 4, 1))
        found = movements(2024)
        assert (found.entered, found.left) == (Count(0, 0), Count(0, 0))

    def test_who_enters_and_leaves_within_the_year_counts_twice(self) -> None:
        enter("N1", date(2024, 2, 5)).decide("stop", date(2024, 11, 4))
        found = movements(2024)
        assert (found.opening, found.entered, found.left, found.closing) == (
            Count(0, 0), Count(1, 1), Count(1, 1), Count(0, 0),
        )  # fmt: skip

    def test_a_stop_on_the_first_of_january_belongs_to_the_new_year(self) -> None:
        family("A1").decide("stop", date(2024, 1, 1))
        assert movements(2024).opening.households == 1
        assert movements(2024).left.households == 1
        assert movements(2023).left.households == 0

    def test_a_stop_on_the_first_of_the_next_january_leaves_the_stock_whole(self) -> None:
        family("A1").decide("stop", date(2025, 1, 1))
        assert movements(2024).closing.households == 1

    def test_moving_between_two_households_in_force_is_no_movement(self) -> None:
        one, two = family("A1", persons=2), family("B1")
        mover = one.people[1]
        one.leave(mover, MARCH_20, known=at(MARCH_20))
        two.belong(mover, MARCH_20, known=at(MARCH_20))
        found = movements(2024)
        assert (found.entered.persons, found.left.persons, found.closing.persons) == (0, 0, 3)

    def test_a_change_of_relation_is_no_movement(self) -> None:
        made = family("A1", persons=2)
        made.leave(made.people[1], MARCH_20, known=at(MARCH_20))
        made.belong(made.people[1], MARCH_20, relation="spouse", known=at(MARCH_20))
        assert movements(2024).left.persons == 0

    def test_rows_stand_behind_the_counts(self) -> None:
        stays = family("A1", persons=2)
        stays.join(date(2024, 5, 1), since=date(2024, 5, 1))
        family("X1", persons=3).decide("stop", MARCH_20)
        enter("N1", date(2024, 6, 3), persons=4)
        found = movements(2024)
        assert [row.household for row in entered_households(2024)] == ["N1"]
        assert [(row.household, row.until) for row in left_households(2024)] == [("X1", MARCH_20)]
        assert len(entered_persons(2024)) == found.entered.persons == 5
        assert len(left_persons(2024)) == found.left.persons == 3
        assert {row.household for row in entered_persons(2024)} == {"A1", "N1"}

    def test_twelve_months_add_up_to_the_year(self) -> None:
        family("X1").decide("stop", MARCH_20)
        enter("N1", date(2024, 3, 4))
        enter("N2", date(2024, 12, 31))
        months = movements_by_month(2024)
        assert len(months) == 12
        assert (months[2].entries, months[2].exits) == (1, 1)
        assert sum(month.entries for month in months) == movements(2024).entered.households == 2


def test_a_township_counts_its_own(act_as: ActAs) -> None:
    family("A1")
    family("C1", persons=2, division=FAR_VILLAGE)
    with act_as("360429101"):
        assert movements(2024).closing == Count(1, 2)
