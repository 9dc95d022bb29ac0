"""查找家庭: by name, pinyin initials, end of the id number, household number, phone or village, within one's reach.

Only `=` and `^@` (starts with) reach the tables: both are leakproof, so that row-level security lets them use
an index; LIKE and trigrams are not and would read every row. Each step reads one table by the ids of the step
before: PostgreSQL takes a policy to let next to nothing through, and a join of these tables, begun at the wrong
end, took a minute instead of ten milliseconds.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.kernel.ids import reach_of, township_of

PERSONS = "SELECT id, name, id_number FROM registry_person WHERE {test}"
BELONGING = """
SELECT household_id, person_id, relation, upper(valid) FROM registry_membership
WHERE {key} = ANY(%(ids)s) AND upper_inf(recorded) ORDER BY person_id
"""
HOUSEHOLDS = "SELECT id, number, division FROM registry_household WHERE {test}"
AT_PHONE = "SELECT household_id FROM registry_householdplace WHERE phone = %(text)s AND upper_inf(recorded)"
DIVISIONS = "SELECT code, name FROM registry_division"
TAIL, WHOLE, LETTERS = re.compile(r"\d{3}[\dX]"), re.compile(r"\d{17}[\dX]"), re.compile(r"[A-Z]+")
PHONE = re.compile(r"\d{7,12}")


@dataclass(frozen=True)
class FoundRow:
    """A household found: id and number, head, village code, names of village and town, what matched, members of today.

    `id_number` is that of the person found, else the head's ("" where there is neither).
    """

    id: int
    household: str
    head: str
    division: str
    village: str
    town: str
    matched: str
    members: int
    id_number: str


@dataclass(frozen=True)
class Card:
    """What a list says of a household: number, village code, its head and how many its members are today."""

    number: str
    division: str
    head: str
    members: int


@dataclass(frozen=True)
class _Person:
    key: int
    name: str
    id_number: str


@dataclass(frozen=True)
class _Match:
    """What fits: a person's name and number, or a village, phone or household number alone."""

    words: str
    id_number: str = ""


@dataclass(frozen=True)
class _Place:
    code: str
    name: str


@dataclass(frozen=True)
class _Membership:
    household_id: int
    person_id: int
    relation: str
    ended: date | None


@dataclass(frozen=True)
class _Household:
    id: int
    number: str
    division: str


def search(text: str, *, division: str = "", limit: int = 50, offset: int = 0) -> tuple[list[FoundRow], int]:
    """Households that fit the text, a page of them and how many there are; an empty text finds nothing."""
    wanted = text.strip().upper()
    if not wanted:
        return [], 0
    places = {row.code: row.name for row in read(_Place, DIVISIONS, {})}
    found = _by_person(wanted) | _by_household(wanted) | _by_phone(wanted) | _by_village(wanted, places)
    reach = reach_of(division) if division else ""
    hits = [(home, matched) for home, matched in found.items() if home.division.startswith(reach)]
    hits.sort(key=lambda hit: (hit[0].division, hit[0].number))
    return _rows(hits[offset : offset + limit], places), len(hits)


def _test_of_persons(wanted: str) -> str:
    """Which column of a person the text can mean; "" for none."""
    if WHOLE.fullmatch(wanted):
        return "id_number = %(text)s"
    if LETTERS.fullmatch(wanted):
        return "initials ^@ lower(%(text)s)"
    if wanted.isascii():
        return "id_tail = %(text)s" if TAIL.fullmatch(wanted) else ""
    return "name ^@ %(text)s"


def _by_person(wanted: str) -> dict[_Household, _Match]:
    """Households of the persons that fit, with the first one."""
    test = _test_of_persons(wanted)
    people = {row.key: row for row in read(_Person, PERSONS.format(test=test), {"text": wanted})} if test else {}
    matched: dict[int, _Match] = {}
    for row in _memberships("person_id", people):
        person = people[row.person_id]
        matched.setdefault(row.household_id, _Match(person.name, person.id_number))
    homes = _households("id = ANY(%(ids)s)", ids=list(matched)) if matched else []
    return {home: matched[home.id] for home in homes}


def _by_household(wanted: str) -> dict[_Household, _Match]:
    is_number = wanted.isascii() and not WHOLE.fullmatch(wanted)
    homes = _households("number ^@ %(text)s", text=wanted) if is_number else []
    return {home: _Match(home.number) for home in homes}


def _by_phone(wanted: str) -> dict[_Household, _Match]:
    ids = read(int, AT_PHONE, {"text": wanted}) if PHONE.fullmatch(wanted) else []
    homes = _households("id = ANY(%(ids)s)", ids=ids) if ids else []
    return {home: _Match(wanted) for home in homes}


def _by_village(wanted: str, places: dict[str, str]) -> dict[_Household, _Match]:
    codes = [code for code, name in places.items() if name.startswith(wanted) and code != township_of(code)]
    homes = _households("division = ANY(%(codes)s)", codes=codes) if codes else []
    return {home: _Match(places[home.division]) for home in homes}


def _households(test: str, **parameters: object) -> list[_Household]:
    return read(_Household, HOUSEHOLDS.format(test=test), parameters)


def _memberships(key: str, ids: Iterable[int]) -> list[_Membership]:
    """What is now known of memberships, former ones too, by `person_id` or `household_id`."""
    wanted = list(ids)
    return read(_Membership, BELONGING.format(key=key), {"ids": wanted}) if wanted else []


def cards(ids: Sequence[int]) -> dict[int, Card]:
    """What a list says of these households, by id, in the order asked for; what is not to be seen is absent."""
    homes = _households("id = ANY(%(ids)s)", ids=list(ids)) if ids else []
    heads, members = _heads(homes)
    named = {home.id: heads[home.id].name if home.id in heads else "" for home in homes}
    found = {home.id: Card(home.number, home.division, named[home.id], members[home.id]) for home in homes}
    return {each: found[each] for each in ids if each in found}


def heads_of(numbers: Sequence[str]) -> dict[str, str]:
    """The names of the heads of households, by household number; a household that is not to be seen is absent."""
    homes = _households("number = ANY(%(numbers)s)", numbers=list(numbers)) if numbers else []
    heads, _members = _heads(homes)
    return {home.number: heads[home.id].name for home in homes if home.id in heads}


def _heads(homes: Sequence[_Household]) -> tuple[dict[int, _Person], dict[int, int]]:
    """Of each household its head (or the last one; absent for none) and how many its members are today."""
    belonging = defaultdict(list)
    for row in _memberships("household_id", [home.id for home in homes]):
        belonging[row.household_id].append(row)
    heads = {home.id: _last_head(belonging[home.id]) for home in homes}
    ids = [head for head in heads.values() if head]
    people = {row.key: row for row in read(_Person, PERSONS.format(test="id = ANY(%(ids)s)"), {"ids": ids})}
    known = {home: people[head] for home, head in heads.items() if head in people}
    return known, {home.id: sum(row.ended is None for row in belonging[home.id]) for home in homes}


def _rows(hits: Sequence[tuple[_Household, _Match]], places: dict[str, str]) -> list[FoundRow]:
    """The page's households with head and number of members."""
    heads, members = _heads([home for home, _ in hits])
    return [
        FoundRow(
            id=home.id,
            household=home.number,
            head=heads[home.id].name if home.id in heads else "",
            division=home.division,
            village=places[home.division],
            town=places.get(township_of(home.division), ""),
            matched=matched.words,
            members=members[home.id],
            id_number=matched.id_number or (heads[home.id].id_number if home.id in heads else ""),
        )
        for home, matched in hits
    ]


def _last_head(members: Sequence[_Membership]) -> int:
    """The person who is the head, or was the last one; 0 for none."""
    heads = [row for row in members if row.relation == "head"]
    return max(heads, key=lambda row: row.ended or date.max).person_id if heads else 0
