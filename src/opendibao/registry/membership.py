"""家庭成员变动: somebody joins, leaves or dies, another becomes the head."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils.timezone import localdate

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import mask_id_number
from opendibao.registry.checking import CheckedMember, read_member
from opendibao.registry.correction import change_row, end_row
from opendibao.registry.entries import MemberEntry
from opendibao.registry.initials import initials
from opendibao.registry.models import Household, Membership, Person, Relation
from opendibao.registry.refusal import RegistryRefused, refuse_all, refused_by_database
from opendibao.registry.standing import known_persons, person_faults

ONE_DAY = timedelta(days=1)
NOT_SEEN = "没有这个家庭，或不在本人可见的区划内"


def locked(household_id: int) -> Household:
    """The household, held until the transaction ends. Raises RegistryRefused when there is none."""
    household = Household.objects.select_for_update().filter(pk=household_id).first()
    if household is None:
        raise RegistryRefused(NOT_SEEN)
    return household


@needs(Duty.ACCEPT, Duty.CONFIRM)
def note(household: Household, action: str, at: datetime, **payload: object) -> None:
    """The audit event of a change of a household."""
    record(action, f"家庭 {household.number}", division=household.division, at=at, payload=payload)


def members_known(household: Household, day: date) -> list[Membership]:
    """Memberships of a household on a day, as known now."""
    rows = Membership.objects.filter(household=household, valid__contains=day, recorded__endswith=None)
    return list(rows.select_related("person").order_by("id"))


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def add_member(household_id: int, entry: MemberEntry, *, on: date, at: datetime) -> int:
    """增加成员: somebody belongs to the household from `on` (a child from birth); returns the person's id.

    Raises RegistryRefused for a bad number, a second head, somebody who is in another household or dead.
    """
    household = locked(household_id)
    member, faults = read_member(entry, on, localdate(at))
    if member is None:
        raise RegistryRefused(f"户{household.number}：{'；'.join(faults)}")
    known = known_persons([member.id.text])
    found = person_faults([(member.id.text, member.name, member.since)], known)
    refuse_all([f"户{household.number}：成员“{member.name}”（{number}）{fault}" for number, fault in found.items()])
    _refuse_second_head(household, member)
    with refused_by_database():
        pk = _person(member, household.division)
        Membership.objects.create(
            household=household, person_id=pk, relation=member.relation, division=household.division,
            valid=DateRange(member.since, None), recorded=DateTimeTZRange(at, None),
        )  # fmt: skip
    shown = mask_id_number(member.id.text)
    note(household, "增加成员", at, since=str(member.since), person=shown, relation=member.relation)
    return pk


def _refuse_second_head(household: Household, member: CheckedMember) -> None:
    if member.relation == Relation.HEAD:
        for other in members_known(household, member.since):
            if other.relation == Relation.HEAD:
                raise RegistryRefused(f"户{household.number}的户主已是{other.person.name}，请先变更户主")


def _person(member: CheckedMember, division: str) -> int:
    """The id of a person known by number, who now lives here, or of a new one."""
    person, _ = Person.objects.update_or_create(
        id_number=member.id.text,
        defaults={"division": division},
        create_defaults={
            "name": member.name, "initials": initials(member.name), "sex": member.id.sex, "born": member.id.born,
            "division": division,
        },
    )  # fmt: skip
    return person.pk


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def end_membership(household_id: int, person_id: int, *, last_day: date, at: datetime) -> None:
    """减少成员: somebody belongs to the household for the last time on a day.

    Raises RegistryRefused when he does not belong to it then, or is the head of others who stay.
    """
    household = locked(household_id)
    members = members_known(household, last_day)
    row = next((m for m in members if m.person_id == person_id), None)
    if row is None:
        raise RegistryRefused(f"此人在{last_day}不是户{household.number}的成员，请核对日期和户编号")
    if row.relation == Relation.HEAD and len(members) > 1:
        raise RegistryRefused(f"{row.person.name}是户{household.number}的户主，家庭还有其他成员，请先变更户主")
    end_row(row, last_day + ONE_DAY, at)
    shown = mask_id_number(row.person.id_number)
    note(household, "减少成员", at, last_day=str(last_day), person=shown)


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def change_head(household_id: int, person_id: int, *, former_relation: str, on: date, at: datetime) -> None:
    """变更户主: a member is the head from `on`; the former head, if still a member, is his `former_relation`."""
    household = locked(household_id)
    members = members_known(household, on)
    heir = next((m for m in members if m.person_id == person_id), None)
    if heir is None or heir.relation == Relation.HEAD:
        raise RegistryRefused(f"新户主应是户{household.number}在{on}的成员且现在不是户主，请重选")
    if former_relation not in Relation.values or former_relation == Relation.HEAD:
        raise RegistryRefused(f"原户主与新户主的关系“{former_relation}”不在可选项内，请重选")
    for former in members:
        if former.relation == Relation.HEAD:
            change_row(former, on, at, relation=former_relation)
    with refused_by_database():
        change_row(heir, on, at, relation=Relation.HEAD)
    note(household, "变更户主", at, on=str(on), person=mask_id_number(heir.person.id_number))


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def record_death(person_id: int, *, died: date, at: datetime) -> None:
    """登记死亡: the day it happened and the time we learnt of it; he belongs to a household through that day.

    What was known before stays as it was known. Raises RegistryRefused for an impossible or second date.
    """
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise RegistryRefused("没有登记这个人，或不在本人可见的区划内")
    if person.died:
        raise RegistryRefused(f"{person.name}已登记于{person.died}死亡，请勿重复登记")
    if not person.born <= died <= localdate(at):
        raise RegistryRefused(f"{person.name}的死亡日期{died}应在出生日期{person.born}之后、登记日之前，请改正")
    person.died, person.died_recorded_at = died, at
    person.save(update_fields=["died", "died_recorded_at"])
    after = died + ONE_DAY
    rows = Membership.objects.filter(person=person, recorded__endswith=None, valid__overlap=DateRange(after, None))
    for row in rows.select_related("household"):
        end_row(row, after, at)
    subject = f"人员 {mask_id_number(person.id_number)}"
    record("登记死亡", subject, division=person.division, at=at, payload={"died": str(died)})
