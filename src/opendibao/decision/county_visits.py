"""县级入户核查: the county's own visit, forced for registered relatives and complaints (57号 第二十条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.decision.models import CountyVisit
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Case
from opendibao.intake.states import ENDED, CaseState
from opendibao.kernel.duties import Duty

GROUNDS = dict(CountyVisit._meta.get_field("ground").flatchoices)
NAME_LENGTH, WORDS_LENGTH = 60, 300


@needs(Duty.CONFIRM)
@transaction.atomic
def record_county_visit(
    case_id: int, *, ground: str, visitors: tuple[str, str], agrees: bool, words: str, on: date, at: datetime
) -> CountyVisit:
    """县级入户核查: two of the county visited the family; `agrees` with what the township found or not.

    Raises DecisionRefused naming what is wrong.
    """
    case = locked_case(case_id)
    first, second = (name.strip() for name in visitors)
    if fault := _visit_fault(case, ground, (first, second), words.strip(), on):
        raise DecisionRefused(f"案件{case.number}：{fault}")
    visit = CountyVisit.objects.create(
        case=case, division=case.division, ground=ground, visited_on=on, first_visitor=first, second_visitor=second,
        agrees=agrees, words=words.strip(),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "ground": GROUNDS[ground], "visitors": [first, second]}
    record("县级入户核查", f"案件 {case.number}", division=case.division, at=at, payload=payload | {"agrees": agrees})
    return visit


def _visit_fault(case: Case, ground: str, visitors: tuple[str, str], words: str, on: date) -> str:
    if case.accepted_on is None or case.state in ENDED:
        return f"现在是“{CaseState(case.state).label}”，受理后、办结前才能登记县级入户核查"
    if ground not in GROUNDS:
        return f"核查事由“{ground}”不在可选项内，请在{'、'.join(GROUNDS.values())}中选一项"
    if on < case.accepted_on:
        return f"核查日期{on}早于受理日期{case.accepted_on}，请改正"
    return _names_fault(case, visitors) or (
        "" if 0 < len(words) <= WORDS_LENGTH else f"请用{WORDS_LENGTH}字以内写明核查情况"
    )


def _names_fault(case: Case, visitors: tuple[str, str]) -> str:
    """Two names, and nobody who surveyed for the township."""
    if not all(visitors) or visitors[0] == visitors[1] or max(map(len, visitors)) > NAME_LENGTH:
        return f"县级入户核查应由两名不同的核查人签字，姓名不超过{NAME_LENGTH}个字，请补填"
    went = {name for pair in case.surveys.values_list("first_surveyor", "second_surveyor") for name in pair}
    if same := [name for name in visitors if name in went]:
        return f"{'、'.join(same)}参加过乡镇的入户调查，县级核查请换人"
    return ""
