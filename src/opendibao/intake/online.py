"""网上申请办理: what families sent themselves is taken over into an application, or answered with the reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.models import OnlineApplication
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import Duty

ANSWER_LENGTH = 200


@needs(Duty.ACCEPT)
@transaction.atomic
def answer_online(online_id: int, *, answer: str, on: date, at: datetime) -> OnlineApplication:
    """答复网上申请: why it is not taken over; the family reads it where it asks how it stands. Once.

    Raises IntakeRefused.
    """
    found = OnlineApplication.objects.select_for_update(of=("self",)).filter(pk=online_id).first()
    if found is None:
        raise IntakeRefused("没有这份网上申请，或不在本人可见的区划内")
    said = answer.strip()
    if found.answered_on:
        raise IntakeRefused(f"网上申请{found.number}已于{found.answered_on}办理，请勿重复答复")
    if on < localdate(found.received_at):
        raise IntakeRefused(f"答复日期{on}早于收到日期{localdate(found.received_at)}，请改正")
    if not 0 < len(said) <= ANSWER_LENGTH:
        raise IntakeRefused(f"请用{ANSWER_LENGTH}字以内写明为什么不转为申请、家庭可以怎么办")
    found.answered_on, found.answer = on, said
    found.save(update_fields=["answered_on", "answer"])
    payload: dict[str, object] = {"on": str(on), "answer": said}
    record("答复网上申请", f"网上申请 {found.number}", division=found.division, at=at, payload=payload)
    return found
