"""发放的承诺: what the tables of money refuse by name, by plain SQL past every action and past every wall."""

from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from tests.faults.promises import Broken, insert

pytestmark = pytest.mark.django_db
DAY, NEXT_DAY, JANUARY, FEBRUARY = date(2024, 1, 5), date(2024, 1, 6), date(2024, 1, 1), date(2024, 2, 1)
RUN = {"month": JANUARY, "maker": "甲", "state": "approved", "checker": "乙", "finance": "丙", "total_fen": 500,
       "lines_count": 5, "held_count": 1, "held_fen": 100}  # fmt: skip
LATER_RUN = {"month": FEBRUARY}
LINE = {"month": JANUARY, "kind": "regular", "amount_fen": 500, "supplement_fen": 0}
CONFIRMED = {"officer": "甲", "division": "360429100000"}
ELSEWHERE = {"division": "360429101000"}
FINDING = {"kind": "dead"}
SETTLED = {"kind": "dead", "outcome": "held", "reason": "已去世", "officer": "甲", "settled_on": DAY}
SIGNED = {"kind": "dead", "officer": "甲"}
HOLD = {"reason": "已去世", "held_by": "甲"}
RELEASED = {"line": 2, "outcome": "released", "settled_by": "乙", "settled_on": NEXT_DAY, "note": "人还在"}
SENT = {"e2e": "202401-A1-R-0-1", "line": 1, "number": 1, "amount_fen": 500, "state": "sent"}
RETURNED = SENT | {"state": "returned", "reason": "账户已销户"}
AGAIN = {"e2e": "202401-A1-R-0-2", "number": 2}
OTHER_LINE = {"e2e": "202401-B1-R-0-1", "line": 2}
FILE = {"sha256": "a", "direction": "out"}
ANSWER = {"verdict": "paid", "attempt": "202401-A1-R-0-1", "row": 2}
VOUCHER = {"number": "财1", "fen": 500, "level": ""}
STATEMENT = {"row": 2, "fen": 500}
EXCEPTION = {"kind": "returned", "attempt": "202401-A1-R-0-1"}
DECIDED = {"kind": "absent", "resolution": "bank", "owner": "甲", "decided_by": "乙", "decided_on": DAY}
LEG = {"account": "payable", "fen": 1, "level": ""}

PROMISES = [
    # 批次
    Broken("run_month_is_first_day", "payment.PayRun", RUN, {"month": date(2024, 2, 2)}),
    Broken("run_maker_is_not_checker", "payment.PayRun", RUN, LATER_RUN | {"checker": "甲"}),
    Broken("run_finance_is_neither", "payment.PayRun", RUN, LATER_RUN | {"finance": "甲"}),
    Broken("run_finance_is_neither", "payment.PayRun", RUN, LATER_RUN | {"finance": "乙"}),
    Broken("run_second_finance_is_another", "payment.PayRun", RUN, LATER_RUN | {"second_finance": "甲"}),
    Broken("run_second_finance_is_another", "payment.PayRun", RUN, LATER_RUN | {"second_finance": "乙"}),
    Broken("run_second_finance_is_another", "payment.PayRun", RUN, LATER_RUN | {"second_finance": "丙"}),
    Broken("run_second_finance_is_another", "payment.PayRun", RUN, LATER_RUN | {"second_finance": "丁", "finance": ""}),
    Broken("run_holds_a_part", "payment.PayRun", RUN, LATER_RUN | {"held_fen": -1}),
    Broken("run_holds_a_part", "payment.PayRun", RUN, LATER_RUN | {"held_fen": 501}),
    Broken("run_holds_a_part", "payment.PayRun", RUN, LATER_RUN | {"held_count": 6}),
    # 乡镇确认、核对、签认
    Broken("a_township_confirms_once", "payment.Confirmation", CONFIRMED, {}),
    Broken("confirmed_by_somebody", "payment.Confirmation", CONFIRMED, ELSEWHERE | {"officer": ""}),
    Broken("a_finding_of_a_kind_once", "payment.Finding", FINDING, {}),
    Broken("a_settled_finding_says_why", "payment.Finding", SETTLED, {"kind": "zero", "reason": ""}),
    Broken("a_settled_finding_says_why", "payment.Finding", SETTLED, {"kind": "zero", "officer": ""}),
    Broken("a_settled_finding_says_why", "payment.Finding", SETTLED, {"kind": "zero", "settled_on": None}),
    Broken("a_settled_finding_says_why", "payment.Finding", SETTLED, {"kind": "zero", "outcome": ""}),
    Broken(
        "no_account_is_not_accepted",
        "payment.Finding",
        SETTLED,
        {"kind": "account_missing", "outcome": "accepted"},
    ),
    Broken("a_check_is_signed_once", "payment.CheckSigned", SIGNED, {}),
    Broken("signed_by_somebody", "payment.CheckSigned", SIGNED, {"kind": "zero", "officer": ""}),
    # 明细
    Broken("one_line_per_household_and_month", "payment.PayLine", LINE, {"run": 2, "decision": 2}),
    Broken("line_amount_is_positive", "payment.PayLine", LINE, {"household": 2, "amount_fen": 0}),
    # 暂缓
    Broken("one_open_hold_of_a_line", "payment.Hold", HOLD, {"run": 2}),
    Broken("a_hold_says_why", "payment.Hold", HOLD, {"line": 2, "reason": ""}),
    Broken("a_hold_says_why", "payment.Hold", HOLD, {"line": 2, "held_by": ""}),
    Broken("a_settled_hold_says_by_whom", "payment.Hold", HOLD, RELEASED | {"settled_by": ""}),
    Broken("a_settled_hold_says_by_whom", "payment.Hold", HOLD, RELEASED | {"settled_on": None}),
    Broken("a_settled_hold_says_by_whom", "payment.Hold", HOLD, RELEASED | {"note": ""}),
    Broken("a_settled_hold_says_by_whom", "payment.Hold", HOLD, RELEASED | {"outcome": ""}),
    Broken("a_hold_is_not_released_by_its_maker", "payment.Hold", HOLD, RELEASED | {"settled_by": "甲"}),
    # 发送
    Broken("attempt_numbers_count_up", "payment.Attempt", RETURNED, {"e2e": "202401-A1-R-0-9"}),
    *[
        Broken("one_open_or_paid_attempt", "payment.Attempt", SENT | {"state": open_}, AGAIN | {"state": "new"})
        for open_ in ("new", "sent", "unknown")
    ],
    Broken("one_open_or_paid_attempt", "payment.Attempt", SENT | {"state": "paid", "booked_on": DAY}, AGAIN),
    Broken(
        "one_open_or_paid_attempt",
        "payment.Attempt",
        SENT | {"state": "differs", "booked_on": DAY, "answered_fen": 499},
        AGAIN,
    ),
    Broken("paid_means_booked", "payment.Attempt", SENT, OTHER_LINE | {"state": "paid"}),
    Broken("paid_means_booked", "payment.Attempt", SENT, OTHER_LINE | {"state": "differs", "answered_fen": 1}),
    Broken("paid_means_booked", "payment.Attempt", SENT, OTHER_LINE | {"booked_on": DAY}),
    Broken("a_return_has_a_reason", "payment.Attempt", SENT, OTHER_LINE | {"state": "returned"}),
    Broken("differs_says_by_how_much", "payment.Attempt", SENT, OTHER_LINE | {"state": "differs", "booked_on": DAY}),
    Broken(
        "differs_says_by_how_much",
        "payment.Attempt",
        SENT,
        OTHER_LINE | {"state": "differs", "booked_on": DAY, "answered_fen": 500},
    ),
    Broken("differs_says_by_how_much", "payment.Attempt", SENT, OTHER_LINE | {"answered_fen": 499}),
    # 银行、财政
    Broken("a_row_of_a_file_once", "payment.InboundLine", ANSWER, {}),
    Broken("foreign_is_not_ours", "payment.InboundLine", ANSWER, {"row": 3, "verdict": "foreign"}),
    Broken("foreign_is_not_ours", "payment.InboundLine", ANSWER, {"row": 3, "attempt": None}),
    Broken("an_account_is_answered_once_a_file", "payment.AccountAnswer", {}, {}),
    Broken("a_voucher_is_not_zero", "payment.Voucher", VOUCHER, {"number": "财2", "fen": 0}),
    Broken("a_statement_row_once", "payment.StatementLine", STATEMENT, {}),
    Broken("a_statement_line_is_positive", "payment.StatementLine", STATEMENT, {"row": 3, "fen": 0}),
    # 差异
    Broken("one_exception_of_a_sending", "payment.ReconException", EXCEPTION, {}),
    Broken("a_decided_exception_has_an_owner", "payment.ReconException", DECIDED, {"owner": ""}),
    Broken("a_decided_exception_has_an_owner", "payment.ReconException", DECIDED, {"decided_by": ""}),
    Broken("a_decided_exception_has_an_owner", "payment.ReconException", DECIDED, {"decided_on": None}),
    Broken("a_decided_exception_has_an_owner", "payment.ReconException", DECIDED, {"resolution": ""}),
    # 台账
    Broken("leg_is_not_zero", "payment.LedgerLeg", LEG, {"fen": 0}),
    Broken("only_the_budget_has_levels", "payment.LedgerLeg", LEG, {"level": "county"}),
]
ONCE_ONLY = [
    ("payment_payrun_month_key", "payment.PayRun", RUN, {}),
    ("payment_bankfile_sha256_key", "payment.BankFile", FILE, {}),
    ("payment_voucher_number_key", "payment.Voucher", VOUCHER, {"fen": 1}),
    ("payment_attempt_pkey", "payment.Attempt", RETURNED, {"line": 2}),
]


def enter_past_the_walls(model: str, *rows: dict[str, Any]) -> None:
    """The rows with every trigger and foreign key off, so that nothing but the table's own promise can refuse them."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for row in rows:
            insert(model, row)
        transaction.set_rollback(True)


def name_of_the_refusal(model: str, *rows: dict[str, Any]) -> str | None:
    with pytest.raises(IntegrityError) as refusal:
        enter_past_the_walls(model, *rows)
    cause = refusal.value.__cause__
    assert isinstance(cause, psycopg.errors.IntegrityError)
    return cause.diag.constraint_name


@pytest.mark.parametrize("promise", PROMISES, ids=lambda p: p.constraint)
def test_the_database_itself_keeps_the_promise(promise: Broken) -> None:
    assert name_of_the_refusal(promise.model, promise.keeps, promise.keeps | promise.breaks) == promise.constraint


@pytest.mark.parametrize(("name", "model", "keeps", "breaks"), ONCE_ONLY, ids=[name for name, *_ in ONCE_ONLY])
def test_what_is_there_once_is_there_once(name: str, model: str, keeps: dict[str, Any], breaks: dict[str, Any]) -> None:
    assert name_of_the_refusal(model, keeps, keeps | breaks) == name


def test_the_row_that_keeps_every_promise_is_accepted() -> None:
    for promise in PROMISES:  # else a promise could seem kept because something else was wrong with the row
        enter_past_the_walls(promise.model, promise.keeps)


def test_several_foreign_lines_of_one_run_are_several_exceptions() -> None:
    # the promise of one exception a sending does not reach what belongs to no sending
    enter_past_the_walls("payment.ReconException", {"kind": "foreign"}, {"kind": "foreign"})


def test_a_line_that_came_back_may_be_sent_again() -> None:
    enter_past_the_walls("payment.Attempt", RETURNED, SENT | AGAIN)
    enter_past_the_walls("payment.Hold", HOLD | RELEASED | {"line": 1}, HOLD)
