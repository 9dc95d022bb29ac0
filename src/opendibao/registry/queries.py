"""查登记: who lived where and with whom on a day, as known now or at an earlier time (known_at)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from opendibao.audit.sql_rows import read
from opendibao.kernel.ids import township_of
from opendibao.registry.finding import Card, FoundRow, cards, heads_of, search
from opendibao.registry.refusal import RegistryRefused
from opendibao.registry.standing import Belonging, KnownPerson, belongings, elsewhere, known_persons

__all__ = [
    "AccountRow",
    "Belonging",
    "Card",
    "DivisionRow",
    "FoundRow",
    "HouseholdRow",
    "KnownPerson",
    "MemberRow",
    "PlaceRow",
    "account_on",
    "belongings",
    "cards",
    "division_names",
    "divisions",
    "elsewhere",
    "full_name",
    "heads_of",
    "household",
    "household_by_id",
    "ids_by_number",
    "known_persons",
    "members_on",
    "next_number",
    "numbers_by_id",
    "person_id",
    "person_ids",
    "place_on",
    "search",
]

THEN = "valid @> %(day)s::date AND {row}.recorded @> %(known_at)s::timestamptz"
MEMBERS = f"""
SELECT p.id, p.id_number, p.name, p.sex, p.born,
  CASE WHEN p.died_recorded_at <= %(known_at)s::timestamptz THEN p.died END, m.relation
FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
WHERE m.household_id = %(household)s AND m.{THEN.format(row="m")}
ORDER BY m.relation <> 'head', p.id
"""
PLACE = f"""
SELECT p.division, p.area, p.address, p.phone FROM registry_householdplace p
WHERE p.household_id = %(household)s AND p.{THEN.format(row="p")}
"""
ACCOUNT = f"""
SELECT a.holder, a.bank, a.number FROM registry_bankaccount a
WHERE a.household_id = %(household)s AND a.{THEN.format(row="a")}
"""
HOUSEHOLD = "SELECT id, number, division, opened_on FROM registry_household"
DIVISIONS = "SELECT code, name, level, coalesce(parent_id, '') FROM registry_division ORDER BY code"
LAST_NUMBER = """
SELECT coalesce(max(substr(number, length(%(head)s) + 1)::int), 0) FROM registry_household
WHERE number ^@ %(head)s AND substr(number, length(%(head)s) + 1) ~ '^[0-9]{1,6}$'
"""
NAMED = "SELECT code, name, level, coalesce(parent_id, '') FROM registry_division WHERE code = ANY(%(codes)s)"


@dataclass(frozen=True)
class MemberRow:
    """A member of a household on a day; `died` only if the death was known at the time asked for."""

    person_id: int
    id_number: str
    name: str
    sex: str
    born: date
    died: date | None
    relation: str


@dataclass(frozen=True)
class PlaceRow:
    """Where a household lived (village code) and whose standard applied to it."""

    division: str
    area: str
    address: str
    phone: str


@dataclass(frozen=True)
class AccountRow:
    """Where a household's money went."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True)
class HouseholdRow:
    """A household's file."""

    id: int
    number: str
    division: str
    opened_on: date


@dataclass(frozen=True)
class DivisionRow:
    """A county, town or village; `parent` is "" for a county."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class _Id:
    key: str
    id: int


def _then(household_id: int, day: date, known_at: datetime | None) -> dict[str, object]:
    return {"household": household_id, "day": day, "known_at": known_at or "infinity"}


def members_on(household_id: int, day: date, *, known_at: datetime | None = None) -> list[MemberRow]:
    """Who belonged to a household on a day, the head first, the others in the order they were entered."""
    return read(MemberRow, MEMBERS, _then(household_id, day, known_at))


def place_on(household_id: int, day: date, *, known_at: datetime | None = None) -> PlaceRow | None:
    """Where a household lived on a day; None when nothing is known of that day."""
    return next(iter(read(PlaceRow, PLACE, _then(household_id, day, known_at))), None)


def account_on(household_id: int, day: date, *, known_at: datetime | None = None) -> AccountRow | None:
    """A household's bank account on a day; None when it had none."""
    return next(iter(read(AccountRow, ACCOUNT, _then(household_id, day, known_at))), None)


def household(number: str) -> HouseholdRow | None:
    """The file of a household by its number; None where there is none or another township's."""
    return next(iter(read(HouseholdRow, f"{HOUSEHOLD} WHERE number = %(number)s", {"number": number})), None)


def household_by_id(household_id: int) -> HouseholdRow:
    """The file of a household. Raises RegistryRefused where there is none or another township's."""
    for row in read(HouseholdRow, f"{HOUSEHOLD} WHERE id = %(id)s", {"id": household_id}):
        return row
    raise RegistryRefused("没有这个家庭，或不在本人可见的区划内")


def _ids(table: str, column: str, keys: Sequence[str]) -> dict[str, int]:
    sql = f"SELECT {column}, id FROM {table} WHERE {column} = ANY(%(keys)s)"
    return {row.key: row.id for row in read(_Id, sql, {"keys": list(keys)})}


def ids_by_number(numbers: Sequence[str]) -> dict[str, int]:
    """Ids of households by their numbers; unknown numbers are absent."""
    return _ids("registry_household", "number", numbers)


def numbers_by_id(ids: Sequence[int]) -> dict[int, str]:
    """Numbers of households by their ids; what is not to be seen is absent."""
    rows = read(_Id, "SELECT number, id FROM registry_household WHERE id = ANY(%(ids)s)", {"ids": list(ids)})
    return {row.id: row.key for row in rows}


def person_ids(id_numbers: Sequence[str]) -> dict[str, int]:
    """Ids of persons by their numbers of 18 places; unknown numbers are absent."""
    return _ids("registry_person", "id_number", id_numbers)


def next_number(village: str) -> str:
    """The number of the next household of a village: its code and the next four digits."""
    head = f"{village}-"
    last = next(iter(read(int, LAST_NUMBER, {"head": head})), 0)
    return f"{head}{last + 1:04d}"


def person_id(id_number: str) -> int:
    """Id of a person by his number of 18 places. Raises RegistryRefused when nobody has it."""
    found = person_ids([id_number])
    if id_number not in found:
        raise RegistryRefused(f"没有登记身份证号“{id_number}”，或不在本人可见的区划内")
    return found[id_number]


def divisions() -> list[DivisionRow]:
    """All divisions by code."""
    return read(DivisionRow, DIVISIONS, {})


def division_names() -> dict[str, str]:
    """Names of all divisions by code."""
    return {row.code: row.name for row in divisions()}


def full_name(code: str) -> str:
    """Township and village of a village code: 双钟镇月亮村民委员会; a township or county by its own name."""
    names = {row.code: row.name for row in read(DivisionRow, NAMED, {"codes": [code, township_of(code)]})}
    own = names.get(code, code)
    return own if code.endswith("000") else names.get(township_of(code), "") + own
