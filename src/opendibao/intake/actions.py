"""受理办理: a family applies, the township accepts its case, every adult authorises matching."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.case_letter_words import acceptance_words
from opendibao.intake.case_letters import write_letter
from opendibao.intake.consent_queries import adults_of, consent_ends
from opendibao.intake.leads import contact_lead, record_lead
from opendibao.intake.models import Case, Consent, Lead
from opendibao.intake.paper_lists import match_scope
from opendibao.intake.queries import signed
from opendibao.intake.refusal import IntakeRefused, NoConsent
from opendibao.intake.states import NEXT, CaseState, ForbiddenMove, move
from opendibao.kernel.duties import CASEWORK, Duty
from opendibao.policy.procedures import procedure_of
from opendibao.registry.queries import HouseholdRow, household_by_id, place_on

__all__ = [
    "ForbiddenMove",
    "IntakeRefused",
    "NoConsent",
    "accept_case",
    "contact_lead",
    "locked_case",
    "move_case",
    "record_lead",
    "sign_consents",
    "submit_case",
]

NUMBER_WORDS = {"application": "受", "review": "复"}
CHANNELS = dict(Case._meta.get_field("channel").flatchoices)


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
    """申请: a household applies (or a review begins); one open case per household. Raises IntakeRefused.

    The lead it came from, if nobody has noted yet what came of it, has led to an application.
    """
    household = household_by_id(household_id)
    place = place_on(household_id, on)
    if place is None:
        raise IntakeRefused(f"户{household.number}在{on}没有登记住址，请先建档")
    _refuse_submission(household, kind, channel, lead_id)
    case = Case.objects.create(
        number=_next_number(kind, on), kind=kind, household_id=household_id, division=place.division, area=place.area,
        channel=channel, applied_on=on, declared=dict(declared), lead_id=lead_id,
    )  # fmt: skip
    if lead_id and Lead.objects.filter(pk=lead_id, contacted_on=None).exists():
        contact_lead(lead_id, outcome="applied", household_id=household_id, on=on, at=at)
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
    """受理: the township takes the case; it keeps the procedure of this day, and its clock starts (57号 第二十二条).

    An application is answered with its letter of acceptance.
    """
    case = locked_case(case_id)
    case.state = move(CaseState(case.state), CaseState.ACCEPTED)
    if on < case.applied_on:
        raise IntakeRefused(f"受理日期{on}早于申请日期{case.applied_on}，请改正")
    procedure = procedure_of(case.division, on)
    case.accepted_on, case.accepted_by = on, officer_name()
    case.procedure, case.gates = procedure.name, procedure.gates()
    case.save(update_fields=["state", "accepted_on", "accepted_by", "procedure", "gates"])
    _note(case, "受理", at, on=str(on))
    if case.kind == "application":
        write_letter(case, "accepted", acceptance_words(case, procedure, on), on=on, at=at)
    return case


@needs(Duty.ACCEPT)
@transaction.atomic
def sign_consents(case_id: int, *, on: date, at: datetime) -> list[Consent]:
    """签署授权书: every adult member of that day authorises the match, once (57号 第九条); returns the new ones."""
    case = locked_case(case_id)
    if not NEXT[CaseState(case.state)]:
        raise ForbiddenMove(f"案件{case.number}已是“{CaseState(case.state).label}”，不能再签授权书")
    have = signed(case.pk)  # whose word has ended signs anew by himself
    ends, scope = consent_ends(case.division, on), list(match_scope(on))
    fresh = Consent.objects.bulk_create(
        Consent(
            case=case, person_id=adult.person_id, signer=adult.name, division=case.division, signed_on=on,
            valid_until=ends, scope=scope,
        )
        for adult in adults_of(case.household_id, case.division, on)
        if adult.person_id not in have
    )  # fmt: skip
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
