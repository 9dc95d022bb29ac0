"""查重: whether a family, or anybody in it, applies already, belongs elsewhere, or cannot be entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.intake.states import IS_OPEN
from opendibao.registry.queries import Belonging, KnownPerson, belongings, elsewhere, known_persons

OPEN_CASES = f"""
SELECT c.id, c.number, c.state, c.applied_on, c.household_id, h.number
FROM intake_case c JOIN registry_household h ON h.id = c.household_id
WHERE c.household_id = ANY(%(households)s) AND {IS_OPEN.replace("state", "c.state")} ORDER BY c.applied_on, c.id
"""


@dataclass(frozen=True)
class OpenCase:
    """A case of a household that is not ended."""

    id: int
    number: str
    state: str
    applied_on: date
    household_id: int
    household: str


@dataclass(frozen=True)
class Person:
    """Somebody on an application, by his number of 18 places."""

    id_number: str
    name: str


@dataclass(frozen=True)
class Duplicate:
    """What stands against entering a person (`name` "" for the family itself).

    `kind`: case (`case_id`, `case` open), household (`household` he belongs to), elsewhere (`township` of the code),
    named (`known_as` another name), died (`died_on`).
    """

    kind: str
    name: str = ""
    case_id: int = 0
    case: str = ""
    state: str = ""
    household: str = ""
    township: str = ""
    known_as: str = ""
    died_on: date | None = None


def open_cases_of(households: Sequence[int]) -> list[OpenCase]:
    """Open cases of these households, the oldest first."""
    return read(OpenCase, OPEN_CASES, {"households": list(households)}) if households else []


def duplicates(household_id: int | None, persons: Sequence[Person], on: date) -> list[Duplicate]:
    """Everything that stands against an application of these persons on a day, the open cases first.

    `household_id` is the family's own file, None for a family that has none yet. Whoever stands in another township
    is named by the township alone.
    """
    numbers = [one.id_number for one in persons]
    belongs = {row.id_number: row for row in belongings([(number, on) for number in numbers])}
    households = dict.fromkeys([row.household_id for row in belongs.values()] + [household_id] * bool(household_id))
    cases = {row.household_id: row for row in open_cases_of([each for each in households if each])}
    known = known_persons(numbers)
    away = elsewhere([number for number in numbers if number not in known])
    found = [_case("", cases[household_id])] if household_id and household_id in cases else []
    for one in persons:
        found += _belongs_elsewhere(one, belongs.get(one.id_number), household_id, cases)
        found += _is_another(one, known.get(one.id_number), on)
        found += [Duplicate("elsewhere", one.name, township=away[one.id_number])] if one.id_number in away else []
    return sorted(found, key=lambda one: one.kind != "case")


def _belongs_elsewhere(
    one: Person, mine: Belonging | None, household_id: int | None, cases: Mapping[int, OpenCase]
) -> list[Duplicate]:
    """The other household somebody belongs to, and its open case."""
    if mine is None or mine.household_id == household_id:
        return []
    case = [_case(one.name, cases[mine.household_id])] if mine.household_id in cases else []
    return [*case, Duplicate("household", one.name, household=mine.household)]


def _is_another(one: Person, person: KnownPerson | None, on: date) -> list[Duplicate]:
    """The number is a dead person's, or of somebody of another name."""
    if person is None:
        return []
    if person.died and person.died < on:
        return [Duplicate("died", one.name, died_on=person.died)]
    return [Duplicate("named", one.name, known_as=person.name)] if one.name and person.name != one.name else []


def _case(name: str, row: OpenCase) -> Duplicate:
    return Duplicate("case", name, case_id=row.id, case=row.number, state=row.state, household=row.household)
