"""调查表更正: a signed form is changed only beside itself, for a reason, with the family's agreement."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import locked_case
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.verification.computing import unreadable
from opendibao.verification.models import Survey, SurveyCorrection
from opendibao.verification.queries import found_of
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.surveyors import NAME_LENGTH

REASON_LENGTH = 200
# what was posted or reported rests on the form; after that only a new survey changes the facts
CORRECTED_IN = (CaseState.VERIFIED, CaseState.REVIEWED)


@needs(Duty.SURVEY)
@transaction.atomic
def correct_survey(
    survey_id: int, *, after: Mapping[str, Any], reason: str, agreed_by: str, on: date, at: datetime
) -> SurveyCorrection:
    """更正调查表: what stood there, what is right, why, and who of the family agreed; both stay.

    Raises VerificationRefused where nothing changes or a word is missing, ForbiddenMove once the case was posted.
    """
    survey = Survey.objects.select_related("case").filter(pk=survey_id).first()
    if survey is None:
        raise VerificationRefused("没有这张入户调查表，或不在本人可见的区划内")
    case = locked_case(survey.case_id)
    if case.state not in CORRECTED_IN or case.surveys.filter(sequence__gt=survey.sequence).exists():
        raise ForbiddenMove(
            f"案件{case.number}现在是“{CaseState(case.state).label}”，公示以前只能更正最后一张调查表；"
            "以后要改的，请退回重新调查"
        )
    before = found_of(survey)
    if fault := _fault(survey, before, after, reason.strip(), agreed_by.strip(), on):
        raise VerificationRefused(f"案件{case.number}：{fault}")
    found = SurveyCorrection.objects.create(
        survey=survey, division=survey.division, sequence=survey.corrections.count() + 1, before=before,
        after=dict(after), reason=reason.strip(), corrected_on=on, corrected_by=officer_name(),
        agreed_by=agreed_by.strip(),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "reason": found.reason, "correction": found.sequence}
    record("更正调查表", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return found


def _fault(
    survey: Survey, before: Mapping[str, Any], after: Mapping[str, Any], reason: str, agreed_by: str, on: date
) -> str:
    if dict(before) == dict(after):
        return "更正前后一样，没有要改的；请改好再保存，或不办了"
    if not 0 < len(reason) <= REASON_LENGTH:
        return f"请用{REASON_LENGTH}字以内写明为什么更正"
    if not 0 < len(agreed_by) <= NAME_LENGTH:
        return "请写哪一位家庭成员确认了更正"
    last = survey.corrections.order_by("-sequence").first()
    since = last.corrected_on if last else survey.surveyed_on
    if on < since:
        return f"更正日期{on}早于{since}，请改正"
    return "" if unreadable(before, on) else unreadable(after, on)
