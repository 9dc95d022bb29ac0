"""案件的故事: what is special about a planned application keeps to the law's clocks and to the day of its decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from opendibao.demo.days import NOTICE, OPINION
from opendibao.demo.plan import CountyPlan
from opendibao.demo.stories import LIMIT, Story, stories
from opendibao.kernel.workdays import is_workday, workdays_between


@pytest.fixture(scope="session")
def told(hukou: CountyPlan) -> list[Story]:
    return list(stories(hukou).values())


def days_of(story: Story) -> list[date]:
    """The days in the order of the procedure, without those that do not come."""
    named = (
        story.applied_on, story.accepted_on, story.matched_on, story.surveyed_on, story.reviewed_on,
        story.surveyed_again_on, story.posted_on if not story.surveyed_again_on else None, story.objected_on,
        story.settled_on, story.reviewed_again_on, story.posted_again_on, story.reported_on, story.decided_on,
    )  # fmt: skip
    return [day for day in named if day]


def test_every_application_has_a_story_and_its_day_of_decision(hukou: CountyPlan, told: list[Story]) -> None:
    assert len(told) == len(hukou.entries)
    assert {s.decided_on for s in told} == {e.decided_on for e in hukou.entries}


def test_days_are_working_days_in_order(told: list[Story]) -> None:
    for story in told:
        days = days_of(story)
        assert all(map(is_workday, days)), story
        assert days == sorted(days), story


def test_all_clocks_of_the_law_are_kept(told: list[Story]) -> None:
    for story in told:
        assert workdays_between(story.accepted_on, story.decided_on) <= LIMIT
        assert workdays_between(story.reported_on, story.decided_on) <= OPINION
        last = story.posted_again_on or story.posted_on
        assert not story.entry.is_granted or story.reported_on > last + NOTICE


def test_a_year_has_its_few_special_cases(told: list[Story]) -> None:
    assert sum(s.surveyed_again_on is not None for s in told) == 1
    assert sum(s.posted_again_on is not None for s in told) == 1
    assert sum(s.objected_on is not None and s.posted_again_on is None for s in told) == 2
    assert sum(s.is_relative for s in told) == 4
    assert 30 <= sum(bool(s.lacking) for s in told) <= 120


def test_what_is_missing_is_told_before_the_case_is_taken(told: list[Story]) -> None:
    assert all(s.applied_on < s.accepted_on for s in told if s.lacking)


def test_a_small_county_has_one_of_each(small: CountyPlan) -> None:
    found = list(stories(small).values())

    assert sum(s.surveyed_again_on is not None for s in found) == 1
    assert sum(s.posted_again_on is not None for s in found) == 1
    assert sum(s.is_relative for s in found) == 1


def test_a_county_without_applications_has_no_story(small: CountyPlan) -> None:
    assert stories(replace(small, entries=())) == {}


def test_a_groundless_objection_is_settled_before_the_report(told: list[Story]) -> None:
    for story in told:
        if story.settled_on and not story.posted_again_on:
            assert story.settled_on <= story.reported_on
            assert story.settled_on - story.posted_on <= timedelta(days=9)
