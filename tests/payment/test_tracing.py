"""追到行: every row that differs from the one it comes from is named with both amounts; the owner alone plants one."""

import importlib
import pathlib
from datetime import date

import pytest

from opendibao.payment.actions import recompute_run, reissue
from opendibao.payment.bank_file import Batch, Transfer, render
from opendibao.payment.digests import digests_of
from opendibao.payment.models import Attempt, BankFile
from opendibao.payment.tracing import Mismatch, changed_files, mismatches, sent_file
from tests.conftest import ActAs
from tests.payment.builders import at, family, new_account
from tests.payment.months import JANUARY, approved, computed, paid
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


def test_a_changed_re_issue_is_named_too(act_as: ActAs, tmp_path: pathlib.Path) -> None:
    day = date(2024, 1, 20)
    with act_as("360429"):
        made = family("A1")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=day, known=at(day))
        reissue(run.pk, on=day, at=at(day), out_dir=tmp_path)
        assert changed_files() == []
    with without_guards("payment_attempt"):
        run_sql("UPDATE payment_attempt SET account = '6288' WHERE number = 2")
    with act_as("360429"):
        assert [(file.name, file.is_same) for file in changed_files()] == [("DIBAO-202401-2.txt", False)]


@pytest.mark.usefixtures("county")
def test_what_was_said_of_a_list_before_it_was_frozen_again_is_no_fault() -> None:
    family("A1", fen=62000)
    day = date(2024, 1, 3)
    run = computed(JANUARY)
    family("B1", fen=31550)
    recompute_run(run.pk, on=day, at=at(day), maker="张经办")
    assert mismatches() == []


def test_files_of_the_time_before_templates_are_found_as_they_were_sent(act_as: ActAs, tmp_path: pathlib.Path) -> None:
    """The tables as an older version left them: no template, no file number; the migration fills these in."""
    day = date(2024, 1, 20)
    with act_as("360429"):
        made = family("A1")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=day, known=at(day))
        reissue(run.pk, on=day, at=at(day), out_dir=tmp_path)
        batch = Batch("DIBAO-202401-1", JANUARY, run.sent_on or day)
        old = render(batch, [Transfer(A1, "户主A1", "农商银行", "62A1", 62000)], "county-text-2024")
    with without_guards("payment_attempt", "payment_bankfile", "payment_payrun"):
        run_sql("UPDATE payment_attempt SET file_no = 1")
        run_sql("UPDATE payment_bankfile SET kind = 'pay', file_no = 1, template = ''")
        run_sql(f"UPDATE payment_bankfile SET sha256 = '{digests_of(old).sha256}' WHERE name = 'DIBAO-202401-1.txt'")
    with without_guards("payment_attempt"):
        run_sql(importlib.import_module("opendibao.payment.migrations.0007_money_walk").FILLED)
    with act_as("360429"):
        assert list(Attempt.objects.order_by("number").values_list("number", "file_no")) == [(1, 1), (2, 2)]
        assert set(BankFile.objects.values_list("direction", "kind", "file_no")) >= {
            ("out", "pay", 1), ("out", "pay", 2), ("in", "result", 1),
        }  # fmt: skip
        file = sent_file(JANUARY)
        assert file
        assert file.is_same
