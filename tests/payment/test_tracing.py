"""追到行: every row that differs from the one it comes from is named with both amounts; the owner alone plants one."""

from datetime import date

import pytest

from opendibao.payment.tracing import Mismatch, changed_files, mismatches, sent_file
from tests.conftest import ActAs
from tests.payment.builders import family
from tests.payment.months import JANUARY, approved, paid
from tests.payment.test_ledger import run_sql, without_guards

A1 = "202401-A1-R-0-1"
TOTAL = 62000 + 31550


@pytest.mark.usefixtures("county")
class TestWhole:
    def test_nothing_is_named_where_nothing_was_paid(self) -> None:
        assert (mismatches(), changed_files(), sent_file(JANUARY)) == ([], [], None)

    def test_a_run_that_is_not_sent_yet_has_no_file(self) -> None:
        family("A1", fen=62000)
        approved(JANUARY)
        assert (mismatches(), sent_file(JANUARY)) == ([], None)

    def test_two_months_with_a_return_agree(self) -> None:
        family("A1", fen=62000)
        family("B1", fen=31550, area="urban")
        paid(JANUARY, returned={"B1": "户名不符"})
        paid(date(2024, 2, 1))
        assert (mismatches(), changed_files()) == ([], [])
        file = sent_file(JANUARY)
        assert file
        assert file.is_same
        assert file.name == "DIBAO-202401-1.txt"


def damaged(act_as: ActAs, sql: str, *tables: str) -> list[Mismatch]:
    with act_as("360429"):
        family("A1", fen=62000)
        family("B1", fen=31550)
        paid(JANUARY)
    with without_guards(*tables):
        run_sql(sql)
    with act_as("360429"):
        return mismatches()


def row(step: str, should: int, now: int) -> Mismatch:
    return Mismatch(JANUARY, "A1", A1, should, now, step)


def test_a_raised_line_is_named_with_what_was_decided(act_as: ActAs) -> None:
    found = damaged(
        act_as, "UPDATE payment_payline SET amount_fen = 162000 WHERE amount_fen = 62000", "payment_payline"
    )

    assert found == [
        row("decided", 62000, 162000),
        row("frozen", 62000, 162000),
        row("sent", 162000, 62000),
        Mismatch(JANUARY, "", "", TOTAL, TOTAL + 100000, "told"),
    ]
    assert found[0].words == "户A1 2024-01（发送 202401-A1-R-0-1）：应为 620.00 元，现为 1620.00 元"
    assert found[3].words == "2024-01合计：应为 935.50 元，现为 1935.50 元"


def test_a_raised_sending_is_named_and_its_bookings_too(act_as: ActAs) -> None:
    found = damaged(act_as, f"UPDATE payment_attempt SET amount_fen = 62001 WHERE e2e = '{A1}'", "payment_attempt")

    assert found == [row("sent", 62000, 62001), row("booked", 62001, 62000)]


def test_a_changed_booking_is_named(act_as: ActAs) -> None:
    sql = f"UPDATE payment_ledgerleg SET fen = 61999 WHERE attempt_id = '{A1}' AND account = 'paid'"

    assert damaged(act_as, sql, "payment_ledgerleg") == [row("booked", 62000, 61999)]


def test_a_lowered_decision_is_named(act_as: ActAs) -> None:
    found = damaged(act_as, "UPDATE decision_decision SET amount_fen = 1 WHERE amount_fen = 62000", "decision_decision")

    assert found == [row("decided", 1, 62000)]


def test_a_changed_event_is_named_by_its_month(act_as: ActAs) -> None:
    sql = "UPDATE audit_event SET payload = jsonb_set(payload, '{total_fen}', '1') WHERE action = '发放送银行'"

    assert damaged(act_as, sql, "audit_event") == [Mismatch(JANUARY, "", "", 1, TOTAL, "told")]


@pytest.mark.parametrize("sql", ["SET account = '6299'", "SET holder = '别|人'"])
def test_another_account_gives_another_file(act_as: ActAs, sql: str) -> None:
    assert damaged(act_as, f"UPDATE payment_attempt {sql} WHERE e2e = '{A1}'", "payment_attempt") == []

    with act_as("360429"):
        assert [file.month for file in changed_files()] == [JANUARY]
