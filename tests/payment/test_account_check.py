"""账户预核: the bank is asked about every account of a list before money goes there; its answer is taken whole."""

from datetime import date

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.payment.account_check import (
    AccountAnswersTaken,
    account_answers,
    account_check_bytes,
    take_account_answers,
    write_account_answers,
)
from opendibao.payment.actions import recompute_run
from opendibao.payment.bank_answer import BankReturnRefused
from opendibao.payment.digests import digests_of
from opendibao.payment.models import AccountAnswer, BankFile, Finding, PayRun
from opendibao.payment.queries import gates
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import SentBytes
from tests.payment.bank_texts import sealed
from tests.payment.builders import at, family, new_account
from tests.payment.months import JANUARY, computed, ready, sent

DAY = date(2024, 1, 3)
HEAD = "H|账户预核结果|ACCOUNTS-202401-1|{count}"
A1, B1 = "D|A1|62A1|户主A1|相符", "D|B1|62B1|别人|户名不符"
pytestmark = pytest.mark.usefixtures("county")


def asked(run: PayRun, on: date = DAY) -> SentBytes:
    return account_check_bytes(run.pk, on=on, at=at(on))


def take(run: PayRun, data: bytes, on: date = DAY) -> AccountAnswersTaken:
    return take_account_answers(run.pk, data, on=on, at=at(on))


def two() -> PayRun:
    family("A1")
    family("B1")
    return computed(JANUARY)


class TestTheFile:
    def test_every_account_of_the_list_is_asked_about(self) -> None:
        run = two()
        given = asked(run)
        head, first, second, last = given.data.decode("gb18030").splitlines()
        assert head == "H|账户预核|ACCOUNTS-202401-1|2024-01|2024-01-03|2"
        assert (first, second) == ("D|1|A1|户主A1|农商银行|62A1", "D|2|B1|户主B1|农商银行|62B1")
        assert last.startswith("T|2|")
        assert given.name == "ACCOUNTS-202401-1.txt"

    def test_what_is_noted_of_it(self) -> None:
        given = asked(two())
        file = BankFile.objects.get()
        assert (file.kind, file.direction, file.template, file.lines_count) == (
            "account_check",
            "out",
            "county-check",
            2,
        )
        assert (file.sha256, file.sm3) == (digests_of(given.data).sha256, digests_of(given.data).sm3)

    def test_who_has_no_account_is_not_asked_about(self) -> None:
        family("A1")
        family("B1", has_account=False)
        assert b"|B1|" not in asked(computed(JANUARY)).data

    def test_asked_for_again_it_is_the_same_file(self) -> None:
        run = two()
        first = asked(run)
        assert asked(run, date(2024, 1, 4)) == first
        assert BankFile.objects.count() == 1

    def test_after_an_account_changed_another_file_goes_out(self) -> None:
        made = family("A1")
        run = computed(JANUARY)
        asked(run)
        new_account(made, "6299", since=date(2024, 1, 4), known=at(date(2024, 1, 4)))
        recompute_run(run.pk, on=date(2024, 1, 4), at=at(date(2024, 1, 4)), maker="张经办")
        given = asked(run, date(2024, 1, 4))
        assert given.name == "ACCOUNTS-202401-2.txt"
        assert b"|6299" in given.data

    def test_a_list_without_any_account_is_refused(self) -> None:
        family("B1", has_account=False)
        run = computed(JANUARY)
        with pytest.raises(PaymentRefused, match="没有一户登记了银行账户"):
            asked(run)

    def test_it_is_for_the_time_before_the_check(self) -> None:
        family("A1")
        with pytest.raises(PaymentRefused, match="要在复核以前办"):
            asked(sent(JANUARY))

    def test_only_who_pays_gets_it(self) -> None:
        run = two()
        with acting("王财政", "360429", [Duty.FINANCE]), pytest.raises(NotYourDuty):
            asked(run)


class TestTheAnswer:
    def test_each_account_has_its_word(self) -> None:
        run = two()
        data = write_account_answers(asked(run).data, {"B1": "户名不符"})
        assert take(run, data) == AccountAnswersTaken(2, 1)
        assert [(r.household, r.account, r.result, r.answered_on) for r in account_answers(run.pk)] == [
            ("B1", "62B1", "户名不符", DAY), ("A1", "62A1", "ok", DAY),
        ]  # fmt: skip

    def test_the_check_before_payment_finds_the_refused_ones(self) -> None:
        run = two()
        asked(run)
        ready(run.pk, DAY)
        assert gates(run.pk).next_step == "check"
        take(run, sealed(HEAD.format(count=2), A1, B1, trailer="2|1"))
        assert gates(run.pk).next_step == "settle"  # nobody need think of asking again
        (finding,) = Finding.objects.filter(kind="account_refused")
        assert finding.household.number == "B1"
        assert "户名不符" in finding.detail
        assert "别人" in finding.detail

    def test_the_same_file_twice_changes_nothing(self) -> None:
        run = two()
        data = write_account_answers(asked(run).data, {"B1": "已销户"})
        take(run, data)
        assert take(run, data) == AccountAnswersTaken(2, 1, is_repeat=True)
        assert (BankFile.objects.count(), AccountAnswer.objects.count()) == (2, 2)

    def test_a_later_answer_stands_for_the_former(self) -> None:
        run = two()
        check = asked(run).data
        take(run, write_account_answers(check, {"B1": "已冻结"}))
        take(run, write_account_answers(check, {}), date(2024, 1, 4))
        assert {row.result for row in account_answers(run.pk)} == {"ok"}

    def test_without_an_answer_nothing_is_known(self) -> None:
        assert account_answers(two().pk) == []

    def test_nothing_was_asked(self) -> None:
        run = two()
        with pytest.raises(PaymentRefused, match="还没有送出账户预核文件"):
            take(run, sealed(HEAD.format(count=2), A1, B1, trailer="2|1"))

    @pytest.mark.parametrize(
        ("lines", "trailer", "said"),
        [
            ((A1,), "1|1", "没有答复这些家庭：B1"),
            ((A1, A1), "2|2", "户A1出现两次"),
            ((A1, "D|B1|62A1|户主B1|相符"), "2|2", "第3行：户B1的这个账号不在送核的名单里"),
            ((A1, "D|C9|62C9|户主C9|相符"), "2|2", "户C9的这个账号不在"),
            ((A1, "D|B1|62B1|户主B1|大概"), "2|2", "第3行：结果“大概”不认识"),
            ((A1, "D|B1|62B1|相符"), "2|2", "第3行应有5个字段"),
            ((A1, B1), "3|1", "合计不一致"),
            ((A1, B1), "2|2", "户数合计与明细不符"),
        ],
    )
    def test_what_does_not_fit_is_refused_whole(self, lines: tuple[str, ...], trailer: str, said: str) -> None:
        run = two()
        asked(run)
        with pytest.raises(BankReturnRefused, match=said):
            take(run, sealed(HEAD.format(count=len(lines)), *lines, trailer=trailer))
        assert (BankFile.objects.count(), AccountAnswer.objects.count()) == (1, 0)

    def test_the_answer_to_another_file_is_refused(self) -> None:
        run = two()
        asked(run)
        head = "H|账户预核结果|ACCOUNTS-202312-1|2"
        with pytest.raises(BankReturnRefused, match="ACCOUNTS-202312-1"):
            take(run, sealed(head, A1, B1, trailer="2|1"))

    def test_a_file_cut_after_any_line_is_refused(self) -> None:
        run = two()
        lines = write_account_answers(asked(run).data, {}).splitlines(keepends=True)
        for kept in range(len(lines)):
            with pytest.raises(BankReturnRefused, match="账户预核结果文件"):
                take(run, b"".join(lines[:kept]))
        assert not AccountAnswer.objects.exists()

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_another_encoding_is_named(self, encoding: str) -> None:
        run = two()
        asked(run)
        with pytest.raises(BankReturnRefused, match="UTF-8"):
            take(run, sealed(HEAD.format(count=2), A1, B1, trailer="2|1", encoding=encoding))

    def test_a_file_of_another_kind_is_refused(self) -> None:
        run = two()
        check = asked(run).data
        with pytest.raises(BankReturnRefused, match="以前已经收过"):
            take(run, check)
