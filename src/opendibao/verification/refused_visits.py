"""拒绝配合: a family will not be asked; who stood at its door and who saw it is kept (57号 第二十九条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.verification.matching import accepted_case
from opendibao.verification.models import RefusedVisit
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.surveyors import NAME_LENGTH, pair_fault, relative_fault

WORDS_LENGTH = 300


@needs(Duty.SURVEY)
@transaction.atomic
def record_refused_visit(
    case_id: int, *, surveyors: tuple[str, str], witness: str, words: str, on: date, at: datetime
) -> RefusedVisit:
    """登记拒绝配合: nothing is decided by it; whether the case is ended is a step of its own.

    Raises VerificationRefused without two surveyors and a third who saw it.
    """
    case = accepted_case(case_id)
    first, second = (name.strip() for name in surveyors)
    witness, words = witness.strip(), words.strip()
    fault = pair_fault(first, second) or relative_fault(case, first, second)
    if not fault and (not 0 < len(witness) <= NAME_LENGTH or witness in (first, second)):
        fault = f"请写见证人，应是调查人以外的人，姓名不超过{NAME_LENGTH}个字"
    if not fault and not 0 < len(words) <= WORDS_LENGTH:
        fault = f"请用{WORDS_LENGTH}字以内写明家庭拒绝的情形"
    if not fault and (case.accepted_on is None or on < case.accepted_on):
        fault = f"上门日期{on}早于受理日期{case.accepted_on}，请改正"
    if fault:
        raise VerificationRefused(f"案件{case.number}：{fault}")
    found = RefusedVisit.objects.create(
        case=case, division=case.division, visited_on=on, first_surveyor=first, second_surveyor=second,
        witness=witness, words=words, noted_by=officer_name(),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "surveyors": [first, second], "witness": witness}
    record("拒绝配合调查", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return found
