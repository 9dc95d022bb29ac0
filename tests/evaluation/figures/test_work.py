"""工作: reviews, leads, hotline and the rest are counted as they were known; what is not yet due is no fault."""

from datetime import date

import pytest

from opendibao.decision.models import ReviewMeeting, ReviewVote
from opendibao.intake.models import Case, Lead
from opendibao.outreach.actions import answer_ticket, open_ticket, record_publicity
from opendibao.registry.models import Household
from opendibao.reviews.models import Reverification
from opendibao.verification.models import Survey
from tests.evaluation.year import count, enter, measured, ratio, rows, year
from tests.payment.builders import COUNTY, VILLAGE, Family, at, family

pytestmark = pytest.mark.usefixtures("county")
JUNE_30 = date(2024, 6, 30)


def due(made: Family, on: date, done: date | None = None, result: str = "") -> None:
    Reverification.objects.create(
        household=made.household, division=VILLAGE, review_class="yearly", due_on=on, done_on=done, result=result
    )


def call(number: str, received: date, answered: date | None = None) -> None:
    open_ticket(
        COUNTY, number=number, kind="question", is_named=True, received_on=received, summary="问标准", at=at(received)
    )
    if answered:
        answer_ticket(number, answer="已说明", on=answered, at=at(answered))


class TestVotes:
    def test_a_case_voted_on_again_is_one_case_as_it_was_voted_on_last(self) -> None:
        case = Case.objects.create(
            number="申1", kind="application", household=Family("A1").enter().household, division=VILLAGE, area="rural",
            state="reviewed", channel="counter", applied_on=JUNE_30, accepted_on=JUNE_30,
        )  # fmt: skip
        for day, votes_for in ((date(2024, 7, 2), 3), (date(2024, 7, 9), 9)):
            meeting = ReviewMeeting.objects.create(
                division=VILLAGE, held_on=day, chair="甲", recorder="乙", villagers=6, party_members=2, cadres=2
            )
            ReviewVote.objects.create(
                meeting=meeting, case=case, division=VILLAGE, issued=10, votes_for=votes_for,
                votes_against=10 - votes_for, spoiled=0, not_returned=0,
            )  # fmt: skip
        assert count("review.votes") == 1
        assert rows("review.votes")[0][4:] == ["9", "1"]


class TestReviews:
    def test_done_by_its_day_counts_and_late_or_open_does_not(self) -> None:
        due(family("A1"), JUNE_30, JUNE_30, "kept")
        due(family("A2"), JUNE_30, date(2024, 7, 1), "kept")
        due(family("A3"), JUNE_30)
        assert ratio("reverified") == (1, 3)
        assert rows("reverified")[0][2:] == ["常保", "2024-06-30", "2024-06-30", "不变"]

    def test_who_was_stopped_before_the_day_is_not_due(self) -> None:
        made = family("A1")
        due(made, JUNE_30)
        made.decide("stop", JUNE_30)
        assert ratio("reverified") == (0, 0)

    def test_who_was_stopped_after_the_day_was_due(self) -> None:
        made = family("A1")
        due(made, JUNE_30)
        made.decide("stop", date(2024, 7, 1))
        assert ratio("reverified") == (0, 1)


class TestHotline:
    def test_answered_on_its_last_day_is_in_time_and_a_day_later_is_not(self) -> None:
        # fifteen working days after Monday 2024-03-04 end on Monday 2024-03-25
        call("T1", date(2024, 3, 4), date(2024, 3, 25))
        call("T2", date(2024, 3, 4), date(2024, 3, 26))
        call("T3", date(2024, 3, 4))
        assert (count("hotline"), ratio("hotline.on_time")) == (3, (1, 3))

    def test_what_is_not_yet_due_is_left_out_and_said(self) -> None:
        call("T1", date(2024, 12, 30))
        call("T2", date(2024, 12, 30), date(2024, 12, 31))
        assert (count("hotline"), ratio("hotline.on_time")) == (2, (1, 1))

    def test_an_answer_after_the_lock_is_not_known_to_it(self) -> None:
        call("T1", date(2024, 12, 30), date(2025, 1, 7))
        assert ratio("hotline.on_time") == (0, 0)
        assert ratio("hotline.on_time", year(at(date(2025, 1, 7)))) == (1, 1)


def test_leads_that_led_to_an_application() -> None:
    family("A1")
    common = {"division": VILLAGE, "source": "grid", "found_on": JUNE_30, "summary": "独居"}
    Lead.objects.create(outcome="applied", contacted_on=JUNE_30, **common)
    Lead.objects.create(outcome="not_in_need", contacted_on=JUNE_30, **common)
    Lead.objects.create(**common)
    Lead.objects.create(**{**common, "found_on": date(2023, 12, 31)})
    assert (count("leads"), measured("leads.applied").n) == (3, 1)
    assert rows("leads")[0] == ["东村", "网格员", "2024-06-30", "2024-06-30", "已申请"]


def test_publicity_sums_whom_it_reached() -> None:
    family("A1")
    for reached in (30, 12):
        record_publicity(
            VILLAGE, held_on=JUNE_30, channel="talk", target_group="elderly", reached=reached, at=at(JUNE_30)
        )
    assert (count("publicity"), measured("publicity.reached").n) == (2, 42)
    assert rows("publicity")[0] == ["东村", "2024-06-30", "政策讲座", "老年人", "30"]


def test_an_application_without_survey_lowers_the_rate() -> None:
    for number in ("A1", "A2"):
        made = enter(number, JUNE_30)
        case = closed_case(made.household, number)
        if number == "A1":
            Survey.objects.create(
                case=case, division=VILLAGE, surveyed_on=JUNE_30, first_surveyor="甲", second_surveyor="乙",
                respondent="户主", is_signed=True,
            )  # fmt: skip
    assert ratio("surveys") == (1, 2)


def closed_case(household: Household, number: str) -> Case:
    return Case.objects.create(
        number=f"申{number}", kind="application", household=household, division=VILLAGE, area="rural",
        state="confirmed", channel="counter", applied_on=JUNE_30, accepted_on=JUNE_30, closed_on=JUNE_30,
    )  # fmt: skip
