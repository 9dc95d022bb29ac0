"""opendibao ledger verify: a line of counts, what was checked, and 0; or the first fault and 1."""

import pytest
from click.testing import CliRunner
from django.db import connection

from opendibao.budget import fund_promises
from opendibao.commands import ledger, setup
from opendibao.payment import tracing
from opendibao.payment.ledger import promises as promises_of
from tests.budget.papers import came, take_back
from tests.conftest import ActAs
from tests.payment.builders import family
from tests.payment.months import JANUARY, paid


@pytest.fixture(autouse=True)
def in_this_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command looks into the test's database instead of starting one."""
    monkeypatch.setattr(setup, "django_setup", lambda: None)


def test_a_whole_ledger_ends_with_counts_and_with_what_was_checked(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1", fen=62050)
        paid(JANUARY)
    result = CliRunner().invoke(ledger.command, ["verify"])
    # entries: approval (the payable, and the budget of four levels), sending, booking; legs: 5 + 2 + 2
    said = result.output.splitlines()
    assert said[0] == "账目一致：批次1个，明细1笔，发送1笔，凭证3张，分录9条，已付620.50元"
    assert result.exit_code == 0
    promises = [line.strip() for line in said[2:]]
    assert said[1] == f"核对了{len(promises)}条："
    with act_as("360429"):
        kept = [promise for promise, _ in (*promises_of(), *fund_promises.promises())]
    assert promises[: -len(tracing.STEPS) - 1] == kept
    assert {
        "每张凭证借贷相等",
        "发放明细的金额等于决定或者已批准的应发依据",
        "再次生成的银行文件与送出时的 SHA-256 相同",
    } <= {*promises}


def test_a_fault_is_named_and_ends_with_1(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1")
        paid(JANUARY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE payment_payrun DISABLE TRIGGER USER")
        cursor.execute("UPDATE payment_payrun SET total_fen = 1")
    result = CliRunner().invoke(ledger.command, ["verify"])
    assert result.exit_code == 1
    assert "账目有误" in result.output
    assert "2024-01" in result.output


def test_money_that_does_not_add_up_is_named(act_as: ActAs) -> None:
    with act_as("360429"):
        take_back(came(), 400_000)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE budget_fundarrival DISABLE TRIGGER USER")
        cursor.execute("UPDATE budget_fundarrival SET amount_fen = -1000001 WHERE amount_fen < 0")
    result = CliRunner().invoke(ledger.command, ["verify"])
    assert result.exit_code == 1
    assert "应当“红字到位资金都冲回同一笔，合计不超过原来的金额”，但财社〔2024〕1号不符" in result.output


def test_every_row_whose_amount_differs_is_named(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1", fen=62000)
        family("B1", fen=31550)
        paid(JANUARY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE payment_attempt DISABLE TRIGGER USER")
        cursor.execute("UPDATE payment_attempt SET amount_fen = 62100 WHERE amount_fen = 62000")
    result = CliRunner().invoke(ledger.command, ["verify"])
    assert result.exit_code == 1
    assert (
        "应当“发送的金额等于发放明细减去抵扣”，但户A1 2024-01（发送 202401-A1-R-0-1）：应为 620.00 元，现为 621.00 元"
        in result.output
    )
    assert "再次生成的银行文件 DIBAO-202401-1.txt 与送出时的 SHA-256 不同" in result.output


def test_help_speaks_both_languages() -> None:
    text = CliRunner().invoke(ledger.command, ["verify", "--help"]).output
    assert "核对全部账目" in text
    assert "exit 1" in text
