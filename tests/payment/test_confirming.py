"""乡镇确认: each township for itself, kept while its part stays as it was."""

from datetime import date

import pytest

from opendibao.audit.duties import NotYourDuty
from opendibao.audit.models import Event
from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY, Duty
from opendibao.payment.actions import (
    approve_order,
    check_run,
    compute_run,
    confirm_township,
    order_supplement,
    recompute_run,
)
from opendibao.payment.models import Confirmation, PayRun
from opendibao.payment.queries import confirmations
from opendibao.payment.refusal import PaymentRefused
from tests.payment.builders import FAR_VILLAGE, OTHER_VILLAGE, VILLAGE, at, family
from tests.payment.months import JANUARY, paid, ready

DAY = date(2024, 1, 3)
EAST, FAR = "360429100000", "360429101000"
pytestmark = pytest.mark.usefixtures("county")


def compute() -> PayRun:
    return compute_run(JANUARY, on=DAY, at=at(DAY), maker="张经办")


def confirm(run: PayRun, division: str, *, reach: str) -> Confirmation:
    with acting("周乡镇", reach, {Duty.ACCEPT}):
        return confirm_township(run.pk, division, on=DAY, at=at(DAY))


def test_a_township_confirms_what_it_counts_of_its_own() -> None:
    family("A1", fen=62000, persons=2)
    family("B1", fen=31550, division=OTHER_VILLAGE)
    family("F1", fen=100, division=FAR_VILLAGE)
    run = compute()
    made = confirm(run, EAST, reach="360429100")
    assert (made.division, made.lines_count, made.total_fen, made.officer) == (EAST, 2, 93550, "周乡镇")
    assert [(row.division, row.households, row.persons, row.fen, row.officer) for row in confirmations(run.pk)] == [
        (EAST, 2, 3, 93550, "周乡镇"),
        (FAR, 1, 1, 100, ""),
    ]
    event = Event.objects.get(action="乡镇确认发放名册")
    assert (event.division, event.payload["households"], event.payload["fen"]) == (EAST, 2, 93550)


@pytest.mark.parametrize("reach", ["360429101", "360429", "360429100001", ""])
def test_nobody_else_confirms_for_a_township(reach: str) -> None:
    family("A1")
    run = compute()
    with pytest.raises(PaymentRefused, match=r"本乡镇的部分|不在本人可见的区划内"):
        confirm(run, EAST, reach=reach)
    assert not Confirmation.objects.exists()


def test_whoever_makes_the_list_does_not_confirm_it() -> None:
    family("A1")
    run = compute()
    with acting("周乡镇", "360429100", EVERY_DUTY - {Duty.ACCEPT}), pytest.raises(NotYourDuty):
        confirm_township(run.pk, EAST, on=DAY, at=at(DAY))


def test_a_township_confirms_once_and_only_where_it_has_lines() -> None:
    family("A1")
    run = compute()
    confirm(run, EAST, reach="360429100")
    with pytest.raises(PaymentRefused, match="已经确认"):
        confirm(run, EAST, reach="360429100")
    with pytest.raises(PaymentRefused, match="没有本乡镇的家庭"):
        confirm(run, FAR, reach="360429101")


def test_a_checked_list_is_not_confirmed_any_more() -> None:
    family("A1")
    run = compute()
    ready(run.pk, DAY)
    check_run(run.pk, on=DAY, at=at(DAY), checker="李复核")
    with pytest.raises(PaymentRefused, match="复核以前"):
        confirm(run, EAST, reach="360429100")


def test_frozen_again_only_the_township_whose_part_changed_confirms_anew() -> None:
    family("A1", fen=62000)
    family("F1", fen=100, division=FAR_VILLAGE)
    run = compute()
    confirm(run, EAST, reach="360429100")
    confirm(run, FAR, reach="360429101")
    family("F2", fen=200, division=FAR_VILLAGE)
    run = recompute_run(run.pk, on=date(2024, 1, 4), at=at(date(2024, 1, 4)), maker="张经办")
    assert (run.lines_count, run.total_fen, run.frozen_on) == (3, 62300, date(2024, 1, 4))
    assert {row.division: row.officer for row in confirmations(run.pk)} == {EAST: "周乡镇", FAR: ""}
    assert list(Confirmation.objects.values_list("division", flat=True)) == [EAST]
    assert Event.objects.get(action="重新编制发放").payload["townships_anew"] == 1


def test_a_township_sees_only_its_own_part() -> None:
    family("A1")
    family("F1", division=FAR_VILLAGE)
    run = compute()
    with acting("周乡镇", "360429100", {Duty.ACCEPT}):
        assert [row.division for row in confirmations(run.pk)] == [EAST]


def test_a_township_whose_village_is_named_is_the_villages_township() -> None:
    family("A1")
    assert confirm(compute(), VILLAGE, reach="360429100").division == EAST


def test_two_families_that_change_places_leave_the_sums_and_are_confirmed_anew() -> None:
    gone, stays = family("A1", fen=62000), family("A2", fen=31550)
    family("F1", fen=100, division=FAR_VILLAGE)
    run = compute()
    confirm(run, EAST, reach="360429100")
    confirm(run, FAR, reach="360429101")
    gone.decide("stop", date(2023, 12, 30))
    family("A3", fen=62000)
    run = recompute_run(run.pk, on=DAY, at=at(DAY), maker="张经办")
    assert (run.lines_count, run.total_fen) == (3, 93650)
    assert {row.division: row.officer for row in confirmations(run.pk)} == {EAST: "", FAR: "周乡镇"}
    confirm(run, EAST, reach="360429100")
    recompute_run(run.pk, on=DAY, at=at(DAY), maker="张经办")  # nothing changed
    assert Confirmation.objects.count() == 2
    assert stays.household.pay_lines.count() == 1


def test_the_same_money_for_another_month_is_confirmed_anew() -> None:
    family("Z1", division=FAR_VILLAGE)
    paid(JANUARY)
    late, day = family("A1"), date(2024, 2, 2)
    run = compute_run(date(2024, 2, 1), on=day, at=at(day), maker="张经办")
    confirm(run, EAST, reach="360429100")
    missed = order_supplement(late.household.pk, month=JANUARY, cause="决定晚到", on=day, at=at(day))
    with acting("李复核", "360429", EVERY_DUTY):
        approve_order(missed.pk, on=day, at=at(day))
    late.decide("stop", date(2024, 1, 31))

    run = recompute_run(run.pk, on=day, at=at(day), maker="张经办")

    assert [(line.month, line.kind, line.amount_fen) for line in late.household.pay_lines.all()] == [
        (JANUARY, "supplement", 62000)
    ]
    assert {row.division: row.officer for row in confirmations(run.pk)}[EAST] == ""
