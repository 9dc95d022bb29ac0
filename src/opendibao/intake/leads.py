"""主动发现: families found by grid workers and neighbours are told of the policy (57号 第六条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.models import Lead
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import Duty
from opendibao.registry.models import Household
from opendibao.registry.places import village_faults

SUMMARY_LENGTH = 200
SOURCES = dict(Lead._meta.get_field("source").flatchoices)
OUTCOMES = dict(Lead._meta.get_field("outcome").flatchoices)


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def record_lead(division: str, *, source: str, on: date, at: datetime, summary: str) -> Lead:
    """登记线索: somebody tells of a family in a village. Raises IntakeRefused."""
    faults = list(village_faults([division]).values())
    if source not in SOURCES:
        faults.append(f"来源“{source}”不在可选项内，请重选")
    if not summary.strip() or len(summary.strip()) > SUMMARY_LENGTH:
        faults.append(f"请用{SUMMARY_LENGTH}字以内写明情况")
    if faults:
        raise IntakeRefused("；".join(faults))
    lead = Lead.objects.create(division=division, source=source, found_on=on, summary=summary.strip())
    record("登记线索", f"线索 {lead.pk}", division=division, at=at, payload={"on": str(on), "source": source})
    return lead


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def contact_lead(lead_id: int, *, outcome: str, on: date, at: datetime, household_id: int | None = None) -> Lead:
    """联系线索: the family was told of the policy, once; `applied` names the household that applies."""
    lead = Lead.objects.select_for_update(of=("self",)).filter(pk=lead_id).first()
    if lead is None:
        raise IntakeRefused("没有这条线索，或不在本人可见的区划内")
    if fault := _contact_fault(lead, outcome, on, household_id):
        raise IntakeRefused(fault)
    lead.contacted_on, lead.outcome, lead.household_id = on, outcome, household_id
    lead.save(update_fields=["contacted_on", "outcome", "household"])
    payload: dict[str, object] = {"on": str(on), "outcome": outcome}
    record("联系线索", f"线索 {lead.pk}", division=lead.division, at=at, payload=payload)
    return lead


def _contact_fault(lead: Lead, outcome: str, on: date, household_id: int | None) -> str:
    if lead.contacted_on:
        return f"这条线索已于{lead.contacted_on}联系过，请勿重复登记"
    if outcome not in OUTCOMES:
        return f"结果“{outcome}”不在可选项内，请重选"
    if on < lead.found_on:
        return f"联系日期{on}早于发现日期{lead.found_on}，请改正"
    if outcome == "applied" and not Household.objects.filter(pk=household_id or 0).exists():
        return "已申请的线索应写明是哪一户，请选定家庭"
    return ""
