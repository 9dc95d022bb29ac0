"""查复核: which households in force have no review laid down for the year."""

from datetime import date

import pytest

from opendibao.reviews.actions import schedule_reverifications
from opendibao.reviews.queries import unscheduled, unscheduled_ids
from tests.payment.builders import OTHER_VILLAGE, VILLAGE, at, family

NEW_YEAR = date(2024, 1, 2)


@pytest.mark.usefixtures("county")
def test_a_household_in_force_without_a_review_this_year_is_counted_and_listed() -> None:
    planned, later, first = family("A1"), family("B1", division=OTHER_VILLAGE), family("C1")
    family("D1").decide("stop", date(2023, 12, 1))
    schedule_reverifications([(planned.household.pk, VILLAGE, "yearly")], year=2024, at=at(NEW_YEAR))

    assert unscheduled(NEW_YEAR) == 2
    assert unscheduled_ids(NEW_YEAR, limit=50, offset=0) == [first.household.pk, later.household.pk]
    assert unscheduled_ids(NEW_YEAR, limit=50, offset=1) == [later.household.pk]


@pytest.mark.usefixtures("county")
def test_last_years_review_does_not_stand_for_this_years() -> None:
    home = family("A1")
    schedule_reverifications([(home.household.pk, VILLAGE, "yearly")], year=2023, at=at(NEW_YEAR))
    assert unscheduled(NEW_YEAR) == 1
