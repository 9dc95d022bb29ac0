"""改坏: the books of a spoiled payment balance, only the walls behind them tell; then the guards are on again."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.audit.queries import verify_chain
from opendibao.demo.tampering import NothingToSpoil, refuse_unknown, spoil_event, spoil_payment
from opendibao.payment.ledger import promises
from opendibao.payment.queries import booked
from opendibao.payment.tracing import mismatches
from tests.conftest import ActAs
from tests.payment.builders import VILLAGE, family
from tests.payment.months import JANUARY, paid

A1, B1 = "202401-A1-R-0-1", "202401-B1-R-0-1"


@pytest.fixture
def owner(act_as: ActAs) -> psycopg.Connection[Any]:
    """The owner of a county in which A1 was paid 620.00 and the bank returned B1's 315.50."""
    with act_as("360429"):
        family("A1", fen=62000)
        family("B1", fen=31550)
        paid(JANUARY, returned={"B1": "户名不符"})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert connection.connection
    return connection.connection


def test_a_spoiled_payment_turns_the_total_and_balances(owner: psycopg.Connection[Any], act_as: ActAs) -> None:
    spoiled = spoil_payment(owner, A1)

    assert (spoiled.month, spoiled.year, spoiled.before_fen, spoiled.after_fen) == ("2024-01", 2024, 62000, 162000)
    assert (spoiled.e2e, spoiled.household, spoiled.head, spoiled.division) == (A1, "A1", "成员1", VILLAGE)
    with act_as("360429"):
        assert booked(2024).fen == 162000
        answers = dict(promises())
        assert answers["每张凭证借贷相等"] == ""
        assert answers["已付科目等于银行记账成功的发送，金额和日期都相同"] == ""
        assert answers["每笔发放有当月有效的决定，金额与决定相同"] == "户A1 2024-01"
        assert [(row.step, row.household) for row in mismatches()] == [
            ("decided", "A1"),
            ("frozen", "A1"),
            ("told", ""),
        ]


def test_a_spoiled_event_is_the_first_broken_one(owner: psycopg.Connection[Any], act_as: ActAs) -> None:
    spoiled = spoil_event(owner, "2024-01")

    assert (spoiled.before_fen, spoiled.after_fen, spoiled.action) == (93550, 193550, "发放送银行")
    with act_as("360429"):
        assert verify_chain().first_broken == spoiled.event
        assert booked(2024).fen == 62000


def test_the_guards_are_on_again(owner: psycopg.Connection[Any]) -> None:
    spoil_payment(owner, A1)

    with pytest.raises(IntegrityError, match="只能追加"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payment_payline SET amount_fen = 1")


@pytest.mark.parametrize("e2e", [B1, "202401-C9-R-0-1", "", "'; DROP TABLE x"])
def test_what_was_not_booked_cannot_be_spoiled(owner: psycopg.Connection[Any], act_as: ActAs, e2e: str) -> None:
    with act_as("360429"), pytest.raises(NothingToSpoil, match="没有首次就到账的发送"):
        refuse_unknown(e2e)
    with pytest.raises(NothingToSpoil, match="没有首次就到账的发送"):
        spoil_payment(owner, e2e)


def test_a_month_that_was_not_sent_has_no_event_to_spoil(owner: psycopg.Connection[Any]) -> None:
    with pytest.raises(NothingToSpoil, match="2024-02 没有送银行的审计事件"):
        spoil_event(owner, "2024-02")
