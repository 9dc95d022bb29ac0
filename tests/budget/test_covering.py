"""资金够不够: a run's part of each level against what came, worked out by hand.

Each month 1,000.00 yuan for a rural and 500.00 for an urban family; the shares are 62 %, 18 %, 5 % and 15 %:
central 930.00, province 270.00, city 75.00, county 225.00, together 1,500.00.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from opendibao.budget import covering
from opendibao.budget.arrivals import take_back_arrival
from opendibao.budget.covering import can_send, coverage, refuse_uncovered
from opendibao.budget.refusal import FundRefused
from opendibao.payment.models import PayRun
from opendibao.payment.sending import send_now
from opendibao.rulemaking.queries import pack_in_force
from tests.budget.papers import END_OF_MARCH, JANUARY_2, came
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, approved, computed, paid

pytestmark = pytest.mark.usefixtures("county")
FIFTH, FEBRUARY, FEBRUARY_5 = date(2024, 1, 5), date(2024, 2, 1), date(2024, 2, 5)


@pytest.fixture(autouse=True)
def _two_families(county: None) -> None:
    family("A1", fen=100_000)
    family("B1", fen=50_000, area="urban")


def all_levels(central: int = 93_000, province: int = 27_000, city: int = 7_500, share: int = 22_500) -> None:
    came(fen=central)
    came(level="province", fen=province)
    came(level="city", fen=city)
    came(level="county", fen=share, due_on=END_OF_MARCH)


@contextmanager
def no_advances(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    pack = pack_in_force().with_overrides({"fund.levels_advance": [(date(2021, 1, 1), 0)]})
    with monkeypatch.context() as changed:
        changed.setattr(covering, "pack_in_force", lambda: pack)
        yield


def short(run: PayRun, on: date = FIFTH) -> list[tuple[str, int, int, int]]:
    return [(row.level, row.free_fen, row.need_fen, row.short_fen) for row in can_send(run.pk, on=on)]


def try_to_send(run: PayRun, on: date = FIFTH) -> None:
    with transaction.atomic():
        send_now(run.pk, on=on, at=at(on))


class TestByLevel:
    def test_what_is_wholly_there_may_go(self) -> None:
        all_levels()
        run = approved(JANUARY)
        assert short(run) == []
        refuse_uncovered(run.pk, on=FIFTH)
        try_to_send(run)

    def test_a_run_that_is_not_approved_is_told_beforehand(self) -> None:
        all_levels(central=92_999)
        assert short(computed(JANUARY)) == [("central", 92_999, 93_000, 1)]

    def test_one_fen_of_one_level_is_told_and_advanced_by_the_others(self) -> None:
        all_levels(central=92_999, share=22_501)
        run = approved(JANUARY)
        assert short(run) == [("central", 92_999, 93_000, 1)]
        found = coverage(run.pk, on=FIFTH)
        assert (found.short_fen, found.may_advance, found.is_covered) == (0, True, True)
        try_to_send(run)

    def test_where_no_level_advances_another_it_may_not_go(self, monkeypatch: pytest.MonkeyPatch) -> None:
        all_levels(central=92_999, share=22_501)
        run = approved(JANUARY)
        with no_advances(monkeypatch), pytest.raises(FundRefused, match=r"各级之间不能垫付（中央少0\.01元）"):
            refuse_uncovered(run.pk, on=FIFTH)

    def test_what_is_missing_of_all_together_is_refused_by_name_and_by_the_database(self) -> None:
        all_levels(central=92_999)
        run = approved(JANUARY)
        said = "2024-01的到位资金不够：各级合计少0.01元（中央少0.01元）。钱已经到的，先登记到位资金"
        with pytest.raises(FundRefused, match=said):
            refuse_uncovered(run.pk, on=FIFTH)
        with pytest.raises(IntegrityError, match="到位资金不够，不能送银行：少1分"):
            try_to_send(run)
        run.refresh_from_db()
        assert run.state == "approved"

    def test_a_county_that_enters_no_arrivals_is_not_asked(self) -> None:
        run = approved(JANUARY)
        found = coverage(run.pk, on=FIFTH)
        assert (found.is_kept, found.is_covered, short(run)) == (False, True, [])
        try_to_send(run)

    def test_the_months_before_the_first_entered_year_are_not_asked(self) -> None:
        came(year=2025)
        assert not coverage(approved(JANUARY).pk, on=FIFTH).is_kept


class TestWhichMoney:
    def test_an_earlier_month_has_taken_its_part(self) -> None:
        all_levels(central=100_000)
        paid(JANUARY)
        run = approved(FEBRUARY)
        # central 1,000.00 came and January took 930.00; of the others nothing is left
        assert short(run, FEBRUARY_5) == [
            ("central", 7_000, 93_000, 86_000),
            ("province", 0, 27_000, 27_000),
            ("city", 0, 7_500, 7_500),
            ("county", 0, 22_500, 22_500),
        ]
        assert coverage(run.pk, on=FEBRUARY_5).short_fen == 143_000

    def test_what_has_not_come_by_the_day_does_not_count(self) -> None:
        all_levels()
        came(fen=1, arrived_on=date(2024, 1, 6), number="后到")
        came(fen=999, arrived_on=JANUARY_2, year=2025, number="明年的")
        run = approved(JANUARY)
        assert coverage(run.pk, on=FIFTH).is_covered
        all_short = coverage(run.pk, on=date(2024, 1, 1))
        assert all_short.short_fen == 150_000

    def test_money_of_one_area_does_not_pay_the_other(self) -> None:
        # central: 930.00 came, of which 320.00 for urban alone, where only 310.00 is needed
        came(fen=61_000)
        came(fen=32_000, area="urban")
        came(level="province", fen=27_000, area="", number="省")
        came(level="city", fen=7_500)
        came(level="county", fen=22_500, due_on=END_OF_MARCH)
        run = approved(JANUARY)
        assert [(row.level, row.short_fen) for row in can_send(run.pk, on=FIFTH)] == [("central", 1_000)]

    def test_next_years_money_pays_no_month_of_this_year_but_january(self) -> None:
        all_levels(central=1)
        came(fen=93_000, year=2025, arrived_on=date(2024, 1, 3), number="提前下达")
        run = approved(JANUARY)
        assert short(run) == [("central", 1, 93_000, 92_999)]

    def test_a_red_entry_takes_its_part_away(self) -> None:
        all_levels(central=92_999)
        more = came(fen=1, number="更多")
        run = approved(JANUARY)
        assert coverage(run.pk, on=FIFTH).is_covered
        day = date(2024, 1, 4)
        take_back_arrival(more.pk, number="红", fen=1, arrived_on=day, on=day, at=at(day))
        assert coverage(run.pk, on=FIFTH).short_fen == 1


def test_the_database_too_keeps_the_money_of_an_area_for_that_area() -> None:
    # 1,500.00 came in all, but 600.00 of it for urban families, who need 500.00
    came(fen=60_000, area="urban")
    came(level="county", fen=90_000, due_on=END_OF_MARCH)
    run = approved(JANUARY)
    assert coverage(run.pk, on=FIFTH).short_fen == 10_000
    with pytest.raises(IntegrityError, match="到位资金不够，不能送银行：少10000分"):
        try_to_send(run)


def test_a_slip_that_is_wholly_taken_back_locks_nobody_out() -> None:
    slip = came(year=2023, fen=5)
    run = approved(JANUARY)
    with pytest.raises(FundRefused, match=r"各级合计少1,499\.95元"):
        refuse_uncovered(run.pk, on=FIFTH)
    take_back_arrival(slip.pk, number="红", fen=5, arrived_on=FIFTH, on=FIFTH, at=at(FIFTH))
    assert not coverage(run.pk, on=FIFTH).is_kept
    refuse_uncovered(run.pk, on=FIFTH)
    try_to_send(run)


def test_the_wall_stands_for_whoever_writes_the_table() -> None:
    all_levels(central=1)
    run = approved(JANUARY)
    with pytest.raises(IntegrityError, match="到位资金不够"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payment_payrun SET state = 'sent', sent_on = %s WHERE id = %s", [FIFTH, run.pk])
