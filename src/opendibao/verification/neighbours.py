"""邻里访问: what a neighbour says of a family, beside what it declared (57号 第十六条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Case
from opendibao.intake.states import ENDED, CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import members_on
from opendibao.verification.models import NeighbourInterview
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.surveyors import NAME_LENGTH, relative_fault

VIEWS = dict(NeighbourInterview._meta.get_field("view").flatchoices)
WORDS_LENGTH = 300


def open_case(case_id: int) -> Case:
    """A case that was accepted and has not ended, held. Raises ForbiddenMove for any other."""
    case = locked_case(case_id)
    if case.accepted_on is None or case.state in ENDED:
        raise ForbiddenMove(f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后、办结前才能调查")
    return case


@needs(Duty.SURVEY)
@transaction.atomic
def record_interview(
    case_id: int, *, interviewer: str, neighbour: str, words: str, view: str, on: date, at: datetime
) -> NeighbourInterview:
    """登记邻里访问: who was asked, by whom, what he said. Raises VerificationRefused."""
    case = open_case(case_id)
    interviewer, neighbour, words = interviewer.strip(), neighbour.strip(), words.strip()
    if fault := _fault(case, interviewer, neighbour, words, view, on) or relative_fault(case, interviewer):
        raise VerificationRefused(f"案件{case.number}：{fault}")
    found = NeighbourInterview.objects.create(
        case=case, division=case.division, interviewed_on=on, interviewer=interviewer, neighbour=neighbour,
        words=words, view=view,
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "view": view}
    record("邻里访问", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return found


def _fault(case: Case, interviewer: str, neighbour: str, words: str, view: str, on: date) -> str:
    for what, name in (("访问人", interviewer), ("受访人", neighbour)):
        if not 0 < len(name) <= NAME_LENGTH:
            return f"请填写{what}，姓名不超过{NAME_LENGTH}个字"
    if neighbour in {member.name for member in members_on(case.household_id, on)} or neighbour == interviewer:
        return f"{neighbour}不是邻居，请写受访邻居的姓名"
    if not 0 < len(words) <= WORDS_LENGTH:
        return f"请用{WORDS_LENGTH}字以内写明邻居说的情况"
    if view not in VIEWS:
        return f"看法“{view}”不在可选项内，请重选"
    if case.accepted_on and on < case.accepted_on:
        return f"访问日期{on}早于受理日期{case.accepted_on}，请改正"
    return ""
