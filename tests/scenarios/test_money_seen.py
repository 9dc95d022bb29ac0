"""看得见: every unusual payment of the year is found by whoever looks, on today's list or the pages of paying."""

from collections.abc import Iterator

import pytest

from opendibao.demo.county import plan_county
from opendibao.demo.plan import CountyPlan, PlannedHousehold
from opendibao.demo.targets import parse_targets
from opendibao.demo.ways import way_of
from opendibao.kernel.month import month_text
from tests.built import BuiltCounty
from tests.demo.builders import targets_text
from tests.scenarios.test_sandbox import Served, Visitor, serving


@pytest.fixture(scope="module")
def plan() -> CountyPlan:
    """What was planned for the small county."""
    return plan_county(parse_targets(targets_text()))


@pytest.fixture(scope="module")
def served(small_county: BuiltCounty) -> Iterator[Served]:
    with serving(small_county) as found:
        yield found


@pytest.fixture(scope="module")
def checker(served: Served) -> Visitor:
    """A visitor who has taken the role of the county's checker."""
    found = Visitor(served)
    assert found.sends("/roles/county01/") == 200
    return found


def home(plan: CountyPlan, kind: str) -> PlannedHousehold:
    way = way_of(plan, kind)
    assert way, f"没有{kind}"
    homes = [*(old.household for old in plan.opening), *(entry.household for entry in plan.entries)]
    return next(one for one in homes if one.number == way.number)


def month(plan: CountyPlan, kind: str) -> str:
    way = way_of(plan, kind)
    assert way
    return month_text(way.month)


def test_what_waits_stands_on_todays_list(checker: Visitor, plan: CountyPlan) -> None:
    page = checker.words("/today/")

    for kind, matter in (
        ("waiting_claim", "批准追缴"), ("waiting", "核实账户变更：原账户已销户"), ("proxy", "代领年度复核"),
    ):  # fmt: skip
        assert matter in page
        assert home(plan, kind).holder in page
    assert "批准提标：2025-02 起" in page


@pytest.mark.parametrize("kind", ["unknown", "absent", "differs", "twice"])
def test_what_the_bank_said_is_among_the_differences_of_its_month(
    checker: Visitor, plan: CountyPlan, kind: str
) -> None:
    page = checker.words(f"/pay-runs/{month(plan, kind)}/exceptions/")
    words = {
        "unknown": "银行未知", "absent": "逾期未回", "differs": "金额不符", "twice": "账户已冻结",
    }  # fmt: skip

    assert home(plan, kind).holder in page
    assert words[kind] in page
    assert "0 项待定" in page


def test_what_was_held_back_is_among_the_holds_of_its_month(checker: Visitor, plan: CountyPlan) -> None:
    page = checker.words(f"/pay-runs/{month(plan, 'found_dead')}/holds/")

    assert home(plan, "found_dead").holder in page
    assert "不再发放" in page


@pytest.mark.parametrize(
    "kind", ["suspended", "late_decision", "set_off", "late_income", "year_end", "waiting_claim"]
)  # fmt: skip
def test_what_was_ordered_suspended_or_claimed_is_on_one_page(checker: Visitor, plan: CountyPlan, kind: str) -> None:
    assert home(plan, kind).number in checker.words("/money-changes/")


def test_a_family_sees_on_its_page_what_was_set_off(checker: Visitor, plan: CountyPlan) -> None:
    page = checker.words(f"/households/{home(plan, 'set_off').number}/")

    assert "抵扣 90.00" in page
    assert page.count("抵扣 30.00 元") == 3


@pytest.mark.parametrize(("kind", "address"), [("proxy", "/proxies/"), ("custody", "/custody/")])
def test_who_fetches_and_who_keeps_is_listed(checker: Visitor, plan: CountyPlan, kind: str, address: str) -> None:
    assert home(plan, kind).number in checker.words(address)


def test_the_years_money_and_the_late_share_are_on_one_page(checker: Visitor) -> None:
    page = checker.words("/funds/?year=2024")

    assert "县级配套有 1 笔晚到" in page
    assert "演央财社〔2024〕1号" in page
