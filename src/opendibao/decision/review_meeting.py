"""民主评议: a village's meeting votes on cases; its advice binds nobody and overrides no fact."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.minutes import drafted_minutes
from opendibao.decision.models import MeetingMember, ReviewMeeting, ReviewVote
from opendibao.decision.proposing import owed_to_objectors
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.seats import Ballots, Seat, Vote, meeting_fault, vote_fault, vote_of
from opendibao.intake.actions import locked_case, move_case
from opendibao.intake.models import Case
from opendibao.intake.queries import procedure_of_case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.verification.queries import survey_of

__all__ = ["Ballots", "Seat", "Vote", "contest_vote", "hold_meeting"]

REASON_LENGTH = 200


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
    votes: Sequence[Ballots | Vote],
    township: int = 0,
    entitled: int | None = None,
    place: str = "",
    seats: Sequence[Seat] = (),
    minutes: str = "",
    discussion: str = "",
) -> ReviewMeeting:
    """民主评议会: everybody present who is not recused gets one ballot on every case of the village.

    `entitled` is how many villagers' representatives there are, asked for where the procedure has a quorum. With
    `seats` (who was there, by class) and without `minutes` the minutes are drafted, with the `discussion` in them.
    Raises DecisionRefused.
    """
    present = {"villager": villagers, "party": party_members, "cadre": cadres, "township": township}
    cast = [vote_of(each) for each in votes]
    if fault := meeting_fault(chair, recorder, present, entitled, seats, cast):
        raise DecisionRefused(fault)
    meeting = ReviewMeeting.objects.create(
        division=division, held_on=on, place=place.strip(), chair=chair.strip(), recorder=recorder.strip(),
        villagers=villagers, party_members=party_members, cadres=cadres, township=township, entitled=entitled,
        minutes=minutes.strip(),
    )  # fmt: skip
    _sit_down(meeting, seats)
    numbers = [_keep_vote(meeting, vote, seats, at).number for vote in cast]
    if seats and not meeting.minutes:
        _write_minutes(meeting, discussion)
    payload = {"on": str(on), "cases": numbers, "present": sum(present.values())}
    record("民主评议", f"评议会 {division}", division=division, at=at, payload=payload)
    return meeting


def _write_minutes(meeting: ReviewMeeting, discussion: str) -> None:
    meeting.minutes = drafted_minutes(meeting, discussion.strip())
    meeting.save(update_fields=["minutes"])


def _sit_down(meeting: ReviewMeeting, seats: Sequence[Seat]) -> None:
    MeetingMember.objects.bulk_create(
        MeetingMember(meeting=meeting, division=meeting.division, name=s.name, part=s.part, is_signed=s.is_signed)
        for s in seats
    )


def _keep_vote(meeting: ReviewMeeting, vote: Vote, seats: Sequence[Seat], at: datetime) -> Case:
    """The ballots on one case; a contested result leads straight back to a survey."""
    case = locked_case(vote.case_id)
    if fault := _case_fault(meeting, case) or vote_fault(case, vote, _present(meeting), seats):
        raise DecisionRefused(fault)
    move_case(case, CaseState.REVIEWED)
    ReviewVote.objects.create(
        meeting=meeting, case=case, division=case.division, recused=list(vote.recused), facts_read=vote.facts_read,
        issued=vote.issued, votes_for=vote.votes_for, votes_against=vote.votes_against, spoiled=vote.spoiled,
        not_returned=vote.not_returned, opinions=vote.opinions.strip(), is_contested=vote.is_contested,
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(meeting.held_on), "for": vote.votes_for, "against": vote.votes_against}
    payload |= {"contested": True} if vote.is_contested else {}
    record("评议表决", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    if vote.is_contested:
        move_case(case, CaseState.ACCEPTED)
    return case


def _present(meeting: ReviewMeeting) -> int:
    return meeting.villagers + meeting.party_members + meeting.cadres + meeting.township


def _case_fault(meeting: ReviewMeeting, case: Case) -> str:
    """Why a case cannot be voted on in this meeting."""
    if case.division != meeting.division:
        return f"案件{case.number}不属于开会的村（社区），请到该村评议"
    survey = survey_of(case.pk)
    if survey and survey.surveyed_on > meeting.held_on:
        return f"案件{case.number}在{survey.surveyed_on}才入户调查，评议日期{meeting.held_on}不能早于调查，请核对日期"
    if case.state == CaseState.NOTICED and not owed_to_objectors(case.pk).review_since:
        return f"案件{case.number}正在公示，没有异议要求重新评议，不能再评议"
    return _quorum_fault(meeting, case)


def _quorum_fault(meeting: ReviewMeeting, case: Case) -> str:
    percent = procedure_of_case(case).quorum_percent
    if percent is None:
        return ""
    if meeting.entitled is None:
        return f"案件{case.number}的程序规定了到会比例，请填写应到村（居）民代表人数"
    if meeting.villagers * 100 < meeting.entitled * percent:
        wanted = -(-meeting.entitled * percent // 100)
        said = f"应到村（居）民代表{meeting.entitled}人，到会{meeting.villagers}人，不足{percent}%（至少{wanted}人）"
        return f"案件{case.number}：{said}，请补齐后再议"
    return ""


@needs(Duty.REVIEW)
@transaction.atomic
def contest_vote(case_id: int, *, reason: str, on: date, at: datetime) -> ReviewVote:
    """评议结果有争议: the vote stays as it was cast, and the case goes back to a new survey. Raises DecisionRefused."""
    case = locked_case(case_id)
    vote = ReviewVote.objects.filter(case=case).select_related("meeting").order_by("-meeting__held_on", "-id").first()
    if vote is None or case.state != CaseState.REVIEWED:
        raise DecisionRefused(f"案件{case.number}现在是“{CaseState(case.state).label}”，只有刚评议完的结果可以提出争议")
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        raise DecisionRefused(f"请用{REASON_LENGTH}字以内写明争议在哪里、要重新调查什么")
    if on < vote.meeting.held_on:
        raise DecisionRefused(f"日期{on}早于评议日期{vote.meeting.held_on}，请改正")
    vote.is_contested = True
    vote.save(update_fields=["is_contested"])
    move_case(case, CaseState.ACCEPTED)
    payload: dict[str, object] = {"on": str(on), "reason": reason.strip()}
    record("评议结果有争议", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return vote
