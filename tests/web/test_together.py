"""两人同办: the second officer reads who changed what, beside what he typed, and sends it again or not."""

import pytest

from opendibao.registry.models import AccountChange
from opendibao.registry.queries import place_on
from tests.payment.builders import Family, family
from tests.web.desk import Desk, hired
from tests.web.test_acts_household import ACCOUNT, GIVEN, MOVED, PLACE
from tests.web.test_acts_tickets import TODAY

OTHERS = {**MOVED, "address": "9号", "phone": "0792-7654321"}


@pytest.fixture
def home(county: None) -> Family:
    return family("A1")


@pytest.fixture
def first(home: Family) -> Desk:
    return Desk(hired("clerk91", "王经办"))


@pytest.fixture
def second(first: Desk) -> Desk:
    return Desk(hired("clerk92", "张经办二"))


def address_now(home: Family) -> str:
    found = place_on(home.household.pk, TODAY)
    assert found
    return found.address


def test_the_second_sees_who_changed_what_from_what_to_what(first: Desk, second: Desk, home: Family) -> None:
    opened = second.opens(PLACE)
    first.does(PLACE, **MOVED)

    page = second.sends(PLACE, **{**opened, **OTHERS})

    assert page.status == 409
    assert "您填写时，别人改过这条记录" in page.words
    assert "王经办 2025-01-06 " in page.words
    assert "迁移 日期 2025-01-06，村社区 镇100西村，城乡 农村" in page.words
    assert "住址 1号 5号 ▲ 改过 9号" in page.words  # before, now, typed
    assert 'value="0792-7654321"' in page.html
    assert address_now(home) == "5号"


def test_he_sends_it_again_on_what_stands_now(first: Desk, second: Desk, home: Family) -> None:
    opened = second.opens(PLACE)
    first.does(PLACE, **MOVED)
    again = second.hidden(second.sends(PLACE, **{**opened, **OTHERS}))

    assert second.sends(PLACE, **{**again, **OTHERS}).status == 303
    assert address_now(home) == "9号"


def test_a_change_of_something_else_on_the_household_is_told_too(first: Desk, second: Desk) -> None:
    opened = second.opens(ACCOUNT)
    first.does(PLACE, **MOVED)

    page = second.sends(ACCOUNT, **{**opened, **GIVEN})

    assert page.status == 409
    assert "迁移 日期 2025-01-06，村社区 镇100西村，城乡 农村" in page.words
    assert not AccountChange.objects.exists()


def test_what_he_did_himself_before_opening_is_no_conflict(first: Desk, home: Family) -> None:
    first.does(PLACE, **MOVED)

    assert first.does(PLACE, **OTHERS).status == 303
    assert address_now(home) == "9号"


def test_his_own_second_window_is_a_conflict(first: Desk) -> None:
    other_window = first.opens(PLACE)
    first.does(PLACE, **MOVED)

    assert first.sends(PLACE, **{**other_window, **OTHERS}).status == 409


@pytest.mark.parametrize("seen", ["", "x", "WyJ4Il0:1abc:def", "{}"])
def test_a_form_that_was_tampered_with_is_refused_in_words(first: Desk, seen: str) -> None:
    opened = first.opens(PLACE)

    page = first.sends(PLACE, **{**opened, **MOVED, "seen": seen})

    assert page.status == 400
    assert "表单不完整，请从原来的页面重新打开这张表" in page.words


def test_what_was_seen_of_one_household_does_not_fit_another(first: Desk) -> None:
    family("B1")
    opened = first.opens("/households/B1/place/")

    page = first.sends(PLACE, **{**opened, **MOVED})

    assert page.status == 400
    assert "表单和要办的事对不上" in page.words
