"""入户派单: two surveyors are sent to a family within a window of days; the last order of a case counts."""

from datetime import date, datetime, timedelta

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.models import Case
from opendibao.kernel.duties import Duty
from opendibao.verification.matching import accepted_case
from opendibao.verification.models import SurveyOrder
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.surveyors import approver_fault, pair_fault, relative_fault

LONGEST_WINDOW = timedelta(days=31)


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def order_survey(
    case_id: int, *, surveyors: tuple[str, str], from_day: date, to_day: date, on: date, at: datetime
) -> SurveyOrder:
    """派单: send two surveyors; an order given again stands beside the earlier ones.

    Raises VerificationRefused for who may not go or a window that cannot be.
    """
    case = accepted_case(case_id)
    first, second = (name.strip() for name in surveyors)
    fault = (
        pair_fault(first, second)
        or relative_fault(case, first, second)
        or approver_fault(case, first, second)
        or _window_fault(case, from_day, to_day, on)
    )
    if fault:
        raise VerificationRefused(f"案件{case.number}：{fault}")
    order = SurveyOrder.objects.create(
        case=case, division=case.division, first_surveyor=first, second_surveyor=second, from_day=from_day,
        to_day=to_day, ordered_on=on, ordered_by=officer_name(),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "surveyors": [first, second], "days": [str(from_day), str(to_day)]}
    record("入户派单", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return order


def _window_fault(case: Case, from_day: date, to_day: date, on: date) -> str:
    if case.accepted_on is None or on < case.accepted_on:
        return f"派单日期{on}早于受理日期{case.accepted_on}，请改正"
    if from_day < on:
        return f"入户起日{from_day}早于派单日期{on}，请改正"
    if to_day < from_day:
        return f"入户止日{to_day}早于起日{from_day}，请改正"
    if to_day - from_day > LONGEST_WINDOW:
        return f"入户期限超过{LONGEST_WINDOW.days}天，请缩短"
    return ""
