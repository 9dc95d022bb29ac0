"""核账: a whole ledger passes; every kind of fault is found, which the owner alone can plant."""

import pathlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.payment.actions import reissue
from opendibao.payment.ledger import verify
from opendibao.payment.models import LedgerEntry
from tests.conftest import ActAs
from tests.payment.builders import at, family, new_account
from tests.payment.months import JANUARY, approved, paid, sent


@contextmanager
def without_guards(*tables: str) -> Iterator[None]:
    """As the owner, with the triggers of some tables off: damage that no application can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def run_sql(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.usefixtures("county")
class TestWhole:
    def test_an_empty_ledger_agrees(self) -> None:
        state = verify()
        assert (state.runs, state.legs, state.fault) == (0, 0, "")

    def test_every_stage_agrees(self) -> None:
        family("A1", fen=62000)
        approved(JANUARY)
        assert verify().fault == ""

    def test_a_sent_run_agrees(self) -> None:
        family("A1", fen=62000)
        sent(JANUARY)
        assert verify().fault == ""

    def test_two_months_with_a_reissue_agree(self, tmp_path: pathlib.Path) -> None:
        one = family("A1", fen=62000)
        family("B1", fen=31550, area="urban")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        assert verify().fault == ""
        new_account(one, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        reissue(run.pk, on=date(2024, 1, 20), at=at(date(2024, 1, 20)), out_dir=tmp_path)
        paid(date(2024, 2, 1))
        state = verify()
        # January: B1 only; February: both
        assert (state.fault, state.runs, state.lines, state.attempts) == ("", 2, 4, 5)
        assert state.paid_fen == 31550 + 62000 + 31550


def damage(act_as: ActAs, sql: str, *tables: str) -> str:
    """Let the owner damage rows, then verify as the county."""
    with act_as("360429"):
        family("A1", fen=62000)
        family("B1", fen=31550)
        paid(JANUARY, returned={"B1": "户名不符"})
    with without_guards(*tables):
        run_sql(sql)
    with act_as("360429"):
        return verify().fault


@pytest.mark.parametrize(
    ("sql", "tables", "fault"),
    [
        ("UPDATE payment_ledgerleg SET fen = fen + 1 WHERE account = 'budget'", ["payment_ledgerleg"], "借贷相等"),
        ("UPDATE payment_payrun SET lines_count = 3", ["payment_payrun"], "等于明细合计"),
        ("UPDATE payment_payrun SET total_fen = 1", ["payment_payrun"], "等于明细合计.*2024-01"),
        (
            "UPDATE decision_decision SET amount_fen = 1",
            ["decision_decision"],
            "金额与决定相同.*户A1 2024-01",
        ),
        (
            "UPDATE decision_decision SET last_month = '2023-12-01'",
            ["decision_decision"],
            "当月有效的决定",
        ),
        ("UPDATE payment_payrun SET state = 'approved'", ["payment_payrun"], "应付款"),
        (
            "UPDATE payment_attempt SET booked_on = '2024-01-07' WHERE state = 'paid'",
            ["payment_attempt"],
            "已付科目.*202401-A1-R-0-1",
        ),
        (
            "UPDATE payment_attempt SET state = 'returned', booked_on = NULL, reason = 'x' WHERE state = 'paid'",
            ["payment_attempt"],
            "已付科目",
        ),
        (
            "UPDATE payment_attempt SET state = 'sent' WHERE state = 'returned'",
            ["payment_attempt"],
            "在途科目.*202401-B1-R-0-1",
        ),
        (
            "UPDATE payment_ledgerleg SET account = 'payable' WHERE account = 'returned'",
            ["payment_ledgerleg"],
            "应付款",
        ),
        (
            "UPDATE payment_ledgerleg SET attempt_id = NULL WHERE account = 'returned'",
            ["payment_ledgerleg"],
            "退回待处理",
        ),
        ("UPDATE payment_bankfile SET total_fen = 1", ["payment_bankfile"], "送出文件"),
        ("UPDATE payment_payline SET kind = 'supplement'", ["payment_payline"], "都有已批准的应发依据.*户A1 2024-01"),
    ],
)
def test_a_planted_fault_is_found_and_named(act_as: ActAs, sql: str, tables: list[str], fault: str) -> None:
    assert re.search(fault, damage(act_as, sql, *tables))


@pytest.mark.parametrize(
    ("sql", "tables", "fault"),
    [
        (
            "UPDATE payment_ledgerleg SET level = 'city' WHERE level = 'county'",
            ["payment_ledgerleg"],
            "按级次.*2024-01",
        ),
        ("UPDATE payment_hold SET amount_fen = amount_fen - 1", ["payment_hold"], "暂缓笔数和金额.*2024-01"),
        ("DELETE FROM payment_hold", ["payment_hold"], "暂缓笔数和金额"),
        (
            "UPDATE payment_ledgerleg SET line_id = NULL WHERE account = 'suspended'",
            ["payment_ledgerleg"],
            "暂停发放",
        ),
        (
            "UPDATE payment_hold SET outcome = 'cancelled', settled_by = '某', settled_on = '2024-01-09', note = '无'",
            ["payment_hold"],
            "按级次",
        ),
        (
            "UPDATE payment_hold SET outcome = 'released', settled_by = '某', settled_on = '2024-01-09', note = '无'",
            ["payment_hold"],
            "应付款",
        ),
        # the hold and everything booked for it are gone, as if the line were forgotten
        (
            "DELETE FROM payment_hold; UPDATE payment_payrun SET held_count = 0, held_fen = 0;"
            "UPDATE payment_ledgerleg SET account = 'payable' WHERE account = 'suspended'",
            ["payment_hold", "payment_payrun", "payment_ledgerleg"],
            "都已送银行，或暂缓.*户A1",
        ),
        (
            "INSERT INTO payment_ledgerleg (entry_id, division, account, level, area, booked_on, fen)"
            " SELECT min(id), '360429000000', a, '', 'rural', '2024-01-09', f FROM payment_ledgerentry,"
            " (VALUES ('to_recover', 5), ('recovered', -5)) AS v (a, f) GROUP BY a, f",
            [],
            "追缴",
        ),
    ],
)
def test_a_fault_in_what_is_held_or_shared_is_found(act_as: ActAs, sql: str, tables: list[str], fault: str) -> None:
    with act_as("360429"):
        family("A1", fen=62000, has_account=False)
        family("B1", fen=31550)
        paid(JANUARY)
        assert verify().fault == ""
    with without_guards(*tables):
        run_sql(sql)
    with act_as("360429"):
        assert re.search(fault, verify().fault)


def refused_by_the_database(sql: str) -> str:
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(fault.value)


@pytest.mark.usefixtures("county")
class TestBelowTheApplication:
    @pytest.fixture(autouse=True)
    def one_run(self, county: None) -> None:
        family("A1", fen=62000)
        paid(JANUARY)
        entry = LedgerEntry.objects.order_by("pk").first()
        assert entry is not None
        self.leg = (
            "INSERT INTO payment_ledgerleg (entry_id, division, account, area, booked_on, fen) VALUES "
            f"({entry.pk}, '360429000000', '{{}}', 'rural', '2024-01-08', {{}})"
        )

    def test_legs_that_do_not_sum_to_zero_are_refused(self) -> None:
        assert "借贷不平" in refused_by_the_database(self.leg.format("paid", 100))

    def test_a_leg_of_nothing_is_refused(self) -> None:
        assert "leg_is_not_zero" in refused_by_the_database(self.leg.format("paid", 0))

    @pytest.mark.parametrize("table", ["payment_ledgerleg", "payment_ledgerentry"])
    def test_the_ledger_cannot_be_changed_or_deleted(self, table: str) -> None:
        assert "只能追加" in refused_by_the_database(f"UPDATE {table} SET booked_on = '2024-01-09'")
        assert "只能追加" in refused_by_the_database(f"DELETE FROM {table}")
