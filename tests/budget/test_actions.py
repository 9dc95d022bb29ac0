"""编预算: proposed by formula beside what was approved, split among the levels to the fen."""

from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.budget.actions import BadBudget, propose_budget
from opendibao.budget.models import BudgetLine
from opendibao.budget.queries import budget, budget_count, shares
from tests.payment.builders import COUNTY, at

pytestmark = pytest.mark.usefixtures("county")
APPROVED_ON = date(2024, 1, 10)
INPUTS = {
    "last_year_persons": 100, "standard_fen": 74_000, "average_benefit_fen": 50_000, "price_factor_bp": 10_300,
    "expected_entries": 10, "reserve_bp": 200, "approved_fen": 66_000_000,
}  # fmt: skip


def propose(area: str = "rural", **changes: object) -> BudgetLine:
    given = {"division": COUNTY, "approved_on": APPROVED_ON, "at": at(APPROVED_ON), **INPUTS, **changes}
    return propose_budget(2024, area, **given)  # type: ignore[arg-type]


def test_the_formula_stands_beside_the_approved_amount() -> None:
    propose()
    (row,) = budget(2024)
    assert (row.proposed_fen, row.approved_fen, row.zh) == (66_187_800, 66_000_000, "农村")
    assert row.person_months == 1260
    assert Event.objects.get().payload == {"proposed_fen": 66_187_800, "approved_fen": 66_000_000}


def test_a_year_holds_its_own_budget() -> None:
    propose()
    propose("urban")
    assert ([row.area for row in budget(2024)], budget_count(2024)) == (["rural", "urban"], 2)
    assert (budget(2023), budget_count(2023)) == ([], 0)


def test_the_levels_add_up_to_the_approved_amount() -> None:
    # 62 %, 18 %, 5 % of 10,000.01 yuan are 6,200.0062, 1,800.0018, 500.0005; the county pays the rest
    propose(approved_fen=1_000_001)
    assert [(one.zh, one.share_bp, one.fen) for one in shares(2024)] == [
        ("中央", 6200, 620_000),
        ("省级", 1800, 180_000),
        ("市级", 500, 50_000),
        ("县级", 1500, 150_001),
    ]


@pytest.mark.parametrize("fen", [0, 1, 7, 99, 5_330_000_000, 960_000_003])
def test_no_fen_is_lost_among_the_levels(fen: int) -> None:
    propose(approved_fen=fen)
    propose("urban", approved_fen=fen + 1)
    assert sum(one.fen for one in shares(2024) if one.area == "rural") == fen
    assert sum(one.fen for one in shares(2024) if one.area == "urban") == fen + 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"area": "suburb"}, "“suburb”不是城乡类别"),
        ({"last_year_persons": -1}, "“上年人数”应为不小于零的整数，不是“-1”"),
        ({"average_benefit_fen": 500.5}, "“上年人均月补助（分）”"),
        ({"reserve_bp": True}, "“预备比例（万分比）”"),
        ({"approved_fen": "5330"}, "“批复数（分）”"),
    ],
)
def test_an_impossible_input_is_refused_by_name(changes: dict[str, object], words: str) -> None:
    with pytest.raises(BadBudget, match=words):
        propose(**changes)  # type: ignore[arg-type]
    assert budget_count(2024) == 0


def test_an_area_has_one_budget_a_year() -> None:
    propose()
    with pytest.raises(BadBudget, match="2024年度农村预算已经录入"):
        propose()
