"""提出请求: the township drafts a question to another province about a member, or withdraws one."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.intake.actions import locked_case
from opendibao.intake.models import Case, Consent
from opendibao.intake.refusal import NoConsent
from opendibao.intake.states import CaseState, ForbiddenMove
from opendibao.kernel.duties import Duty
from opendibao.registry.queries import MemberRow, members_on
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.models import RegionRequest
from opendibao.verification.privacy.rights import rights
from opendibao.verification.refusal import VerificationRefused
from opendibao.verification.requests.ending import cancelled
from opendibao.verification.requests.provinces import province_of, province_zh, provinces
from opendibao.verification.requests.states import OPEN, RequestState
from opendibao.verification.sealing import blind
from opendibao.verification.sources import SOURCES, sources_on

PURPOSE_LENGTH = REASON_LENGTH = 200
DRAFTED, CANCELLED = "提出跨省核对", "撤销跨省核对"


@needs(Duty.ACCEPT)
@transaction.atomic
def draft_request(
    case_id: int, *, person_id: int, source: str, province: str, purpose: str, on: date, at: datetime
) -> RegionRequest:
    """提出跨省核对: ask the county to ask a province about one member in one source; it is sent by the county.

    Raises NoConsent where nothing authorises it (a minor's family signs for him), VerificationRefused, ForbiddenMove.
    """
    case = _open_case(case_id, on)
    member = _member(case, person_id, on)
    _refuse(case, member, source, province, purpose.strip(), on)
    consent = _consent(case, member, on)
    place = {"case": case, "person_id": person_id, "source": source, "province": province}
    former = RegionRequest.objects.filter(**place)
    if same := former.filter(state__in=[*OPEN, RequestState.ANSWERED]).first():
        raise VerificationRefused(
            f"{member.name}在{province_zh(province)}“{SOURCES[source].zh}”的请求已于{same.made_on}提出"
            f"（{RequestState(same.state).label}），不要重复提出"
        )
    made = RegionRequest.objects.create(
        **place, division=case.division, purpose=purpose.strip(), consent=consent,
        authorised_until=consent.valid_until, made_by=officer_name(), made_on=on,
        key=blind(f"request:{case.pk}:{person_id}:{source}:{province}:{former.count()}"),
    )  # fmt: skip
    payload: dict[str, object] = {"on": str(on), "person": member.name, "source": source, "province": province}
    record(DRAFTED, f"案件 {case.number}", division=case.division, at=at, payload={**payload, "request": made.pk})
    return made


def _open_case(case_id: int, on: date) -> Case:
    case = locked_case(case_id)
    if case.state not in ANSWERED_IN:
        raise ForbiddenMove(f"案件{case.number}现在是“{CaseState(case.state).label}”，受理后、办结前才能提出跨省核对")
    if case.accepted_on is None or on < case.accepted_on:
        raise VerificationRefused(f"提出日期{on}早于受理日期{case.accepted_on}，请改正")
    return case


def _member(case: Case, person_id: int, on: date) -> MemberRow:
    found = next((one for one in members_on(case.household_id, on) if one.person_id == person_id), None)
    if found is None or found.died:
        raise VerificationRefused(f"案件{case.number}：所问的人不是这一户{on}的成员，请从名单里选")
    return found


def _refuse(case: Case, member: MemberRow, source: str, province: str, purpose: str, on: date) -> None:
    if source not in sources_on(on):
        raise VerificationRefused(f"核对来源“{source}”不存在，或者{on}还不能查询，请从列出的里面选")
    if province not in provinces():
        raise VerificationRefused(f"省份代码“{province}”不存在，请从列出的里面选")
    if province == province_of(case.division):
        raise VerificationRefused(f"{province_zh(province)}是本省，数据由本省各部门送达，不用跨省请求")
    if not 0 < len(purpose) <= PURPOSE_LENGTH:
        raise VerificationRefused(f"请用{PURPOSE_LENGTH}字以内写明为什么要向{province_zh(province)}核对{member.name}")


def _consent(case: Case, member: MemberRow, on: date) -> Consent:
    """The authorisation that lets the county ask about him on this day (57号 第九条)."""
    whom = (case.pk, member.person_id)
    right = rights({whom}, on).get(whom)
    if right is None or right.consent_id is None:
        raise NoConsent(
            f"案件{case.number}：{member.name}没有签核对授权书，或授权已过期、已撤回，请先补签（57号第九条）"
        )
    return Consent.objects.get(pk=right.consent_id)


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def cancel_request(request_id: int, *, reason: str, on: date, at: datetime) -> RegionRequest:
    """撤销跨省核对: it is not asked, or an answer is no longer taken. Raises VerificationRefused."""
    found = held_request(request_id)
    said = reason.strip()
    if not 0 < len(said) <= REASON_LENGTH:
        raise VerificationRefused(f"请用{REASON_LENGTH}字以内写明撤销的理由")
    if on < (found.sent_on or found.made_on):
        raise VerificationRefused(f"撤销日期{on}早于{found.sent_on or found.made_on}，请改正")
    cancelled([found], {found.pk: said}, on=on, at=at)
    return found


def held_request(request_id: int) -> RegionRequest:
    """A request, held until the transaction ends. Raises VerificationRefused where there is none in sight."""
    found = RegionRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if found is None:
        raise VerificationRefused("没有这项跨省请求，或不在本人可见的区划内")
    return found
