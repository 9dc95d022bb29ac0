"""Two families, one paid month, a sheet of ninety and a budget: a year whose conclusion is worked out by hand."""

from datetime import date
from decimal import Decimal

from opendibao.budget.actions import propose_budget
from opendibao.evaluation.actions import SheetEntry, give_score, load_sheet
from opendibao.outreach.actions import hold_training
from tests.evaluation.year import LOCKED, YEAR
from tests.payment.builders import COUNTY, VILLAGE, Family, at, family
from tests.payment.months import JANUARY, paid

REASON = "测算没有考虑物价；与财政对数后再报"
SHEET = (
    ("rural_benefit_paid", "at_most", "0.05", "≤0.05万元", "10"),
    ("urban_persons", "at_most", "2", "≤2人", "10"),
    ("staff_trainings", "at_least", "4", "≥4次", "20"),
    ("target_accuracy", "at_least", "95", "≥95%", "10"),
    ("rural_persons", "at_most", "9", "≤9人", "40"),
    ("standard_conformity", "at_least", "100", "＝100%", "0"),
)


def load() -> None:
    entries = [
        SheetEntry(code, direction, Decimal(target), text, Decimal(weight))
        for code, direction, target, text, weight in SHEET
    ]
    load_sheet(YEAR, COUNTY, entries, at=LOCKED)


def plan_budget() -> None:
    """600.00 yuan approved for each area; planned: 3 persons and 1 who enters, 20.00 yuan each a month."""
    for area in ("rural", "urban"):
        propose_budget(
            YEAR, area, division=COUNTY, last_year_persons=3, standard_fen=74000, average_benefit_fen=2000,
            price_factor_bp=10_000, expected_entries=1, reserve_bp=0, approved_fen=60000,
            approved_on=JANUARY, at=at(JANUARY),
        )  # fmt: skip


def live() -> tuple[Family, Family]:
    """640.00 yuan to each family: 0.06 + 0.06 万元 printed, 0.13 together; three training sessions of four."""
    rural, urban = family("A1", fen=64000, persons=2), family("B1", fen=64000, area="urban")
    paid(JANUARY)
    for month in (3, 6, 9):
        day = date(YEAR, month, 1)
        hold_training(COUNTY, held_on=day, topic="政策", sheet="表", signatures=[(VILLAGE, "甲")], at=at(day))
    return rural, urban


def judge() -> None:
    """Half the points for the overspend, one point off a target that is met."""
    give_score(YEAR, COUNTY, "rural_benefit_paid", Decimal(5), reason=REASON, at=LOCKED)
    give_score(YEAR, COUNTY, "urban_persons", Decimal(9), reason=REASON, at=LOCKED)


def whole() -> tuple[Family, Family]:
    families = live()
    load()
    plan_budget()
    judge()
    return families
