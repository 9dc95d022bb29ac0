"""核对授权: one person signs for himself, a duty-bearer outside the family agrees apart, anybody takes it back."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.intake.actions import locked_case
from opendibao.intake.consent_queries import (
    MEMBER,
    SUPPORTER,
    adults_of,
    consent_ends,
    supporters_sign_apart,
)
from opendibao.intake.models import Attachment, AttachmentKind, Case, Consent
from opendibao.intake.paper_lists import match_scope
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import NEXT, CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty

NAME_LENGTH, REASON_LENGTH = 60, 120


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def sign_consent(case_id: int, *, person_id: int, on: date, at: datetime, paper_id: int | None = None) -> Consent:
    """签署授权书: one adult member authorises the match for himself (57号 第九条); an ended one is signed anew.

    Raises IntakeRefused for somebody who is no adult member, or whose authorisation is in force.
    """
    case = _open_case(case_id, on)
    found = next((m for m in adults_of(case.household_id, case.division, on) if m.person_id == person_id), None)
    if found is None:
        raise IntakeRefused(f"案件{case.number}：签字人不是这一户{on}的成年成员，请从名单里选")
    consent = Consent.objects.filter(case=case, person=person_id).first() or Consent(
        case=case, person_id=person_id, role=MEMBER
    )
    return _signed(consent, case, found.name, on, at, paper_id)


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def sign_supporter_consent(
    case_id: int, *, signer: str, on: date, at: datetime, paper_id: int | None = None
) -> Consent:
    """义务人同意核对: somebody outside the family who must support a member agrees himself (社会救助法 第四十一条).

    Raises IntakeRefused before the law lets the county ask about him, or where he has agreed already.
    """
    case, name = _open_case(case_id, on), signer.strip()
    if not supporters_sign_apart(case.division, on):
        raise IntakeRefused(f"{on}还没有规定可以核对家庭以外的义务人，不用签（社会救助法第四十一条）")
    if not 0 < len(name) <= NAME_LENGTH:
        raise IntakeRefused(f"请用{NAME_LENGTH}字以内写明签字的义务人")
    consent = Consent.objects.filter(case=case, signer=name, role=SUPPORTER).first() or Consent(
        case=case, role=SUPPORTER
    )
    return _signed(consent, case, name, on, at, paper_id)


@needs(Duty.ACCEPT, Duty.SURVEY)
@transaction.atomic
def revoke_consent(consent_id: int, *, reason: str, on: date, at: datetime) -> Consent:
    """撤回授权: from this day on nobody asks about him in this case; what was asked before stays. Once.

    Raises IntakeRefused.
    """
    consent = Consent.objects.select_for_update(of=("self",)).filter(pk=consent_id).first()
    if consent is None:
        raise IntakeRefused("没有这份授权书，或不在本人可见的区划内")
    case, said = locked_case(consent.case_id), reason.strip()
    if consent.revoked_on:
        raise IntakeRefused(f"{consent.signer}的授权已于{consent.revoked_on}撤回，请勿重复登记")
    if on < consent.signed_on:
        raise IntakeRefused(f"撤回日期{on}早于签字日期{consent.signed_on}，请改正")
    if not 0 < len(said) <= REASON_LENGTH:
        raise IntakeRefused(f"请用{REASON_LENGTH}字以内写明撤回的原因")
    consent.revoked_on = on
    consent.save(update_fields=["revoked_on"])
    _note(case, "撤回核对授权", at, on=str(on), person=consent.signer, reason=said)
    return consent


def _open_case(case_id: int, on: date) -> Case:
    case = locked_case(case_id)
    if not NEXT[CaseState(case.state)]:
        raise ForbiddenMove(f"案件{case.number}已是“{CaseState(case.state).label}”，不能再签授权书")
    if on < case.applied_on:
        raise IntakeRefused(f"签字日期{on}早于申请日期{case.applied_on}，请改正")
    return case


def _signed(consent: Consent, case: Case, name: str, on: date, at: datetime, paper_id: int | None) -> Consent:
    """Sign, or sign anew what has ended; what stood there before is in the event."""
    before = f"{consent.signed_on}至{consent.revoked_on or consent.valid_until}" if consent.pk else ""
    ended = consent.revoked_on or consent.valid_until
    if consent.pk and (ended is None or ended >= on) and not consent.revoked_on:
        raise IntakeRefused(f"{name}已于{consent.signed_on}签过授权书，现在有效，不用再签")
    if consent.pk and ended and on < ended:
        raise IntakeRefused(f"{name}的授权到{ended}才结束，签字日期{on}早了，请改正")
    consent.signer, consent.division, consent.paper = name, case.division, _paper(case, paper_id)
    consent.signed_on, consent.valid_until, consent.revoked_on = on, consent_ends(case.division, on), None
    consent.scope = list(match_scope(on))
    consent.save()
    _note(case, "签署核对授权书", at, on=str(on), person=name, persons=1, **({"before": before} if before else {}))
    return consent


def _paper(case: Case, paper_id: int | None) -> Attachment | None:
    """The photograph of the signed paper, which must be of this case."""
    if paper_id is None:
        return None
    found = Attachment.objects.filter(pk=paper_id, case=case, kind=AttachmentKind.CONSENT).first()
    if found is None:
        raise IntakeRefused(f"案件{case.number}里没有这张授权书照片，请重新选")
    return found


def _note(case: Case, action: str, at: datetime, **payload: object) -> None:
    record(action, f"案件 {case.number}", division=case.division, at=at, payload=payload)
