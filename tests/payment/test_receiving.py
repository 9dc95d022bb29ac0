"""收回盘: the bank's file is taken whole or not at all, and what does not fit is never booked as paid."""

import pathlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opendibao.audit.models import Event
from opendibao.payment.actions import close_run, sendings, take_return
from opendibao.payment.bank_return import BankReturnRefused, Result, render_results, write_result
from opendibao.payment.models import Attempt, BankFile, InboundLine, LedgerEntry, LedgerLeg, ReconException
from opendibao.payment.states import AttemptState
from tests.payment.builders import at, family
from tests.payment.month_end import EIGHTH, agreed, answers, came_back, take
from tests.payment.months import JANUARY, approved, sent

TWELFTH = date(2024, 1, 12)
pytestmark = pytest.mark.usefixtures("county")


def unknown(row: Result, why: str = "") -> Result:
    return replace(row, state=AttemptState.UNKNOWN, booked_on=None, reason=why)


def states() -> dict[str, str]:
    return {e2e.split("-")[1]: state for e2e, state in Attempt.objects.values_list("e2e", "state")}


def open_kinds() -> list[str]:
    return list(ReconException.objects.filter(settled_on=None).order_by("id").values_list("kind", flat=True))


def test_booked_and_returned_money_leave_transit() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = sent(JANUARY)
    taken = take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {"B1": "户名不符"}), on=EIGHTH, at=at(EIGHTH))
    assert (taken.paid, taken.paid_fen, taken.returned, taken.returned_fen) == (1, 62000, 1, 31550)
    assert (taken.changed, taken.differs, taken.names, taken.foreign, taken.is_repeat) == (2, 0, 0, 0, False)
    legs = LedgerLeg.objects.filter(entry__booked_on=EIGHTH).order_by("account", "fen")
    assert list(legs.values_list("account", "fen")) == [
        ("paid", 62000),
        ("returned", 31550),
        ("transit", -62000),
        ("transit", -31550),
    ]


def test_each_booking_day_has_its_own_entry() -> None:
    family("A1")
    family("B1")
    run = sent(JANUARY)
    rows = answers(run)
    take(run, [rows["A1"], replace(rows["B1"], booked_on=date(2024, 1, 7))])
    days = LedgerEntry.objects.filter(text__contains="到户").order_by("booked_on").values_list("booked_on", flat=True)
    assert list(days) == [date(2024, 1, 7), EIGHTH]


def test_the_same_file_again_changes_nothing(tmp_path: pathlib.Path) -> None:
    family("A1")
    run = sent(JANUARY)
    path = tmp_path / "回盘.txt"
    path.write_bytes(write_result(sendings(run.pk), EIGHTH, {}))
    take_return(run.pk, path, on=EIGHTH, at=at(EIGHTH))
    before = LedgerLeg.objects.count(), InboundLine.objects.count(), Event.objects.count()
    again = take_return(run.pk, path, on=date(2024, 1, 9), at=at(date(2024, 1, 9)))
    assert (again.is_repeat, again.paid, again.changed) == (True, 1, 0)
    assert (LedgerLeg.objects.count(), InboundLine.objects.count(), Event.objects.count()) == before


def test_every_line_is_kept_as_the_bank_wrote_it() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = sent(JANUARY)
    rows = answers(run)
    take(run, [replace(rows["A1"], holder="户主A1 "), came_back(rows["B1"], "账户注销")])
    kept = InboundLine.objects.order_by("row").values_list(
        "row", "attempt", "holder", "fen", "word", "reason", "verdict"
    )
    assert list(kept) == [
        (2, "202401-A1-R-0-1", "户主A1", 62000, "成功", "", "fits"),
        (3, "202401-B1-R-0-1", "户主B1", 31550, "退回", "账户注销", "fits"),
    ]


def test_the_file_of_one_run_is_refused_by_another() -> None:
    family("A1")
    run = sent(JANUARY)
    data = write_result(sendings(run.pk), EIGHTH, {})
    take_return(run.pk, data, on=EIGHTH, at=at(EIGHTH))
    agreed(run)
    close_run(run.pk, on=EIGHTH, at=at(EIGHTH))
    later = sent(date(2024, 2, 1))
    with pytest.raises(BankReturnRefused, match="属于另一个发放批次"):
        take_return(later.pk, data, on=date(2024, 2, 8), at=at(date(2024, 2, 8)))
    other = write_result(sendings(run.pk), date(2024, 1, 9), {})
    with pytest.raises(BankReturnRefused, match="是2024-01批次的"):
        take_return(later.pk, other, on=date(2024, 2, 8), at=at(date(2024, 2, 8)))


def test_an_unknown_outcome_stays_in_transit_until_the_bank_knows() -> None:
    family("A1", fen=62000)
    run = sent(JANUARY)
    row = answers(run)["A1"]
    take(run, [unknown(row, "待查")])
    assert (states(), open_kinds()) == ({"A1": "unknown"}, ["unknown"])
    assert not LedgerLeg.objects.filter(account="paid").exists()
    take(run, [row])
    assert (states(), open_kinds()) == ({"A1": "paid"}, [])


def test_a_return_leaves_an_event_on_the_household_and_an_exception_without_an_owner() -> None:
    family("B1")
    run = sent(JANUARY)
    take(run, [came_back(answers(run)["B1"], "户名不符")])
    event = Event.objects.get(action="银行退回")
    assert (event.subject, event.payload["reason"]) == ("家庭 B1", "户名不符")
    exception = ReconException.objects.get()
    assert (exception.kind, exception.owner, exception.resolution, exception.detail) == ("returned", "", "", "户名不符")


class TestWhatDoesNotFit:
    @pytest.fixture(autouse=True)
    def two_sendings(self, county: None) -> None:
        family("A1", fen=62000)
        family("B1", fen=31550)
        self.run = sent(JANUARY)
        self.rows = answers(self.run)

    def take(self, a1: Result, *more: Result, on: date = EIGHTH) -> None:
        take(self.run, [a1, self.rows["B1"], *more], on)

    def test_another_amount_is_open_and_not_paid(self) -> None:
        self.take(replace(self.rows["A1"], fen=62001))
        one = Attempt.objects.get(state="differs")
        assert (one.e2e, one.amount_fen, one.answered_fen, one.booked_on) == (
            "202401-A1-R-0-1", 62000, 62001, EIGHTH,
        )  # fmt: skip
        assert open_kinds() == ["differs"]
        assert [leg.fen for leg in LedgerLeg.objects.filter(account="paid")] == [31550]

    def test_swapped_amounts_are_both_open_though_the_total_holds(self) -> None:
        take(self.run, [replace(self.rows["A1"], fen=61999), replace(self.rows["B1"], fen=31551)])
        assert states() == {"A1": "differs", "B1": "differs"}
        assert not LedgerLeg.objects.filter(account="paid").exists()

    def test_another_amount_that_came_back_is_open_too(self) -> None:
        self.take(replace(came_back(self.rows["A1"], "账户注销"), fen=62001))
        assert (states()["A1"], open_kinds()) == ("unknown", ["differs"])
        assert not LedgerLeg.objects.filter(account="returned").exists()

    def test_another_name_is_open_and_not_paid(self) -> None:
        self.take(replace(self.rows["A1"], holder="户主B1"))
        assert (states()["A1"], open_kinds()) == ("unknown", ["name"])
        assert "户主B1" in ReconException.objects.get().detail

    def test_another_name_is_what_a_return_for_the_name_says(self) -> None:
        self.take(replace(came_back(self.rows["A1"], "户名不符"), holder="张三"))
        assert (states()["A1"], open_kinds()) == ("returned", ["returned"])

    def test_a_number_that_is_not_ours_is_kept_beside_and_counted_once(self) -> None:
        strange = replace(self.rows["A1"], e2e="202401-ZZ-R-0-1", fen=500)
        self.take(self.rows["A1"], strange)
        self.take(self.rows["A1"], strange, on=TWELFTH)
        assert states() == {"A1": "paid", "B1": "paid"}
        one = ReconException.objects.get()
        assert (one.kind, one.fen, one.attempt_id, one.inbound.e2e if one.inbound else "") == (
            "foreign", 500, None, "202401-ZZ-R-0-1",
        )  # fmt: skip

    def test_a_file_mostly_of_others_is_refused(self) -> None:
        strange = [replace(self.rows["A1"], e2e=f"202401-Z{n}-R-0-1") for n in range(3)]
        with pytest.raises(BankReturnRefused, match="5行里有3行不是本批次送出的（第4行"):
            self.take(self.rows["A1"], *strange)
        assert set(states().values()) == {"sent"}
        assert not BankFile.objects.filter(direction="in").exists()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda r: replace(r, booked_on=date(2024, 1, 4)), "第2行.*早于送出日期"),
            (lambda r: replace(r, booked_on=date(2024, 1, 9)), "第2行.*晚于今天"),
        ],
    )
    def test_a_day_that_cannot_be_refuses_the_whole_file(self, change: Callable[[Result], Result], reason: str) -> None:
        with pytest.raises(BankReturnRefused, match=reason):
            self.take(change(self.rows["A1"]))
        assert set(states().values()) == {"sent"}
        assert not BankFile.objects.filter(direction="in").exists()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            (lambda r: came_back(r, "户名不符"), "现在是“成功”"),
            (lambda r: replace(r, fen=r.fen + 1), "现在是“成功”"),
            (lambda r: replace(r, holder="别人"), "现在是“成功”"),
            (lambda r: replace(r, booked_on=date(2024, 1, 9)), "已记2024-01-08到账"),
        ],
    )
    def test_a_booked_sending_cannot_be_answered_otherwise(
        self, change: Callable[[Result], Result], reason: str
    ) -> None:
        self.take(self.rows["A1"])
        with pytest.raises(BankReturnRefused, match=reason):
            self.take(change(self.rows["A1"]), on=TWELFTH)
        assert states() == {"A1": "paid", "B1": "paid"}

    def test_many_faults_are_counted(self) -> None:
        for number in range(7):
            family(f"F{number}")
        agreed_run = self.run  # January is answered and closed, so that February has nine sendings
        take(agreed_run, list(self.rows.values()))
        agreed(agreed_run)
        close_run(agreed_run.pk, on=EIGHTH, at=at(EIGHTH))
        run = sent(date(2024, 2, 1))
        rows = [replace(row, booked_on=date(2024, 3, 1)) for row in answers(run, date(2024, 2, 8)).values()]
        with pytest.raises(BankReturnRefused, match="共9处"):
            take(run, rows, date(2024, 2, 8))


class TestLaterAnswers:
    @pytest.fixture(autouse=True)
    def three_sendings(self, county: None) -> None:
        for number in ("A1", "B1", "C1"):
            family(number, fen=62000)
        self.run = sent(JANUARY)
        self.rows = answers(self.run)

    @pytest.mark.parametrize("first", [
        lambda r: replace(r, fen=61999), lambda r: replace(r, holder="别人"), unknown,
    ])  # fmt: skip
    @pytest.mark.parametrize(("then", "state", "still"), [
        (lambda r: r, "paid", []), (lambda r: came_back(r, "账户注销"), "returned", ["returned"]),
    ])  # fmt: skip
    def test_a_corrected_file_ends_what_was_open(
        self, first: Callable[[Result], Result], then: Callable[[Result], Result], state: str, still: list[str]
    ) -> None:
        rest = [self.rows["B1"], self.rows["C1"]]
        take(self.run, [first(self.rows["A1"]), *rest])
        assert len(open_kinds()) == 1
        taken = take(self.run, [then(self.rows["A1"]), *rest], TWELFTH)
        assert (taken.changed, states()["A1"], open_kinds()) == (1, state, still)

    def test_another_wrong_amount_takes_the_place_of_the_first(self) -> None:
        rest = [self.rows["B1"], self.rows["C1"]]
        take(self.run, [replace(self.rows["A1"], fen=61999), *rest])
        take(self.run, [replace(self.rows["A1"], fen=61000), *rest], TWELFTH)
        assert Attempt.objects.get(state="differs").answered_fen == 61000
        assert "610.00元" in ReconException.objects.get().detail

    def test_what_an_answer_to_most_of_a_file_leaves_out_is_absent_until_it_comes(self) -> None:
        take(self.run, [self.rows["A1"], self.rows["B1"]])
        assert (states()["C1"], open_kinds()) == ("sent", ["absent"])
        take(self.run, [self.rows["C1"]], TWELFTH)
        assert (states()["C1"], open_kinds()) == ("paid", [])

    def test_a_bank_that_answers_bit_by_bit_leaves_nobody_out(self) -> None:
        take(self.run, [self.rows["A1"]])
        assert open_kinds() == []

    def test_on_time_is_the_day_the_bank_booked_whenever_the_file_is_read(self) -> None:
        late = date(2024, 2, 20)
        take(self.run, list(self.rows.values()), late)
        assert set(Attempt.objects.values_list("booked_on", flat=True)) == {EIGHTH}
        assert EIGHTH <= self.run.due_on < late


def test_taking_a_file_asks_the_database_as_often_for_few_lines_as_for_many() -> None:
    for number in range(3):
        family(f"A{number}")
    run = sent(JANUARY)
    with CaptureQueriesContext(
        connection,
    ) as few:
        take(run, list(answers(run).values()))
    agreed(run)
    close_run(run.pk, on=EIGHTH, at=at(EIGHTH))
    for number in range(20):
        family(f"B{number:02}")
    later, day = sent(date(2024, 2, 1)), date(2024, 2, 8)
    with CaptureQueriesContext(connection) as many:
        take(later, list(answers(later, day).values()), day)
    assert len(many) == len(few)


def test_a_run_that_was_not_sent_has_no_answer() -> None:
    family("A1")
    data = write_result(sendings(sent(JANUARY).pk), EIGHTH, {})
    take_return(Attempt.objects.get().run_id, data, on=EIGHTH, at=at(EIGHTH))
    run = Attempt.objects.get().run
    agreed(run)
    close_run(run.pk, on=EIGHTH, at=at(EIGHTH))
    february = approved(date(2024, 2, 1))
    with pytest.raises(BankReturnRefused, match="2024-02批次还没有送银行"):
        take(february, [replace(answers(run)["A1"], booked_on=date(2024, 1, 9))], date(2024, 2, 8))


def test_a_file_without_a_line_is_refused() -> None:
    family("A1")
    run = sent(JANUARY)
    with pytest.raises(BankReturnRefused, match="没有一笔明细"):
        take_return(run.pk, render_results([]), on=EIGHTH, at=at(EIGHTH))
