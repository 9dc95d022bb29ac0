"""暂停计时: days that do not count in a case's clock, on a ground that its procedure names, and back again."""

from datetime import date, datetime, timedelta

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Case, ClockPause
from opendibao.intake.queries import procedure_of_case
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ENDED, CaseState
from opendibao.kernel.duties import Duty
from opendibao.rules.deadlines import Paused, counted

REASON_LENGTH = 200


def pauses_of(case_id: int, today: date) -> list[Paused]:
    """The days on which the clock of a case stood still; one that still stands does so up to today."""
    rows = ClockPause.objects.filter(case=case_id).order_by("paused_on")
    return [Paused(p.paused_on, p.resumed_on or max(p.paused_on, today + timedelta(days=1))) for p in rows]


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def pause_clock(case_id: int | Case, *, ground: str, reason: str, on: date, at: datetime) -> ClockPause:
    """暂停计时: from this day on days do not count, until it is resumed.

    Raises IntakeRefused for a ground that the case's procedure does not name, or while the clock stands still already.
    """
    case = locked_case(case_id)
    _refuse_pausing(case, ground, reason.strip(), on)
    pause = ClockPause.objects.create(
        case=case, division=case.division, ground=ground, reason=reason.strip(), paused_on=on
    )
    payload: dict[str, object] = {"on": str(on), "ground": ground, "reason": pause.reason}
    record("暂停计时", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return pause


def _refuse_pausing(case: Case, ground: str, reason: str, on: date) -> None:
    grounds = procedure_of_case(case).pauses
    if case.accepted_on is None or case.state in ENDED:
        raise IntakeRefused(f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后、办结前才能暂停计时")
    if not grounds:
        raise IntakeRefused(f"案件{case.number}适用的程序没有暂停计时的情形，时限照常计算；特殊情况请办理延长")
    if ground not in grounds:
        raise IntakeRefused(f"暂停事由“{ground}”不在程序规定的情形内，可选：{'；'.join(grounds.values())}")
    if not 0 < len(reason) <= REASON_LENGTH:
        raise IntakeRefused(f"请用{REASON_LENGTH}字以内写明为什么暂停、等什么")
    _refuse_day(case, on)


def _refuse_day(case: Case, on: date) -> None:
    assert case.accepted_on
    if on < case.accepted_on:
        raise IntakeRefused(f"暂停日期{on}早于受理日期{case.accepted_on}，请改正")
    for pause in case.pauses.all():
        if pause.resumed_on is None:
            raise IntakeRefused(f"案件{case.number}自{pause.paused_on}起已经暂停计时，请先恢复")
        if on < pause.resumed_on:
            raise IntakeRefused(f"暂停日期{on}落在{pause.paused_on}至{pause.resumed_on}的暂停里，请改正")
    days = procedure_of_case(case).clock("decide_extended" if case.extended_on else "decide")
    if on > (due := counted(case.accepted_on, days, pauses_of(case.pk, on))):
        raise IntakeRefused(f"案件{case.number}的期限{due}已过，不能再暂停计时；请抓紧办结，逾期照实统计")


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def resume_clock(case_id: int | Case, *, on: date, at: datetime) -> ClockPause:
    """恢复计时: this day counts again. Raises IntakeRefused where the clock does not stand still."""
    case = locked_case(case_id)
    pause = ClockPause.objects.select_for_update(of=("self",)).filter(case=case, resumed_on=None).first()
    if pause is None:
        raise IntakeRefused(f"案件{case.number}没有暂停计时，不必恢复")
    if on < pause.paused_on:
        raise IntakeRefused(f"恢复日期{on}早于暂停日期{pause.paused_on}，请改正")
    pause.resumed_on = on
    pause.save(update_fields=["resumed_on"])
    payload: dict[str, object] = {"on": str(on), "paused_on": str(pause.paused_on)}
    record("恢复计时", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return pause
