"""查登记: as it was on a day, as known at a time."""

from datetime import date

import pytest

from opendibao.registry.queries import (
    HouseholdRow,
    belongings,
    household_by_id,
    ids_by_number,
    known_persons,
    numbers_by_id,
    person_id,
    person_ids,
)  # fmt: skip
from opendibao.registry.queries import household as file_of
from opendibao.registry.refusal import RegistryRefused
from tests.registry.builders import CHILD, LONER, MOTHER, NEW_YEAR, VILLAGE, household, number

pytestmark = pytest.mark.usefixtures("places")
NOBODY = number(date(1999, 9, 9), 9)


def test_a_file_is_found_by_its_number() -> None:
    pk = household()

    assert file_of("999999-00001") == household_by_id(pk) == HouseholdRow(pk, "999999-00001", VILLAGE, NEW_YEAR)
    assert file_of("999999-00002") is None


def test_ids_are_found_by_number_and_unknown_numbers_are_absent() -> None:
    pk = household()

    assert ids_by_number(["999999-00001", "x"]) == {"999999-00001": pk}
    assert numbers_by_id([pk, 0]) == {pk: "999999-00001"}
    assert set(person_ids([MOTHER.id_number, NOBODY])) == {MOTHER.id_number}


def test_an_unknown_person_or_household_is_said_so() -> None:
    with pytest.raises(RegistryRefused, match="没有登记身份证号"):
        person_id(NOBODY)
    with pytest.raises(RegistryRefused, match="没有这个家庭"):
        household_by_id(0)


def test_it_is_known_who_belongs_where_from_a_day_on() -> None:
    pk = household()

    (found,) = belongings([(CHILD.id_number, date(2024, 5, 1)), (LONER.id_number, date(2024, 5, 1))])

    assert (found.household, found.household_id, found.since) == ("999999-00001", pk, NEW_YEAR)
    assert belongings([]) == []
    assert set(known_persons([CHILD.id_number, NOBODY])) == {CHILD.id_number}
