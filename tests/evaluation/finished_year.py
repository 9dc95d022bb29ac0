"""A year that can be made final: two families, twelve closed months, a sheet of ninety, both findings explained."""

from datetime import date
from decimal import Decimal

from opendibao.evaluation.actions import give_score, sign_note
from opendibao.evaluation.conclusion import conclude
from opendibao.kernel.month import year_months
from opendibao.outreach.actions import hold_training
from tests.evaluation import small_county
from tests.evaluation.year import LOCKED, YEAR, year
from tests.payment.builders import COUNTY, VILLAGE, Family, at, family
from tests.payment.months import paid


def live() -> tuple[Family, Family]:
    """640.00 yuan to each family in each of twelve months: 0.77 万元 each, 1.54 together; three training sessions."""
    rural, urban = family("A1", fen=64000, persons=2), family("B1", fen=64000, area="urban")
    for month in year_months(YEAR):
        paid(month)
    for month in (3, 6, 9):
        day = date(YEAR, month, 1)
        hold_training(COUNTY, held_on=day, topic="政策", sheet="表", signatures=[(VILLAGE, "甲")], at=at(day))
    small_county.load()
    small_county.plan_budget()
    give_score(YEAR, COUNTY, "rural_benefit_paid", Decimal(5), reason=small_county.REASON, at=LOCKED)
    return rural, urban


def explain() -> None:
    """Sign a note for every error that the sheet shows."""
    for one in conclude(year()).findings:
        if one.is_open:
            sign_note(YEAR, COUNTY, one.id, f"{one.id}按上级表样，已核对", where=one.where, at=LOCKED)
