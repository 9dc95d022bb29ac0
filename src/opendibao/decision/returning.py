"""退回乡镇: the county sends a reported case back, with words on what the township must find out."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case, move_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty

RETURNED = "退回乡镇"
REASON_LENGTH = 200


@needs(Duty.CONFIRM)
@transaction.atomic
def return_to_township(case_id: int, *, reason: str, on: date, at: datetime) -> Case:
    """退回乡镇: the township surveys again, gives its opinion anew and reports again; its clock goes on.

    Raises DecisionRefused where the case is not with the county, or without words.
    """
    case = locked_case(case_id)
    if case.state != CaseState.REPORTED:
        raise DecisionRefused(f"案件{case.number}现在是“{CaseState(case.state).label}”，已报县的案件才能退回乡镇")
    if not 0 < len(reason.strip()) <= REASON_LENGTH:
        raise DecisionRefused(f"请用{REASON_LENGTH}字以内写明要乡镇查清什么")
    move_case(case, CaseState.ACCEPTED)
    payload: dict[str, object] = {"on": str(on), "reason": reason.strip()}
    record(RETURNED, f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return case
