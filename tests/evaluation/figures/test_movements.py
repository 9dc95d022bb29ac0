"""增减: opening, entered, left and closing counted by hand, and adding up for the county and for each area."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from opendibao.registry.models import HouseholdPlace
from opendibao.statistics.queries import movements
from tests.evaluation.year import LAST, LATER, adds_up, balance, count, dies, enter, rows, year
from tests.payment.builders import FAR_VILLAGE, KNOWN_FROM, LONG_AGO, OTHER_VILLAGE, Family, at, family

pytestmark = pytest.mark.usefixtures("county")
MARCH_20, JULY_5 = date(2024, 3, 20), date(2024, 7, 5)
NEW_YEAR = date(2025, 1, 1)


def move(made: Family, division: str, on: date) -> None:
    """The family lives elsewhere from a day on."""
    old = HouseholdPlace.objects.get(household=made.household)
    old.recorded = DateTimeTZRange(KNOWN_FROM, at(on))
    old.save(update_fields=["recorded"])
    common = {"household": made.household, "recorded": DateTimeTZRange(at(on), None), "area": made.area}
    HouseholdPlace.objects.create(valid=DateRange(LONG_AGO, on), division=made.division, **common)
    HouseholdPlace.objects.create(valid=DateRange(on, None), division=division, **common)


def test_a_small_county_is_counted_by_hand() -> None:
    stays = family("A1", persons=2)
    stays.join(date(2024, 5, 1), since=date(2024, 5, 1))  # a birth
    dies(stays, 1, JULY_5)
    family("X1", persons=3, area="urban").decide("stop", MARCH_20)
    enter("N1", date(2024, 6, 3), persons=4)

    assert balance("households") == {"opening": 2, "entered": 1, "left": 1, "closing": 2}
    assert balance("persons") == {"opening": 5, "entered": 1 + 4, "left": 1 + 3, "closing": 6}
    assert balance("persons", area="rural") == {
        "opening": 2, "entered": 5, "left": 1, "closing": 6, "in": 0, "out": 0,
    }  # fmt: skip
    assert balance("persons", area="urban") == {
        "opening": 3, "entered": 0, "left": 3, "closing": 0, "in": 0, "out": 0,
    }  # fmt: skip


class TestTheLastDay:
    def test_who_is_stopped_on_the_last_day_is_out_and_has_left_this_year(self) -> None:
        family("A1", persons=2).decide("stop", LAST)
        assert balance("households") == {"opening": 1, "entered": 0, "left": 1, "closing": 0}
        assert balance("persons") == {"opening": 2, "entered": 0, "left": 2, "closing": 0}

    def test_who_dies_on_the_last_day_is_in_and_leaves_next_year(self) -> None:
        dies(family("A1", persons=2), 1, LAST)
        assert balance("persons") == {"opening": 2, "entered": 0, "left": 0, "closing": 2}
        assert balance("persons", year(LATER, of=2025))["left"] == 1

    def test_who_is_stopped_on_new_year_belongs_to_the_new_year(self) -> None:
        family("A1").decide("stop", NEW_YEAR)
        assert balance("households")["closing"] == 1
        assert balance("households", year(LATER, of=2025)) == {"opening": 1, "entered": 0, "left": 1, "closing": 0}

    def test_who_is_decided_on_the_last_day_has_entered(self) -> None:
        enter("N1", LAST, persons=2)
        assert balance("persons") == {"opening": 0, "entered": 2, "left": 0, "closing": 2}


class TestComingBack:
    def test_a_household_that_leaves_and_returns_counts_as_both(self) -> None:
        made = family("A1", persons=2)
        made.decide("stop", MARCH_20)
        made.decide("increase", JULY_5, fen=1000, first_month=date(2024, 8, 1))
        assert balance("households") == {"opening": 1, "entered": 1, "left": 1, "closing": 1}
        assert balance("persons") == {"opening": 2, "entered": 2, "left": 2, "closing": 2}
        assert count("households") == len(rows("households")) == 1

    def test_a_new_amount_is_no_movement(self) -> None:
        family("A1").decide("increase", MARCH_20, fen=63000, first_month=date(2024, 4, 1))
        assert balance("households") == {"opening": 1, "entered": 0, "left": 0, "closing": 1}

    def test_a_person_who_changes_to_another_household_in_force_has_not_moved(self) -> None:
        one, two = family("A1", persons=2), family("B1")
        one.leave(one.people[1], MARCH_20, known=at(MARCH_20))
        two.belong(one.people[1], MARCH_20, known=at(MARCH_20))
        assert balance("persons") == {"opening": 3, "entered": 0, "left": 0, "closing": 3}
        assert [row[2] for row in rows("persons")] == ["A1", "B1", "B1"]


class TestChangingPlace:
    def test_a_household_that_moves_to_another_village_counts_once_where_it_lived_on_the_day(self) -> None:
        made = family("A1", persons=2)
        move(made, OTHER_VILLAGE, MARCH_20)
        assert balance("households") == {"opening": 1, "entered": 0, "left": 0, "closing": 1}
        assert [row[2] for row in rows("opening.households")] == ["东村"]
        assert [row[2] for row in rows("households")] == ["西村"]
        assert [row[4] for row in rows("persons")] == ["西村", "西村"]

    def test_who_leaves_after_a_move_leaves_from_the_new_village(self) -> None:
        made = family("A1")
        move(made, FAR_VILLAGE, MARCH_20)
        made.decide("stop", JULY_5)
        assert rows("left.households") == [["A1", "镇101", "远村", "农村", "2023-06-15", "2024-07-05"]]

    def test_a_household_without_a_known_place_still_counts(self) -> None:
        made = family("A1")
        row = HouseholdPlace.objects.get(household=made.household)
        row.recorded = DateTimeTZRange(KNOWN_FROM, at(MARCH_20))  # corrected away and not replaced
        row.save(update_fields=["recorded"])
        assert count("households") == 1
        assert rows("households")[0][2] == "东村"

    def test_the_other_standard_is_a_change_and_no_movement(self) -> None:
        made = family("A1", persons=2)
        made.area = "urban"
        made.decide("increase", MARCH_20, fen=70000, first_month=date(2024, 4, 1))
        assert balance("persons") == {"opening": 2, "entered": 0, "left": 0, "closing": 2}
        assert balance("persons", area="urban") == {
            "opening": 0, "entered": 0, "in": 2, "left": 0, "out": 0, "closing": 2,
        }  # fmt: skip
        assert adds_up("households")
        assert adds_up("persons")

    def test_a_person_who_marries_into_a_town_household_changes_over(self) -> None:
        one, two = family("A1", persons=2), family("B1", area="urban")
        one.leave(one.people[1], MARCH_20, known=at(MARCH_20))
        two.belong(one.people[1], MARCH_20, known=at(MARCH_20))
        assert (count("changed.urban.persons"), count("changed.rural.persons")) == (1, 0)
        assert count("changed.urban.households") == 0
        assert adds_up("persons")


class TestKnowledge:
    def test_a_late_death_changes_what_is_known_later_and_not_what_was_known(self) -> None:
        dies(family("A1", persons=2), 1, date(2024, 12, 20), known=LATER)
        assert balance("persons") == {"opening": 2, "entered": 0, "left": 0, "closing": 2}
        assert balance("persons", year(LATER)) == {"opening": 2, "entered": 0, "left": 1, "closing": 1}

    def test_a_decision_after_the_day_of_knowledge_is_not_known(self) -> None:
        made = family("A1")
        made.decide("stop", MARCH_20)
        early = year(at(date(2024, 2, 1)))
        assert early.as_of == date(2024, 2, 1)
        assert balance("households", early) == {"opening": 1, "entered": 0, "left": 0, "closing": 1}
        assert rows("households", early)[0][5] == "—"


def test_the_figures_agree_with_the_statistics() -> None:
    family("A1", persons=2).join(date(2024, 5, 1), since=date(2024, 5, 1))
    family("X1", persons=3, area="urban").decide("stop", MARCH_20)
    enter("N1", JULY_5, persons=2)
    told = movements(2024)
    assert balance("households")["closing"] == told.closing.households == 2
    assert balance("persons") == {
        "opening": told.opening.persons, "entered": told.entered.persons, "left": told.left.persons,
        "closing": told.closing.persons,
    }  # fmt: skip


def day(number: int) -> date:
    return date(2023, 12, 1) + timedelta(days=number)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.data())
def test_whatever_happens_the_year_adds_up(data: some.DataObject) -> None:
    """Three families, a few decisions each on any days around the year, members who come and go."""
    from django.db import transaction

    with transaction.atomic():
        for number in "ABC":
            made = family(f"{number}1", persons=2, area=data.draw(some.sampled_from(["rural", "urban"])))
            days = sorted(data.draw(some.sets(some.integers(0, 420), max_size=4)))
            is_in = True
            for one in days:
                stops = is_in and data.draw(some.booleans())
                made.area = data.draw(some.sampled_from(["rural", "urban"]))
                made.decide("stop" if stops else "increase", day(one), **_money(day(one), stops))
                is_in = not stops
            if data.draw(some.booleans()):
                dies(made, 1, day(data.draw(some.integers(0, 420))))
            if data.draw(some.booleans()):
                born = day(data.draw(some.integers(0, 420)))
                made.join(born, since=born)

        assert adds_up("households")
        assert adds_up("persons")
        transaction.set_rollback(True)


def _money(on: date, stops: bool) -> dict[str, object]:
    if stops:
        return {}
    return {"fen": 1000, "first_month": date(on.year + on.month // 12, on.month % 12 + 1, 1)}
