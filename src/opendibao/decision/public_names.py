"""公开的姓名: the name under which a family stands on a public sheet, and its group; nothing else of it is public."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.kernel.ids import mask_name
from opendibao.kernel.month import age_on

ADULT = 18
GROUP = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}组")
# step by step, each by the ids of the step before: see registry.finding
BELONGING = """
SELECT household_id, person_id, relation FROM registry_membership
WHERE household_id = ANY(%(ids)s) AND valid @> %(day)s::date AND upper_inf(recorded)
ORDER BY household_id, relation <> 'head', person_id
"""
PERSONS = "SELECT id, name, born FROM registry_person WHERE id = ANY(%(ids)s)"
PLACES = """
SELECT household_id, address FROM registry_householdplace
WHERE household_id = ANY(%(ids)s) AND valid @> %(day)s::date AND upper_inf(recorded)
"""


@dataclass(frozen=True)
class PublicName:
    """What a village reads of who a family is: a name, and the group it lives in ("" where that is not written)."""

    name: str
    group: str


@dataclass(frozen=True)
class _Belonging:
    household_id: int
    person_id: int
    relation: str


@dataclass(frozen=True)
class _Person:
    id: int
    name: str
    born: date


@dataclass(frozen=True)
class _Place:
    household_id: int
    address: str


def public_names(
    household_ids: Sequence[int], on: date, applicants: Mapping[int, str] | None = None
) -> dict[int, PublicName]:
    """Of each household its head's name in full (57号 第二十四条) and its group, on a day.

    A head who is a minor is never named: the applicant stands there where he is a grown member, else the first grown
    member, else the surname with stars. A household that is not to be seen is absent.
    """
    asked: dict[str, object] = {"ids": list(household_ids), "day": on}
    belonging = read(_Belonging, BELONGING, asked)
    people = {row.id: row for row in read(_Person, PERSONS, {"ids": [row.person_id for row in belonging]})}
    groups = {row.household_id: group_of(row.address) for row in read(_Place, PLACES, asked)}
    homes: dict[int, list[_Person]] = {}
    for row in belonging:
        if row.person_id in people:
            homes.setdefault(row.household_id, []).append(people[row.person_id])
    wished = applicants or {}
    return {
        each: PublicName(_named(members, on, wished.get(each, "")), groups.get(each, ""))
        for each, members in homes.items()
    }


def group_of(address: str) -> str:
    """The villagers' group in an address (3组), "" where none is written; the house number stays out."""
    found = GROUP.search(address)
    return found[0] if found else ""


def _named(members: Sequence[_Person], on: date, applicant: str) -> str:
    """The head stands first; only grown members are named."""
    grown = [person.name for person in members if age_on(person.born, on) >= ADULT]
    if not grown:
        return mask_name(members[0].name)
    if members[0].name == grown[0]:
        return grown[0]
    return applicant if applicant in grown else grown[0]
