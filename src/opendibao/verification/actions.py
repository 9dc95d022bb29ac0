"""核对调查办理: files what departments answer, lets a person answer each hit, files the household survey."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import locked_case, move_case
from opendibao.intake.models import Case
from opendibao.intake.queries import signed
from opendibao.intake.refusal import NoConsent
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import age_on
from opendibao.registry.queries import MemberRow, members_on
from opendibao.verification.models import MatchOutcome, MatchResult, Survey
from opendibao.verification.queries import UNSETTLED, open_hits
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sources import SOURCES

__all__ = ["Answer", "VerificationRefused", "dispose_match", "file_match_results", "open_hits", "record_survey"]

ADULT = 18
DISPOSITIONS = dict(MatchResult._meta.get_field("disposition").flatchoices)
NAME_LENGTH, REASON_LENGTH = 60, 120


@dataclass(frozen=True)
class Answer:
    """What one department said of one member; a hit carries what was found, silence is `not_checked`."""

    person_id: int
    source: str
    outcome: str
    detail: Mapping[str, Any] = field(default_factory=dict)


def _accepted(case_id: int) -> Case:
    case = locked_case(case_id)
    if case.state != CaseState.ACCEPTED:
        raise ForbiddenMove(
            f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后才能核对调查，办结后不能再改"
        )
    return case


def _note(case: Case, action: str, at: datetime, **payload: object) -> None:
    record(action, f"案件 {case.number}", division=case.division, at=at, payload=payload)


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def file_match_results(
    case_id: int, answers: Sequence[Answer], *, requested_on: date, answered_on: date, at: datetime
) -> int:
    """信息核对: file the departments' answers about the members of a case; returns how many.

    Raises NoConsent where an adult has not signed, VerificationRefused for an answer that cannot stand.
    """
    case = _accepted(case_id)
    if answered_on < requested_on:
        raise VerificationRefused(f"答复日期{answered_on}早于提请日期{requested_on}，请改正")
    members = {m.person_id: m for m in members_on(case.household_id, requested_on)}
    _refuse_answers(case, answers, members)
    _refuse_without_consent(case, [members[a.person_id] for a in answers], requested_on)
    MatchResult.objects.bulk_create(
        MatchResult(
            case=case, person_id=a.person_id, division=case.division, source=a.source, requested_on=requested_on,
            answered_on=None if a.outcome == MatchOutcome.NOT_CHECKED else answered_on, outcome=a.outcome,
            detail=dict(a.detail),
        )
        for a in answers
    )  # fmt: skip
    hits = sum(a.outcome == MatchOutcome.HIT for a in answers)
    _note(case, "信息核对", at, requested_on=str(requested_on), answers=len(answers), hits=hits)
    return len(answers)


def _refuse_answers(case: Case, answers: Sequence[Answer], members: Mapping[int, MemberRow]) -> None:
    """One answer per member and source, of sources and outcomes that exist."""
    filed = set(MatchResult.objects.filter(case=case).values_list("person_id", "source"))
    for a in answers:
        if fault := _answer_fault(a, members):
            raise VerificationRefused(f"案件{case.number}：{fault}")
        if (a.person_id, a.source) in filed:
            who = f"{members[a.person_id].name}在“{SOURCES[a.source].zh}”"
            raise VerificationRefused(f"案件{case.number}：{who}的核对结果已有，请勿重复")
        filed.add((a.person_id, a.source))


def _answer_fault(answer: Answer, members: Mapping[int, MemberRow]) -> str:
    if answer.person_id not in members:
        return f"核对结果里的人员{answer.person_id}不是这一户的成员，请核对"
    name = members[answer.person_id].name
    if answer.source not in SOURCES:
        return f"{name}的核对来源“{answer.source}”不存在，请改正"
    if answer.outcome not in MatchOutcome.values:
        return f"{name}的核对结果“{answer.outcome}”不在可选项内，请改正"
    if answer.outcome == MatchOutcome.HIT and not answer.detail:
        return f"{name}在“{SOURCES[answer.source].zh}”核到信息，请写明核到什么"
    return ""


def _refuse_without_consent(case: Case, asked: Sequence[MemberRow], on: date) -> None:
    """57号 第九条: nobody is asked about without his authorisation; minors' families sign for them."""
    have = signed(case.pk)
    lacking = sorted({m.name for m in asked if m.person_id not in have and age_on(m.born, on) >= ADULT})
    if lacking:
        raise NoConsent(f"案件{case.number}：{'、'.join(lacking)}没有签核对授权书，请先补签")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def dispose_match(match_id: int, *, disposition: str, reason: str, at: datetime) -> MatchResult:
    """处置核对结果: a person answers a hit with one of four keys and a reason; only 再核 can be answered again."""
    match = MatchResult.objects.select_for_update(of=("self",)).filter(pk=match_id).first()
    if match is None:
        raise VerificationRefused("没有这条核对结果，或不在本人可见的区划内")
    if fault := _disposition_fault(match, disposition, reason.strip()):
        raise VerificationRefused(fault)
    match.disposition, match.reason = disposition, reason.strip()
    match.save(update_fields=["disposition", "reason"])
    payload: dict[str, object] = {"match": match.pk, "source": match.source, "disposition": disposition}
    _note(match.case, "处置核对结果", at, **payload)
    return match


def _disposition_fault(match: MatchResult, disposition: str, reason: str) -> str:
    if match.outcome != MatchOutcome.HIT:
        return "只有核到信息的结果才需要处置"
    if match.disposition not in UNSETTLED:
        return f"这条核对结果已处置为“{DISPOSITIONS[match.disposition]}”，不能改写"
    if disposition not in DISPOSITIONS:
        return f"处置“{disposition}”不在可选项内，请在采信、维持申报、再核、建议终止中选一项"
    return "" if 0 < len(reason) <= REASON_LENGTH else f"请用{REASON_LENGTH}字以内写明处置理由"


@needs(Duty.SURVEY)
@transaction.atomic
def record_survey(
    case_id: int,
    *,
    on: date,
    at: datetime,
    surveyors: tuple[str, str],
    respondent: str,
    found: Mapping[str, Any],
) -> Survey:
    """入户调查: two surveyors and the family sign what was found; the case is verified (57号 第十六条).

    Raises VerificationRefused while a hit of the match waits for an answer.
    """
    case = _accepted(case_id)
    first, second = (name.strip() for name in surveyors)
    if fault := _survey_fault(case, on, first, second, respondent, found):
        raise VerificationRefused(f"案件{case.number}：{fault}")
    survey = Survey.objects.create(
        case=case, sequence=case.surveys.count() + 1, entered_by=officer_name(),
        division=case.division, surveyed_on=on, first_surveyor=first, second_surveyor=second,
        respondent=respondent.strip(), is_signed=True, found=dict(found),
    )  # fmt: skip
    move_case(case, CaseState.VERIFIED)
    _note(case, "入户调查", at, on=str(on), surveyors=[first, second])
    return survey


def _survey_fault(case: Case, on: date, first: str, second: str, respondent: str, found: Mapping[str, Any]) -> str:
    if not first or not second or first == second:
        return "入户调查应由两名不同的调查人签字，请补填"
    if not respondent.strip() or max(map(len, (first, second, respondent.strip()))) > NAME_LENGTH:
        return f"请填写在场家庭成员，姓名不超过{NAME_LENGTH}个字"
    if case.accepted_on is None or on < case.accepted_on:
        return f"调查日期{on}早于受理日期{case.accepted_on}，请改正"
    if not found:
        return "没有填写查明的情况，请补填"
    waiting = open_hits(case.pk)
    return f"还有{len(waiting)}条核到的信息没有处置，请先逐条处置" if waiting else ""
