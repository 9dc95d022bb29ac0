"""发放查询: sums from the ledger, and rows that add up to them."""

import pathlib
from datetime import date

import pytest

from opendibao.payment.actions import reissue, sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.queries import (
    booked,
    line_history,
    month_table,
    paid_fen,
    paid_lines,
    paid_total,
    returned_lines,
)
from tests.conftest import ActAs
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, Family, at, family, new_account
from tests.payment.months import JANUARY, approved, paid, sent

FEBRUARY = date(2024, 2, 1)


@pytest.fixture
def year(county: None, tmp_path: pathlib.Path) -> Family:
    """Three households; January returns B1, which is paid again on 2024-01-22; C1 leaves before February."""
    family("A1", fen=62000, persons=2)
    made = family("B1", fen=31550, area="urban", division=OTHER_VILLAGE)
    leaver = family("C1", fen=10000, division=FAR_VILLAGE)
    run = paid(JANUARY, returned={"B1": "账户已销户"})
    new_account(made, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
    day = date(2024, 1, 22)
    reissue(run.pk, on=day, at=at(day), out_dir=tmp_path)
    take_return(run.pk, write_result(sendings(run.pk, again=True), day, {}), on=day, at=at(day))
    leaver.decide("stop", date(2024, 1, 25))
    paid(FEBRUARY)
    return made


@pytest.mark.usefixtures("year")
class TestYear:
    def test_paid_is_what_the_bank_booked_by_area(self) -> None:
        assert paid_fen(2024, "rural") == 62000 * 2 + 10000
        assert paid_fen(2024, "urban") == 31550 * 2
        assert paid_fen(2024) == 197100
        assert paid_fen(2023) == 0

    def test_rows_add_up_to_the_total(self) -> None:
        rows = paid_lines(2024)
        assert (len(rows), sum(row.fen for row in rows)) == paid_total(2024) == (5, 197100)

    def test_rows_narrow_by_month_and_place(self) -> None:
        assert [row.household for row in paid_lines(2024, month=FEBRUARY)] == ["A1", "B1"]
        assert paid_total(2024, division="360429101000") == (1, 10000)
        assert paid_total(2024, division=VILLAGE, month=JANUARY) == (1, 62000)

    def test_rows_are_paged(self) -> None:
        first, second = paid_lines(2024, limit=3), paid_lines(2024, limit=3, offset=3)
        assert (len(first), len(second)) == (3, 2)
        assert {row.e2e for row in first}.isdisjoint(row.e2e for row in second)

    def test_places_add_up_from_village_to_township(self) -> None:
        towns = booked(2024).by_place()
        assert [(row.name, row.lines, row.fen) for row in towns] == [
            ("镇100", 4, 187100),
            ("镇101", 1, 10000),
        ]
        villages = booked(2024).by_place("360429100000")
        assert [(row.name, row.fen) for row in villages] == [("东村", 124000), ("西村", 63100)]

    def test_the_months_say_what_was_owed_booked_and_late(self) -> None:
        january, february = month_table(2024)
        assert (january.households, january.persons, january.fen, january.paid_fen) == (3, 4, 103550, 103550)
        assert (january.returned, january.reissued) == (1, 1)
        # the re-issue of 01-22 is no first sending, so the month was on time
        assert (january.last_booked_on, january.due_on) == (date(2024, 1, 8), date(2024, 1, 10))
        assert january.is_on_time is True
        assert (february.households, february.is_on_time) == (2, True)

    def test_the_last_paid_month_is_the_one_the_money_was_for(self) -> None:
        assert booked(2024).last_month == FEBRUARY
        assert booked(2023).last_month is None

    def test_a_return_is_listed_with_what_followed(self) -> None:
        (row,) = returned_lines(2024)
        assert (row.household, row.reason, row.again_e2e, row.again_booked_on) == (
            "B1", "账户已销户", "202401-B1-R-0-2", date(2024, 1, 22),
        )  # fmt: skip

    def test_the_history_of_a_household_shows_each_sending(self, year: Family) -> None:
        rows = [(row.month, row.state, row.booked_on) for row in line_history(year.household.pk)]
        assert rows == [
            (FEBRUARY, "paid", date(2024, 2, 8)),
            (JANUARY, "returned", None),
            (JANUARY, "paid", date(2024, 1, 22)),
        ]


def test_a_township_sees_only_its_own_money(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1", fen=62000)
        family("C1", fen=10000, division=FAR_VILLAGE)
        paid(JANUARY)
    with act_as("360429101"):
        assert paid_total(2024) == (1, 10000)
        (january,) = month_table(2024)  # the run is the county's, of its lines the township sees its own
        assert (january.households, january.fen, january.paid_fen) == (1, 10000, 10000)
    with act_as(""):
        assert paid_total(2024) == (0, 0)


@pytest.mark.usefixtures("county")
class TestTimeliness:
    def test_a_month_without_all_answers_is_neither_on_time_nor_late(self) -> None:
        family("A1")
        sent(JANUARY)
        (row,) = month_table(2024)
        assert (row.is_on_time, row.paid_fen) == (None, 0)

    def test_a_booking_after_the_due_day_is_late(self) -> None:
        family("A1")
        run, eleventh = sent(JANUARY), date(2024, 1, 11)
        take_return(run.pk, write_result(sendings(run.pk), eleventh, {}), on=eleventh, at=at(eleventh))
        (row,) = month_table(2024)
        assert row.is_on_time is False

    def test_a_line_not_yet_sent_is_in_the_history(self) -> None:
        made = family("A1", fen=62000)
        approved(JANUARY)
        (row,) = line_history(made.household.pk)
        assert (row.fen, row.e2e, row.state) == (62000, None, "")
