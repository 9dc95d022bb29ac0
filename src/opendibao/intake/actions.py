"""受理办理: a family applies, the township accepts, returns or takes back its case, every adult authorises matching."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.leads import contact_lead, record_lead
from opendibao.intake.models import Case, Consent, Lead
from opendibao.intake.queries import signed
from opendibao.intake.refusal import IntakeRefused, NoConsent
from opendibao.intake.states import NEXT, CaseState, ForbiddenMove, move
from opendibao.kernel.duties import CASEWORK, Duty
from opendibao.kernel.month import age_on
from opendibao.registry.queries import HouseholdRow, household_by_id, members_on, place_on

__all__ = [
    "ForbiddenMove",
    "IntakeRefused",
    "NoConsent",
    "accept_case",
    "contact_lead",
    "locked_case",
    "move_case",
    "record_lead",
    "resubmit_case",
    "return_for_supplement",
    "sign_consents",
    "submit_case",
    "withdraw_case",
]

NUMBER_WORDS = {"application": "受", "review": "复"}
CHANNELS = dict(Case._meta.get_field("channel").flatchoices)
ADULT = 18
MATCH_SCOPE = (
    "户籍", "纳税记录", "社会保险缴纳", "不动产登记", "市场主体登记", "住房公积金缴纳", "车船登记", "银行存款",
    "商业保险", "证券", "互联网金融资产",
)  # fmt: skip
"""What 57号 第十七条 lets the county ask about with the family's authorisation."""


@needs(*CASEWORK)
def locked_case(case_id: int | Case) -> Case:
    """The case, held until the transaction ends; one that is handed over whole is held already.

    Raises IntakeRefused where there is none or another township's.
    """
    if isinstance(case_id, Case):
        return case_id
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise IntakeRefused("没有这个案件，或不在本人可见的区划内")
    return case


def _note(case: Case, action: str, at: datetime, **payload: object) -> None:
    record(action, f"案件 {case.number}", division=case.division, at=at, payload=payload)


@needs(Duty.ACCEPT)
@transaction.atomic
def submit_case(
    household_id: int,
    *,
    kind: str,
    channel: str,
    declared: Mapping[str, Any],
    on: date,
    at: datetime,
    lead_id: int | None = None,
) -> Case:
    """申请: a household applies (or a review begins); one open case per household. Raises IntakeRefused."""
    household = household_by_id(household_id)
    place = place_on(household_id, on)
    if place is None:
        raise IntakeRefused(f"户{household.number}在{on}没有登记住址，请先建档")
    _refuse_submission(household, kind, channel, lead_id)
    case = Case.objects.create(
        number=_next_number(kind, on), kind=kind, household_id=household_id, division=place.division, area=place.area,
        channel=channel, applied_on=on, declared=dict(declared), lead_id=lead_id,
    )  # fmt: skip
    _note(case, "提出申请" if kind == "application" else "启动复核", at, on=str(on), household=household.number)
    return case


def _refuse_submission(household: HouseholdRow, kind: str, channel: str, lead_id: int | None) -> None:
    if kind not in NUMBER_WORDS or channel not in CHANNELS:
        raise IntakeRefused(f"案件种类“{kind}”或渠道“{channel}”不在可选项内，请重选")
    is_open = [state for state, then in NEXT.items() if then]
    if open_case := Case.objects.filter(household=household.id, state__in=is_open).first():
        raise IntakeRefused(f"户{household.number}已有未办结的案件{open_case.number}，请先办结")
    if lead_id and not Lead.objects.filter(pk=lead_id).exists():
        raise IntakeRefused("没有这条线索，或不在本人可见的区划内")


def _next_number(kind: str, on: date) -> str:
    """受〔2024〕00001号: numbers of a year follow on one another over the whole county."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT next_case_number(%s, %s)", [on.year, NUMBER_WORDS[kind]])
        return str(cursor.fetchone()[0])


@needs(Duty.ACCEPT)
@transaction.atomic
def accept_case(case_id: int | Case, *, on: date, at: datetime) -> Case:
    """受理: the township takes the case; the thirty working days start (57号 第二十二条)."""
    case = locked_case(case_id)
    case.state = move(CaseState(case.state), CaseState.ACCEPTED)
    if on < case.applied_on:
        raise IntakeRefused(f"受理日期{on}早于申请日期{case.applied_on}，请改正")
    case.accepted_on, case.accepted_by = on, officer_name()
    case.save(update_fields=["state", "accepted_on", "accepted_by"])
    _note(case, "受理", at, on=str(on))
    return case


@needs(Duty.ACCEPT)
@transaction.atomic
def sign_consents(case_id: int, *, on: date, at: datetime) -> list[Consent]:
    """签署授权书: every adult member of that day authorises the match, once (57号 第九条); returns the new ones."""
    case = locked_case(case_id)
    if not NEXT[CaseState(case.state)]:
        raise ForbiddenMove(f"案件{case.number}已是“{CaseState(case.state).label}”，不能再签授权书")
    have = signed(case_id)
    adults = [m for m in members_on(case.household_id, on) if age_on(m.born, on) >= ADULT and not m.died]
    fresh = Consent.objects.bulk_create(
        Consent(
            case=case,
            person_id=m.person_id,
            signer=m.name,
            division=case.division,
            signed_on=on,
            scope=list(MATCH_SCOPE),
        )
        for m in adults
        if m.person_id not in have
    )
    _note(case, "签署核对授权书", at, on=str(on), persons=len(fresh))
    return fresh


@needs(*CASEWORK)
@transaction.atomic
def move_case(case_id: int | Case, state: CaseState, *, on: date | None = None) -> Case:
    """Move a case (held already when handed over whole) by the table of states; a final state closes it on `on`.

    Later stages note what they did.
    """
    case = locked_case(case_id)
    case.state = move(CaseState(case.state), CaseState(state))
    if not NEXT[case.state]:
        case.closed_on = on
    case.save(update_fields=["state", "closed_on"])
    return case


def _reason(reason: str) -> str:
    if not reason.strip():
        raise IntakeRefused("请写明理由")
    return reason.strip()


@needs(Duty.ACCEPT)
@transaction.atomic
def return_for_supplement(case_id: int, *, reason: str, on: date, at: datetime) -> Case:
    """一次性告知补正: the papers are not complete; `reason` lists all that is missing (57号 第十条)."""
    case = move_case(case_id, CaseState.RETURNED)
    _note(case, "告知补正", at, on=str(on), reason=_reason(reason))
    return case


@needs(Duty.ACCEPT)
@transaction.atomic
def resubmit_case(case_id: int, *, on: date, at: datetime) -> Case:
    """补正: the family brought what was missing."""
    case = move_case(case_id, CaseState.SUBMITTED)
    _note(case, "补正材料", at, on=str(on))
    return case


@needs(Duty.ACCEPT)
@transaction.atomic
def withdraw_case(case_id: int, *, reason: str, on: date, at: datetime) -> Case:
    """撤回申请: the family takes its case back, or does not co-operate (57号 第二十九条)."""
    case = move_case(case_id, CaseState.WITHDRAWN, on=on)
    _note(case, "撤回申请", at, on=str(on), reason=_reason(reason))
    return case
