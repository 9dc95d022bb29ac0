"""访谈和个案页: kept by a form, read with the household's two years beside it."""

from datetime import date

import pytest

from opendibao.decision.models import Decision
from opendibao.evaluation.living_conditions import living_conditions
from opendibao.evaluation.models import Interview
from opendibao.kernel.duties import Duty
from tests.evaluation.test_resurveys import ALONE, decided
from tests.payment.builders import COUNTY, VILLAGE, Family, family
from tests.payment.months import JANUARY, paid
from tests.web.conftest import Reader
from tests.web.desk import Desk, hired

pytestmark = pytest.mark.usefixtures("county")
TALK = {
    "kind": "interview", "division": VILLAGE, "held_on": "2024-12-26", "with_whom": "一名村书记", "household": "",
    "text": "公示换了地方。\n看的人多了。",
}  # fmt: skip


@pytest.fixture
def evaluator(county: None) -> Desk:
    family("A1")
    return Desk(hired("eval01", "文评价", division=COUNTY, duties=(Duty.EVALUATE,)))


def test_a_talk_is_kept_listed_and_read(evaluator: Desk) -> None:
    page = evaluator.follows(evaluator.does("/samples/interviews/new/?year=2024", **TALK))
    assert "访谈：一名村书记" in page.words
    assert "<p>公示换了地方。</p><p>看的人多了。</p>" in page.html
    listed = evaluator.reads("/samples/interviews/?year=2024")
    assert "2024-12-26 访谈 一名村书记 镇100东村 — 公示换了地方。 看的人多了。 文评价" in listed.words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "请填写“内容”"),
        ({"kind": "case_study"}, "个案要写户编号"),
        ({"household": "X1"}, "没有户编号“X1”的家庭"),
        ({"text": "电话13812345678"}, "像证件号、账号或电话"),
        ({"held_on": "2099-01-01"}, "还没有到"),
        ({"division": "360429109999"}, "“地点”里没有这一项"),
    ],
)
def test_what_cannot_be_kept_is_said(evaluator: Desk, change: dict[str, str], said: str) -> None:
    page = evaluator.does("/samples/interviews/new/?year=2024", **{**TALK, **change})
    assert page.status == 422
    assert said in page.words
    assert Interview.objects.count() == 0


def test_before_any_talk_the_list_says_what_will_come(evaluator: Desk) -> None:
    assert "还没有访谈" in evaluator.reads("/samples/interviews/?year=2024").words
    assert evaluator.reads("/samples/interviews/7/").status == 404


def test_a_case_shows_how_its_household_lives(evaluator: Desk) -> None:
    decided("B1", 74000, ALONE)
    page = evaluator.follows(
        evaluator.does("/samples/interviews/new/?year=2024", **{**TALK, "kind": "case_study", "household": "B1"})
    )
    assert "这户今年和去年" in page.words
    # decided on 2024-01-02: nothing at the end of 2023; in 2024 no income, the whole standard of 740.00
    assert "人均核定月收入（元） — 0.00" in page.words
    assert "每月保障金（元） — 740.00" in page.words
    assert "缺口弥补 — 100.00%" in page.words
    assert "住房（套） — 1" in page.words


def test_two_years_stand_side_by_side_with_their_difference(read: Reader) -> None:
    made = family("A1", fen=60000)
    paid(JANUARY)
    made.decide("increase", date(2024, 6, 3), fen=65000, first_month=date(2024, 7, 1))
    page = read("/households/A1/years/?year=2024")
    assert "每月保障金（元） 600.00 650.00 +50.00" in page.words
    assert "全年到账（元） — 600.00" in page.words
    assert "到账月数 — 1" in page.words
    assert "有一年没有记下核定的收入" in page.words
    assert read("/households/X1/years/").status == 404


def test_income_and_spending_come_from_the_facts_of_each_decision() -> None:
    facts = {
        **ALONE,
        "members": [
            {**ALONE["members"][0],  # type: ignore[index]
             "income": [{"kind": "other", "amount": 100, "per": "month"}],
             "spending": [{"kind": "education", "amount": "1200.50", "per": "year"},
                          {"kind": "education", "amount": 50, "per": "month"}]},
        ],
        "property": {"financial_assets": {"deposits": 5000, "funds": "250.5"}, "dwellings": 1},
    }  # fmt: skip
    decided("B1", 64000, facts)
    household = Decision.objects.get(household__number="B1").household_id
    before, now = living_conditions(household, 2024, date(2025, 1, 6))
    assert not before.is_known
    assert before.decision is None
    assert (now.income_fen, now.gap_fen, now.spending_fen, now.assets_fen) == (10000, 64000, 180050, 525050)
    assert now.on == date(2024, 12, 31)


def test_a_year_that_has_not_come_has_nothing() -> None:
    made: Family = family("A1")
    now, later = living_conditions(made.household.pk, 2026, date(2025, 1, 6))
    assert now.decision is not None
    assert later.decision is None
