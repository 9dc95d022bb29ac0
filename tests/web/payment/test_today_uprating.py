"""提标和物价补贴的今日工作: each step waits with whoever's turn it is, and leaves the list when it is done."""

from datetime import date

import pytest

from opendibao.decision.models import PriceSupplement, Uprating
from opendibao.kernel.duties import Duty
from tests.decision.builders import earning
from tests.decision.uprated import JULY
from tests.payment.builders import COUNTY
from tests.payment.months import paid
from tests.payment.test_back_pay import home
from tests.rulemaking.builders import scheduled
from tests.web.desk import Desk, hired
from tests.web.payment.test_upratings import PRICES

FEBRUARY = date(2025, 2, 1)


def desk(username: str, name: str, duty: Duty) -> Desk:
    return Desk(hired(username, name, division=COUNTY, duties=(duty,)))


@pytest.fixture
def first(county: None) -> Desk:
    return desk("county91", "周编制", Duty.CONFIRM)


@pytest.fixture
def second(first: Desk) -> Desk:
    return desk("county92", "林批准", Duty.CONFIRM)


@pytest.fixture
def payers(county: None) -> tuple[Desk, Desk]:
    return desk("pay91", "钱发放", Duty.PAY), desk("pay92", "孙发放", Duty.PAY)


def words(of: Desk) -> str:
    return of.reads("/today/").words


def test_a_standard_that_is_to_come_is_told_of_with_who_is_behind(first: Desk) -> None:
    home("A1")
    scheduled(since=FEBRUARY)
    said = words(first)

    assert "编制提标：农村最低生活保障标准（每人每月）" in said
    assert "2025-02-01 起执行" in said
    assert "1 户还按原标准" in said


def test_an_uprating_goes_from_hand_to_hand(first: Desk, second: Desk, payers: tuple[Desk, Desk]) -> None:
    home("A1")
    home("R1", persons=2)
    scheduled()
    paid(JULY)
    assert "编制提标" in words(second)
    first.does("/upratings/new/", month="2024-07")
    made = Uprating.objects.get()

    assert "1 户还按原标准" not in words(first)
    assert "批准人（不能是编制人）" in words(first)
    assert "批准提标：2024-07 起" in words(second)
    second.does(f"/upratings/{made.pk}/approve/")
    assert "批准提标：2024-07 起" not in words(second)
    assert "提标转复核：2024-07 起" in words(second)
    town = Desk(hired("clerk91", "陈乡镇", duties=(Duty.ACCEPT,)))
    assert "送达提标告知书：2025-01-06 的决定" in words(town)
    asks, approves = payers
    assert "提出提标补差：2024-07 起" in words(asks)
    assert "124.00 元" in words(asks)
    asks.does(f"/upratings/{made.pk}/back-pay/")
    assert "提出提标补差：2024-07 起" not in words(asks)
    assert "审批人（不能是提出人）" in words(asks)
    assert "批准提标补差：2024-07 起" in words(approves)
    approves.does(f"/upratings/{made.pk}/back-pay/approve/")
    assert "批准提标补差：2024-07 起" not in words(approves)


def test_a_price_supplement_goes_from_hand_to_hand(first: Desk, second: Desk, payers: tuple[Desk, Desk]) -> None:
    home("A1")
    first.does("/price-supplements/new/", **PRICES)
    made = PriceSupplement.objects.get()

    assert "批准人（不能是提出人）" in words(first)
    assert "批准价格临时补贴：2024-12" in words(second)
    second.does(f"/price-supplements/{made.pk}/approve/")
    assert "批准价格临时补贴：2024-12" not in words(second)
    asks, approves = payers
    assert "提出发放价格临时补贴：2024-12" in words(asks)
    asks.does(f"/price-supplements/{made.pk}/order/")
    assert "提出发放价格临时补贴：2024-12" not in words(asks)
    assert "批准发放价格临时补贴：2024-12" in words(approves)
    approves.does(f"/price-supplements/{made.pk}/orders/approve/")
    assert "批准发放价格临时补贴：2024-12" not in words(approves)


def test_who_earns_too_much_is_sent_to_review_and_not_behind(first: Desk, second: Desk) -> None:
    home("R1", facts=earning(9000))
    scheduled()
    first.does("/upratings/new/", month="2024-07")
    second.does(f"/upratings/{Uprating.objects.get().pk}/approve/")

    assert "户还按原标准" not in words(second)
    assert "提标转复核：2024-07 起" in words(second)
