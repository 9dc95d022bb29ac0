"""复核办理: the year's reviews are laid down once, closed once, and a change opens a case of its own."""

from datetime import date

import pytest

from opendibao.audit.queries import events_of
from opendibao.intake.actions import IntakeRefused
from opendibao.reviews.actions import (
    ReviewRefused,
    close_reverification,
    open_review_case,
    record_reverifications_kept,
    record_reverifications_stopped,
    schedule_for_entry,
    schedule_reverifications,
)  # fmt: skip
from opendibao.reviews.models import Reverification
from opendibao.reviews.queries import CountRow, counts, due
from tests.conftest import ActAs
from tests.intake.builders import DECLARED, submitted
from tests.registry.builders import FAR_VILLAGE, LONER, VILLAGE, at, divisions, household

LAST_YEAR, JANUARY, JULY = date(2023, 12, 29), date(2024, 1, 31), date(2024, 7, 31)


@pytest.fixture
def homes(places: None) -> list[int]:
    return [household(), household("999999-00002", LONER)]


@pytest.fixture
def year(homes: list[int]) -> list[int]:
    """The first household is reviewed in January and July, the second in January."""
    items = [(homes[0], VILLAGE, "halfyear"), (homes[1], VILLAGE, "yearly")]
    assert schedule_reverifications(items, year=2024, at=at(LAST_YEAR)) == 3
    return homes


def open_ids(upto: date) -> list[int]:
    return [row.pk for row in due(upto=upto)]


class TestSchedule:
    def test_what_is_due_comes_oldest_first(self, year: list[int]) -> None:
        rows = due(upto=JULY)

        assert [(r.household_id, r.review_class, r.due_on) for r in rows] == [
            (year[0], "halfyear", JANUARY), (year[1], "yearly", JANUARY), (year[0], "halfyear", JULY),
        ]  # fmt: skip
        assert len(due(upto=date(2024, 7, 30))) == 2
        assert events_of("家庭 999999-00001")[-1].payload == {"due_on": "2024-07-31", "review_class": "halfyear"}

    def test_laying_down_the_same_year_again_adds_nothing(self, year: list[int]) -> None:
        again = [(home, VILLAGE, "halfyear") for home in year]

        assert schedule_reverifications(again[:1], year=2024, at=at(JANUARY)) == 0
        assert Reverification.objects.count() == 3

    def test_a_household_stands_once_in_the_list(self, homes: list[int]) -> None:
        with pytest.raises(ReviewRefused, match="家庭重复"):
            schedule_reverifications([(homes[0], VILLAGE, "yearly")] * 2, year=2024, at=at(LAST_YEAR))

    def test_a_class_that_does_not_exist_refuses_all(self, homes: list[int]) -> None:
        items = [(homes[0], VILLAGE, "yearly"), (homes[1], VILLAGE, "weekly")]

        with pytest.raises(ReviewRefused, match="weekly"):
            schedule_reverifications(items, year=2024, at=at(LAST_YEAR))
        assert not Reverification.objects.exists()

    def test_a_new_household_is_due_within_twelve_months(self, homes: list[int]) -> None:
        on = date(2024, 3, 28)

        assert schedule_for_entry(homes[0], VILLAGE, "halfyear", on=on, at=at(on)) == 2
        assert schedule_for_entry(homes[1], VILLAGE, "yearly", on=on, at=at(on)) == 1
        assert [row.due_on for row in due(upto=date(2025, 3, 31))] == [
            date(2024, 9, 30), date(2025, 3, 31), date(2025, 3, 31),
        ]  # fmt: skip

    def test_entering_it_twice_adds_nothing(self, homes: list[int]) -> None:
        on = date(2024, 3, 28)
        schedule_for_entry(homes[0], VILLAGE, "halfyear", on=on, at=at(on))

        assert schedule_for_entry(homes[0], VILLAGE, "halfyear", on=on, at=at(on)) == 0


class TestClosing:
    def test_households_that_did_not_change_are_closed_together(self, year: list[int]) -> None:
        assert (
            record_reverifications_kept(open_ids(JANUARY), on=JANUARY, surveyors="陈走访、黄走访", at=at(JANUARY)) == 2
        )

        assert [(row.household_id, row.due_on) for row in due(upto=JULY)] == [(year[0], JULY)]
        assert counts(2024) == [
            CountRow("yearly", due=1, done=1, kept=1, adjusted=0, stopped=0),
            CountRow("halfyear", due=2, done=1, kept=1, adjusted=0, stopped=0),
        ]
        assert events_of("家庭 999999-00002")[-1].payload["result"] == "kept"

    def test_nothing_is_closed_twice_and_then_nothing_at_all(self, year: list[int]) -> None:
        first, second = open_ids(JANUARY)
        record_reverifications_kept([first], on=JANUARY, surveyors="陈走访", at=at(JANUARY))

        with pytest.raises(ReviewRefused, match="1条复核已完成"):
            record_reverifications_kept([first, second], on=JANUARY, surveyors="陈走访", at=at(JANUARY))
        assert open_ids(JANUARY) == [second]

    def test_no_household_may_be_due(self, homes: list[int]) -> None:
        assert record_reverifications_kept([], on=JANUARY, surveyors="陈走访", at=at(JANUARY)) == 0

    def test_somebody_was_there(self, year: list[int]) -> None:
        with pytest.raises(ReviewRefused, match="调查人"):
            record_reverifications_kept(open_ids(JANUARY), on=JANUARY, surveyors=" ", at=at(JANUARY))

    def test_reviews_of_stopped_households_are_closed_as_such(self, year: list[int]) -> None:
        assert record_reverifications_stopped(open_ids(JANUARY)[:1], on=JANUARY, at=at(JANUARY)) == 1

        assert [row.stopped for row in counts(2024)] == [0, 1]

    def test_a_review_that_changed_something_names_its_case(self, year: list[int]) -> None:
        case = open_review_case(year[0], on=JANUARY, at=at(JANUARY), declared=DECLARED)

        row = close_reverification(open_ids(JANUARY)[0], result="adjusted", case_id=case.pk, on=JANUARY, at=at(JANUARY))

        assert (row.result, row.done_on, row.case_id) == ("adjusted", JANUARY, case.pk)
        with pytest.raises(ReviewRefused, match="已完成"):
            close_reverification(row.pk, result="kept", case_id=None, on=JANUARY, at=at(JANUARY))

    def test_a_result_and_its_case_must_fit(self, year: list[int]) -> None:
        first = open_ids(JANUARY)[0]
        other = open_review_case(year[1], on=JANUARY, at=at(JANUARY), declared=DECLARED).pk

        for result, case in (("adjusted", None), ("stopped", other), ("kept", other), ("better", None)):
            with pytest.raises(ReviewRefused, match="须写明这一户的案件"):
                close_reverification(first, result=result, case_id=case, on=JANUARY, at=at(JANUARY))


class TestCase:
    def test_a_review_case_is_accepted_the_same_day(self, homes: list[int]) -> None:
        case = open_review_case(homes[0], on=JANUARY, at=at(JANUARY), declared=DECLARED)

        assert (case.kind, case.state, case.applied_on, case.accepted_on) == ("review", "accepted", JANUARY, JANUARY)
        assert case.number == "复〔2024〕00001号"

    def test_an_open_application_comes_first(self, homes: list[int]) -> None:
        submitted(homes[0], on=JANUARY)

        with pytest.raises(IntakeRefused, match="已有未办结的案件"):
            open_review_case(homes[0], on=JANUARY, at=at(JANUARY), declared=DECLARED)


def test_another_township_neither_sees_nor_closes_a_review(act_as: ActAs) -> None:
    with act_as("360429"):
        divisions()
        home = household(division=FAR_VILLAGE)
        schedule_reverifications([(home, FAR_VILLAGE, "yearly")], year=2024, at=at(LAST_YEAR))
        (one,) = open_ids(JANUARY)
    with act_as("360429100"):
        assert due(upto=JANUARY) == []
        with pytest.raises(ReviewRefused, match="不在本人可见"):
            record_reverifications_kept([one], on=JANUARY, surveyors="陈走访", at=at(JANUARY))
