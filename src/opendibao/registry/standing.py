"""登记现状: who of the people to be entered is known already, and where he belongs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read, read_whole

FEW = 100
MOST_ASKED = 30

KNOWN = "SELECT id_number, id, name, died FROM registry_person WHERE id_number = ANY(%(numbers)s)"
ELSEWHERE = "SELECT id_number, township FROM township_of_person(%(numbers)s)"
BELONGS = """
SELECT p.id_number, h.number, m.household_id, lower(m.valid)
FROM unnest(%(numbers)s::text[], %(since)s::date[]) AS wanted (id_number, since)
JOIN registry_person p ON p.id_number = wanted.id_number
JOIN registry_membership m ON m.person_id = p.id AND upper_inf(m.recorded)
  AND m.valid && daterange(wanted.since, NULL)
JOIN registry_household h ON h.id = m.household_id
ORDER BY p.id_number, m.valid
"""


@dataclass(frozen=True)
class KnownPerson:
    """Somebody the registry knows."""

    id_number: str
    id: int
    name: str
    died: date | None


@dataclass(frozen=True)
class Belonging:
    """A membership that is or will be in force from a day on."""

    id_number: str
    household: str
    household_id: int
    since: date


@dataclass(frozen=True)
class _Elsewhere:
    id_number: str
    township: str


def elsewhere(numbers: Sequence[str]) -> dict[str, str]:
    """Township codes of persons registered anywhere in the county, by number; at most thirty are asked at once."""
    rows = read(_Elsewhere, ELSEWHERE, {"numbers": list(numbers)[:MOST_ASKED]}) if numbers else []
    return {row.id_number: row.township for row in rows}


def known_persons(numbers: Sequence[str]) -> dict[str, KnownPerson]:
    """The known of these numbers (18 places), by number."""
    return {row.id_number: row for row in read(KnownPerson, KNOWN, {"numbers": list(numbers)})}


def belongings(wanted: Sequence[tuple[str, date]]) -> list[Belonging]:
    """Memberships, by what is known now, that meet the time from each (number, day) on."""
    if not wanted:
        return []
    numbers, since = zip(*wanted, strict=True)
    ask = read if len(wanted) <= FEW else read_whole
    return ask(Belonging, BELONGS, {"numbers": list(numbers), "since": list(since)})


def person_faults(wanted: Sequence[tuple[str, str, date]], known: dict[str, KnownPerson]) -> dict[str, str]:
    """Why somebody known cannot be entered as (number, name) from a day on, by number; the others are absent."""
    found = {}
    for belonging in belongings([(number, since) for number, _, since in wanted if number in known]):
        found[belonging.id_number] = (
            f"自{belonging.since}起是户{belonging.household}的成员，一人不能同时在两户，请先在该户办理减少成员"
        )
    for number, name, since in wanted:
        person = known.get(number)
        if person and person.name != name:
            found[number] = f"身份证号已登记为“{person.name}”，姓名不同，请对照证件改正"
        elif person and person.died and person.died < since:
            found[number] = f"已登记于{person.died}死亡，请核对身份证号"
    return found
