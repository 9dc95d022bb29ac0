"""撤回处置: the answer to a hit is taken back until the case has taken its next step."""

from datetime import datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.queries import events_of
from opendibao.intake.actions import locked_case
from opendibao.kernel.duties import Duty
from opendibao.verification.models import MatchResult
from opendibao.verification.refusal import VerificationRefused

DISPOSED, UNDONE = "处置核对结果", "撤回处置"


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
    was = match.disposition
    match.disposition, match.reason = "", ""
    match.save(update_fields=["disposition", "reason"])
    payload: dict[str, object] = {"match": match.pk, "source": match.source, "disposition": was}
    record(UNDONE, f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return match


def _went_on(match: MatchResult, subject: str) -> str:
    """What was done with the case after this hit was answered; "" where nothing was."""
    after = False
    for event in events_of(subject):
        if event.action == DISPOSED and event.payload.get("match") == match.pk:
            after, since = True, ""
        elif after and event.action not in (DISPOSED, UNDONE):
            since = since or event.action
    return since if after else ""
