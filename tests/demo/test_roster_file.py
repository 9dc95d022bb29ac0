"""名册文件: the county's roster is read back as it was planned; what was planted goes back, and only that."""

from datetime import date
from pathlib import Path

import pytest

from opendibao.decision import opening
from opendibao.decision.models import RejectedRow
from opendibao.decision.queries import recomputed_amounts
from opendibao.decision.roster_columns import HOUSEHOLD_SHEET
from opendibao.decision.roster_reader import read_roster
from opendibao.demo.plan import CountyPlan
from opendibao.demo.roster_file import HOUSEHOLDS_PER_BLANK, RosterFiles, roster, write_roster
from opendibao.kernel.month import days
from opendibao.registry.actions import load_divisions
from opendibao.registry.queries import ids_by_number, members_on
from opendibao.rules.assess import assess_many
from tests.registry.builders import at


@pytest.fixture
def files(small: CountyPlan, tmp_path: Path) -> RosterFiles:
    return write_roster(small, tmp_path)


@pytest.fixture
def opened(small: CountyPlan, files: RosterFiles, county: None) -> opening.RosterResult:
    """The first roster is in."""
    load_divisions([("county", small.county_code, small.county_name, ""), *small.divisions], at=at(signing(small)))
    return opening.bring_in_roster(files.first, division=small.county_code, at=at(signing(small)))


def signing(plan: CountyPlan) -> date:
    """The day after the last old decision."""
    return days(max(old.decided_on for old in plan.opening), 1)


def test_the_same_plan_gives_the_same_bytes(small: CountyPlan, files: RosterFiles, tmp_path: Path) -> None:
    again = write_roster(small, tmp_path / "again")

    assert again.first.read_bytes() == files.first.read_bytes()
    assert again.faults == files.faults == 36


def test_the_corrected_file_holds_the_faulty_households_only(small: CountyPlan, files: RosterFiles) -> None:
    assert len(read_roster(files.first).households) >= len(small.opening) - files.faults
    assert len(read_roster(files.corrected).households) == files.faults


def test_what_was_planted_goes_back_and_nothing_else(
    small: CountyPlan, files: RosterFiles, opened: opening.RosterResult
) -> None:
    assert (opened.accepted, opened.rejected) == (len(small.opening) - files.faults, files.faults)

    corrected = opening.bring_in_roster(files.corrected, division=small.county_code, at=at(signing(small)))

    back = RejectedRow.objects.filter(file=opened.file_id, sheet=HOUSEHOLD_SHEET).values_list("household", flat=True)
    assert {row.cells["户编号"] for row in read_roster(files.corrected).households} == set(back)
    assert (corrected.accepted, corrected.rejected) == (files.faults, 0)


def test_every_household_is_opened_as_planned(
    small: CountyPlan, files: RosterFiles, opened: opening.RosterResult
) -> None:
    day = signing(small)
    opening.bring_in_roster(files.corrected, division=small.county_code, at=at(day))
    act = opening.sign_opening_act(small.county_code, on=day, first="甲", second="乙", at=at(day))

    cases = [{**o.household.facts, "policy": small.policy, "decision_date": str(o.decided_on)} for o in small.opening]
    answers = assess_many(cases)
    assert (act.households, act.persons) == (200, 380)
    assert act.monthly_fen == sum(answer.monthly_benefit_fen for answer in answers)
    old = small.opening[0]
    home = ids_by_number([old.household.number])[old.household.number]
    assert {m.id_number for m in members_on(home, day)} == {m.id_number for m in old.household.members}
    counts = opening.dual_track_counts()
    assert (counts.unjudged, counts.differing) == (len(roster(small)) // HOUSEHOLDS_PER_BLANK, 0)
    january = date(small.year, 1, 1)
    assert len(recomputed_amounts(paid_from=january, paid_to=january)) == counts.same
