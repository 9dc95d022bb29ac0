"""登记办理: everything that writes the registry; moves here, the rest by subject beside it."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from opendibao.audit.duties import needs
from opendibao.kernel.duties import Duty
from opendibao.registry.account_changes import (
    ask_account_change,
    change_account,
    confirm_account_change,
    drop_account_change,
)
from opendibao.registry.checking import place_faults
from opendibao.registry.correction import change_row
from opendibao.registry.custody import check_custody, file_custody, hand_over_card, return_card
from opendibao.registry.enrolment import register_household, register_households
from opendibao.registry.membership import add_member, change_head, end_membership, locked, note, record_death
from opendibao.registry.models import (
    AccountChange,
    BankAccount,
    Custody,
    Household,
    HouseholdPlace,
    Membership,
    Person,
    Proxy,
)
from opendibao.registry.places import load_divisions, village_faults
from opendibao.registry.proxies import end_proxy, file_proxy, register_proxy, review_proxy
from opendibao.registry.refusal import RegistryRefused, refuse_all, refused_by_database

__all__ = [
    "RegistryRefused",
    "add_member",
    "ask_account_change",
    "change_account",
    "change_head",
    "check_custody",
    "confirm_account_change",
    "drop_account_change",
    "end_membership",
    "end_proxy",
    "file_custody",
    "file_proxy",
    "hand_over_card",
    "load_divisions",
    "move_household",
    "record_death",
    "register_household",
    "register_households",
    "register_proxy",
    "return_card",
    "review_proxy",
]


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
    """Members, account and what is agreed about it are seen from now on where the household lives."""
    later = {"household": household, "recorded__endswith": None, "valid__overlap": DateRange(on, None)}
    members = list(Membership.objects.filter(**later))
    for row in [*members, *BankAccount.objects.filter(**later)]:
        change_row(row, on, at, division=division)
    Person.objects.filter(pk__in=[row.person_id for row in members]).update(division=division)
    AccountChange.objects.filter(household=household, state="waiting").update(division=division)
    Proxy.objects.filter(household=household, ended_by="").update(division=division)
    Custody.objects.filter(household=household, returned_on=None).update(division=division)
    household.division = division
    household.save(update_fields=["division"])
