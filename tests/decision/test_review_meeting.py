"""民主评议: everybody present has one ballot on every case of the village, and the vote binds nobody."""

import pytest

from opendibao.audit.models import Event
from opendibao.decision.actions import DecisionRefused, hold_meeting
from opendibao.decision.models import ReviewMeeting
from opendibao.decision.queries import votes_of
from opendibao.intake.models import Case
from opendibao.intake.queries import case as case_row
from tests.decision.builders import MET, family, meet, surveyed
from tests.registry.builders import FAR_VILLAGE, VILLAGE, at

pytestmark = pytest.mark.usefixtures("places")
PRESENT = {"villagers": 7, "party_members": 3, "cadres": 3}


def hold(case: Case, ballots: tuple[int, int, int, int] = (12, 0, 0, 1), **changes: object) -> ReviewMeeting:
    given: dict[str, object] = {"chair": "邓主持", "recorder": "方记录", **PRESENT, **changes}
    return hold_meeting(VILLAGE, on=MET, at=at(MET), votes=[(case.pk, *ballots)], **given)  # type: ignore[arg-type]


def test_the_votes_are_kept_and_the_case_goes_on() -> None:
    case = surveyed()

    meet(case)

    vote = votes_of(case.pk)
    assert vote is not None
    assert (vote.held_on, vote.issued, vote.votes_for, vote.not_returned) == (MET, 13, 12, 1)
    assert case_row(case.pk).state == "reviewed"
    assert Event.objects.get(action="民主评议").payload["cases"] == [case.number]


def test_a_vote_against_does_not_end_a_case() -> None:
    case = surveyed()

    hold(case, (0, 12, 0, 1))

    assert case_row(case.pk).state == "reviewed"


@pytest.mark.parametrize("ballots", [(12, 0, 0, 0), (13, 1, 0, 0), (14, -1, 0, 0)])
def test_ballots_are_as_many_as_those_present(ballots: tuple[int, int, int, int]) -> None:
    case = surveyed()

    with pytest.raises(DecisionRefused, match="13人"):
        hold(case, ballots)

    assert not ReviewMeeting.objects.exists()


@pytest.mark.parametrize("changes", [{"villagers": 0}, {"cadres": 0}, {"chair": " "}, {"recorder": ""}])
def test_a_meeting_without_one_of_its_groups_or_hands_is_refused(changes: dict[str, object]) -> None:
    case = surveyed()

    with pytest.raises(DecisionRefused):
        hold(case, **changes)


def test_a_case_of_another_village_is_refused() -> None:
    case = surveyed(family())

    with pytest.raises(DecisionRefused, match="不属于开会的村"):
        meet(case, village=FAR_VILLAGE)

    assert case_row(case.pk).state == "verified"
