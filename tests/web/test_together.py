"""两人同办: the second officer reads who changed what, beside what he typed, and sends it again or not."""

import pytest

from opendibao.registry.models import BankAccount
from opendibao.registry.queries import account_on
from tests.payment.builders import Family, family
from tests.web.desk import Desk, hired
from tests.web.test_acts_household import ACCOUNT, GIVEN, MOVED, PLACE
from tests.web.test_acts_tickets import TODAY

OTHERS = {**GIVEN, "holder": "李建国", "bank": "邮储银行", "number": "6217000099998888", "again": "6217000099998888"}


@pytest.fixture
def home(county: None) -> Family:
    return family("A1")


@pytest.fixture
def first(home: Family) -> Desk:
    return Desk(hired("clerk91", "王经办"))


@pytest.fixture
def second(first: Desk) -> Desk:
    return Desk(hired("clerk92", "张经办二"))


def number_now(home: Family) -> str:
    found = account_on(home.household.pk, TODAY)
    assert found
    return found.number


def test_the_second_sees_who_changed_what_from_what_to_what(first: Desk, second: Desk, home: Family) -> None:
    opened = second.opens(ACCOUNT)
    first.does(ACCOUNT, **GIVEN)

    page = second.sends(ACCOUNT, **{**opened, **OTHERS})

    assert page.status == 409
    assert "您填写时，别人改过这条记录" in page.words
    assert "王经办 2025-01-06 " in page.words
    assert "变更银行账户 日期 2025-01-06，开户银行 农商银行，账号 ************2222" in page.words
    assert "户名 户主A1 王秀英 ▲ 改过 李建国" in page.words  # before, now, typed
    assert "开户银行 农商银行 农商银行 邮储银行" in page.words
    assert 'value="6217000099998888"' in page.html
    assert number_now(home) == "6222000011112222"


def test_he_sends_it_again_on_what_stands_now(first: Desk, second: Desk, home: Family) -> None:
    opened = second.opens(ACCOUNT)
    first.does(ACCOUNT, **GIVEN)
    again = second.hidden(second.sends(ACCOUNT, **{**opened, **OTHERS}))

    assert second.sends(ACCOUNT, **{**again, **OTHERS}).status == 303
    assert number_now(home) == "6217000099998888"


def test_a_change_of_something_else_on_the_household_is_told_too(first: Desk, second: Desk) -> None:
    opened = second.opens(ACCOUNT)
    first.does(PLACE, **MOVED)

    page = second.sends(ACCOUNT, **{**opened, **OTHERS})

    assert page.status == 409
    assert "迁移 日期 2025-01-06，村社区 镇100西村，城乡 农村" in page.words
    assert BankAccount.objects.count() == 3  # it moved along: as known, until yesterday, from today


def test_what_he_did_himself_before_opening_is_no_conflict(first: Desk, home: Family) -> None:
    first.does(ACCOUNT, **GIVEN)

    assert first.does(ACCOUNT, **OTHERS).status == 303
    assert number_now(home) == "6217000099998888"


def test_his_own_second_window_is_a_conflict(first: Desk) -> None:
    other_window = first.opens(ACCOUNT)
    first.does(ACCOUNT, **GIVEN)

    assert first.sends(ACCOUNT, **{**other_window, **OTHERS}).status == 409


@pytest.mark.parametrize("seen", ["", "x", "WyJ4Il0:1abc:def", "{}"])
def test_a_form_that_was_tampered_with_is_refused_in_words(first: Desk, seen: str) -> None:
    opened = first.opens(ACCOUNT)

    page = first.sends(ACCOUNT, **{**opened, **GIVEN, "seen": seen})

    assert page.status == 400
    assert "表单不完整，请从原来的页面重新打开这张表" in page.words


def test_what_was_seen_of_one_household_does_not_fit_another(first: Desk) -> None:
    family("B1")
    opened = first.opens("/households/B1/account/")

    page = first.sends(ACCOUNT, **{**opened, **GIVEN})

    assert page.status == 400
    assert "表单和要办的事对不上" in page.words
