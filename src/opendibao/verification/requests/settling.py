"""办结跨省核对的后续: a person says what he made of a late answer that bears on the result, and of a re-check."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.verification.models import Bearing, LateAnswer, RegionRequest
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.drafting import held_request
from opendibao.verification.requests.ending import note

NOTE_LENGTH = 200
SETTLED, RECHECKED = "办结迟到答复", "跨省核对复查"


@needs(Duty.CONFIRM)
@transaction.atomic
def settle_late_answer(late_id: int, *, said: str, on: date, at: datetime) -> LateAnswer:
    """办结迟到答复: what the county did about a late answer that would change the result; nothing changes by itself.

    Raises VerificationRefused.
    """
    late = LateAnswer.objects.select_for_update(of=("self",)).filter(pk=late_id).first()
    if late is None:
        raise VerificationRefused("没有这份迟到答复，或不在本人可见的区划内")
    if late.bearing == Bearing.UNCHANGED:
        raise VerificationRefused("这份迟到答复不改变结果，不用办结")
    if late.settled_on:
        raise VerificationRefused(f"这份迟到答复已于{late.settled_on}由{late.settled_by}办结，请勿重复")
    if on < late.weighed_on:
        raise VerificationRefused(f"办结日期{on}早于收到日期{late.weighed_on}，请改正")
    late.settled_on, late.settled_by, late.note = on, officer_name(), _said(said)
    late.save(update_fields=["settled_on", "settled_by", "note"])
    request = RegionRequest.objects.select_related("case").get(answers=late.answer_id)
    note(SETTLED, [request], at, on=str(on), said=late.note)
    return late


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def settle_recheck(request_id: int, *, said: str, on: date, at: datetime) -> RegionRequest:
    """登记条件复查: what stayed unchecked at expiry was asked again or looked into another way.

    Raises VerificationRefused.
    """
    request = held_request(request_id)
    if request.recheck_on is None or request.answered_on:
        raise VerificationRefused("这项请求没有要复查的：没有到期，或者后来有了答复")
    if request.rechecked_on:
        raise VerificationRefused(f"这项请求已于{request.rechecked_on}由{request.rechecked_by}复查，请勿重复")
    if request.ended_on and on < request.ended_on:
        raise VerificationRefused(f"复查日期{on}早于到期日期{request.ended_on}，请改正")
    request.rechecked_on, request.rechecked_by, request.recheck_note = on, officer_name(), _said(said)
    request.save(update_fields=["rechecked_on", "rechecked_by", "recheck_note"])
    note(RECHECKED, [request], at, on=str(on), said=request.recheck_note)
    return request


def _said(words: str) -> str:
    if not 0 < len(words.strip()) <= NOTE_LENGTH:
        raise VerificationRefused(f"请用{NOTE_LENGTH}字以内写明怎么办的")
    return words.strip()
