"""民主评议: a village's meeting votes on cases; its advice binds nobody and overrides no fact."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.models import ReviewMeeting, ReviewVote
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import move_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty

Ballots = tuple[int, int, int, int, int]
"""case id, for, against, spoiled, not returned"""


@needs(Duty.REVIEW)
@transaction.atomic
def hold_meeting(
    division: str,
    *,
    on: date,
    at: datetime,
    chair: str,
    recorder: str,
    villagers: int,
    party_members: int,
    cadres: int,
    votes: Sequence[Ballots],
) -> ReviewMeeting:
    """民主评议会: everybody present gets one ballot on every case of the village. Raises DecisionRefused."""
    _refuse_meeting(chair, recorder, (villagers, party_members, cadres), votes)
    meeting = ReviewMeeting.objects.create(
        division=division, held_on=on, chair=chair, recorder=recorder, villagers=villagers,
        party_members=party_members, cadres=cadres,
    )  # fmt: skip
    numbers = []
    for case_id, *ballots in votes:
        case = move_case(case_id, CaseState.REVIEWED)
        _keep_vote(meeting, case, ballots)
        numbers.append(case.number)
    payload = {"on": str(on), "cases": numbers, "present": villagers + party_members + cadres}
    record("民主评议", f"评议会 {division} {on}", division=division, at=at, payload=payload)
    return meeting


def _refuse_meeting(chair: str, recorder: str, groups: tuple[int, int, int], votes: Sequence[Ballots]) -> None:
    if not chair.strip() or not recorder.strip():
        raise DecisionRefused("请填写评议会的主持人和记录人")
    if min(groups) < 1:
        raise DecisionRefused("评议会应有村（居）民代表、党员代表和村（社区）干部参加，请补齐后再议")
    if not votes:
        raise DecisionRefused("评议会没有要表决的案件")
    for _, *ballots in votes:
        if min(ballots) < 0 or sum(ballots) != sum(groups):
            raise DecisionRefused(f"各项票数之和应等于到会的{sum(groups)}人，现为{sum(ballots)}，请重新点票")


def _keep_vote(meeting: ReviewMeeting, case: Case, ballots: Sequence[int]) -> None:
    if case.division != meeting.division:
        raise DecisionRefused(f"案件{case.number}不属于开会的村（社区），请到该村评议")
    votes_for, against, spoiled, not_returned = ballots
    ReviewVote.objects.create(
        meeting=meeting, case=case, division=case.division, issued=sum(ballots), votes_for=votes_for,
        votes_against=against, spoiled=spoiled, not_returned=not_returned,
    )  # fmt: skip
