"""资金头寸: a year's months by level, worked out by hand from two families of 1,000.00 and 500.00 yuan a month.

A month binds central 930.00, province 270.00, city 75.00 and county 225.00 yuan, together 1,500.00.
"""

from datetime import date

import pytest

from opendibao.budget.arrivals import take_back_arrival
from opendibao.budget.cash import CashRow, cash, year_use
from opendibao.payment.actions import approve_run, cancel_hold, check_run, settle_findings, take_return
from opendibao.payment.bank_return import write_result
from opendibao.payment.models import Hold
from opendibao.payment.queries import findings
from opendibao.payment.sending import send_now, sendings
from opendibao.registry.actions import record_death
from tests.budget.papers import END_OF_MARCH, came
from tests.payment.builders import Family, at, family
from tests.payment.months import JANUARY, approved, computed, paid, ready, sent

pytestmark = pytest.mark.usefixtures("county")
FEBRUARY, MARCH_9 = date(2024, 2, 1), date(2024, 3, 9)


def two_families() -> tuple[Family, Family]:
    return family("A1", fen=100_000), family("B1", fen=50_000, area="urban")


def months(year: int = 2024, on: date = MARCH_9) -> list[tuple[int, int, int, int, int, int]]:
    """Month, carried, arrived, committed, left, sent, all levels together."""
    return [
        (row.month.month, row.total.carried_fen, row.total.arrived_fen, row.total.committed_fen, row.total.left_fen,
         row.sent_fen)
        for row in cash(year, on)
    ]  # fmt: skip


def test_a_county_that_enters_nothing_has_no_position() -> None:
    two_families()
    paid(JANUARY)
    assert (cash(2024, MARCH_9), year_use(2024, MARCH_9)) == ([], [])


def test_the_months_follow_on_one_another_to_the_fen() -> None:
    two_families()
    came(source="carried", number="结转", fen=50_000, arrived_on=date(2024, 1, 3))
    came(fen=200_000)
    came(level="province", fen=100_000, arrived_on=date(2024, 2, 20))
    came(level="county", fen=90_000, due_on=END_OF_MARCH)
    paid(JANUARY)
    paid(FEBRUARY)
    assert months() == [
        # 500.00 left from before + 2,900.00 − 1,500.00
        (1, 50_000, 290_000, 150_000, 190_000, 150_000),
        (2, 190_000, 100_000, 150_000, 140_000, 150_000),
        (3, 140_000, 0, 0, 140_000, 0),
    ]


def test_each_level_pays_its_share_and_what_it_lacks_is_advanced() -> None:
    two_families()
    came(fen=200_000)
    came(level="county", fen=90_000, due_on=END_OF_MARCH)
    paid(JANUARY)
    (row,) = cash(2024, date(2024, 1, 31))
    assert row.levels == (
        CashRow("central", 0, 200_000, 93_000), CashRow("province", 0, 0, 27_000), CashRow("city", 0, 0, 7_500),
        CashRow("county", 0, 90_000, 22_500),
    )  # fmt: skip
    assert [level.left_fen for level in row.levels] == [107_000, -27_000, -7_500, 67_500]
    assert row.total.left_fen == 140_000


def test_what_is_not_paid_after_all_and_what_is_taken_back_is_told_in_its_month() -> None:
    dead, _other = two_families()
    central = came(fen=500_000)
    run = sent_with_the_first_held(dead)
    day = date(2024, 2, 20)
    cancel_hold(Hold.objects.get(run_id=run).pk, note="本人已故", on=day, at=at(day))
    take_back_arrival(central.pk, number="红", fen=10_000, arrived_on=day, on=day, at=at(day))
    # January binds 1,500.00 of which 1,000.00 is held and comes back in February
    assert months() == [
        (1, 0, 500_000, 150_000, 350_000, 50_000),
        (2, 350_000, -10_000, -100_000, 440_000, 0),
        (3, 440_000, 0, 0, 440_000, 0),
    ]


def sent_with_the_first_held(dead: Family) -> int:
    """January's file without the family of which nobody is left on the freeze day."""
    record_death(dead.people[0].pk, died=date(2023, 12, 30), at=at(date(2024, 1, 2)))
    day = date(2024, 1, 3)
    run = computed(JANUARY)
    settle_findings(
        [one.id for one in findings(run.pk) if one.household == dead.number],
        outcome="held",
        reason="本人已故",
        on=day,
        at=at(day),
    )
    ready(run.pk, day)
    check_run(run.pk, on=day, at=at(day), checker="李复核")
    approve_run(run.pk, on=day, at=at(day), finance="王财政")
    send_now(run.pk, on=date(2024, 1, 5), at=at(date(2024, 1, 5)))
    return run.pk


def test_money_of_next_year_stands_in_its_january_and_the_year_before_is_carried_over() -> None:
    two_families()
    came(fen=400_000)
    came(fen=70_000, year=2025, arrived_on=date(2024, 11, 20), number="提前下达")
    paid(JANUARY)
    assert months(on=date(2024, 12, 31))[-1] == (12, 250_000, 0, 0, 250_000, 0)
    assert months(2025, date(2025, 1, 2)) == [(1, 250_000, 70_000, 0, 320_000, 0)]
    assert months(2025, date(2024, 12, 31)) == []


def test_what_came_back_from_the_bank_stands_beside_what_was_sent() -> None:
    two_families()
    came(fen=150_000)
    run, day = sent(JANUARY), date(2024, 1, 8)
    take_return(run.pk, write_result(sendings(run.pk), day, {"B1": "销户"}), on=day, at=at(day))
    (row,) = cash(2024, date(2024, 1, 31))
    assert (row.sent_fen, row.returned_fen, row.total.left_fen) == (150_000, 50_000, 0)


def test_a_run_belongs_to_its_month_though_finance_approved_it_before() -> None:
    two_families()
    came(fen=160_000)
    paid(JANUARY)
    approved(FEBRUARY, date(2024, 1, 31))
    assert months(on=date(2024, 1, 31)) == [
        (1, 0, 160_000, 150_000, 10_000, 150_000), (2, 10_000, 0, 150_000, -140_000, 0),
    ]  # fmt: skip


def test_a_position_is_told_as_it_stood_on_a_day() -> None:
    two_families()
    came(fen=200_000)
    came(fen=5, number="后到", arrived_on=date(2024, 1, 20))
    paid(JANUARY)
    assert months(on=date(2024, 1, 2)) == [(1, 0, 200_000, 0, 200_000, 0)]
    assert months(on=date(2024, 1, 20))[0][2] == 200_005


def test_the_year_is_the_sum_of_its_months() -> None:
    two_families()
    came(source="carried", number="结转", fen=50_000)
    came(fen=300_000)
    paid(JANUARY)
    paid(FEBRUARY)
    assert year_use(2024, MARCH_9) == [
        CashRow("central", 50_000, 300_000, 186_000), CashRow("province", 0, 0, 54_000), CashRow("city", 0, 0, 15_000),
        CashRow("county", 0, 0, 45_000),
    ]  # fmt: skip
    # 500.00 + 3,000.00 − 2 × 1,500.00
    assert sum(row.left_fen for row in year_use(2024, MARCH_9)) == 50_000
