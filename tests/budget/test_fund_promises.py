"""资金的承诺: each holds in a county that keeps its money, and names what breaks it."""

from datetime import date

import pytest

from opendibao.budget.fund_promises import ADDED, PAID, faults, promises, said
from opendibao.payment.actions import close_run, enter_voucher, take_return, take_statement
from opendibao.payment.bank_return import write_result
from opendibao.payment.level_vouchers import due_by_level
from opendibao.payment.models import LedgerEntry, PayRun, ReconException
from opendibao.payment.sending import sendings
from opendibao.payment.statements import agreeing, write_statement
from tests.budget.papers import came, take_back
from tests.evaluation.test_framework_indicators import spoil
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, sent

pytestmark = pytest.mark.usefixtures("county")
EIGHTH = date(2024, 1, 8)


def closed_by_level() -> PayRun:
    """January, paid with one voucher a level that says what the level owes."""
    family("A1", fen=100_000)
    came(fen=500_000)
    run = sent(JANUARY)
    take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {}), on=EIGHTH, at=at(EIGHTH))
    for level, fen in due_by_level(run.pk).items():
        enter_voucher(run.pk, number=f"支{level}", issued_on=EIGHTH, fen=fen, level=level, on=EIGHTH, at=at(EIGHTH))
    take_statement(run.pk, write_statement(agreeing(run.pk)), on=EIGHTH, at=at(EIGHTH))
    return close_run(run.pk, on=EIGHTH, at=at(EIGHTH))


def broken() -> dict[str, str]:
    return {promise: fault for promise, fault in promises() if fault}


def test_all_hold_with_and_without_entries() -> None:
    assert faults() == []
    closed_by_level()
    take_back(came(fen=7, number="错"), 7)
    assert faults() == []
    assert [promise for promise, _ in promises()] == said()


def test_more_red_than_there_was_is_named() -> None:
    take_back(came(), 400_000)
    spoil("budget_fundarrival", "UPDATE budget_fundarrival SET amount_fen = -1000001 WHERE amount_fen < 0")
    assert broken()["红字到位资金都冲回同一笔，合计不超过原来的金额"] == "财社〔2024〕1号"


def test_a_bound_leg_of_no_run_is_named() -> None:
    closed_by_level()
    entry = LedgerEntry.objects.order_by("pk").first()
    assert entry
    spoil("payment_ledgerentry", f"UPDATE payment_ledgerentry SET run_id = NULL WHERE id = {entry.pk}")
    assert broken()["预算指标的每条分录都属于一个批次，写明级次"].startswith("分录")


def test_money_bound_on_a_day_that_no_month_reaches_is_named() -> None:
    closed_by_level()
    spoil("payment_ledgerleg", "UPDATE payment_ledgerleg SET booked_on = '2999-01-01' WHERE level = 'city'")
    # the city's 5 % of 1,000.00 are in no month of the year
    assert broken() == {ADDED: "市级资金：逐月相接0.00元，逐笔相加-50.00元，"}


def test_a_level_that_paid_otherwise_and_of_which_nobody_was_told_is_named() -> None:
    closed_by_level()
    spoil(
        "payment_voucher",
        "UPDATE payment_voucher SET fen = fen + CASE level WHEN 'city' THEN -1 ELSE 1 END "
        "WHERE level IN ('city', 'county')",
    )
    assert broken() == {PAID: "2024-01的市级"}


def test_vouchers_that_do_not_come_to_what_went_out_are_named() -> None:
    closed_by_level()
    spoil("payment_voucher", "UPDATE payment_voucher SET fen = fen - 1 WHERE level = 'city'")
    assert broken() == {PAID: "2024-01的合计"}


def test_a_difference_that_somebody_answers_for_is_told() -> None:
    run = closed_by_level()
    for level, fen in (("city", -1), ("county", 1)):
        enter_voucher(run.pk, number=f"晚{level}", issued_on=EIGHTH, fen=fen, level=level, on=EIGHTH, at=at(EIGHTH))
    assert ReconException.objects.filter(detail__startswith="市级财政凭证：", settled_on=None).count() == 1
    assert faults() == []
