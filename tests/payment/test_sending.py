"""送银行: the file of a run, its repetition, and the re-issue of what came back."""

import pathlib
from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.payment import sending, trial_file
from opendibao.payment.actions import (
    approve_run,
    check_run,
    decide_exceptions,
    reissue,
    release_hold,
    send_run,
    sendings,
    settle_findings,
    take_return,
)
from opendibao.payment.bank_return import write_result
from opendibao.payment.digests import digests_of
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, BankFile, Finding, Hold, LedgerLeg, PayRun, ReconException
from opendibao.payment.precheck_queries import findings
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import joining, send_now, sent_bytes
from opendibao.payment.trial_file import unwritable_lines
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import BankAccount
from opendibao.rulemaking.queries import pack_in_force
from tests.payment.builders import Family, at, family, new_account
from tests.payment.months import JANUARY, approved, checked, closed, computed, paid, ready, sent
from tests.registry.changed import allow

FEBRUARY, MARCH = date(2024, 2, 1), date(2024, 3, 1)
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
        legs = LedgerLeg.objects.count()
        second = send(run, tmp_path / "b", date(2024, 1, 9))
        assert second.read_bytes() == first
        assert (Attempt.objects.count(), BankFile.objects.count(), LedgerLeg.objects.count()) == (1, 1, legs)

    def test_a_run_without_finance_does_not_go_out(self, tmp_path: pathlib.Path) -> None:
        family("A1")
        run = checked(JANUARY)
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


def answered(run: PayRun, day: date, returned: dict[str, str] | None = None) -> PayRun:
    """The bank answers the run's first file, and the month is closed."""
    take_return(run.pk, write_result(sendings(run.pk), day, returned or {}), on=day, at=at(day))
    return closed(run.pk, day)


class TestJoining:
    def test_what_came_back_goes_out_with_the_next_month_to_the_new_account(self, tmp_path: pathlib.Path) -> None:
        made, _ = family("A1"), family("B1")
        paid(JANUARY, returned={"A1": "账户已销户", "B1": "账户已销户"})
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        run = approved(FEBRUARY)
        (waits,) = joining(run.pk, date(2024, 2, 5))
        assert (waits.household, waits.month, waits.fen, waits.why, waits.goes) == (
            "A1", JANUARY, 62000, "退回后账户已更正", True,
        )  # fmt: skip
        text = send(run, tmp_path, date(2024, 2, 5)).read_bytes().decode("gb18030")
        assert text.startswith("H|DIBAO-202402-1|2024-02|2024-02-05|3|1860.00")
        assert "|202401-A1-R-0-2|户主A1|农商银行|6299|620.00|2024年1月低保金 咨询12345" in text
        assert "202401-B1-R-0-2" not in text
        late = Attempt.objects.get(e2e="202401-A1-R-0-2")
        assert (late.run_id, late.line.run.month, late.file_no, late.number) == (run.pk, JANUARY, 1, 2)
        assert [row.household for row in joining(run.pk, TWENTIETH)] == ["A1"]
        file = BankFile.objects.get(run=run, kind="pay")
        assert (file.lines_count, file.total_fen) == (3, 3 * 62000)
        assert Event.objects.filter(action="退回款补发", subject="家庭 A1").count() == 1

    def test_what_came_back_waits_while_the_familys_own_line_is_held(self, tmp_path: pathlib.Path) -> None:
        made, _ = family("A1"), family("B1")
        paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        run, day = computed(FEBRUARY), FEBRUARY.replace(day=3)
        (changed,) = [one.id for one in findings(run.pk, "account_changed")]
        settle_findings([changed], outcome="held", reason="新账户没有打通电话核实", on=day, at=at(day))
        ready(run.pk, day)
        check_run(run.pk, on=day, at=at(day), checker="李复核")
        approve_run(run.pk, on=day, at=at(day), finance="王财政")
        assert [(row.why, row.goes) for row in joining(run.pk, date(2024, 2, 5))] == [
            ("这户本月暂缓，查清以前一起等", False)
        ]
        send(run, tmp_path, date(2024, 2, 5))
        assert [each.e2e for each in sendings(run.pk)] == ["202402-B1-R-0-1"]
        answered(run, date(2024, 2, 8))
        release(made, date(2024, 2, 20))
        run = sent(MARCH)
        assert [each.e2e for each in sendings(run.pk)] == [
            "202401-A1-R-0-2", "202402-A1-R-0-1", "202403-A1-R-0-1", "202403-B1-R-0-1",
        ]  # fmt: skip
        assert {each.account for each in sendings(run.pk) if "-A1-" in each.e2e} == {"6299"}
        assert verify().fault == ""

    def test_the_books_agree_when_late_money_is_booked(self) -> None:
        made = family("A1")
        paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        run = sent(FEBRUARY)
        assert verify().fault == ""
        answered(run, date(2024, 2, 8))
        assert verify().fault == ""
        assert set(Attempt.objects.values_list("e2e", "state")) == {
            ("202401-A1-R-0-1", "returned"), ("202401-A1-R-0-2", "paid"), ("202402-A1-R-0-1", "paid"),
        }  # fmt: skip

    def test_what_comes_back_twice_joins_a_third_month(self) -> None:
        made = family("A1")
        paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        answered(sent(FEBRUARY), date(2024, 2, 8), {"A1": "账户已冻结"})
        new_account_again(made, "6288", date(2024, 2, 20))
        run = sent(MARCH)
        assert [each.e2e for each in sendings(run.pk)] == ["202401-A1-R-0-3", "202402-A1-R-0-2", "202403-A1-R-0-1"]
        assert {each.account for each in sendings(run.pk)} == {"6288"}

    def test_a_second_re_issue_is_refused_and_names_the_first(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        january = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        sent(FEBRUARY)
        with pytest.raises(PaymentRefused, match=r"A1（202401-A1-R-0-2，在DIBAO-202402-1里，在途）"):
            again(january, tmp_path, date(2024, 2, 6))
        assert Attempt.objects.filter(line__run=january).count() == 2
        assert not list(tmp_path.iterdir())

    def test_what_went_out_in_a_file_of_its_own_joins_no_other(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        january = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        again(january, tmp_path)
        run = approved(FEBRUARY)
        assert joining(run.pk, date(2024, 2, 5)) == []
        send(run, tmp_path, date(2024, 2, 5))
        assert [each.e2e for each in sendings(run.pk)] == ["202402-A1-R-0-1"]

    def test_what_was_stopped_does_not_join(self) -> None:
        made = family("A1")
        run = sent(JANUARY)
        day = date(2024, 1, 8)
        take_return(run.pk, write_result(sendings(run.pk), day, {"A1": "账户已销户"}), on=day, at=at(day))
        ids = list(ReconException.objects.values_list("pk", flat=True))
        decide_exceptions(ids, owner="陈乡镇", resolution="stop", note="已搬走", on=day, at=at(day))
        closed(run.pk, day)
        new_account(made, "6299", since=TWENTIETH, known=at(TWENTIETH))
        assert joining(approved(FEBRUARY).pk, date(2024, 2, 5)) == []

    def test_a_released_hold_goes_out_with_the_next_month(self) -> None:
        family("A1")
        made = family("B1", has_account=False)
        answered(sent(JANUARY), date(2024, 1, 8))
        assert not Attempt.objects.filter(line__household__number="B1").exists()
        enter_account(made, "6277", TWENTIETH)
        release(made, TWENTIETH)
        run = approved(FEBRUARY)
        assert [(r.household, r.month, r.why, r.goes) for r in joining(run.pk, date(2024, 2, 5))] == [
            ("B1", JANUARY, "暂缓已解除", True)
        ]
        day = date(2024, 2, 5)
        assert "|202401-B1-R-0-1|户主B1|农商银行|6277|" in send_now(run.pk, on=day, at=at(day)).data.decode("gb18030")
        late = Attempt.objects.get(e2e="202401-B1-R-0-1")
        assert (late.run_id, late.number, late.file_no) == (run.pk, 1, 1)
        assert verify().fault == ""
        assert Event.objects.filter(action="暂缓解除后发放", subject="家庭 B1").count() == 1

    def test_what_is_held_stays_out_of_the_file(self) -> None:
        family("A1")
        family("B1", has_account=False)
        run = sent(JANUARY)
        assert [each.e2e for each in sendings(run.pk)] == ["202401-A1-R-0-1"]


def new_account_again(made: Family, number: str, since: date) -> None:
    """Another account after a changed one."""
    row = BankAccount.objects.get(household=made.household, recorded__endswith=None, valid__endswith=None)
    row.recorded = DateTimeTZRange(row.recorded.lower, at(since))
    row.save(update_fields=["recorded"])
    told = {"household": made.household, "division": made.division, "holder": row.holder, "bank": row.bank}
    known = DateTimeTZRange(at(since), None)
    allow(made.household, AccountEntry(row.holder, row.bank, number), since)
    BankAccount.objects.create(number=row.number, valid=DateRange(row.valid.lower, since), recorded=known, **told)
    BankAccount.objects.create(number=number, valid=DateRange(since, None), recorded=known, **told)


def enter_account(made: Family, number: str, since: date, *, holder: str = "") -> None:
    BankAccount.objects.create(
        household=made.household, division=made.division, holder=holder or f"户主{made.number}", bank="农商银行",
        number=number, valid=DateRange(since, None), recorded=DateTimeTZRange(at(since), None),
    )  # fmt: skip


def release(made: Family, day: date) -> None:
    hold = Hold.objects.get(line__household=made.household)
    with acting("另一人", "360429", [Duty.PAY]):
        release_hold(hold.pk, note="账户已登记", on=day, at=at(day))


class TestBytes:
    def test_the_page_and_the_folder_get_the_same_file(self, tmp_path: pathlib.Path) -> None:
        family("A1")
        run = approved(JANUARY)
        given = send_now(run.pk, on=FIFTH, at=at(FIFTH))
        assert send(run, tmp_path, date(2024, 1, 9)).read_bytes() == given.data
        assert sent_bytes(run.pk) == given
        assert (given.name, given.sha256, given.sm3) == (
            "DIBAO-202401-1.txt", digests_of(given.data).sha256, digests_of(given.data).sm3,
        )  # fmt: skip

    def test_what_is_noted_of_a_file(self) -> None:
        family("A1", fen=62000)
        family("B1", fen=31550)
        given = send_now((run := approved(JANUARY)).pk, on=FIFTH, at=at(FIFTH))
        file = BankFile.objects.get(run=run)
        assert (file.kind, file.direction, file.template, file.file_no) == ("pay", "out", "county-text", 1)
        assert (file.lines_count, file.total_fen, file.sha256, file.sm3) == (2, 93550, given.sha256, given.sm3)

    def test_there_is_no_second_file_before_it_was_sent(self) -> None:
        family("A1")
        run = sent(JANUARY)
        with pytest.raises(PaymentRefused, match="没有第2个代发文件"):
            sent_bytes(run.pk, 2)

    def test_a_later_file_can_be_had_again(self, tmp_path: pathlib.Path) -> None:
        made = family("A1")
        run = paid(JANUARY, returned={"A1": "账户已销户"})
        new_account(made, "6299", since=date(2024, 1, 15), known=at(date(2024, 1, 15)))
        data = again(run, tmp_path).read_bytes()
        given = sent_bytes(run.pk, 2)
        assert (given.data, given.name) == (data, "DIBAO-202401-2.txt")

    @pytest.mark.parametrize("template", ["comma-gbk", "fixed-gbk", "county-xlsx"])
    def test_the_file_is_that_of_the_countys_template(self, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
        family("A1")
        run = approved(JANUARY)
        use_template(monkeypatch, template)
        given = send_now(run.pk, on=FIFTH, at=at(FIFTH))
        monkeypatch.undo()
        assert BankFile.objects.get().template == template
        assert sent_bytes(run.pk) == given  # as it was sent, whatever is in force since

    def test_a_name_that_gbk_lacks_stops_the_run_and_changes_nothing(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
    ) -> None:
        enter_account(family("A1", has_account=False), "6266", date(2023, 6, 1), holder="王㛃")
        run = approved(JANUARY)
        use_template(monkeypatch, "comma-gbk")
        with pytest.raises(PaymentRefused, match="A1“王㛃”的“㛃”"):
            send(run, tmp_path)
        run.refresh_from_db()
        assert (run.state, Attempt.objects.count(), BankFile.objects.count(), list(tmp_path.iterdir())) == (
            "approved", 0, 0, [],
        )  # fmt: skip
        monkeypatch.undo()
        assert "王㛃" in send(run, tmp_path).read_bytes().decode("gb18030")

    def test_what_gbk_lacks_is_named_while_it_can_be_corrected(self, monkeypatch: pytest.MonkeyPatch) -> None:
        family("A1")
        family("C1", has_account=False)
        enter_account(family("B1", has_account=False), "6266", date(2023, 6, 1), holder="王㛃")
        run = computed(JANUARY)
        assert unwritable_lines(run.pk, FIFTH) == ""
        use_template(monkeypatch, "comma-gbk", trial_file)
        assert "B1“王㛃”的“㛃”" in unwritable_lines(run.pk, FIFTH)
        assert "C1" not in unwritable_lines(run.pk, FIFTH)
        held = Finding.objects.get(household__number="B1", kind="name_differs")
        settle_findings([held.pk], outcome="held", reason="等银行改名", on=FIFTH, at=at(FIFTH))
        assert unwritable_lines(run.pk, FIFTH) == ""
        use_template(monkeypatch, "icbc", trial_file)
        assert "没有银行文件模板“icbc”" in unwritable_lines(run.pk, FIFTH)

    def test_an_unknown_template_is_named_before_anything_goes_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        family("A1")
        run = approved(JANUARY)
        use_template(monkeypatch, "icbc")
        with pytest.raises(PaymentRefused, match="没有银行文件模板“icbc”"):
            send_now(run.pk, on=FIFTH, at=at(FIFTH))
        assert not Attempt.objects.exists()

    def test_only_who_pays_gets_the_file(self) -> None:
        family("A1")
        run = sent(JANUARY)
        with acting("王财政", "360429", [Duty.FINANCE]), pytest.raises(NotYourDuty):
            sent_bytes(run.pk)


def use_template(monkeypatch: pytest.MonkeyPatch, name: str, module: ModuleType = sending) -> None:
    """The county has agreed on another form with its bank."""
    pack = pack_in_force()
    row = replace(pack.row("pay.bank_template", FIFTH), value=name)
    other = replace(pack, levels=({"pay.bank_template": (row,)}, *pack.levels))
    monkeypatch.setattr(module, "pack_in_force", lambda: other)


class TestKilled:
    """A fault in the place of a kill: what the database knows and what lies in the folder never part."""

    @pytest.mark.parametrize("step", ["put_down", "compose", "digests_in", "book_sending", "note", "record_many"])
    def test_a_fault_anywhere_before_the_end_leaves_the_run_unsent(
        self, step: str, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
    ) -> None:
        family("A1")
        run = approved(JANUARY)
        monkeypatch.setattr(sending, step, broken)
        with pytest.raises(OSError, match="killed"):
            send(run, tmp_path)
        run.refresh_from_db()
        assert (run.state, Attempt.objects.count(), BankFile.objects.count()) == ("approved", 0, 0)
        assert not list(tmp_path.iterdir())
        monkeypatch.undo()
        send(run, tmp_path)
        assert Attempt.objects.count() == 1

    def test_a_kill_before_the_file_has_its_name_gives_the_same_file_afterwards(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
    ) -> None:
        family("A1")
        run = approved(JANUARY)
        monkeypatch.setattr(sending, "place", broken)
        with pytest.raises(OSError, match="killed"):
            send(run, tmp_path)
        noted = BankFile.objects.get()
        monkeypatch.undo()
        data = send(run, tmp_path, date(2024, 1, 9)).read_bytes()
        assert digests_of(data).sha256 == noted.sha256
        assert (Attempt.objects.count(), BankFile.objects.count()) == (1, 1)


def broken(*_: object, **__: object) -> None:
    raise OSError("killed")


def refused_by_the_database(sql: str) -> str:
    with pytest.raises(IntegrityError) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(fault.value)


SECOND = """
INSERT INTO payment_attempt (e2e, line_id, run_id, file_no, number, division, holder, bank, account, amount_fen, state,
  sent_on, reason, booked_on)
SELECT e2e || 'x', line_id, run_id, 2, {number}, division, holder, bank, account, {fen}, {state}, sent_on, 'x', NULL
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
        assert "发送金额" in refused_by_the_database(SECOND.format(number=2, fen="amount_fen + 1", state="'returned'"))

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
            "INSERT INTO payment_bankfile (run_id, division, kind, direction, template, file_no, name, sha256, sm3,"
            " handled_on, lines_count, total_fen) SELECT run_id, division, kind, direction, template, 2, name, sha256,"
            " sm3, handled_on, lines_count, total_fen FROM payment_bankfile"
        )
        assert "sha256" in said
