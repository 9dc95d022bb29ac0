"""财政支付凭证: entered as it stands on the paper, each number once."""

from datetime import date
from typing import Any

import pytest

from opendibao.audit.models import Event
from opendibao.payment.actions import enter_voucher
from opendibao.payment.models import PayRun, Voucher
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.vouchers import vouchers
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, sent

EIGHTH = date(2024, 1, 8)


@pytest.fixture
def run(county: None) -> PayRun:
    family("A1", fen=62000)
    return sent(JANUARY)


def enter(run: PayRun, **more: Any) -> Voucher:
    given: dict[str, Any] = {"number": "财2024-001", "issued_on": date(2024, 1, 5), "fen": 62000, "level": "county"}
    return enter_voucher(run.pk, **{**given, **more}, on=EIGHTH, at=at(EIGHTH))


def test_vouchers_are_listed_in_the_order_of_their_days(run: PayRun) -> None:
    enter(run, number=" 财2024-002 ", issued_on=date(2024, 1, 6), fen=-2000, text=" 冲错 ")
    enter(run)
    rows = vouchers(run.pk)
    assert [(row.number, row.fen, row.level_zh, row.text, row.officer) for row in rows] == [
        ("财2024-001", 62000, "县级", "", "张经办"),
        ("财2024-002", -2000, "县级", "冲错", "张经办"),
    ]
    assert Event.objects.filter(action="登记财政凭证").count() == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"number": "  "}, "凭证号"),
        ({"number": "9" * 41}, "最多40个字"),
        ({"issued_on": date(2024, 1, 9)}, "凭证日期2024-01-09晚于今天"),
        ({"fen": 0}, "不能是0"),
        ({"level": "town"}, "预算级次“town”不认识"),
        ({"text": "字" * 101}, "现在有101个"),
    ],
)
def test_a_wrong_field_is_named(run: PayRun, more: dict[str, Any], words: str) -> None:
    with pytest.raises(PaymentRefused, match=words):
        enter(run, **more)
    assert not Voucher.objects.exists()


def test_a_number_is_entered_once_and_the_refusal_says_where_it_stands(run: PayRun) -> None:
    enter(run)
    with pytest.raises(PaymentRefused, match=r"财2024-001已经登记在2024-01批次：2024-01-05，620\.00元"):
        enter(run, fen=1)
    assert Voucher.objects.count() == 1
