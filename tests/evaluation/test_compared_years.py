"""年度对比: two locked years of the small county, differences worked out by hand."""

from datetime import date

import pytest

from opendibao.evaluation.actions import load_sheet, lock_year
from opendibao.evaluation.compared_years import compared_years
from opendibao.evaluation.year_sheets import SheetEntry
from opendibao.outreach.actions import hold_training
from tests.evaluation import small_county
from tests.evaluation.year import LATER, LOCKED, YEAR
from tests.payment.builders import COUNTY, VILLAGE, at, family

pytestmark = pytest.mark.usefixtures("county")
ENTRIES = [
    SheetEntry("staff_trainings", "at_least", small_county.Decimal(2), "≥2次", small_county.Decimal(10)),
    SheetEntry("rural_persons", "at_most", small_county.Decimal(9), "≤9人", small_county.Decimal(40)),
    SheetEntry("urban_persons", "at_most", small_county.Decimal(9), "≤9人", small_county.Decimal(40)),
]


def two_years() -> None:
    """2024 as the small county lives it; in 2025 one training session and a family more."""
    small_county.whole()
    lock_year(YEAR, COUNTY, at=LOCKED)
    load_sheet(YEAR + 1, COUNTY, ENTRIES, at=LATER)
    day = date(YEAR + 1, 2, 3)
    hold_training(COUNTY, held_on=day, topic="政策", sheet="表", signatures=[(VILLAGE, "甲")], at=at(day))
    family("C1", persons=3)
    lock_year(YEAR + 1, COUNTY, at=LATER)


def test_values_and_shares_of_the_points_are_compared_year_by_year() -> None:
    two_years()
    found = compared_years([YEAR + 1, YEAR, YEAR - 1], COUNTY)

    assert [said.year for said in found.years] == [YEAR, YEAR + 1]
    rows = {row.code: row.cells for row in found.rows}
    first, second = rows["staff_trainings"]
    # 3 of 4 sessions: 15 of 20 points; then 1 of 2: 5 of 10
    assert (first.value_change, first.share, str(second.share)) == (None, 75, "50.00")
    assert (str(second.value_change), str(second.share_change)) == ("-2", "-25.00")
    assert str(rows["rural_persons"][1].value_change) == "3"


def test_an_indicator_that_one_year_does_not_have_is_empty_there() -> None:
    two_years()
    rows = {row.code: row.cells for row in compared_years([YEAR, YEAR + 1], COUNTY).rows}
    assert [cell.row is None for cell in rows["target_accuracy"]] == [False, True]
    assert rows["target_accuracy"][1].value_change is None
    # not measured then, so nothing may be subtracted
    assert rows["target_accuracy"][0].row
    assert rows["target_accuracy"][0].row.value == ""


def test_a_year_that_was_not_locked_is_left_out() -> None:
    small_county.whole()
    assert compared_years([YEAR], COUNTY).years == ()
