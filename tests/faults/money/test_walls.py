"""钱的墙: what the database refuses, the owner of the tables included, whatever stage the money has come to."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from opendibao.payment.actions import approve_run, check_run, sendings, settle_findings, take_return
from opendibao.payment.bank_return import render_results
from opendibao.payment.models import Finding, PayRun
from tests.conftest import ActAs
from tests.faults.money.bank import foreign, result
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, approved, checked, computed, confirmed, paid, sent, settled

DAY = date(2024, 1, 3)
STATE = "UPDATE payment_payrun SET state = '{}'"
ATTEMPT = """
INSERT INTO payment_attempt (e2e, line_id, run_id, file_no, number, division, holder, bank, account, amount_fen, state,
  reason) SELECT 'x' || l.id, l.id, l.run_id, 1, 7, l.division, 'x', 'x', 'x', l.amount_fen + {}, 'returned', 'x'
FROM payment_payline l
"""
LINE = """
INSERT INTO payment_payline (run_id, household_id, decision_id, month, kind, supplement_no, division, area, persons,
  amount_fen, supplement_fen, snapshot)
SELECT run_id, household_id, decision_id, {month}, {kind}, 1, division, area, persons, amount_fen + {fen}, 0, snapshot
FROM payment_payline LIMIT 1
"""
LEG = """
INSERT INTO payment_ledgerleg (entry_id, division, account, area, booked_on, fen)
SELECT id, division, 'paid', 'rural', booked_on, 5 FROM payment_ledgerentry LIMIT 1
"""
OTHER_MONTH = LINE.format(month="date '2024-02-01'", kind="'regular'", fen=0)
HELD_IS_SENT = ATTEMPT.format(0) + " WHERE snapshot ->> 'household' = 'A1'"


def waiting(month: date) -> PayRun:
    """A list with a finding that nobody has settled."""
    run = computed(month)
    assert Finding.objects.filter(outcome="").exists()
    confirmed(run.pk, DAY)
    return run


def ready(month: date) -> PayRun:
    """A list that could be checked."""
    run = waiting(month)
    settled(run.pk, DAY)
    return run


def held(month: date) -> PayRun:
    """Approved, and one of the two lines is held back."""
    run = waiting(month)
    ids = list(Finding.objects.filter(household__number="A1").values_list("id", flat=True))
    settle_findings(ids, outcome="held", reason="待查", on=DAY, at=at(DAY))
    return approved_from(run)


def approved_from(run: PayRun) -> PayRun:
    settled(run.pk, DAY)
    check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
    return approve_run(run.pk, on=DAY, at=at(DAY), finance="王财政")


def answered(month: date) -> PayRun:
    """One paid, one unknown, a stranger: an exception waits."""
    run, day = sent(month), date(2024, 1, 8)
    lines = [result(n, one, ("paid", "unknown")[n % 2], day) for n, one in enumerate(sendings(run.pk), 2)]
    take_return(run.pk, render_results([*lines, foreign(9, day)]), on=day, at=at(day))
    return run


Stage = Callable[[date], PayRun]
WALLS: list[tuple[str, Stage, str, str]] = [
    # the run goes one way
    ("an unsettled finding", waiting, "UPDATE payment_payrun SET state = 'checked', checker = '乙'", "还有没处理的"),
    ("no checker", ready, STATE.format("checked"), "少复核人"),
    ("no finance", checked, STATE.format("approved"), "少复核人或者财政审核人"),
    ("past finance", checked, STATE.format("sent"), "不能从checked变为sent"),
    ("past the check", ready, "UPDATE payment_payrun SET state = 'approved', checker = '乙', finance = '丙'", "不能从"),
    ("back from approval", approved, STATE.format("computed"), "不能从approved变为computed"),
    ("back from the bank", sent, STATE.format("approved"), "不能从sent变为approved"),
    ("open again", paid, STATE.format("sent"), "已关账"),
    ("another total", checked, "UPDATE payment_payrun SET total_fen = total_fen + 1", "合计不能改"),
    ("another maker", checked, "UPDATE payment_payrun SET maker = '丁'", "合计不能改"),
    ("another checker", checked, "UPDATE payment_payrun SET checker = '丁'", "经手人和暂缓合计不能改"),
    ("another of finance", approved, "UPDATE payment_payrun SET finance = '丁'", "经手人和暂缓合计不能改"),
    ("nobody of finance", sent, "UPDATE payment_payrun SET finance = ''", "经手人和暂缓合计不能改"),
    ("a later due day", sent, "UPDATE payment_payrun SET due_on = '2024-01-31'", "到账期限"),
    ("less held back", held, "UPDATE payment_payrun SET held_fen = 0", "经手人和暂缓合计不能改"),
    ("another file", sent, "UPDATE payment_payrun SET file_sha256 = 'x'", "不能改写"),
    ("another day of sending", sent, "UPDATE payment_payrun SET sent_on = '2024-01-04'", "不能改写"),
    ("closed over an exception", answered, "UPDATE payment_payrun SET state = 'closed'", "没有责任人和处理决定"),
    # the list stays as it was checked
    ("a line more", checked, LINE.format(month="month", kind="'supplement'", fen=0), "复核以后不能再加"),
    ("a line of another amount", ready, LINE.format(month="month", kind="'supplement'", fen=1), "与有效决定不符"),
    ("a line of another month", ready, OTHER_MONTH, "应属于本月批次"),
    ("a line changed", ready, "UPDATE payment_payline SET amount_fen = 1", "只能追加"),
    ("a line taken away", checked, "DELETE FROM payment_payline", "不能删去"),
    ("a finding taken away", checked, "DELETE FROM payment_finding", "不能删去"),
    ("a signature taken away", checked, "DELETE FROM payment_checksigned", "不能删去"),
    ("a confirmation taken away", approved, "DELETE FROM payment_confirmation", "不能删去"),
    ("a hold taken away", held, "DELETE FROM payment_hold", "不能删去"),
    *[
        (f"{table} emptied", ready, f"TRUNCATE payment_{table} CASCADE", "不能|只能")
        for table in ("payline", "finding", "checksigned", "confirmation", "hold")
    ],
    # nothing goes to the bank that may not
    ("sent before finance", checked, ATTEMPT.format(0), "财政审核以前不能送银行"),
    ("another amount is sent", approved, ATTEMPT.format(1), "金额与发放明细不符"),
    ("what is held is sent", held, HELD_IS_SENT, "暂缓的发放明细不能送银行"),
    # what the bank said stays said
    ("paid becomes sent", answered, "UPDATE payment_attempt SET state = 'sent', booked_on = NULL", "不能改写"),
    (
        "paid becomes returned", answered,
        "UPDATE payment_attempt SET state = 'returned', booked_on = NULL, reason = 'x' WHERE state = 'paid'",
        "不能改写",
    ),
    ("unknown becomes sent", answered, "UPDATE payment_attempt SET state = 'sent' WHERE state = 'unknown'", "不能改写"),
    ("another account", sent, "UPDATE payment_attempt SET account = '6200'", "不能改写"),
    ("another sum", sent, "UPDATE payment_attempt SET amount_fen = amount_fen + 1", "不能改写"),
    ("an answer changed", answered, "UPDATE payment_inboundline SET fen = 1", "只能追加"),
    ("an answer taken away", answered, "DELETE FROM payment_inboundline", "只能追加"),
    ("an exception taken away", answered, "DELETE FROM payment_reconexception", "不能"),
    ("a voucher changed", paid, "UPDATE payment_voucher SET fen = 1", "只能追加"),
    ("a statement changed", paid, "UPDATE payment_statementline SET fen = 1", "只能追加"),
    # the books are written once
    ("a booking changed", sent, "UPDATE payment_ledgerleg SET fen = fen * 2", "只能追加"),
    ("a booking taken away", sent, "DELETE FROM payment_ledgerleg", "只能追加"),
    ("an entry taken away", sent, "DELETE FROM payment_ledgerentry", "只能追加"),
    ("a leg alone", sent, LEG, "不平|相等|平衡|为零|借贷"),
    ("a run taken away", ready, "DELETE FROM payment_payrun", "不能"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "sql", "words"), [wall[1:] for wall in WALLS], ids=[wall[0] for wall in WALLS])
def test_the_database_refuses(act_as: ActAs, stage: Stage, sql: str, words: str) -> None:
    with act_as("360429"):
        family("A1", fen=62_000)
        family("A2", fen=31_557)
        stage(JANUARY)

    with connection.cursor() as owner:
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            owner.execute(sql)


def test_a_run_begins_with_its_list(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1")
        paid(JANUARY)
    with connection.cursor() as owner, pytest.raises(DatabaseError, match="从编制开始"):
        owner.execute(
            "INSERT INTO payment_payrun (month, division, due_on, frozen_on, state, maker, checker, finance,"
            " second_finance, lines_count, total_fen, held_count, held_fen, file_name, file_sha256)"
            " SELECT '2024-02-01', division, due_on, frozen_on, 'approved', maker, checker, finance, '', 0, 0, 0, 0,"
            " '', '' FROM payment_payrun"
        )


def test_while_a_list_is_open_it_may_be_frozen_again(act_as: ActAs) -> None:
    with act_as("360429"):
        family("A1")
        ready(JANUARY)
    with connection.cursor() as owner:
        for table in ("checksigned", "confirmation", "finding", "payline"):
            owner.execute(f"DELETE FROM payment_{table}")
            assert owner.rowcount > 0
