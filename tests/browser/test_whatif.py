"""试算: an officer types, and the family's money changes beside it; without script the button does the same."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.decision.builders import covered
from tests.registry.builders import divisions

pytestmark = pytest.mark.browser
HOME = "/households/999999-00001/"


@pytest.fixture
def home(visitor: Visitor) -> Visitor:
    """The family of G01 before the visitor; that an answer is refused is no complaint."""
    divisions()
    covered()
    visitor.opens(HOME)
    return visitor


def then(visitor: Visitor):  # type: ignore[no-untyped-def]
    """The amount that is supposed."""
    return visitor.page.locator("#answer .amount").nth(1)


def test_while_one_types_the_amount_follows_and_is_said(home: Visitor) -> None:
    home.page.get_by_role("link", name="假如情况变了").click()
    expect(then(home)).to_have_text("1,378.00")

    home.page.get_by_label("农村标准").fill("+8%")

    expect(then(home)).to_have_text("1,561.00")  # worked out in tests/web/test_whatif.py
    expect(home.page.locator("#said")).to_have_text("试算每月 1,561.00 元")
    assert home.focus == "id_standard"


def test_what_is_wrong_is_said_while_one_types_and_goes_when_it_is_right(home: Visitor) -> None:
    home.opens(f"{HOME}what-if/")

    home.page.get_by_label("金融资产（元）").fill("很多")
    expect(home.page.locator("#answer")).to_contain_text("金融资产（元）：金额“很多”不是数字")

    home.page.get_by_label("金融资产（元）").fill("100")
    expect(then(home)).to_have_text("1,378.00")


def test_without_script_the_button_answers(home: Visitor) -> None:
    plain = home.without_script()
    plain.opens(f"{HOME}what-if/")

    plain.page.get_by_label("月工资（元）").nth(1).fill("1500")
    plain.page.get_by_role("button", name="试算").click()

    expect(then(plain)).to_have_text("744.00")
    assert re.search("m1_wage=1500", plain.page.url)
