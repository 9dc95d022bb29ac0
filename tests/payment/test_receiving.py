"""收回盘: the bank's answers are taken whole or not at all."""

import pathlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.payment.actions import close_run, sendings, take_return
from opendibao.payment.bank_return import BankReturnRefused, Result, read_results, render_results, write_result
from opendibao.payment.models import Attempt, BankFile, LedgerEntry, LedgerLeg
from opendibao.payment.states import AttemptState
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, sent

EIGHTH = date(2024, 1, 8)
pytestmark = pytest.mark.usefixtures("county")


def take(run_id: int, data: bytes | pathlib.Path, on: date = EIGHTH) -> object:
    return take_return(run_id, data, on=on, at=at(on))


def test_booked_and_returned_money_leave_transit() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = sent(JANUARY)
    taken = take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {"B1": "户名不符"}), on=EIGHTH, at=at(EIGHTH))
    assert (taken.paid, taken.paid_fen, taken.returned, taken.returned_fen) == (1, 62000, 1, 31550)
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
    one, two = read_results(write_result(sendings(run.pk), EIGHTH, {}))
    take(run.pk, render_results([one, replace(two, booked_on=date(2024, 1, 7))]))
    days = LedgerEntry.objects.filter(text__contains="到户").order_by("booked_on").values_list("booked_on", flat=True)
    assert list(days) == [date(2024, 1, 7), EIGHTH]


def test_the_same_file_again_changes_nothing(tmp_path: pathlib.Path) -> None:
    family("A1")
    run = sent(JANUARY)
    path = tmp_path / "回盘.txt"
    path.write_bytes(write_result(sendings(run.pk), EIGHTH, {}))
    take(run.pk, path)
    legs = LedgerLeg.objects.count()
    again = take_return(run.pk, path, on=date(2024, 1, 9), at=at(date(2024, 1, 9)))
    assert (again.is_repeat, again.paid, LedgerLeg.objects.count()) == (True, 1, legs)


def test_the_file_of_one_run_is_refused_by_another() -> None:
    family("A1")
    run = sent(JANUARY)
    data = write_result(sendings(run.pk), EIGHTH, {})
    take(run.pk, data)
    close_run(run.pk, on=EIGHTH, at=at(EIGHTH))
    later = sent(date(2024, 2, 1))
    with pytest.raises(BankReturnRefused, match="属于另一个发放批次"):
        take(later.pk, data)


def test_an_unknown_outcome_stays_in_transit_until_the_bank_knows() -> None:
    family("A1", fen=62000)
    run = sent(JANUARY)
    (result,) = read_results(write_result(sendings(run.pk), EIGHTH, {}))
    take(run.pk, render_results([replace(result, state=AttemptState.UNKNOWN, booked_on=None)]))
    assert Attempt.objects.get().state == "unknown"
    take(run.pk, render_results([result]))
    assert Attempt.objects.get().state == "paid"


def test_a_return_leaves_an_event_on_the_household() -> None:
    family("B1")
    run = sent(JANUARY)
    take(run.pk, write_result(sendings(run.pk), EIGHTH, {"B1": "户名不符"}))
    event = Event.objects.get(action="银行退回")
    assert (event.subject, event.payload["reason"]) == ("家庭 B1", "户名不符")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda r: replace(r, fen=r.fen + 1), "第2行.*金额与送出的不同"),
        (lambda r: replace(r, e2e="202401-ZZ-R-0-1"), "第2行.*不是本批次送出的"),
        (lambda r: replace(r, booked_on=date(2024, 1, 4)), "第2行.*早于送出日期"),
        (lambda r: replace(r, booked_on=date(2024, 1, 9)), "第2行.*晚于今天"),
    ],
)
def test_one_wrong_line_refuses_the_whole_file(change: Callable[[Result], Result], reason: str) -> None:
    family("A1")
    family("B1")
    run = sent(JANUARY)
    first, second = read_results(write_result(sendings(run.pk), EIGHTH, {}))
    with pytest.raises(BankReturnRefused, match=reason):
        take(run.pk, render_results([change(first), second]))
    assert set(Attempt.objects.values_list("state", flat=True)) == {"sent"}
    assert not BankFile.objects.filter(direction="in").exists()


def test_swapped_amounts_are_refused_though_the_total_holds() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = sent(JANUARY)
    first, second = read_results(write_result(sendings(run.pk), EIGHTH, {}))
    with pytest.raises(BankReturnRefused, match=r"第2行.*；第3行"):
        take(run.pk, render_results([replace(first, fen=31550), replace(second, fen=62000)]))


def test_a_booked_sending_cannot_be_answered_otherwise() -> None:
    family("A1")
    run = sent(JANUARY)
    take(run.pk, write_result(sendings(run.pk), EIGHTH, {}))
    with pytest.raises(BankReturnRefused, match="现在是“成功”"):
        take(run.pk, write_result(sendings(run.pk), EIGHTH, {"A1": "户名不符"}))


def test_many_faults_are_counted() -> None:
    for number in range(7):
        family(f"A{number}")
    run = sent(JANUARY)
    results = [replace(r, fen=r.fen + 1) for r in read_results(write_result(sendings(run.pk), EIGHTH, {}))]
    with pytest.raises(BankReturnRefused, match="共7处"):
        take(run.pk, render_results(results))
