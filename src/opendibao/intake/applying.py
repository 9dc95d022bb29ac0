"""申请: one stroke from a filled-in application to a case: the family's file, the case, what goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from opendibao.audit.duties import needs
from opendibao.audit.submissions import hold
from opendibao.intake.actions import submit_case
from opendibao.intake.drafts import held_draft
from opendibao.intake.duplicates import Person, duplicates
from opendibao.intake.models import Case, OnlineApplication
from opendibao.intake.official_relatives import register_relative
from opendibao.intake.refusal import IntakeRefused
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import BadIdNumber, parse_id_number
from opendibao.kernel.month import age_on
from opendibao.registry.actions import (
    add_member,
    ask_account_change,
    change_account,
    end_membership,
    move_household,
    register_household,
)
from opendibao.registry.entries import AccountEntry, ChangeEntry, HouseholdEntry, MemberEntry
from opendibao.registry.queries import account_on, household_by_id, members_on, next_number

ADULT = 18
ONE_DAY = timedelta(days=1)
SAID = {
    "case": "已有在办申请{case}，请到那个案件里办理，不要重复申请",
    "household": "{name}是户{household}的成员，一人不能同时在两户，请先在该户办理减少成员",
    "elsewhere": "{name}已在别的乡镇登记，请报县民政局办理迁移，不要重复建档",
    "named": "{name}的身份证号登记的姓名是“{known_as}”，请对照证件改正",
    "died": "{name}已登记于{died_on}死亡，请核对身份证号",
}


@dataclass(frozen=True)
class Family:
    """The family of an application: its file, or what opens one (`household_id` None and `entry` without number).

    `joins` are persons who are new in a family that has a file, `leaves` the ids of those who do not live with it
    any more; `moves` and `account` are what changed of it (None: as it is).
    """

    household_id: int | None
    entry: HouseholdEntry | None = None
    joins: Sequence[MemberEntry] = ()
    leaves: Sequence[int] = ()
    moves: Mapping[str, str] | None = None
    account: AccountEntry | None = None


@dataclass(frozen=True)
class Relative:
    """A near relative of somebody who works in dibao or in the village's committee (57号 第十一条)."""

    member: str
    official: str
    post: str
    relation: str


@dataclass(frozen=True)
class Filing:
    """An application as it is handed in; `applicant` is one of the family by name, `declared` as `assess` reads it."""

    family: Family
    channel: str
    applicant: str
    declared: Mapping[str, Any]
    relatives: Sequence[Relative] = ()
    lead_id: int | None = None
    online_id: int | None = None


@needs(Duty.ACCEPT)
@transaction.atomic
def file_application(filing: Filing, *, draft_key: str = "", on: date, at: datetime) -> Case:
    """提交申请: open or bring up to date the family's file, submit the case, note relatives of officials.

    All or nothing. Raises IntakeRefused or RegistryRefused naming who and the remedy: a family or person who applies
    already, an applicant who is a minor, a household that cannot be entered.
    """
    draft = held_draft(draft_key) if draft_key else None
    _refuse_duplicates(filing.family, on)
    household_id = _household(filing.family, on, at)
    if filing.family.household_id and filing.family.account:
        _account(household_id, filing.family.account, filing.applicant, on, at)
    _refuse_applicant(filing.applicant, household_id, on)
    case = submit_case(
        household_id, kind="application", channel=filing.channel, declared=filing.declared, on=on, at=at,
        lead_id=filing.lead_id,
    )  # fmt: skip
    case.applicant = filing.applicant
    case.save(update_fields=["applicant"])
    for one in filing.relatives:
        register_relative(case.pk, **vars(one), on=on, at=at)
    if filing.online_id:
        _take_over(filing.online_id, case, on)
    if draft:
        draft.case = case
        draft.save(update_fields=["case"])
    return case


def _refuse_duplicates(family: Family, on: date) -> None:
    """Raise IntakeRefused with everything that stands against the family or a person in it."""
    persons = [_person(one, on) for one in (*(family.entry.members if family.entry else ()), *family.joins)]
    if family.household_id:
        members = members_on(family.household_id, on)
        persons += [Person(one.id_number, one.name) for one in members if one.person_id not in family.leaves]
    found = duplicates(family.household_id, persons, on)
    if found:
        said = [SAID[one.kind].format(**vars(one)) for one in found]
        raise IntakeRefused("；".join(dict.fromkeys(said)))


def _person(entry: MemberEntry, on: date) -> Person:
    """Raises IntakeRefused for a number that cannot be."""
    try:
        return Person(parse_id_number(entry.id_number, on=on).text, entry.name.strip())
    except BadIdNumber as fault:
        raise IntakeRefused(f"成员“{entry.name}”：{fault}") from None


def _household(family: Family, on: date, at: datetime) -> int:
    """The family's file, opened or brought up to date."""
    if family.household_id is None:
        if family.entry is None:
            raise IntakeRefused("没有写是哪一家，请填家庭成员和住址")
        hold(f"household number {family.entry.division}")  # two windows of one village draw one after the other
        entry = HouseholdEntry(**{**vars(family.entry), "number": next_number(family.entry.division)})
        return register_household(entry, on=on, at=at).pk
    for person_id in family.leaves:
        end_membership(family.household_id, person_id, last_day=on - ONE_DAY, at=at)
    for member in family.joins:
        add_member(family.household_id, member, on=on, at=at)
    if family.moves:
        move_household(family.household_id, **family.moves, on=on, at=at)
    return family.household_id


def _account(household_id: int, account: AccountEntry, applicant: str, on: date, at: datetime) -> None:
    """The family's first account comes with its application; another one is asked for, and waits for a second look."""
    if account_on(household_id, on) is None:
        change_account(household_id, account, on=on, at=at)
        return
    asked = ChangeEntry(account, "mistake", applicant, "member", "window", "book", on)
    ask_account_change(household_id, asked, on=on, at=at)


def _refuse_applicant(applicant: str, household_id: int, on: date) -> None:
    """57号 第四条: one of the family applies; who is not of age is spoken for by somebody else."""
    number = household_by_id(household_id).number
    found = [one for one in members_on(household_id, on) if one.name == applicant]
    if not found:
        raise IntakeRefused(f"申请人“{applicant}”不是户{number}的成员，请从成员里选一人")
    if all(age_on(one.born, on) < ADULT for one in found):
        raise IntakeRefused(f"申请人“{applicant}”未满{ADULT}周岁，请由成年成员申请，或者委托他人代办")


def _take_over(online_id: int, case: Case, on: date) -> None:
    """The online application that led to the case is settled with it, as `submit_case` settles a lead."""
    waiting = OnlineApplication.objects.filter(pk=online_id, answered_on=None)
    if not waiting.update(case=case, answered_on=on):
        raise IntakeRefused("这份网上申请已经有人接办或者答复过，请到网上申请里看")
