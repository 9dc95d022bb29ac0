"""Lists of publicity, training, posts and tickets: newest first, page by page, counted."""

from datetime import date

import pytest

from opendibao.outreach import queries
from opendibao.outreach.actions import approve_post, hold_training, open_ticket, record_publicity
from tests.conftest import ActAs
from tests.payment.builders import COUNTY, FAR_VILLAGE, VILLAGE, at

DAYS = [date(2023, 12, 31), date(2024, 1, 5), date(2024, 6, 1)]


@pytest.fixture
def three_of_each(act_as: ActAs) -> None:
    with act_as("360429"):
        for number, day in enumerate(DAYS):
            place = (COUNTY, VILLAGE, FAR_VILLAGE)[number]
            record_publicity(place, held_on=day, channel="poster", target_group="all", reached=number, at=at(day))
            hold_training(place, held_on=day, topic="政策", sheet="表", signatures=[(place, "甲")], at=at(day))
            approve_post(place, title=f"岗{number}", needed_since=day, due_on=day, at=at(day))
            open_ticket(
                place, number=f"T{number}", kind="question", is_named=False, received_on=day, summary="问", at=at(day)
            )


@pytest.mark.usefixtures("three_of_each", "county")
class TestLists:
    def test_the_newest_comes_first(self) -> None:
        assert [row.held_on for row in queries.publicity()] == DAYS[::-1]
        assert [row.held_on for row in queries.trainings()] == DAYS[::-1]
        assert [row.title for row in queries.posts()] == ["岗2", "岗1", "岗0"]
        assert [row.number for row in queries.tickets()] == ["T2", "T1", "T0"]

    def test_pages_and_counts_agree(self) -> None:
        assert queries.publicity_count() == queries.trainings_count() == queries.posts_count() == 3
        assert queries.tickets_count() == len(queries.tickets(limit=None)) == 3
        assert [row.number for row in queries.tickets(limit=2)] == ["T2", "T1"]
        assert [row.number for row in queries.tickets(limit=2, offset=2)] == ["T0"]

    def test_a_year_holds_its_own(self) -> None:
        assert queries.publicity_count(year=2024) == len(queries.publicity(year=2024)) == 2
        assert queries.trainings_count(year=2023) == len(queries.trainings(year=2023)) == 1
        assert [row.number for row in queries.tickets(year=2023)] == ["T0"]

    def test_codes_stand_in_words(self) -> None:
        row = queries.publicity()[0]
        assert (row.channel, row.target_group, row.reached) == ("张贴海报", "全体群众", 2)
        assert queries.tickets()[0].kind == "咨询"
        assert queries.trainings()[0].signatures == 1


@pytest.mark.usefixtures("three_of_each")
def test_a_township_sees_its_own(act_as: ActAs) -> None:
    with act_as("360429101"):
        assert [row.division for row in queries.publicity()] == [FAR_VILLAGE]
        assert queries.tickets_count() == 1
    with act_as(""):
        assert queries.posts_count() == 0
