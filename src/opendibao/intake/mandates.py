"""委托书: somebody applies for a family that cannot come itself (57号 第六条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Attachment, AttachmentKind, Mandate
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import NEXT, CaseState
from opendibao.kernel.duties import Duty

NAME_LENGTH, PHONE_LENGTH, REASON_LENGTH = 60, 20, 120
RELATIONS = dict(Mandate._meta.get_field("relation").flatchoices)


@needs(Duty.ACCEPT)
@transaction.atomic
def give_mandate(
    case_id: int,
    *,
    helper: str,
    relation: str,
    phone: str,
    reason: str,
    on: date,
    at: datetime,
    paper_id: int | None = None,
) -> Mandate:
    """登记委托书: who applies for the family, how he belongs to it, how he is reached, why; once for a case.

    Raises IntakeRefused.
    """
    case = locked_case(case_id)
    helper, phone, reason = helper.strip(), phone.strip(), reason.strip()
    if not NEXT[CaseState(case.state)]:
        raise IntakeRefused(f"案件{case.number}已办结，不能再登记委托书")
    if former := Mandate.objects.filter(case=case).first():
        raise IntakeRefused(f"案件{case.number}已登记委托书，受委托人{former.helper}，请勿重复登记")
    if fault := _fault(helper, phone, reason, relation):
        raise IntakeRefused(f"案件{case.number}的委托书：{fault}")
    paper = Attachment.objects.filter(pk=paper_id, case=case, kind=AttachmentKind.MANDATE).first() if paper_id else None
    if paper_id and paper is None:
        raise IntakeRefused(f"案件{case.number}里没有这张委托书照片，请重新选")
    made = Mandate.objects.create(
        case=case, division=case.division, helper=helper, relation=relation, phone=phone, reason=reason,
        signed_on=on, paper=paper,
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "person": made.helper, "relation": RELATIONS[relation]}
    record("登记委托书", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return made


def _fault(helper: str, phone: str, reason: str, relation: str) -> str:
    for words, said, most in (
        ("受委托人", helper, NAME_LENGTH), ("电话", phone, PHONE_LENGTH), ("委托原因", reason, REASON_LENGTH),
    ):  # fmt: skip
        if not 0 < len(said) <= most:
            return f"请填写{words}，{most}字以内"
    if relation not in RELATIONS:
        return f"与申请人关系“{relation}”不在可选项内，请在{'、'.join(RELATIONS.values())}中选一项"
    return ""
