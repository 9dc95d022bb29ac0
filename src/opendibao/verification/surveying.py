"""入户调查: what two surveyors found at a home is signed and kept; the case is verified (57号 第十六条)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import move_case
from opendibao.intake.models import Case
from opendibao.intake.states import CaseState
from opendibao.kernel.duties import Duty
from opendibao.verification.computing import income_of, unreadable
from opendibao.verification.evidence import way_on
from opendibao.verification.item_sheets import Sheet, as_declared, is_entered, sheet_fault
from opendibao.verification.matching import accepted_case
from opendibao.verification.models import ItemSheet, Survey, SurveyWay
from opendibao.verification.queries import open_faults
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.surveyors import NAME_LENGTH, pair_fault, relative_fault

COUNTY_TIME = ZoneInfo("Asia/Shanghai")
PLACE_LENGTH, REASON_LENGTH, CONCLUSION_LENGTH = 120, 200, 300


@dataclass(frozen=True)
class Visit:
    """How a family was visited: when, where (degrees), in which way and why not at home, what was seen and concluded.

    `home` is how the family lives, in words by subject; `sheets` are the sheets of hidden income and of valuation.
    """

    started_at: datetime | None = None
    way: str = SurveyWay.HOME
    way_reason: str = ""
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    home: Mapping[str, Any] = field(default_factory=dict)
    conclusion: str = ""
    sheets: Sequence[Sheet] = ()


AT_HOME = Visit()


@needs(Duty.SURVEY)
@transaction.atomic
def record_survey(
    case_id: int | Case,
    *,
    on: date,
    at: datetime,
    surveyors: tuple[str, str],
    respondent: str,
    found: Mapping[str, Any],
    visit: Visit = AT_HOME,
) -> Survey:
    """入户调查: two surveyors and the family sign what was found; the case is verified (57号 第十六条).

    A case that came back to be surveyed again gets a further survey, and the last one counts. Raises
    VerificationRefused while a hit of the match waits for an answer, and for a form that cannot be signed as it is.
    """
    case = accepted_case(case_id)
    first, second = (name.strip() for name in surveyors)
    fault = (
        _survey_fault(case, on, first, second, respondent, found)
        or _visit_fault(visit, on)
        or sheets_fault(case.declared, found, visit.sheets, on)
    )
    if fault:
        raise VerificationRefused(f"案件{case.number}：{fault}")
    survey = Survey.objects.create(
        case=case, sequence=case.surveys.count() + 1, entered_by=officer_name(),
        division=case.division, surveyed_on=on, first_surveyor=first, second_surveyor=second,
        respondent=respondent.strip(), is_signed=True, found=dict(found), started_at=visit.started_at, way=visit.way,
        way_reason=visit.way_reason.strip(), place=visit.place.strip(), latitude=visit.latitude,
        longitude=visit.longitude, home=dict(visit.home), conclusion=visit.conclusion.strip(),
    )  # fmt: skip
    ItemSheet.objects.bulk_create(_kept(survey, sheet) for sheet in visit.sheets)
    move_case(case, CaseState.VERIFIED)
    payload: dict[str, object] = {"on": str(on), "surveyors": [first, second]}
    more = {"sequence": survey.sequence if survey.sequence > 1 else 0, "sheets": len(visit.sheets)}
    payload |= {key: number for key, number in more.items() if number}
    record("入户调查", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return survey


def _kept(survey: Survey, sheet: Sheet) -> ItemSheet:
    return ItemSheet(
        survey=survey, division=survey.division, kind=sheet.kind, member=sheet.member, values=dict(sheet.values),
        method=sheet.method.strip(), comparables=list(sheet.comparables), low_fen=sheet.low_fen,
        high_fen=sheet.high_fen, grade=sheet.grade, evidence=sheet.evidence.strip(),
    )  # fmt: skip


def _survey_fault(case: Case, on: date, first: str, second: str, respondent: str, found: Mapping[str, Any]) -> str:
    if fault := pair_fault(first, second) or relative_fault(case, first, second):
        return fault
    if not 0 < len(respondent.strip()) <= NAME_LENGTH:
        return f"请填写在场家庭成员，姓名不超过{NAME_LENGTH}个字"
    if case.accepted_on is None or on < case.accepted_on:
        return f"调查日期{on}早于受理日期{case.accepted_on}，请改正"
    if not found:
        return "没有填写查明的情况，请补填"
    last = case.surveys.order_by("-sequence").first()
    if last and on < last.surveyed_on:
        return f"调查日期{on}早于上次调查{last.surveyed_on}，请改正"
    return open_faults(case.pk)


def _visit_fault(visit: Visit, on: date) -> str:
    if visit.way not in SurveyWay.values:
        return f"调查方式“{visit.way}”不在可选项内，请重选"
    is_at_home, reason = visit.way == SurveyWay.HOME, visit.way_reason.strip()
    if is_at_home == bool(reason):
        if is_at_home:
            return "入户调查不用写未入户的理由，请删去"
        return "没有入户要写明理由：只有发生重大突发事件时才能用电话、视频（57号第十六条）"
    if len(reason) > REASON_LENGTH or len(visit.place.strip()) > PLACE_LENGTH:
        return f"未入户的理由最多{REASON_LENGTH}字，调查地点最多{PLACE_LENGTH}字，请缩短"
    if len(visit.conclusion.strip()) > CONCLUSION_LENGTH:
        return f"调查结论最多{CONCLUSION_LENGTH}字，请缩短"
    if visit.started_at and visit.started_at.astimezone(COUNTY_TIME).date() != on:
        return f"到达时间不在调查日期{on}这一天，请改正"
    return _place_fault(visit)


def _place_fault(visit: Visit) -> str:
    latitude, longitude = visit.latitude, visit.longitude
    if (latitude is None) != (longitude is None):
        return "经纬度要两个一起填，没有就都空着"
    if latitude is not None and longitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return "经纬度不在地球上，请重新定位或空着"
    return ""


def sheets_fault(declared: Mapping[str, Any], found: Mapping[str, Any], sheets: Sequence[Sheet], on: date) -> str:
    """Why sheets cannot stand beside what was declared and found; "" where they can."""
    for sheet in sheets:
        if fault := sheet_fault(sheet, found, on):
            return fault
        if not is_entered(sheet, found):
            return f"{sheet.member}的核查单没有写进查明的情况，请刷新后重填"
    if not sheets:
        return ""
    if fault := unreadable(found, on):
        return fault
    return _word_alone_fault(declared, found, sheets, on)


def _word_alone_fault(declared: Mapping[str, Any], found: Mapping[str, Any], sheets: Sequence[Sheet], on: date) -> str:
    """A person's own word may not raise his income above what he declared, by the local way of the day."""
    way = way_on("self_statement_raises_income", on)
    if way.value:
        return ""
    for sheet in sheets:
        if sheet.grade != "D" or not sheet.is_income:
            continue
        if income_of(found, on) > income_of(as_declared(found, declared, sheet), on):
            return (
                f"{sheet.member}的核查单只有本人陈述（D），不能单独把收入核得比申报高；请补凭证、复函或两人以上证言，"
                f"或按申报填写（{way.source}，未经核实）"
            )
    return ""
