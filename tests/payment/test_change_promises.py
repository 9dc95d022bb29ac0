"""变动的核账: a county with orders, a suspension, cash, offsets and a waiver agrees; every planted fault is found."""

from datetime import date

import pytest
from django.db import connection, transaction

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.claiming import approve_claim, ask_claim
from opendibao.payment.ledger import verify
from opendibao.payment.ordering import approve_order, order_supplement
from opendibao.payment.repaying import agree_way, approve_waiver, ask_waiver, enter_cash_return
from opendibao.payment.suspending import approve_suspension, ask_suspension
from tests.conftest import ActAs
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, paid
from tests.payment.test_ledger import without_guards

DAY, FEBRUARY, MARCH = date(2024, 1, 20), date(2024, 2, 1), date(2024, 3, 1)
# what the owner damages, the tables whose guards are off, and the words of the promise that is broken
DAMAGE = [
    (
        "UPDATE payment_payorder SET amount_fen = amount_fen - 1",
        "payment_payorder",
        "都有已批准的应发依据",
    ),
    (
        "UPDATE payment_payorder SET outcome = 'refused', note = 'x'",
        "payment_payorder",
        "都有已批准的应发依据",
    ),
    (
        "UPDATE payment_payline SET month = '2024-02-01', supplement_no = 2 WHERE kind = 'supplement';"
        "UPDATE payment_payorder SET month = '2024-02-01', supplement_no = 2",
        "payment_payline payment_payorder",
        "合计不超过决定的金额",
    ),
    (
        "UPDATE payment_suspension SET first_month = '2024-01-01'",
        "payment_suspension",
        "暂停发放的月份没有发放明细",
    ),
    (
        "UPDATE payment_receivablemonth SET paid_fen = paid_fen + 1",
        "payment_receivablemonth",
        "等于各月已发减应发",
    ),
    (
        "UPDATE payment_receivable SET amount_fen = amount_fen + 1",
        "payment_receivable",
        "等于各月已发减应发",
    ),
    (
        "UPDATE payment_cashreturn SET fen = 90000",
        "payment_cashreturn",
        "不超过应追缴",
    ),
    (
        "UPDATE payment_cashreturn SET fen = fen - 1",
        "payment_cashreturn",
        "应追缴科目等于",
    ),
    (
        "UPDATE payment_ledgerleg SET account = 'claimed' WHERE account = 'recovered'",
        "payment_ledgerleg",
        "已追回科目等于",
    ),
    (
        "UPDATE payment_ledgerleg SET account = 'budget', level = 'county' WHERE account = 'claimed' AND fen > 0",
        "payment_ledgerleg",
        "预算指标|已付待追回科目等于",
    ),
    (
        "UPDATE payment_ledgerleg SET receivable_id = NULL WHERE account = 'to_recover'",
        "payment_ledgerleg",
        "应追缴科目等于",
    ),
    (
        "DELETE FROM payment_offset",
        "payment_offset",
        "应追缴科目等于",
    ),
    (
        "UPDATE payment_waiver SET outcome = 'refused', note = 'x'",
        "payment_waiver",
        "应追缴科目等于",
    ),
]


def county_with_changes() -> None:
    """January and February paid; A1 gives back in cash and by offset, C1 is let off, B1 came late, D1 is suspended."""
    one, other, suspended = family("A1"), family("C1", fen=50000), family("D1", fen=40000)
    paid(JANUARY)
    late = Family("B1", fen=31550).enter()
    late.legacy()
    order = order_supplement(late.household.pk, month=JANUARY, cause="晚到", on=DAY, at=at(DAY))
    asked = ask_suspension(suspended.household.pk, first_month=FEBRUARY, cause="核查", on=DAY, at=at(DAY))
    for each in (one, other):
        each.decide("reduce", DAY, fen=30000, first_month=FEBRUARY)
    claims = [
        ask_claim(
            each.household.pk, decision_id=each.household.decisions.get(kind="reduce").pk, since_month=JANUARY,
            cause="late", words="晚报", on=DAY, at=at(DAY),
        )
        for each in (one, other)
    ]  # fmt: skip
    with acting("李复核", "360429", EVERY_DUTY):
        approve_order(order.pk, on=DAY, at=at(DAY))
        approve_suspension(asked.pk, on=DAY, at=at(DAY))
        for claim in claims:
            approve_claim(claim.pk, on=DAY, at=at(DAY))
    enter_cash_return(claims[0].pk, fen=2000, receipt="收1", on=DAY, at=at(DAY))
    agree_way(claims[0].pk, way="offset", on=DAY, at=at(DAY))
    waiver = ask_waiver(claims[1].pk, cause="重病", on=DAY, at=at(DAY))
    with acting("王财政", "360429", EVERY_DUTY):
        approve_waiver(waiver.pk, on=DAY, at=at(DAY))
    paid(FEBRUARY)


def found_after(sql: str, tables: str, act_as: ActAs) -> str:
    """What `verify` says after the owner's damage, which is then undone."""
    with transaction.atomic():
        with without_guards(*tables.split()), connection.cursor() as cursor:
            cursor.execute(sql)
        with act_as("360429"):
            fault = verify().fault
        transaction.set_rollback(True)
    return fault


def test_every_planted_fault_is_found_and_its_promise_named(act_as: ActAs) -> None:
    with act_as("360429"):
        county_with_changes()
        assert verify().fault == ""
    for sql, tables, promise in DAMAGE:
        fault = found_after(sql, tables, act_as)
        assert any(words in fault for words in promise.split("|")), (sql, fault)


@pytest.mark.usefixtures("county")
def test_two_months_of_changes_are_told_to_the_fen() -> None:
    county_with_changes()
    state = verify()
    # January: A1 620.00, C1 500.00, D1 400.00; February: A1 300.00 less a fifth, C1 300.00, B1 twice, D1 nothing
    assert state.fault == ""
    assert state.paid_fen == 62000 + 50000 + 40000 + 24000 + 30000 + 2 * 31550
