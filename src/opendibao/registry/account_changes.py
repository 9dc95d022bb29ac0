"""账户变更: one officer asks for it on evidence, another makes sure; only then the money goes elsewhere."""

import re
from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils.timezone import localdate

from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import mask_account
from opendibao.registry.account_standing import OF_THE_PHONE, keeps_for, registry_risks, speaks_for, telephone_on
from opendibao.registry.checking import NAME_LENGTH, account_faults, text_fault
from opendibao.registry.correction import change_row
from opendibao.registry.entries import AccountEntry, ChangeEntry, Look
from opendibao.registry.household_papers import keep_paper
from opendibao.registry.membership import locked, note
from opendibao.registry.models import (
    AccountChange,
    Asker,
    BankAccount,
    Cause,
    ChangeState,
    Channel,
    Evidence,
    Household,
    Looked,
    PaperKind,
    Risk,
)
from opendibao.registry.refusal import RegistryRefused, refuse_all, refused_by_database

NOTE_LENGTH, TAIL = 200, 6
CODES = {
    "变更原因": (Cause, "cause"), "提出人身份": (Asker, "asker_is"), "提出渠道": (Channel, "channel"),
    "凭据": (Evidence, "evidence"),
}  # fmt: skip


def _fields(entry: AccountEntry) -> dict[str, str]:
    return {"holder": entry.holder.strip(), "bank": entry.bank.strip(), "number": entry.number.strip()}


def _account_now(household: Household, on: date) -> BankAccount | None:
    return BankAccount.objects.filter(household=household, valid__contains=on, recorded__endswith=None).first()


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def change_account(household_id: int, entry: AccountEntry, *, on: date, at: datetime) -> BankAccount:
    """变更银行账户: the household's money goes to another account from `on`; only as it was confirmed.

    A household's first account comes with its application. Raises RegistryRefused where nobody else has made sure.
    """
    household = locked(household_id)
    refuse_all([f"户{household.number}：{fault}" for fault in account_faults(entry)])
    fields, former = _fields(entry), _account_now(household, on)
    _refuse_unconfirmed(household, fields, localdate(at))
    with refused_by_database():
        if former:
            made = change_row(former, on, at, **fields)
        else:
            made = BankAccount.objects.create(
                household=household, division=household.division, valid=DateRange(on, None),
                recorded=DateTimeTZRange(at, None), **fields,
            )  # fmt: skip
    note(household, "变更银行账户", at, on=str(on), bank=fields["bank"], number=mask_account(fields["number"]))
    return made


def _refuse_unconfirmed(household: Household, fields: dict[str, str], day: date) -> None:
    """The database refuses it too; here it is said what to do instead."""
    if not BankAccount.objects.filter(household=household).exists():
        return
    settled = {"state": ChangeState.CONFIRMED, "settled_on": day}
    if not AccountChange.objects.filter(household=household, **settled, **fields).exists():
        raise RegistryRefused(f"户{household.number}：变更账户请先提出，由另一人核实后才生效")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def ask_account_change(household_id: int, entry: ChangeEntry, *, on: date, at: datetime) -> AccountChange:
    """提出账户变更: put down who asks for which account on what evidence; nothing changes until another has looked.

    Raises RegistryRefused for faults of the account, an asker who does not speak for the household, evidence without
    its paper, the account it has already, or a change that waits already.
    """
    household = locked(household_id)
    refuse_all([f"户{household.number}：{fault}" for fault in _change_faults(entry, on)])
    fields, now = _fields(entry.account), _account_now(household, on)
    if now and fields == {name: getattr(now, name) for name in fields}:
        raise RegistryRefused(f"户{household.number}：新账户和现在的账户相同，不用变更")
    if entry.asker_is != Asker.BANK and not speaks_for(
        household.pk, entry.asker.strip(), entry.asker_is, entry.asked_on
    ):
        raise RegistryRefused(
            f"户{household.number}：提出人“{entry.asker.strip()}”在{entry.asked_on}不是{Asker(entry.asker_is).label}，请核对"
        )
    if waiting := AccountChange.objects.filter(household=household, state=ChangeState.WAITING).first():
        raise RegistryRefused(
            f"户{household.number}：{waiting.made_by}{waiting.made_on}提出的账户变更还在等核实，请先核实或撤回"
        )
    paper = keep_paper(household, PaperKind.ACCOUNT, entry.paper, on) if entry.paper else None
    change = AccountChange.objects.create(
        household=household, division=household.division, **fields, cause=entry.cause, asker=entry.asker.strip(),
        asker_is=entry.asker_is, channel=entry.channel, evidence=entry.evidence, paper=paper, asked_on=entry.asked_on,
        made_by=officer_name(), made_on=on,
    )  # fmt: skip
    shown = {"bank": fields["bank"], "number": mask_account(fields["number"]), "holder": fields["holder"]}
    note(household, "提出账户变更", at, on=str(on), change=change.pk, cause=entry.cause, asker=change.asker, **shown)
    return change


def _change_faults(entry: ChangeEntry, on: date) -> list[str]:
    """What is wrong with a change as it was asked for."""
    found = [*account_faults(entry.account), text_fault("提出人", entry.asker, NAME_LENGTH)]
    for words, (codes, name) in CODES.items():
        if getattr(entry, name) not in codes.values:
            found.append(f"{words}“{getattr(entry, name)}”不在可选项内，请重选")
    if entry.asked_on > on:
        found.append(f"提出日期{entry.asked_on}还没有到，请改正")
    if entry.evidence != Evidence.BOOK and entry.paper is None:
        found.append("凭据不是存折或银行卡原件的，要附照片或扫描件")
    return [fault for fault in found if fault]


def _waiting(change_id: int) -> AccountChange:
    """A change nobody has settled, held until the transaction ends. Raises RegistryRefused."""
    household_id = AccountChange.objects.filter(pk=change_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise RegistryRefused("没有这个账户变更，或不在本人可见的区划内")
    locked(household_id)
    change = AccountChange.objects.select_for_update(of=("self",)).select_related("household").get(pk=change_id)
    if change.state != ChangeState.WAITING:
        raise RegistryRefused(
            f"这个账户变更已由{change.settled_by}在{change.settled_on}办结：{ChangeState(change.state).label}"
        )
    return change


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def confirm_account_change(
    change_id: int, look: Look, *, known_risks: Collection[str] = (), on: date, at: datetime
) -> AccountChange:
    """核实账户变更: another officer telephoned or saw the passbook; from `on` the account is in force.

    `known_risks` (codes of Risk) are what later stages know: the freeze of the next list, who handled the case. A
    change with a risk needs a note. Raises RegistryRefused for the same officer, one who keeps the card or collects,
    a number that does not agree, somebody who does not speak for the household, or a telephone call where no telephone
    is registered.
    """
    change = _waiting(change_id)
    home = f"户{change.household.number}"
    _refuse_unfit_officer(change, on)
    if on != localdate(at) or on < change.made_on:
        raise RegistryRefused(f"{home}：账户从核实那天起生效，核实日期应是今天（{localdate(at)}），请改正")
    _refuse_faulty_look(change, look, on)
    risks = _risks_of(change, look, known_risks, on)
    if risks and not look.note.strip():
        said = "、".join(Risk(code).label for code in risks)
        raise RegistryRefused(f"{home}：这个变更有风险（{said}），请在核实说明里写清怎样核实的")
    change.state, change.settled_by, change.settled_on = ChangeState.CONFIRMED, officer_name(), on
    change.how, change.spoken_with, change.note = look.how, look.spoken_with.strip(), look.note.strip()
    change.called = telephone_on(change.household_id, on) if look.how == Looked.TELEPHONE else ""
    change.risks = risks
    change.save(
        update_fields=["state", "settled_by", "settled_on", "how", "spoken_with", "note", "called", "risks"]
    )  # fmt: skip
    account = AccountEntry(change.holder, change.bank, change.number)
    change.account = change_account(change.household_id, account, on=on, at=at)
    change.save(update_fields=["account"])
    note(change.household, "核实账户变更", at, on=str(on), change=change.pk, how=look.how, risks=[*risks])
    return change


def _refuse_unfit_officer(change: AccountChange, on: date) -> None:
    """Raise RegistryRefused for whoever asked, keeps the card or collects for the household."""
    home = f"户{change.household.number}"
    if change.made_by == officer_name():
        raise RegistryRefused(f"{home}：提出和核实账户变更应由两人分别办理，请换人核实")
    if keeps_for(change.household_id, officer_name(), on):
        raise RegistryRefused(f"{home}：您代管这一户的银行卡或者代领，不能核实它的账户变更，请换人核实")


def _risks_of(change: AccountChange, look: Look, known_risks: Collection[str], on: date) -> list[Risk]:
    """What stands against a change as it was looked at."""
    found = {*registry_risks(change.household_id, change.holder, change.number, on), *map(Risk, known_risks)}
    if look.how != Looked.TELEPHONE:
        found -= OF_THE_PHONE
    if not speaks_for(change.household_id, look.spoken_with.strip(), Asker.MEMBER, on):
        found.add(Risk.PROXY_ONLY)
    return sorted(found)


def _refuse_faulty_look(change: AccountChange, look: Look, on: date) -> None:
    """Raise RegistryRefused unless somebody of the household said or showed the same account."""
    home, digits = f"户{change.household.number}", re.sub(r"\D", "", change.number)
    faults = [text_fault("核实对象", look.spoken_with, NAME_LENGTH)]
    faults.append(text_fault("核实说明", look.note, NOTE_LENGTH, may_be_empty=True))
    if look.how not in Looked.values:
        faults.append(f"核实方式“{look.how}”不在可选项内，请重选")
    refuse_all([f"{home}：{fault}" for fault in faults if fault])
    if look.how == Looked.TELEPHONE and not telephone_on(change.household_id, on):
        raise RegistryRefused(f"{home}：没有登记电话，不能打电话核实，请当面看存折或银行卡")
    who = look.spoken_with.strip()
    if not any(speaks_for(change.household_id, who, kind, on) for kind in (Asker.MEMBER, Asker.PROXY)):
        raise RegistryRefused(f"{home}：核实对象“{who}”不是家庭成员，也不是登记的代领人，请向家庭核实")
    seen = re.sub(r"\D", "", look.tail)
    if len(seen) < min(TAIL, len(digits)) or not digits.endswith(seen):
        raise RegistryRefused(f"{home}：核实到的账号后{TAIL}位与提出的不同，请核对；确实不同的请不予变更")


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def drop_account_change(change_id: int, *, reason: str, on: date, at: datetime) -> AccountChange:
    """撤回或不予变更: whoever asked withdraws it, anybody else refuses it; the account stays as it was."""
    change, officer = _waiting(change_id), officer_name()
    if fault := text_fault("理由", reason, NOTE_LENGTH):
        raise RegistryRefused(f"户{change.household.number}：{fault}")
    is_own = change.made_by == officer
    change.state = ChangeState.WITHDRAWN if is_own else ChangeState.REFUSED
    change.settled_by, change.settled_on, change.note = officer, max(on, change.made_on), reason.strip()
    change.save(update_fields=["state", "settled_by", "settled_on", "note"])
    words = "撤回账户变更" if is_own else "不予变更账户"
    note(change.household, words, at, on=str(on), change=change.pk, reason=change.note)
    return change
