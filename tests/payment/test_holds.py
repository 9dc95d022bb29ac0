"""暂缓发放: what is held stays owed, goes out once another officer releases it, or goes back where it came from."""

import pathlib
import tempfile
from datetime import date

import pytest

from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.payment.actions import (
    approve_run,
    cancel_hold,
    check_run,
    compute_run,
    release_hold,
    send_run,
    sendings,
    settle_findings,
    take_return,
)
from opendibao.payment.bank_return import write_result
from opendibao.payment.ledger import verify
from opendibao.payment.models import Attempt, Hold, LedgerLeg, PayRun
from opendibao.payment.queries import findings, holds, month_row
from opendibao.payment.refusal import PaymentRefused
from opendibao.registry.actions import record_death
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, closed, paid, ready

FEBRUARY = date(2024, 2, 1)
DAY, LATER = date(2024, 1, 3), date(2024, 1, 20)
pytestmark = pytest.mark.usefixtures("county")


def checked(*held: str) -> PayRun:
    """January's list, with every finding of some households held."""
    run = compute_run(JANUARY, on=DAY, at=at(DAY), maker="张经办")
    if ids := [row.id for row in findings(run.pk) if row.household in held]:
        settle_findings(ids, outcome="held", reason="户名待核", on=DAY, at=at(DAY))
    ready(run.pk, DAY)
    return check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")


def held_month(*held: str) -> PayRun:
    """January, sent, answered and closed, with some households held back."""
    run = checked(*held)
    approve_run(run.pk, on=DAY, at=at(DAY), finance="王财政")
    with tempfile.TemporaryDirectory() as folder:
        send_run(run.pk, on=date(2024, 1, 5), at=at(date(2024, 1, 5)), out_dir=pathlib.Path(folder))
    day = date(2024, 1, 8)
    take_return(run.pk, write_result(sendings(run.pk), day, {}), on=day, at=at(day))
    return closed(run.pk, day)


def release(hold: Hold, officer: str = "赵经办", on: date = LATER) -> Hold:
    with acting(officer, "360429", {Duty.PAY}):
        return release_hold(hold.pk, note="户名已核实", on=on, at=at(on))


def balance(account: str) -> dict[str, int]:
    """The sum of an account by level or area, without the empty ones."""
    found: dict[str, int] = {}
    for leg in LedgerLeg.objects.filter(account=account):
        key = leg.level or leg.area
        found[key] = found.get(key, 0) + leg.fen
    return {key: fen for key, fen in found.items() if fen}


def test_what_is_held_is_owed_but_not_sent_and_the_ledger_agrees() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550, area="urban")
    run = held_month("A1")
    assert (run.total_fen, run.held_count, run.held_fen) == (93550, 1, 62000)
    assert list(Attempt.objects.values_list("e2e", flat=True)) == ["202401-B1-R-0-1"]
    assert balance("suspended") == {"rural": 62000}
    assert balance("payable") == {}
    assert verify().fault == ""
    (row,) = holds(run.pk)
    assert (row.household, row.head, row.fen, row.reason, row.held_by, row.outcome) == (
        "A1", "成员1", 62000, "户名待核", "张经办", "",
    )  # fmt: skip
    assert [one.id for one in holds(is_open=True)] == [row.id]
    assert holds(is_open=False) == []


def test_released_by_another_officer_it_goes_out_with_the_next_month() -> None:
    family("A1", fen=62000)
    family("B1", fen=31550)
    run = held_month("A1")
    hold = Hold.objects.get()
    with pytest.raises(PaymentRefused, match="两人"):
        release(hold, "张经办")
    done = release(hold)
    assert (done.outcome, done.settled_by, done.settled_on, done.note) == ("released", "赵经办", LATER, "户名已核实")
    assert (balance("suspended"), balance("payable")) == ({}, {"rural": 62000})
    assert verify().fault == ""
    february = paid(FEBRUARY)
    again = Attempt.objects.get(e2e="202401-A1-R-0-1")
    assert (again.run_id, again.line.run_id, again.number, again.state) == (february.pk, run.pk, 1, "paid")
    assert balance("paid") == {"rural": 31550 + 62000 + 93550}
    assert balance("payable") == {}
    assert verify().fault == ""
    # January itself was on time; what was held back says nothing of that
    january = month_row(JANUARY)
    assert january is not None
    assert (january.last_booked_on, january.is_on_time) == (date(2024, 1, 8), True)


def test_a_hold_ends_once() -> None:
    family("A1")
    family("B1")
    held_month("A1")
    hold = Hold.objects.get()
    release(hold)
    with pytest.raises(PaymentRefused, match="已由赵经办"):
        release(hold, "孙经办")


def test_a_hold_waits_until_its_own_list_is_sent() -> None:
    family("A1")
    family("B1")
    checked("A1")
    with pytest.raises(PaymentRefused, match="退回经办"):
        release(Hold.objects.get())


def test_the_note_is_asked_for() -> None:
    family("A1")
    family("B1")
    held_month("A1")
    with acting("赵经办", "360429", {Duty.PAY}), pytest.raises(PaymentRefused, match="解除说明"):
        release_hold(Hold.objects.get().pk, note=" ", on=LATER, at=at(LATER))


def test_without_an_account_nothing_is_released() -> None:
    family("A1", has_account=False)
    family("B1")
    held_month()
    with pytest.raises(PaymentRefused, match="银行账户"):
        release(Hold.objects.get())


def alone(number: str, fen: int) -> Family:
    """A household whose only member is dead on the freeze day."""
    made = family(number, fen=fen)
    record_death(made.people[0].pk, died=date(2023, 12, 30), at=at(date(2024, 1, 2)))
    return made


def test_where_nobody_lives_the_money_goes_back_to_every_treasury() -> None:
    alone("A1", 62001)
    family("B1", fen=31550, area="urban")
    held_month("A1")
    hold = Hold.objects.get()
    with pytest.raises(PaymentRefused, match="不再发放"):
        release(hold)
    before = balance("budget")
    cancel_hold(hold.pk, note="本人已故，次月停发", on=LATER, at=at(LATER))
    after = balance("budget")
    back = {level: after[level] - before[level] for level in after}
    assert back == {"central": 38440, "province": 11160, "city": 3100, "county": 9301}
    assert balance("suspended") == {}
    assert verify().fault == ""
    event = Event.objects.get(action="暂缓后不再发放")
    assert (event.subject, event.payload["yuan"]) == ("家庭 A1", "620.01")


def test_what_a_decision_still_grants_is_not_given_up() -> None:
    family("A1")
    family("B1")
    held_month("A1")
    with pytest.raises(PaymentRefused, match="停发决定"):
        cancel_hold(Hold.objects.get().pk, note="不想发了", on=LATER, at=at(LATER))


def test_a_hold_of_another_county_is_not_there() -> None:
    with pytest.raises(PaymentRefused, match="没有这笔暂缓"):
        cancel_hold(999, note="无", on=LATER, at=at(LATER))


def test_an_amount_that_another_decision_took_the_place_of_is_not_released() -> None:
    one = family("A1", fen=62000)
    family("B1")
    held_month("A1")
    # entered after the list was sent, for a day before it was frozen: January is another amount now
    one.decide("reduce", date(2023, 12, 31), fen=50000, first_month=JANUARY)
    hold = Hold.objects.get()
    with pytest.raises(PaymentRefused, match="不能按旧金额解除"):
        release(hold)
    with pytest.raises(PaymentRefused, match="停发决定"):
        cancel_hold(hold.pk, note="金额变了", on=LATER, at=at(LATER))
    assert balance("suspended") == {"rural": 62000}
    assert verify().fault == ""


def test_a_list_of_which_all_is_held_stays_with_its_maker() -> None:
    family("A1", has_account=False)
    run = compute_run(JANUARY, on=DAY, at=at(DAY), maker="张经办")
    ready(run.pk, DAY)
    with pytest.raises(PaymentRefused, match="2024-01的名册全部暂缓，没有一笔可以送银行"):
        check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
    run.refresh_from_db()
    assert (run.state, run.held_count, Hold.objects.count()) == ("computed", 0, 0)


def test_all_of_a_month_may_be_held_while_an_earlier_month_still_owes() -> None:
    one = family("A1", fen=62000)
    family("B1", fen=31550)
    held_month("A1")
    release(Hold.objects.get())
    one.decide("stop", date(2024, 1, 25))  # who is on the list and held there waits with what earlier months owe
    frozen = date(2024, 2, 2)
    run = compute_run(FEBRUARY, on=frozen, at=at(frozen), maker="张经办")
    settle_findings([row.id for row in findings(run.pk)], outcome="held", reason="另查", on=frozen, at=at(frozen))
    ready(run.pk, frozen)
    assert check_run(run.pk, on=frozen, at=at(frozen), checker="李复核").held_count == 1
    approve_run(run.pk, on=frozen, at=at(frozen), finance="王财政")
    with tempfile.TemporaryDirectory() as folder:
        send_run(run.pk, on=frozen, at=at(frozen), out_dir=pathlib.Path(folder))
    assert [one.e2e for one in sendings(run.pk)] == ["202401-A1-R-0-1"]
    assert one.household.pay_lines.count() == 1
    assert verify().fault == ""
