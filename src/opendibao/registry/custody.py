"""代管办理: a card is handed over by written agreement, filed, looked at every year, given back (57号 第二十六条)."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.registry.account_standing import living_names
from opendibao.registry.checking import NAME_LENGTH, text_fault
from opendibao.registry.entries import CustodyEntry
from opendibao.registry.household_papers import keep_paper
from opendibao.registry.keepers import filing_remark
from opendibao.registry.membership import locked, note
from opendibao.registry.models import Custodian, Custody, CustodyCheck, Handed, Household, PaperKind, ReviewWay
from opendibao.registry.queries import account_on
from opendibao.registry.refusal import RegistryRefused, refuse_all, refused_by_database

NOTE_LENGTH = 200


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def hand_over_card(household_id: int, entry: CustodyEntry, *, on: date, at: datetime) -> Custody:
    """登记代管: an officer of township or village keeps the card of the account the money goes to.

    Raises RegistryRefused for faults of the entry, an agreement nobody of the household signed, a custodian of the
    household itself, no account on that day, or a card that is kept already.
    """
    household = locked(household_id)
    refuse_all([f"户{household.number}：{fault}" for fault in _faults(household, entry, on)])
    account = account_on(household_id, entry.handed_on)
    tail = "".join(sign for sign in (account.number if account else "") if sign.isdigit())[-4:]
    if len(tail) < 4:
        raise RegistryRefused(f"户{household.number}：{entry.handed_on}没有登记银行账户，请先登记账户再登记代管")
    if kept := Custody.objects.filter(household=household, returned_on=None).first():
        raise RegistryRefused(f"户{household.number}：{kept.custodian}自{kept.handed_on}起已代管，请先登记归还")
    with refused_by_database():
        made = Custody.objects.create(
            household=household, division=household.division, custodian=entry.custodian.strip(),
            custodian_is=entry.custodian_is, post=entry.post.strip(), reason=entry.reason.strip(),
            handed=entry.handed, tail=tail, handed_on=entry.handed_on, agreed_by=entry.agreed_by.strip(),
            agreed_on=entry.agreed_on, paper=keep_paper(household, PaperKind.CUSTODY, entry.paper, on),
            made_by=officer_name(), made_on=on,
        )  # fmt: skip
    note(household, "登记代管银行卡", at, on=str(on), custodian=made.custodian, handed=made.handed, tail=tail)
    return made


def _faults(household: Household, entry: CustodyEntry, on: date) -> list[str]:
    found = [
        text_fault("代管人", entry.custodian, NAME_LENGTH),
        text_fault("单位和职务", entry.post, NAME_LENGTH),
        text_fault("代管原因", entry.reason, NOTE_LENGTH),
    ]
    if entry.custodian_is not in Custodian.values:
        found.append("代管人只能是乡镇（街道）或村（居）委会的工作人员，请核对")
    if entry.handed not in Handed.values:
        found.append(f"交付物品“{entry.handed}”不在可选项内，请重选")
    if not entry.agreed_on <= entry.handed_on <= on:
        found.append("应先签协议再交付，交付日期不能晚于今天，请改正")
    names = living_names(household.pk, entry.agreed_on)
    if entry.agreed_by.strip() not in names:
        found.append(f"签字人“{entry.agreed_by.strip()}”在{entry.agreed_on}不是家庭成员，协议要由家庭成员签字")
    if entry.custodian.strip() in names:
        found.append(f"“{entry.custodian.strip()}”是家庭成员，自己保管不用登记代管")
    return [fault for fault in found if fault]


def _held(custody_id: int) -> Custody:
    """A card that is kept, held until the transaction ends. Raises RegistryRefused."""
    kept = Custody.objects.select_for_update(of=("self",)).select_related("household").filter(pk=custody_id).first()
    if kept is None:
        raise RegistryRefused("没有这笔代管，或不在本人可见的区划内")
    if kept.returned_on:
        raise RegistryRefused(f"这笔代管已在{kept.returned_on}归还给{kept.returned_to}")
    return kept


@needs(Duty.CONFIRM)
@transaction.atomic
def file_custody(custody_id: int, *, remark: str = "", on: date, at: datetime) -> Custody:
    """代管备案: the county's civil affairs take note of the agreement (57号 第二十六条: 报县级人民政府民政部门备案).

    Raises RegistryRefused for whoever entered it or keeps the card, and without a remark where the custodian keeps or
    collects for many households.
    """
    kept, officer = _held(custody_id), officer_name()
    if kept.filed_by:
        raise RegistryRefused(f"这份代管协议已由{kept.filed_by}在{kept.filed_on}备案")
    if officer in (kept.made_by, kept.custodian):
        raise RegistryRefused("登记人和代管人不能自己备案，请换人备案")
    if on < kept.made_on:
        raise RegistryRefused(f"备案日期{on}早于登记日期{kept.made_on}，请改正")
    kept.filed_note = filing_remark(remark, kept.custodian, kept.division, on)
    kept.filed_by, kept.filed_on = officer, on
    kept.save(update_fields=["filed_by", "filed_on", "filed_note"])
    note(kept.household, "代管银行卡备案", at, on=str(on), custodian=kept.custodian, remark=kept.filed_note)
    return kept


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def check_custody(
    custody_id: int, *, way: str, is_there: bool, is_paid_out: bool, spoken_with: str, findings: str,
    on: date, at: datetime,
) -> CustodyCheck:  # fmt: skip
    """代管年度核查: another than the custodian looked whether the card is there and the family got its money."""
    kept, officer = _held(custody_id), officer_name()
    faults = [text_fault("核查情况", findings, NOTE_LENGTH)]
    if officer == kept.custodian:
        faults.append("代管人不能核查自己代管的银行卡，请换人核查")
    if way not in ReviewWay.values:
        faults.append(f"核查方式“{way}”不在可选项内，请重选")
    if on < kept.handed_on or CustodyCheck.objects.filter(custody=kept, checked_on=on).exists():
        faults.append(f"核查日期{on}早于交付日期，或这天已经核查过，请改正")
    if not (names := living_names(kept.household_id, on)):
        faults.append("家中已没有在世的成员，请登记归还，写明交给谁")
    elif spoken_with.strip() not in names:
        faults.append(f"“{spoken_with.strip()}”不是家庭成员，请向家庭成员核对支取情况")
    refuse_all([f"户{kept.household.number}：{fault}" for fault in faults if fault])
    made = CustodyCheck.objects.create(
        custody=kept, checked_on=on, checked_by=officer, way=way, is_there=is_there, is_paid_out=is_paid_out,
        spoken_with=spoken_with.strip(), note=findings.strip(),
    )  # fmt: skip
    note(kept.household, "代管年度核查", at, on=str(on), custodian=kept.custodian, fits=is_there and is_paid_out)
    return made


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def return_card(custody_id: int, *, returned_to: str, remark: str = "", on: date, at: datetime) -> Custody:
    """归还代管的银行卡: somebody of the household has it back; where nobody lives, a remark says who took it and why.

    Raises RegistryRefused for anybody else, or a card that is back already.
    """
    kept = _held(custody_id)
    names = living_names(kept.household_id, on)
    faults = [
        text_fault("接收人", returned_to, NAME_LENGTH),
        text_fault("归还说明", remark, NOTE_LENGTH, may_be_empty=bool(names)),
    ]
    if names and returned_to.strip() not in names:
        faults.append(f"“{returned_to.strip()}”不是家庭成员，请交还家庭成员")
    if not names and not remark.strip():
        faults.append("家中已没有在世的成员，请在归还说明里写清接收人是谁、凭什么接收")
    if on < kept.handed_on:
        faults.append(f"归还日期{on}早于交付日期{kept.handed_on}，请改正")
    refuse_all([f"户{kept.household.number}：{fault}" for fault in faults if fault])
    kept.returned_on, kept.returned_to, kept.returned_by = on, returned_to.strip(), officer_name()
    kept.return_note = remark.strip()
    kept.save(update_fields=["returned_on", "returned_to", "returned_by", "return_note"])
    note(kept.household, "归还代管银行卡", at, on=str(on), custodian=kept.custodian, to=kept.returned_to)
    return kept
