"""点五下: from the year's total by the mouse to the clause behind one household's money."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, family
from tests.payment.months import JANUARY, paid

pytestmark = pytest.mark.browser
FACTS = {
    "area": "rural",
    "members": [
        {"name": "王秀英", "born": "1963-02-01", "sex": "female", "relation": "head",
         "income": [{"kind": "farming", "mu": 6}]},
        {"name": "张德明", "born": "1961-03-01", "sex": "male", "relation": "spouse"},
    ],
    "property": {"financial_assets": 6000, "dwellings": 1},
}  # fmt: skip


@pytest.fixture
def villages(county: None) -> None:
    """Four households; the one with three persons in the village that gets most is the example."""
    family("A1", persons=3, fen=90000)
    family("A2", persons=1, fen=20000)
    family("B1", persons=2, fen=50000, division=OTHER_VILLAGE)
    family("C1", persons=1, fen=40000, division=FAR_VILLAGE)
    paid(JANUARY)


@pytest.mark.usefixtures("villages")
def test_each_click_opens_the_rows_of_the_figure_before(visitor: Visitor) -> None:
    page = visitor.page
    visitor.opens("/?year=2024")
    total = page.locator("tr.sum")

    page.locator(".stat", has_text="全年保障金").locator(".fig a").click()
    expect(total.last).to_contain_text("2,000.00")
    page.get_by_role("navigation", name="按月看").get_by_role("link", name="1月", exact=True).click()
    expect(total.last).to_contain_text("2,000.00")
    page.get_by_role("link", name="镇100", exact=True).click()
    expect(total.last).to_contain_text("1,600.00")
    page.get_by_role("link", name="东村", exact=True).click()
    expect(total.last).to_contain_text("1,100.00")
    page.get_by_role("link", name="A1", exact=True).click()

    expect(page).to_have_url(re.compile("/households/A1/"))
    expect(page.locator("h1")).to_contain_text("成员1")


@pytest.mark.usefixtures("villages")
def test_the_guided_path_ends_at_the_reason(visitor: Visitor) -> None:
    visitor.opens("/?year=2024")
    visitor.page.locator(".path a").last.click()
    visitor.page.wait_for_url("**/households/A1/#why")
