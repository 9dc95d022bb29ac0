"""近亲属备案: members who are near relatives of dibao staff or village cadres stand in a register of their own.

A case with such an entry is visited by the county itself before it decides (57号 第十一条、第二十条).
"""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import locked_case
from opendibao.intake.models import OfficialRelative
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import NEXT, CaseState
from opendibao.kernel.duties import CASEWORK
from opendibao.registry.queries import members_on

LENGTHS = {"official": ("工作人员", 60), "post": ("职务", 60), "relation": ("亲属关系", 30)}


@needs(*CASEWORK)
@transaction.atomic
def register_relative(
    case_id: int, *, member: str, official: str, post: str, relation: str, on: date, at: datetime
) -> OfficialRelative:
    """登记近亲属备案: one member and the official he is related to, while the case is open. Raises IntakeRefused."""
    case = locked_case(case_id)
    said = {"official": official.strip(), "post": post.strip(), "relation": relation.strip()}
    if not NEXT[CaseState(case.state)]:
        raise IntakeRefused(f"案件{case.number}已办结，不能再备案")
    if member not in {one.name for one in members_on(case.household_id, on)}:
        raise IntakeRefused(f"案件{case.number}：“{member}”不是这一户的成员，请从成员里选")
    for name, (words, most) in LENGTHS.items():
        if not 0 < len(said[name]) <= most:
            raise IntakeRefused(f"案件{case.number}的近亲属备案：请填写{words}，{most}字以内")
    if OfficialRelative.objects.filter(case=case, member=member, official=said["official"]).exists():
        raise IntakeRefused(f"案件{case.number}：{member}和{said['official']}的亲属关系已备案，请勿重复登记")
    made = OfficialRelative.objects.create(
        case=case, division=case.division, member=member, registered_on=on, registered_by=officer_name(), **said
    )
    payload: dict[str, object] = {"on": str(on), "person": member, "persons": 1}
    record("登记近亲属备案", f"案件 {case.number}", division=case.division, at=at, payload=payload)
    return made
