"""送银行: the file of a run, its repetition, and the re-issue of what came back."""

import pathlib
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.payment.actions import reissue, send_run, sendings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import Attempt, BankFile, LedgerLeg, PayRun
from opendibao.payment.refusal import PaymentRefused
from tests.payment.builders import at, family, new_account
from tests.payment.months import JANUARY, approved, paid, sent

FIFTH, TWENTIETH = date(2024, 1, 5), date(2024, 1, 20)
pytestmark = pytest.mark.usefixtures("county")


def send(run: PayRun, folder: pathlib.Path, on: date = FIFTH) -> pathlib.Path:
    return send_run(run.pk, on=on, at=at(on), out_dir=folder)


def again(run: PayRun, folder: pathlib.Path, on: date = TWENTIETH) -> pathlib.Path:
    return reissue(run.pk, on=on, at=at(on), out_dir=folder)


class TestFirstFile:
    def test_every_line_goes_to_the_account_of_the_snapshot(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        run = approved(JANUARY)
        new_account(made, "6299", since=date(2024, 1, 4), known=at(date(2024, 1, 4)))
        path = send(run, tmp_path)
        assert "|202401-A1-R-0-1|户主A1|农商银行|62A1|620.00|" in path.read_bytes().decode("gb18030")

    def test_sending_again_gives_the_same_bytes_and_doubles_nothing(self, tmp_path: pathlib.Path) -> None:
        family("A1")
        run = approved(JANUARY)
        first = send(run, tmp_path / "a").read_bytes()
        second = send(run, tmp_path / "b", date(2024, 1, 9))
        assert second.read_bytes() == first
        assert (Attempt.objects.count(), BankFile.objects.count(), LedgerLeg.objects.count()) == (1, 1, 4)

    def test_a_run_without_finance_does_not_go_out(self, tmp_path: pathlib.Path) -> None:
        family("A1")
        run = approved(JANUARY)
        PayRun.objects.update(state="checked")
        with pytest.raises(PaymentRefused, match="不能直接变为“已出盘”"):
            send(run, tmp_path)
        assert not list(tmp_path.iterdir())

    def test_what_was_payable_is_in_transit(self, tmp_path: pathlib.Path) -> None:
        family("A1", fen=62000)
        sent(JANUARY)
        legs = LedgerLeg.objects.filter(entry__text__contains="送银行").order_by("account")
        assert list(legs.values_list("account", "fen", "attempt")) == [
            ("payable", -62000, None),
            ("transit", 62000, "202401-A1-R-0-1"),
        ]


class TestReissue:
    def test_a_corrected_account_gets_a_second_sending_that_is_booked_later(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        text = again(run, tmp_path).read_bytes().decode("gb18030")
        assert "|202401-A1-R-0-2|户主A1|农商银行|6299|620.00|" in text
        answer = write_result(sendings(run.pk, again=True), date(2024, 1, 22), {})
        take_return(run.pk, answer, on=date(2024, 1, 22), at=at(date(2024, 1, 22)))
        states = Attempt.objects.order_by("number").values_list("number", "state", "booked_on")
        assert list(states) == [(1, "returned", None), (2, "paid", date(2024, 1, 22))]

    def test_without_a_better_account_nothing_goes_out(self, tmp_path: pathlib.Path) -> None:
        family("A1")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        with pytest.raises(PaymentRefused, match="没有已更正账户"):
            again(run, tmp_path)

    def test_only_corrected_households_go_out(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        family("B1")
        run = paid(JANUARY, returned={"A1": "账户已销户", "B1": "户名不符"})
        new_account(made, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        again(run, tmp_path)
        assert [each.e2e for each in sendings(run.pk, again=True)] == ["202401-A1-R-0-2"]

    def test_the_same_day_again_gives_the_same_file(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        first, second = again(run, tmp_path / "a"), again(run, tmp_path / "b")
        assert (first.name, first.read_bytes()) == (second.name, second.read_bytes())
        assert Attempt.objects.count() == 2

    def test_a_second_file_on_one_day_is_refused_and_leaves_nothing(self, tmp_path: pathlib.Path) -> None:
        one, two = family("A1"), family("B1")
        run = paid(JANUARY, returned={"A1": "账户已销户", "B1": "户名不符"})
        new_account(one, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        again(run, tmp_path)
        new_account(two, "6298", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        with pytest.raises(PaymentRefused, match="今天已送过"):
            again(run, tmp_path)
        assert Attempt.objects.filter(number=2).count() == 1

    def test_the_next_day_a_third_file_follows(self, tmp_path: pathlib.Path) -> None:
        one, two = family("A1"), family("B1")
        run = paid(JANUARY, returned={"A1": "账户已销户", "B1": "户名不符"})
        new_account(one, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        assert again(run, tmp_path).name == "DIBAO-202401-2.txt"
        new_account(two, "6298", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        assert again(run, tmp_path, date(2024, 1, 22)).name == "DIBAO-202401-3.txt"

    def test_money_comes_back_from_the_returned_account(self, tmp_path: pathlib.Path) -> None:
        made = family("A1", fen=62000)
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        again(run, tmp_path)
        legs = LedgerLeg.objects.filter(entry__text__contains="再次").order_by("account")
        assert list(legs.values_list("account", "fen", "attempt")) == [
            ("returned", -62000, "202401-A1-R-0-1"),
            ("transit", 62000, "202401-A1-R-0-2"),
        ]


def refused_by_the_database(sql: str) -> str:
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(fault.value)


SECOND = """
INSERT INTO payment_attempt (e2e, line_id, number, division, holder, bank, account, amount_fen, state, sent_on, reason,
  booked_on) SELECT e2e || 'x', line_id, {number}, division, holder, bank, account, {fen}, {state}, sent_on, '', NULL
FROM payment_attempt LIMIT 1
"""


class TestBelowTheApplication:
    @pytest.fixture(autouse=True)
    def one_sending(self, county: None) -> None:
        family("A1")
        self.run = sent(JANUARY)

    def test_no_second_open_sending_of_a_line(self) -> None:
        said = refused_by_the_database(SECOND.format(number=2, fen="amount_fen", state="'sent'"))
        assert "one_open_or_paid_attempt" in said

    def test_sendings_of_a_line_are_numbered_once(self) -> None:
        said = refused_by_the_database(SECOND.format(number=1, fen="amount_fen", state="'sent'"))
        assert "attempt_numbers_count_up" in said or "one_open_or_paid_attempt" in said

    def test_a_sending_carries_the_amount_of_its_line(self) -> None:
        assert "发送金额" in refused_by_the_database(SECOND.format(number=2, fen="amount_fen + 1", state="'sent'"))

    def test_the_account_of_a_sending_cannot_be_changed(self) -> None:
        assert "不能改写" in refused_by_the_database("UPDATE payment_attempt SET account = '1'")

    def test_paid_means_booked(self) -> None:
        assert "paid_means_booked" in refused_by_the_database("UPDATE payment_attempt SET state = 'paid'")

    def test_a_return_has_a_reason(self) -> None:
        assert "a_return_has_a_reason" in refused_by_the_database("UPDATE payment_attempt SET state = 'returned'")

    def test_an_outcome_stays(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE payment_attempt SET state = 'paid', booked_on = '2024-01-08'")
        assert "不能改写" in refused_by_the_database("UPDATE payment_attempt SET booked_on = '2024-01-09'")

    def test_a_sending_cannot_be_deleted(self) -> None:
        assert "不能修改或删除" in refused_by_the_database("DELETE FROM payment_attempt")

    def test_the_same_file_is_kept_once(self) -> None:
        said = refused_by_the_database(
            "INSERT INTO payment_bankfile (run_id, division, direction, name, sha256, handled_on, lines_count,"
            " total_fen) SELECT run_id, division, direction, name, sha256, handled_on, lines_count, total_fen"
            " FROM payment_bankfile"
        )
        assert "sha256" in said
