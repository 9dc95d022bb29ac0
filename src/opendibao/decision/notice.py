"""公示: the first opinion on a case is posted in its village for seven days (57号 第十九条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.assessing import persons_of
from opendibao.decision.first_opinion import give_opinion, last_opinion
from opendibao.decision.models import PublicNotice
from opendibao.decision.proposing import proposal_of
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import move_case
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.models import Attachment, AttachmentKind, Case
from opendibao.intake.queries import procedure_of_case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.rules.answer import Answer
from opendibao.rules.deadlines import notice_ends

PLACE_LENGTH, MOST_PLACES, MOST_CASES = 60, 10, 60
Picture = tuple[str, bytes]
"""The name a photograph came with, and its bytes."""


@needs(Duty.REVIEW)
@transaction.atomic
def post_notice(
    case_id: int, *, on: date, at: datetime, places: Sequence[str] = (), photo: Picture | None = None
) -> PublicNotice:
    """张贴公示: how many persons and how much the rules give on the survey's facts. Raises DecisionRefused.

    Where what is proposed is no longer the last opinion, the township's opinion is given anew first.
    """
    case = move_case(case_id, CaseState.NOTICED)
    answer = proposal_of(case, on)
    if fault := _places_fault(places):
        raise DecisionRefused(fault)
    _keep_opinion(case, answer, on, at)
    picture = _pictured(case, AttachmentKind.POSTED, photo, on, at) if photo else None
    notice = PublicNotice.objects.create(
        case=case, sequence=case.notices.count() + 1, division=case.division, posted_on=on,
        ends_on=notice_ends(on, procedure_of_case(case)), places=[place.strip() for place in places],
        persons=persons_of(answer), proposed_fen=answer.monthly_benefit_fen, posted_photo=picture,
    )  # fmt: skip
    payload = {"on": str(on), "ends_on": str(notice.ends_on), "persons": notice.persons}
    payload |= {"proposed_fen": notice.proposed_fen}
    record("张贴公示", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return notice


@needs(Duty.REVIEW)
@transaction.atomic
def post_notices(
    division: str,
    case_ids: Sequence[int],
    *,
    on: date,
    at: datetime,
    places: Sequence[str],
    photo: Picture | None = None,
) -> list[PublicNotice]:
    """成批张贴: the cases of a village on one sheet, all or none. Raises DecisionRefused naming the case."""
    if not case_ids or len(set(case_ids)) != len(case_ids) or len(case_ids) > MOST_CASES:
        raise DecisionRefused(f"请选要公示的案件，每件一次，一张榜最多{MOST_CASES}件")
    if not places:
        raise DecisionRefused("请写明公示榜张贴在哪里")
    made = []
    for case_id in case_ids:
        notice = post_notice(case_id, on=on, at=at, places=places, photo=photo)
        if notice.division != division:
            raise DecisionRefused(f"案件{notice.case.number}不在这个村（社区），请到它的村公示")
        made.append(notice)
        if notice.posted_photo:  # made small once is made small for all of them
            photo = (notice.posted_photo.name, bytes(notice.posted_photo.content))
    payload: dict[str, object] = {"on": str(on), "cases": [notice.case.number for notice in made]}
    record("张贴公示榜", f"公示 {division}", division=division, at=at, payload=payload)
    return made


@needs(Duty.REVIEW)
@transaction.atomic
def take_down_notices(
    notice_ids: Sequence[int], *, on: date, at: datetime, photo: Picture | None = None
) -> list[PublicNotice]:
    """撤下公示榜: after the last of its days, with a photograph of the board. Raises DecisionRefused."""
    found = list(PublicNotice.objects.select_for_update(of=("self",)).filter(pk__in=notice_ids).order_by("pk"))
    if not found or len(found) != len(set(notice_ids)):
        raise DecisionRefused("没有这张公示榜，或不在本人可见的区划内")
    for notice in found:
        if fault := _takedown_fault(notice, on):
            raise DecisionRefused(fault)
        picture = _pictured(notice.case, AttachmentKind.TAKEN_DOWN, photo, on, at) if photo else None
        if picture:
            photo = (picture.name, bytes(picture.content))
        notice.taken_down_on, notice.taken_down_photo = on, picture
        notice.save(update_fields=["taken_down_on", "taken_down_photo"])
        record("撤下公示", f"案件 {notice.case.number}", division=notice.division, at=at, payload={"on": str(on)})
    payload: dict[str, object] = {"on": str(on), "cases": [notice.case.number for notice in found]}
    record("撤下公示榜", f"公示 {found[0].division}", division=found[0].division, at=at, payload=payload)
    return found


def _keep_opinion(case: Case, answer: Answer, on: date, at: datetime) -> None:
    """The opinion that is posted is the last one given; after a former notice a new one is given (57号 第十九条)."""
    last = last_opinion(case.pk)
    said = (last.view, last.persons, last.proposed_fen, last.reported_on) if last else None
    posted_before = case.notices.exists()
    if posted_before or said != ("grant", persons_of(answer), answer.monthly_benefit_fen, None):
        give_opinion(case, on=on, at=at)


def _pictured(case: Case, kind: str, photo: Picture, on: date, at: datetime) -> Attachment:
    name, content = photo
    return keep_attachment(case, kind=kind, name=name, content=content, on=on, at=at)


def _places_fault(places: Sequence[str]) -> str:
    if len(places) > MOST_PLACES:
        return f"张贴地点最多写{MOST_PLACES}处"
    if wrong := [place for place in places if not 0 < len(place.strip()) <= PLACE_LENGTH]:
        return f"张贴地点“{wrong[0][:20]}”应在1到{PLACE_LENGTH}字之间，一处一行"
    return ""


def _takedown_fault(notice: PublicNotice, on: date) -> str:
    if notice.taken_down_on:
        return f"案件{notice.case.number}的公示已于{notice.taken_down_on}撤下，请勿重复登记"
    if on <= notice.ends_on:
        return f"案件{notice.case.number}公示到{notice.ends_on}为止，最早第二天撤下，现在填的是{on}（57号第十九条）"
    return ""
