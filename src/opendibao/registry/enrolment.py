"""建档: opens household files in one set-based stroke: persons, households, places, memberships, accounts."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from opendibao.audit.actions import record_many
from opendibao.audit.bulk import copy_rows
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import execute, over_whole_tables
from opendibao.kernel.duties import Duty
from opendibao.registry.checking import CheckedHousehold, CheckedMember, doubles, read_household
from opendibao.registry.entries import HouseholdEntry
from opendibao.registry.initials import initials
from opendibao.registry.models import Household
from opendibao.registry.places import village_faults
from opendibao.registry.queries import ids_by_number, person_ids
from opendibao.registry.refusal import refuse_all, refused_by_database
from opendibao.registry.standing import KnownPerson, known_persons, person_faults

TIMES = ["valid", "recorded", "division", "household_id"]
# whoever was registered elsewhere before is now seen where he belongs
MOVE_PERSONS = """
UPDATE registry_person p SET division = wanted.division
FROM unnest(%(ids)s::bigint[], %(divisions)s::text[]) AS wanted (id, division)
WHERE p.id = wanted.id AND p.division <> wanted.division
"""


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def register_household(entry: HouseholdEntry, *, on: date, at: datetime) -> Household:
    """建档: open one household's file; place, members and account hold from `on`. Raises RegistryRefused."""
    ids = register_households([(entry, on)], at=at)
    return Household.objects.get(pk=ids[entry.number.strip()])


@needs(Duty.ACCEPT, Duty.CONFIRM)
@transaction.atomic
def register_households(entries: Sequence[tuple[HouseholdEntry, date]], *, at: datetime) -> dict[str, int]:
    """成批建档: open many files at once, all or none; the date says since when place, members and account hold.

    A person known by number is taken over, and belongs from birth at the earliest. Returns ids by household
    number. Raises RegistryRefused naming household, field and remedy of every fault (the first twenty).
    """
    households = _checked(entries, localdate(at))
    members = [(household, member) for household in households for member in household.members]
    known = known_persons([member.id.text for _, member in members])
    refuse_all(_faults_with_others(households, members, known))
    with refused_by_database():
        _enter_persons(members, known)
        ids = _enter_households(households)
        _enter_times(households, ids, at)
    record_many("家庭建档", [_event(household) for household in households], at=at)
    return ids


def _event(household: CheckedHousehold) -> tuple[str, str, dict[str, object]]:
    entry, payload = household.entry, {"since": str(household.since), "members": len(household.members)}
    return f"家庭 {household.number}", entry.division, {**payload, "area": entry.area}


def _checked(entries: Sequence[tuple[HouseholdEntry, date]], today: date) -> list[CheckedHousehold]:
    """The households without faults of their own and among each other."""
    households, faults = [], []
    for entry, since in entries:
        household, found = read_household(entry, since, today)
        faults += found
        households += [household] if household else []
    refuse_all([*faults, *doubles(households)])
    return households


Members = list[tuple[CheckedHousehold, CheckedMember]]


def _faults_with_others(
    households: Sequence[CheckedHousehold], members: Members, known: dict[str, KnownPerson]
) -> list[str]:
    """What speaks against the households as the registry stands."""
    taken = ids_by_number([h.number for h in households])
    places = village_faults({h.entry.division for h in households})
    persons = person_faults([(m.id.text, m.name, m.since) for _, m in members], known)
    found = [f"户{h.number}：户编号已有建档，请勿重复登记" for h in households if h.number in taken]
    found += [f"户{h.number}：{places[h.entry.division]}" for h in households if h.entry.division in places]
    return found + [
        f"户{h.number}：成员“{m.name}”（{m.id.text}）{persons[m.id.text]}" for h, m in members if m.id.text in persons
    ]


def _enter_persons(members: Members, known: dict[str, KnownPerson]) -> None:
    copy_rows(
        "registry_person",
        ["id_number", "name", "initials", "sex", "born", "division"],
        (
            (m.id.text, m.name, initials(m.name), m.id.sex, m.id.born, h.entry.division)
            for h, m in members
            if m.id.text not in known
        ),
    )
    if known:
        moved = [(known[m.id.text].id, h.entry.division) for h, m in members if m.id.text in known]
        with over_whole_tables():
            execute(MOVE_PERSONS, {"ids": [pk for pk, _ in moved], "divisions": [code for _, code in moved]})


def _enter_households(households: Sequence[CheckedHousehold]) -> dict[str, int]:
    copy_rows(
        "registry_household",
        ["number", "division", "opened_on"],
        ((h.number, h.entry.division, h.since) for h in households),
    )
    return ids_by_number([h.number for h in households])


def _enter_times(households: Sequence[CheckedHousehold], ids: dict[str, int], at: datetime) -> None:
    """The rows that carry two times, all recorded from `at`."""
    known, persons = since_text(at), person_ids([m.id.text for h in households for m in h.members])
    copy_rows(
        "registry_householdplace",
        [*TIMES, "area", "address", "phone"],
        (
            (
                since_text(h.since),
                known,
                h.entry.division,
                ids[h.number],
                h.entry.area,
                *_stripped(h.entry.address, h.entry.phone),
            )
            for h in households
        ),
    )
    copy_rows(
        "registry_membership",
        [*TIMES, "person_id", "relation"],
        (
            (since_text(m.since), known, h.entry.division, ids[h.number], persons[m.id.text], m.relation)
            for h in households
            for m in h.members
        ),
    )
    copy_rows(
        "registry_bankaccount",
        [*TIMES, "holder", "bank", "number"],
        (
            (since_text(h.since), known, h.entry.division, ids[h.number], *_stripped(a.holder, a.bank, a.number))
            for h in households
            if (a := h.entry.account)
        ),
    )


def since_text(start: date | datetime) -> str:
    """A range from a day or moment on, as COPY wants it."""
    return f"[{start.isoformat()},)"


def _stripped(*texts: str) -> list[str]:
    return [text.strip() for text in texts]
