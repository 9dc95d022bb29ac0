"""不予受理和终止: an application is not taken on a ground of the law, taken back, or ended without co-operation."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case, move_case
from opendibao.intake.case_letter_words import discontinuation_words, refusal_words, withdrawal_words
from opendibao.intake.case_letters import write_letter
from opendibao.intake.models import Case
from opendibao.intake.paper_lists import grounds
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty

REASON_LENGTH = 200


@needs(Duty.ACCEPT)
@transaction.atomic
def not_accept_case(case_id: int, *, ground: str, reason: str, on: date, at: datetime) -> Case:
    """不予受理: only on a ground that the law knows; the letter says what the family can do. Raises IntakeRefused."""
    known = grounds()
    if ground not in known:
        raise IntakeRefused(f"不予受理的情形“{ground}”不在可选项内；材料不齐的请告知补正，不能不受理")
    case, said = _ending(case_id, reason, on)
    move_case(case, CaseState.NOT_ACCEPTED, on=on)
    _note(case, "不予受理", at, on, f"{known[ground].zh}。{said}")
    write_letter(case, "not_accepted", refusal_words(case, known[ground], said, on), on=on, at=at)
    return case


@needs(Duty.ACCEPT)
@transaction.atomic
def withdraw_case(case_id: int, *, reason: str, on: date, at: datetime) -> Case:
    """撤回申请: the family takes its case back, and may apply again at any time. Raises IntakeRefused."""
    return _end(case_id, CaseState.WITHDRAWN, "撤回申请", withdrawal_words, reason, on, at)


@needs(Duty.ACCEPT, Duty.REVIEW, Duty.CONFIRM)
@transaction.atomic
def discontinue_case(case_id: int, *, reason: str, on: date, at: datetime) -> Case:
    """终止办理: the family refuses to co-operate without good reason (57号 第二十九条); `reason` says what it refused.

    Raises IntakeRefused.
    """
    return _end(case_id, CaseState.DISCONTINUED, "终止办理", discontinuation_words, reason, on, at)


def _end(
    case_id: int,
    state: CaseState,
    action: str,
    words: Callable[[Case, str, date], str],
    reason: str,
    on: date,
    at: datetime,
) -> Case:
    case, said = _ending(case_id, reason, on)
    move_case(case, state, on=on)
    _note(case, action, at, on, said)
    if case.kind == "application":
        write_letter(case, "ended", words(case, said, on), on=on, at=at)
    return case


def _ending(case_id: int, reason: str, on: date) -> tuple[Case, str]:
    """The case, held, and the reason as a sentence."""
    case, said = locked_case(case_id), reason.strip()
    if not said:
        raise IntakeRefused("请写明理由")
    if len(said) > REASON_LENGTH:
        raise IntakeRefused(f"理由最多{REASON_LENGTH}字，请改短")
    if on < (case.accepted_on or case.applied_on):
        raise IntakeRefused(f"日期{on}早于申请或受理的日期，请改正")
    return case, said if said.endswith(("。", "！", "？")) else f"{said}。"


def _note(case: Case, action: str, at: datetime, on: date, reason: str) -> None:
    record(action, f"案件 {case.number}", division=case.division, at=at, payload={"on": str(on), "reason": reason})
