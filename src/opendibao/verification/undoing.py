"""撤回处置: the answer to a hit is taken back until the case has taken its next step."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.queries import events_of
from opendibao.intake.actions import locked_case
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Link, LinkState, MatchResult, NotSamePerson, Tier
from opendibao.verification.reasons import is_forgotten
from opendibao.verification.refusal import VerificationRefused

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
DISPOSED, UNDONE = "处置核对结果", "撤回处置"
STAYING = (DISPOSED, UNDONE, "信息核对", "开始核对", "听取说明")
"""What may be done with the hits of a case while its answers can be taken back."""


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def undo_disposition(match_id: int, *, at: datetime) -> MatchResult:
    """撤回处置: the hit waits for an answer again. Raises VerificationRefused once the case went on."""
    match = MatchResult.objects.select_for_update(of=("self",)).filter(pk=match_id).first()
    if match is None:
        raise VerificationRefused("没有这条核对结果，或不在本人可见的区划内")
    case = locked_case(match.case_id)
    if not match.disposition:
        raise VerificationRefused("这条核对结果还没有处置，不用撤回")
    if since := _went_on(match, f"案件 {case.number}"):
        raise VerificationRefused(f"案件{case.number}处置后已经“{since}”，不能撤回；要改的，请退回乡镇重新调查")
    was, was_forgotten = match.disposition, is_forgotten(match.disposition, match.reason_code)
    match.disposition, match.reason_code, match.reason = "", "", ""
    match.save(update_fields=["disposition", "reason_code", "reason"])
    if was_forgotten:
        _remember(match, on=at.astimezone(COUNTY_TIME).date())
    payload: dict[str, object] = {"match": match.pk, "source": match.source, "disposition": was}
    record(UNDONE, f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return match


def _remember(match: MatchResult, *, on: date) -> None:
    """What was said not to be his may be his again; the link that was in doubt had been found to be his."""
    for link in Link.objects.select_for_update(of=("self",)).filter(answers__match=match, state=LinkState.NOT_SAME):
        NotSamePerson.objects.filter(
            person_id=link.person_id, source=link.source, row_key=link.row_key, taken_back_on=None
        ).update(taken_back_on=on)
        if link.tier == Tier.REVIEW:
            link.state, link.note = LinkState.SAME, "撤回处置，仍认定是本人"
        else:
            link.state, link.settled_by, link.settled_on, link.note = LinkState.AUTOMATIC, "", None, ""
        link.save(update_fields=["state", "settled_by", "settled_on", "note"])


def _went_on(match: MatchResult, subject: str) -> str:
    """What was done with the case after this hit was answered; "" where nothing was."""
    after = False
    for event in events_of(subject):
        if event.action == DISPOSED and event.payload.get("match") == match.pk:
            after, since = True, ""
        elif after and event.action not in STAYING:
            since = since or event.action
    return since if after else ""
