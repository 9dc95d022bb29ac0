"""编预算: propose an area's budget by formula and keep the approved amount beside it."""

from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.budget.forecast import proposed_fen
from opendibao.budget.models import BudgetLine
from opendibao.kernel.duties import Duty

AREAS = {"rural": "农村", "urban": "城镇"}
INPUTS = {
    "last_year_persons": "上年人数",
    "standard_fen": "月标准（分）",
    "average_benefit_fen": "上年人均月补助（分）",
    "price_factor_bp": "物价系数（万分比）",
    "expected_entries": "预计新增人数",
    "reserve_bp": "预备比例（万分比）",
    "approved_fen": "批复数（分）",
}


class BadBudget(ValueError):
    """An input of the budget is impossible, or the area has its budget already."""


@needs(Duty.FINANCE)
@transaction.atomic
def propose_budget(
    year: int, area: str, *, division: str, last_year_persons: int, standard_fen: int, average_benefit_fen: int,
    price_factor_bp: int, expected_entries: int, reserve_bp: int, approved_fen: int, approved_on: date, at: datetime,
) -> BudgetLine:  # fmt: skip
    """测算: (last year's persons × 12 + expected entries × 6) × average benefit × price factor + reserve, in fen.

    Who enters during the year is paid half of it on average, hence six months; the standard is shown beside the
    average benefit and enters no product; the result is rounded once. Raises BadBudget.
    """
    if area not in AREAS:
        raise BadBudget(f"“{area}”不是城乡类别，应为 rural（农村）或 urban（城镇）")
    whole = {
        "last_year_persons": last_year_persons,
        "standard_fen": standard_fen,
        "average_benefit_fen": average_benefit_fen,
        "price_factor_bp": price_factor_bp,
        "expected_entries": expected_entries,
        "reserve_bp": reserve_bp,
        "approved_fen": approved_fen,
    }
    for name, number in whole.items():
        if type(number) is not int or number < 0:
            raise BadBudget(f"预算的“{INPUTS[name]}”应为不小于零的整数，不是“{number}”")
    if BudgetLine.objects.filter(year=year, division=division, area=area).exists():
        raise BadBudget(f"{year}年度{AREAS[area]}预算已经录入，不能重复录入")
    proposed = proposed_fen(
        last_year_persons=last_year_persons, expected_entries=expected_entries, price_factor_bp=price_factor_bp,
        average_benefit_fen=average_benefit_fen, reserve_bp=reserve_bp,
    )  # fmt: skip
    line = BudgetLine.objects.create(
        year=year, division=division, area=area, proposed_fen=proposed, approved_on=approved_on, **whole
    )
    told: dict[str, object] = {"proposed_fen": proposed, "approved_fen": approved_fen}
    record("编报预算", f"{year} {AREAS[area]}", division=division, at=at, payload=told)
    return line
