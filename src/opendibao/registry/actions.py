"""登记办理: everything that writes the registry; accounts and moves here, the rest by subject beside it."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import mask_account
from opendibao.registry.checking import account_faults, place_faults
from opendibao.registry.correction import change_row
from opendibao.registry.enrolment import register_household, register_households
from opendibao.registry.entries import AccountEntry
from opendibao.registry.membership import add_member, change_head, end_membership, locked, note, record_death
from opendibao.registry.models import BankAccount, Household, HouseholdPlace, Membership, Person
from opendibao.registry.places import load_divisions, village_faults
from opendibao.registry.refusal import RegistryRefused, refuse_all, refused_by_database

__all__ = [
    "RegistryRefused",
    "add_member",
    "change_account",
    "change_head",
    "end_membership",
    "load_divisions",
    "move_household",
    "record_death",
    "register_household",
    "register_households",
]


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def change_account(household_id: int, entry: AccountEntry, *, on: date, at: datetime) -> None:
    """变更银行账户: the household's money goes to another account from `on`. Raises RegistryRefused."""
    household = locked(household_id)
    refuse_all([f"户{household.number}：{fault}" for fault in account_faults(entry)])
    fields = {"holder": entry.holder.strip(), "bank": entry.bank.strip(), "number": entry.number.strip()}
    former = BankAccount.objects.filter(household=household, valid__contains=on, recorded__endswith=None).first()
    with refused_by_database():
        if former:
            change_row(former, on, at, **fields)
        else:
            BankAccount.objects.create(
                household=household, division=household.division, valid=DateRange(on, None),
                recorded=DateTimeTZRange(at, None), **fields,
            )  # fmt: skip
    note(household, "变更银行账户", at, on=str(on), bank=fields["bank"], number=mask_account(fields["number"]))


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def move_household(
    household_id: int, *, division: str, area: str, address: str, on: date, at: datetime, phone: str | None = None
) -> None:
    """迁移: from `on` the household lives elsewhere or another standard applies; what was before stays.

    Without `phone` the telephone number stays. Raises RegistryRefused for a code that is no village or lies outside
    the officer's reach.
    """
    household = locked(household_id)
    faults = [*place_faults(area, address, phone or ""), *village_faults([division]).values()]
    refuse_all([f"户{household.number}：{fault}" for fault in faults])
    place = HouseholdPlace.objects.filter(household=household, valid__contains=on, recorded__endswith=None).first()
    if place is None:
        raise RegistryRefused(f"户{household.number}在{on}没有登记住址，请核对迁移日期")
    phone = place.phone if phone is None else phone.strip()
    with refused_by_database():
        change_row(place, on, at, division=division, area=area, address=address.strip(), phone=phone)
        if division != household.division:
            _take_along(household, division, on, at)
    note(household, "迁移", at, on=str(on), division=division, area=area)


def _take_along(household: Household, division: str, on: date, at: datetime) -> None:
    """Members and account are seen from now on where the household lives."""
    later = {"household": household, "recorded__endswith": None, "valid__overlap": DateRange(on, None)}
    members = list(Membership.objects.filter(**later))
    for row in [*members, *BankAccount.objects.filter(**later)]:
        change_row(row, on, at, division=division)
    Person.objects.filter(pk__in=[row.person_id for row in members]).update(division=division)
    household.division = division
    household.save(update_fields=["division"])
