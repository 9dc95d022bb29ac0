"""信息核对: the county asks departments about the members of a case; a person answers each hit (57号 第十七条)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.consent_queries import unsigned_adults
from opendibao.intake.models import Case
from opendibao.intake.refusal import NoConsent
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import MemberRow, members_on
from opendibao.verification.models import MatchOutcome, MatchResult, Unchecked
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.sources import SOURCES, sources_on

ANSWERED_IN = (
    CaseState.ACCEPTED, CaseState.VERIFIED, CaseState.REVIEWED, CaseState.NOTICED, CaseState.REPORTED,
)  # fmt: skip
"""A question may be answered until the decision; what comes late waits for an answer like any other hit."""


@dataclass(frozen=True)
class Answer:
    """What one department said of one member; a hit carries what was found, silence is `not_checked`.

    `province`: of another province that was asked (GB/T 2260, two digits); "" for the county's own departments.
    """

    person_id: int
    source: str
    outcome: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    province: str = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """What is answered once in a case."""
        return self.person_id, self.source, self.province


def accepted_case(case_id: int | Case) -> Case:
    """The case, held, while it is to be verified. Raises ForbiddenMove in any other state."""
    case = locked_case(case_id)
    if case.state != CaseState.ACCEPTED:
        raise ForbiddenMove(
            f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后才能核对调查，办结后不能再改"
        )
    return case


def answered_case(case_id: int) -> Case:
    """The case, held, until it is decided: a department may answer late. Raises ForbiddenMove in any other state."""
    case = locked_case(case_id)
    if case.state not in ANSWERED_IN:
        raise ForbiddenMove(
            f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后、办结前才能登记部门答复和处置"
        )
    return case


def _note(case: Case, action: str, at: datetime, **payload: object) -> None:
    record(action, f"案件 {case.number}", division=case.division, at=at, payload=payload)


@needs(Duty.ACCEPT)
@transaction.atomic
def request_match(case_id: int | Case, *, on: date, at: datetime) -> int:
    """提请核对: ask every department of the day about every member not asked about yet; returns how many questions.

    The county begins within three working days of this day (57号 第十七条). Raises NoConsent naming who has not signed.
    """
    case = accepted_case(case_id)
    if case.accepted_on is None or on < case.accepted_on:
        raise VerificationRefused(f"提请日期{on}早于受理日期{case.accepted_on}，请改正")
    members = [member for member in members_on(case.household_id, on) if not member.died]
    _refuse_without_consent(case, members, on)
    asked = set(MatchResult.objects.filter(case=case, province="").values_list("person_id", "source"))
    fresh = MatchResult.objects.bulk_create(
        MatchResult(
            case=case, person_id=member.person_id, division=case.division, source=source, requested_on=on,
            outcome=MatchOutcome.NOT_CHECKED, why=Unchecked.WAITING,
        )
        for member in members
        for source in sources_on(on)
        if (member.person_id, source) not in asked
    )  # fmt: skip
    if not fresh:
        raise VerificationRefused(f"案件{case.number}的核对已经提请过，请等各部门答复")
    _note(case, "提请核对", at, on=str(on), questions=len(fresh))
    return len(fresh)


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def file_match_results(
    case_id: int, answers: Sequence[Answer], *, requested_on: date, answered_on: date, at: datetime
) -> int:
    """信息核对: file the departments' answers about the members of a case; returns how many.

    Where the question was on record, its own day of request stays. Raises NoConsent where an adult has not signed,
    VerificationRefused for an answer that cannot stand.
    """
    case = answered_case(case_id)
    if answered_on < requested_on:
        raise VerificationRefused(f"答复日期{answered_on}早于提请日期{requested_on}，请改正")
    members = {m.person_id: m for m in members_on(case.household_id, requested_on)}
    waiting = {(row.person_id, row.source, row.province): row for row in MatchResult.objects.filter(case=case)}
    _refuse_answers(case, answers, members, waiting, answered_on)
    _refuse_without_consent(case, [members[a.person_id] for a in answers], requested_on)
    fresh, answered = list[MatchResult](), list[MatchResult]()
    for a in answers:
        row = waiting.get(a.key)
        (answered if row else fresh).append(_answered(row or _question(case, a, requested_on), a, answered_on))
    MatchResult.objects.bulk_create(fresh)
    MatchResult.objects.bulk_update(answered, ["answered_on", "begun_on", "outcome", "detail", "why"])
    hits = sum(a.outcome == MatchOutcome.HIT for a in answers)
    _note(case, "信息核对", at, requested_on=str(requested_on), answers=len(answers), hits=hits)
    return len(answers)


def _question(case: Case, answer: Answer, requested_on: date) -> MatchResult:
    return MatchResult(
        case=case, person_id=answer.person_id, division=case.division, source=answer.source, province=answer.province,
        requested_on=requested_on,
    )  # fmt: skip


def _answered(row: MatchResult, answer: Answer, on: date) -> MatchResult:
    """Silence leaves the question open."""
    is_silent = answer.outcome == MatchOutcome.NOT_CHECKED
    row.answered_on, row.why = (None, row.why or Unchecked.WAITING) if is_silent else (on, "")
    row.outcome, row.detail, row.begun_on = answer.outcome, dict(answer.detail), row.begun_on or on
    return row


def _refuse_answers(
    case: Case,
    answers: Sequence[Answer],
    members: Mapping[int, MemberRow],
    asked: Mapping[tuple[int, str, str], MatchResult],
    on: date,
) -> None:
    """One answer per member and source, of sources and outcomes that exist, none before it was asked."""
    filed = {key for key, row in asked.items() if row.outcome != MatchOutcome.NOT_CHECKED}
    for a in answers:
        if fault := _answer_fault(a, members):
            raise VerificationRefused(f"案件{case.number}：{fault}")
        key = a.key
        who = f"{members[a.person_id].name}在“{SOURCES[a.source].zh}”"
        if key in filed:
            raise VerificationRefused(f"案件{case.number}：{who}的核对结果已有，请勿重复")
        if key in asked and on < asked[key].requested_on:
            raise VerificationRefused(f"案件{case.number}：{who}{asked[key].requested_on}才提请，答复日期{on}请改正")
        filed.add(key)


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
    """57号 第九条: nobody is asked about without his authorisation in force; minors' families sign for them."""
    about = {member.person_id for member in asked}
    unsigned = unsigned_adults(case.pk, case.household_id, case.division, on)
    if lacking := sorted(member.name for member in unsigned if member.person_id in about):
        raise NoConsent(
            f"案件{case.number}：{'、'.join(lacking)}没有签核对授权书，或授权已过期、已撤回，请先补签（57号第九条）"
        )
