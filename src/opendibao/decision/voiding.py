"""撤销: a decision is voided before its letter was received or it was reported upwards; it was never in force."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from opendibao.audit.actions import record, record_many
from opendibao.audit.duties import needs
from opendibao.decision.models import ApprovalBatch, Decision, DecisionKind
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.reopening import reopen_cases
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_of

VOIDABLE = (DecisionKind.CONFIRM, DecisionKind.REFUSE)
REASON_LENGTH = 200
VOIDED = "撤销决定"


@needs(Duty.CONFIRM)
@transaction.atomic
def void_decision(decision_id: int, *, reason: str, on: date, at: datetime) -> Decision:
    """撤销决定: the case stands again where the county decides it; the decision stays, marked as void.

    Raises DecisionRefused where the letter was received, the decision reported or paid, or it ended another one.
    """
    found = Decision.objects.select_for_update(of=("self",)).filter(pk=decision_id)
    decision = found.select_related("letter", "outbox", "case").first()
    if decision is None:
        raise DecisionRefused("没有这个决定，或不在本人可见的区划内")
    _void([decision], _reason(reason), on, at)
    return decision


@needs(Duty.CONFIRM)
@transaction.atomic
def void_batch(batch_id: int, *, reason: str, on: date, at: datetime) -> int:
    """撤销成批确认: all decisions of a batch that are not void yet, or none; returns how many.

    Raises DecisionRefused naming a decision that cannot be voided any more.
    """
    batch = ApprovalBatch.objects.filter(pk=batch_id).first()
    if batch is None:
        raise DecisionRefused("没有这次成批确认，或不在本人可见的区划内")
    said = _reason(reason)
    found = Decision.objects.select_for_update(of=("self",)).filter(batch=batch, voided_on=None).order_by("pk")
    decisions = list(found.select_related("letter", "outbox", "case"))
    if not decisions:
        raise DecisionRefused("这次成批确认的决定都已撤销，请勿重复")
    _void(decisions, said, on, at)
    payload: dict[str, object] = {"on": str(on), "reason": said, "decisions": len(decisions)}
    record("撤销成批确认", f"成批确认 {batch.pk}", division=batch.division, at=at, payload=payload)
    return len(decisions)


def _reason(reason: str) -> str:
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        raise DecisionRefused(f"请用{REASON_LENGTH}字以内写明撤销的理由")
    return reason.strip()


def _void(decisions: Sequence[Decision], reason: str, on: date, at: datetime) -> None:
    for decision in decisions:
        if fault := why_not_void(decision, on):
            raise DecisionRefused(f"决定{decision.number}{fault}")
        decision.ended_on, decision.voided_on, decision.void_reason = decision.decided_on, on, reason
        if decision.first_month:  # its months end before they begin: it pays none
            decision.last_month = month_of(decision.decided_on)
    try:
        with transaction.atomic():
            Decision.objects.bulk_update(decisions, ["ended_on", "voided_on", "void_reason", "last_month"])
    except IntegrityError as wall:  # a pay run took it in; money stands above this stage, and its wall speaks
        raise DecisionRefused(f"不能撤销：{str(wall).splitlines()[0]}") from None
    cases = [decision.case for decision in decisions if decision.case]
    reopen_cases(cases)
    record_many(VOIDED, [_event(decision, reason, on) for decision in decisions], at=at)


def _event(decision: Decision, reason: str, on: date) -> tuple[str, str, dict[str, object]]:
    assert decision.case is not None  # only the opening's decisions have none, and they are not voidable
    payload: dict[str, object] = {"on": str(on), "decision": decision.number, "reason": reason}
    return f"案件 {decision.case.number}", decision.division, payload


def why_not_void(decision: Decision, on: date) -> str:
    """Why a decision cannot be voided on a day, in words that follow its number; "" where it can."""
    if decision.voided_on:
        return f"已在{decision.voided_on}撤销，请勿重复"
    if decision.kind not in VOIDABLE:
        return f"是“{DecisionKind(decision.kind).label}”，不能撤销，请以新决定调整"
    if decision.ended_by_id:
        return "已由后来的决定终止，不能撤销"
    if on < decision.decided_on:
        return f"是{decision.decided_on}作出的，撤销日期{on}更早，请改正"
    if decision.letter.delivered_on:
        return f"的告知书已在{decision.letter.delivered_on}签收，不能撤销，请以新决定调整"
    if decision.outbox.sent_on:
        return f"已在{decision.outbox.sent_on}上报，不能撤销，请以新决定调整"
    return ""
