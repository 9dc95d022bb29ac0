"""延长办理期限: in a special case once, for a stated reason, before the time runs out (57号 第二十二条)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.case_letters import letter_text, write_letter
from opendibao.intake.clock_pauses import pauses_of
from opendibao.intake.models import Case
from opendibao.intake.queries import procedure_of_case
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ENDED, CaseState
from opendibao.kernel.duties import Duty
from opendibao.rules.deadlines import Paused, counted

REASON_LENGTH = 200


@needs(Duty.CONFIRM)
@transaction.atomic
def extend_case(case_id: int | Case, *, reason: str, on: date, at: datetime) -> Case:
    """延长办理期限: to the long limit of the case's procedure, once; the family is told in writing and why.

    Raises IntakeRefused where it is too late, was extended before, or gives no reason.
    """
    case = locked_case(case_id)
    procedure, paused = procedure_of_case(case), pauses_of(case.pk, on)
    days, reason = procedure.clock("decide_extended"), reason.strip()
    _refuse_extending(case, reason, on, procedure.clock("decide"), paused)
    assert case.accepted_on  # refused above
    due = counted(case.accepted_on, days, paused)
    case.extended_on, case.extension_reason = on, reason
    case.save(update_fields=["extended_on", "extension_reason"])
    parts = [
        ("结果", f"您家的申请还在办理，办理期限延长到{due}（自受理之日起{days}个工作日）。"),
        ("理由", reason),
        ("依据", procedure.sources["decide_extended"].text),
    ]
    write_letter(case, "extended", letter_text(case, "extended", parts, on=on), on=on, at=at)
    payload: dict[str, object] = {"on": str(on), "due_on": str(due), "reason": reason}
    record("延长办理期限", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return case


def _refuse_extending(case: Case, reason: str, on: date, workdays: int, paused: Sequence[Paused]) -> None:
    if case.accepted_on is None or case.state in ENDED:
        raise IntakeRefused(f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后、办结前才能延长")
    if case.extended_on:
        raise IntakeRefused(f"案件{case.number}已于{case.extended_on}延长过，只能延长一次，请抓紧办结")
    if on < case.accepted_on:
        raise IntakeRefused(f"延长日期{on}早于受理日期{case.accepted_on}，请改正")
    if on > (due := counted(case.accepted_on, workdays, paused)):
        raise IntakeRefused(f"案件{case.number}的期限{due}已过，不能补办延长；请抓紧办结，逾期照实统计")
    if not 0 < len(reason) <= REASON_LENGTH:
        raise IntakeRefused(f"请用{REASON_LENGTH}字以内写明特殊情况是什么")
