"""部门登记: what was kept back stands in the registers, what was declared agrees with them, the dead are dead."""

from collections import Counter
from datetime import date

import pytest

from opendibao.demo.departments.homes import Home, homes
from opendibao.demo.departments.records import Record
from opendibao.demo.departments.registers import records_on
from opendibao.demo.departments.secrets import KINDS, secrets
from opendibao.demo.plan import CountyPlan

END = date(2024, 11, 30)
MAY = date(2024, 5, 31)


@pytest.fixture(scope="module")
def small_homes(small: CountyPlan) -> list[Home]:
    return homes(small)


def of(homes_of: list[Home], source: str, day: date) -> list[Record]:
    return [record for home in homes_of for record in records_on(home, source, day)]


def test_deposits_at_the_banks_are_what_the_family_has(small: CountyPlan, small_homes: list[Home]) -> None:
    for home in small_homes[:100]:
        told = {secret.kind for secret in home.secrets}
        sums = sum(record.payload["balance"] for record in records_on(home, "bank_deposits", MAY))
        has_heir = next(home.members_on(MAY), None) is not None
        wanted = int(home.known_on(MAY).get("financial_assets") or 0) * 100
        assert sums == (wanted if has_heir else 0) or "deposit" in told


def test_what_applicants_kept_back_is_on_record(small: CountyPlan, small_homes: list[Home]) -> None:
    entries = [*small.entries, *(one.entry for one in small.pending)]
    kept = Counter(hit.source for entry in entries for hit in entry.match_hits if not hit.is_declared)
    kept.pop("business_registration", None)  # stands in what departments know beyond the facts
    for source, count in kept.items():
        told = {record.subject.id_number for record in of(small_homes, source, MAY) if record.hidden}
        assert len(told) == count, source


def test_what_is_declared_is_hidden_from_nobody(small: CountyPlan, small_homes: list[Home]) -> None:
    open_about = {e.household.number for e in small.entries if all(hit.is_declared for hit in e.match_hits)}
    for home in small_homes:
        if home.household.number in open_about:
            assert not any(record.hidden for source in ("bank_deposits", "real_estate", "vehicles")
                           for record in records_on(home, source, MAY))  # fmt: skip


def test_who_died_in_the_year_is_dead_in_the_register_from_that_day(small: CountyPlan, small_homes: list[Home]) -> None:
    died = {number: leaving.happened_on for leaving in small.exits for number in leaving.deaths}
    died |= {number: one.happened_on for one in small.changes if one.kind == "death" for number in one.leaves}
    assert died
    told = {record.subject.id_number: record.payload for record in of(small_homes, "public_security", END)}
    for number, day in died.items():
        if day <= END:
            assert (told[number]["status"], told[number]["died_on"]) == ("died", day)


def test_nobody_is_on_record_before_he_is_born(small_homes: list[Home]) -> None:
    born = {record.subject.born for record in of(small_homes, "public_security", MAY)}
    assert max(born) <= "2024-05-31"


class TestSecrets:
    def test_each_kind_happens_to_a_steady_family_of_its_own(self, small: CountyPlan) -> None:
        found = secrets(small)
        assert [one.kind for one in found] == list(KINDS)
        assert len({one.number for one in found}) == len(found)
        moved = {one.number for one in small.changes} | {one.number for one in small.exits}
        assert not moved & {one.number for one in found}

    def test_departments_know_of_it_from_its_day(self, small: CountyPlan, small_homes: list[Home]) -> None:
        sources = ("public_security", "vehicles", "business_registration", "bank_deposits", "real_estate", "tax",
                   "prisons", "other_assistance")  # fmt: skip
        told = {record.subject.id_number: record.hidden for source in sources
                for record in of(small_homes, source, END) if record.hidden in KINDS}  # fmt: skip
        for one in secrets(small):
            assert told[one.id_number] == one.kind
        before = [record for source in sources for record in of(small_homes, source, date(2024, 10, 31))]
        numbers = {one.id_number for one in secrets(small)}
        assert not any(record.hidden in KINDS and record.subject.id_number in numbers for record in before)
