"""调查人: who may visit a family together: two different people, none of them bound to it."""

from opendibao.accounts.queries import holders
from opendibao.intake.models import Case, OfficialRelative
from opendibao.kernel.duties import Duty

NAME_LENGTH = 60


def pair_fault(first: str, second: str) -> str:
    """Why two names are not two surveyors; "" where they are (57号 第十六条: at least two a group)."""
    if not first or not second or first == second:
        return "入户调查应由两名不同的调查人签字，请补填"
    if max(len(first), len(second)) > NAME_LENGTH:
        return f"调查人姓名不超过{NAME_LENGTH}个字，请改正"
    return ""


def relative_fault(case: Case, *surveyors: str) -> str:
    """Why a surveyor may not visit: he is registered as a near relative of the family (57号 第十一条)."""
    bound = OfficialRelative.objects.filter(case=case, official__in=surveyors).order_by("id").first()
    if bound is None:
        return ""
    return f"{bound.official}是{bound.member}的{bound.relation}（近亲属备案），应当回避，请换一名调查人"


def approver_fault(case: Case, *surveyors: str) -> str:
    """Why a surveyor should not be sent: who confirms may not be who surveyed, so who has that duty stays at home."""
    confirming = {officer.name for officer in holders({Duty.CONFIRM}, case.division)}
    found = next((name for name in surveyors if name in confirming), "")
    return f"{found}负责审核确认，不能同时做这一户的调查，请换一名调查人" if found else ""
