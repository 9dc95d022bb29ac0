"""代领办理: a proxy is registered on a signed agreement, filed by the county, looked at every year, and ended."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import BadIdNumber, mask_id_number, parse_id_number
from opendibao.registry.account_standing import living_names
from opendibao.registry.checking import NAME_LENGTH, PHONE_LENGTH, text_fault
from opendibao.registry.entries import ProxyEntry
from opendibao.registry.household_papers import keep_paper
from opendibao.registry.keepers import filing_remark
from opendibao.registry.membership import locked, note
from opendibao.registry.models import PaperKind, Proxy, ProxyReason, ProxyRelation, ProxyReview, ReviewWay
from opendibao.registry.refusal import RegistryRefused, refuse_all, refused_by_database

NOTE_LENGTH = 200


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def register_proxy(household_id: int, entry: ProxyEntry, *, on: date, at: datetime) -> Proxy:
    """登记代领人: who may collect for the household, as it was agreed in writing.

    Raises RegistryRefused for faults of the entry, an agreement nobody of the household signed, a proxy entered twice.
    """
    household = locked(household_id)
    faults = _faults(entry, on)
    if entry.agreed_by.strip() not in living_names(household_id, entry.agreed_on):
        faults.append(f"签字人“{entry.agreed_by.strip()}”在{entry.agreed_on}不是家庭成员，协议要由家庭成员签字")
    refuse_all([f"户{household.number}：{fault}" for fault in faults])
    number = parse_id_number(entry.id_number, on=on).text
    with refused_by_database():
        made = Proxy.objects.create(
            household=household, division=household.division, name=entry.name.strip(), id_number=number,
            phone=entry.phone.strip(), relation=entry.relation, reason=entry.reason,
            reason_note=entry.reason_note.strip(), takes_account=entry.takes_account,
            agreed_by=entry.agreed_by.strip(), agreed_on=entry.agreed_on, since=entry.since, until=entry.until,
            paper=keep_paper(household, PaperKind.PROXY, entry.paper, on), made_by=officer_name(), made_on=on,
        )  # fmt: skip
    shown = {"proxy": made.name, "id_number": mask_id_number(number), "since": str(made.since)}
    note(household, "登记代领人", at, on=str(on), **shown)
    return made


def _faults(entry: ProxyEntry, on: date) -> list[str]:
    found = [
        text_fault("代领人姓名", entry.name, NAME_LENGTH),
        text_fault("代领人电话", entry.phone, PHONE_LENGTH),
        text_fault("原因说明", entry.reason_note, NOTE_LENGTH, may_be_empty=entry.reason != ProxyReason.OTHER),
        *_choice_faults(entry),
    ]
    try:
        parse_id_number(entry.id_number, on=on)
    except BadIdNumber as fault:
        found.append(f"代领人：{fault}")
    if entry.agreed_on > on or entry.since < entry.agreed_on:
        found.append("协议日期不能晚于今天，开始日期不能早于协议日期，请改正")
    if entry.until and entry.until < entry.since:
        found.append(f"截止日期{entry.until}早于开始日期{entry.since}，请改正")
    elif entry.until and entry.until < on:
        found.append(f"截止日期{entry.until}已经过去，不用登记；继续代领的请写新的截止日期")
    return [fault for fault in found if fault]


def _choice_faults(entry: ProxyEntry) -> list[str]:
    found = []
    if entry.relation not in ProxyRelation.values:
        found.append(f"与家庭关系“{entry.relation}”不在可选项内，请重选")
    if entry.reason not in ProxyReason.values:
        found.append(f"代领原因“{entry.reason}”不在可选项内，请重选")
    if entry.takes_account and entry.relation == ProxyRelation.VILLAGE:
        found.append("村（居）委会工作人员代领的，低保金不能打入他本人的账户")
    return found


def _held(proxy_id: int) -> Proxy:
    """A proxy that was not ended, held until the transaction ends. Raises RegistryRefused."""
    proxy = Proxy.objects.select_for_update(of=("self",)).select_related("household").filter(pk=proxy_id).first()
    if proxy is None:
        raise RegistryRefused("没有这个代领人，或不在本人可见的区划内")
    if proxy.ended_by:
        raise RegistryRefused(f"{proxy.name}的代领已由{proxy.ended_by}终止，止于{proxy.until}")
    return proxy


def _in_time(proxy_id: int, on: date) -> Proxy:
    """A proxy whose time is not over, held. Raises RegistryRefused."""
    proxy = _held(proxy_id)
    if proxy.until and proxy.until < on:
        raise RegistryRefused(f"{proxy.name}的代领已在{proxy.until}到期；家里还要他代领的，请重新签协议、重新登记")
    return proxy


@needs(Duty.CONFIRM)
@transaction.atomic
def file_proxy(proxy_id: int, *, remark: str = "", on: date, at: datetime) -> Proxy:
    """代领备案: the county takes note of the agreement; only from then on the proxy counts.

    Raises RegistryRefused for whoever entered it or is the proxy, for one whose time is over, and without a remark
    where the proxy collects or keeps cards for many households.
    """
    proxy = _in_time(proxy_id, on)
    if proxy.filed_by:
        raise RegistryRefused(f"这份代领协议已由{proxy.filed_by}在{proxy.filed_on}备案")
    if officer_name() in (proxy.made_by, proxy.name):
        raise RegistryRefused("登记和备案应由两人分别办理，代领人也不能自己备案，请换人备案")
    if on < proxy.made_on:
        raise RegistryRefused(f"备案日期{on}早于登记日期{proxy.made_on}，请改正")
    if proxy.relation != ProxyRelation.MEMBER:
        proxy.filed_note = filing_remark(remark, proxy.name, proxy.division, on)
    proxy.filed_by, proxy.filed_on = officer_name(), on
    proxy.save(update_fields=["filed_by", "filed_on", "filed_note"])
    note(proxy.household, "代领人备案", at, on=str(on), proxy=proxy.name, remark=proxy.filed_note)
    return proxy


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def review_proxy(
    proxy_id: int, *, way: str, spoken_with: str, goes_on: bool, findings: str, on: date, at: datetime
) -> ProxyReview:
    """代领年度复核: somebody of the family was asked; where it is not to go on, the proxy ends with this day."""
    proxy, who = _in_time(proxy_id, on), spoken_with.strip()
    faults = [text_fault("复核情况", findings, NOTE_LENGTH), *_review_faults(proxy, way, who, on)]
    refuse_all([f"户{proxy.household.number}：{fault}" for fault in faults if fault])
    made = ProxyReview.objects.create(
        proxy=proxy, reviewed_on=on, reviewed_by=officer_name(), way=way, spoken_with=who, goes_on=goes_on,
        note=findings.strip(),
    )  # fmt: skip
    note(proxy.household, "代领年度复核", at, on=str(on), proxy=proxy.name, goes_on=goes_on)
    if not goes_on:
        end_proxy(proxy.pk, reason=findings, last_day=on, on=on, at=at)
    return made


def _review_faults(proxy: Proxy, way: str, who: str, on: date) -> list[str]:
    """Why somebody may not have looked at a proxy in this way, or not on this day."""
    faults = []
    names = [name for name in living_names(proxy.household_id, on) if name != proxy.name]
    if officer_name() == proxy.name:
        faults.append("代领人不能复核自己，请换人复核")
    if way not in ReviewWay.values:
        faults.append(f"核查方式“{way}”不在可选项内，请重选")
    if on < proxy.since:
        faults.append(f"复核日期{on}早于开始日期{proxy.since}，请改正")
    if not names:
        faults.append("代领人以外，家中已没有在世的成员，不用复核，请终止代领")
    elif who not in names:
        faults.append(f"“{who}”不是代领人以外的家庭成员，请向家庭核实")
    if ProxyReview.objects.filter(proxy=proxy, reviewed_on=on).exists():
        faults.append(f"{on}已经复核过")
    return faults


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def end_proxy(proxy_id: int, *, reason: str, last_day: date, on: date, at: datetime) -> Proxy:
    """终止代领: the proxy collects for the last time on a day; one that lies ahead ends with its first day."""
    proxy = _held(proxy_id)
    home = f"户{proxy.household.number}"
    if fault := text_fault("终止原因", reason, NOTE_LENGTH):
        raise RegistryRefused(f"{home}：{fault}")
    if last_day < proxy.since or last_day > max(on, proxy.since) or (proxy.until and last_day > proxy.until):
        raise RegistryRefused(f"{home}：最后一天{last_day}应在代领期间内，也不晚于今天，请改正")
    proxy.until, proxy.ended_by, proxy.end_reason = last_day, officer_name(), reason.strip()
    proxy.save(update_fields=["until", "ended_by", "end_reason"])
    note(proxy.household, "终止代领", at, on=str(on), proxy=proxy.name, last_day=str(last_day), reason=proxy.end_reason)
    return proxy
