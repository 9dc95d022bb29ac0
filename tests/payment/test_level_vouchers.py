"""凭证按级次: what each level owes of what went out, by hand, and what its vouchers say against it.

620.00 and 315.55 yuan, both rural: together 935.55. The higher levels pay 62 %, 18 % and 5 %, rounded down: 580.04,
168.39 and 46.77; the county pays the other 140.35.
"""

from datetime import date

import pytest

from opendibao.payment.actions import close_run, decide_exceptions, enter_voucher, take_return, take_statement
from opendibao.payment.bank_return import write_result
from opendibao.payment.level_vouchers import by_level, due_by_level, level_differences
from opendibao.payment.models import PayRun, ReconException
from opendibao.payment.paper_queries import bound_by_level
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.sending import sendings
from opendibao.payment.statements import agreeing, write_statement
from opendibao.payment.three_way import three_way
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, approved, sent

pytestmark = pytest.mark.usefixtures("county")
EIGHTH = date(2024, 1, 8)
DUE = {"central": 58_004, "province": 16_839, "city": 4_677, "county": 14_035}


@pytest.fixture(autouse=True)
def _two_families(county: None) -> None:
    family("A1", fen=62_000)
    family("B1", fen=31_555)


def vouchers(run: PayRun, **fen: int) -> None:
    """One voucher a level; `whole` is one without level."""
    for level, amount in fen.items():
        enter_voucher(
            run.pk, number=f"支{level}{amount}", issued_on=EIGHTH, fen=amount,
            level="" if level == "whole" else level, on=EIGHTH, at=at(EIGHTH),
        )  # fmt: skip


def answered() -> PayRun:
    run = sent(JANUARY)
    take_return(run.pk, write_result(sendings(run.pk), EIGHTH, {}), on=EIGHTH, at=at(EIGHTH))
    take_statement(run.pk, write_statement(agreeing(run.pk)), on=EIGHTH, at=at(EIGHTH))
    return run


def open_ones() -> list[tuple[str, int]]:
    return [(one.detail, one.fen) for one in ReconException.objects.filter(settled_on=None).order_by("pk")]


def test_the_levels_share_what_went_out_to_the_fen() -> None:
    run = sent(JANUARY)
    assert due_by_level(run.pk) == DUE
    assert sum(DUE.values()) == three_way(run.pk).ledger_sent
    assert {row.level: row.fen for row in bound_by_level(run.pk)} == DUE


def test_before_the_file_nobody_owes_anything() -> None:
    assert due_by_level(approved(JANUARY).pk) == {}


def test_vouchers_without_level_are_compared_by_their_sum_alone() -> None:
    run = answered()
    vouchers(run, whole=93_555)
    assert (by_level(run.pk), open_ones()) == ([], [])


def test_vouchers_by_level_that_agree_leave_nothing_open() -> None:
    run = answered()
    vouchers(run, **DUE)
    assert [row.difference for row in by_level(run.pk)] == [0, 0, 0, 0]
    assert open_ones() == []
    close_run(run.pk, on=EIGHTH, at=at(EIGHTH))


def test_a_level_that_paid_for_another_is_two_differences_with_an_owner_before_the_close() -> None:
    run = answered()
    vouchers(run, **DUE | {"central": 58_003, "county": 14_036})
    assert open_ones() == [
        ("中央财政凭证：按分担比例应付580.04元，凭证580.03元，相差-0.01元", -1),
        ("县级财政凭证：按分担比例应付140.35元，凭证140.36元，相差0.01元", 1),
    ]
    with pytest.raises(PaymentRefused, match=r"与财政凭证不符2项（中央财政凭证：按分担比例应付580\.04元"):
        close_run(run.pk, on=EIGHTH, at=at(EIGHTH))
    ids = list(ReconException.objects.filter(settled_on=None).values_list("pk", flat=True))
    decide_exceptions(
        ids, owner="王财政", resolution="explained", note="县级垫中央一分，下月还", on=EIGHTH, at=at(EIGHTH)
    )
    close_run(run.pk, on=EIGHTH, at=at(EIGHTH))


def test_a_red_voucher_that_puts_it_right_ends_the_difference() -> None:
    run = answered()
    vouchers(run, **DUE | {"central": 58_003, "county": 14_036})
    vouchers(run, county=-1)
    vouchers(run, central=1)
    assert open_ones() == []


def test_a_level_whose_voucher_is_still_to_come_is_no_difference_of_its_own() -> None:
    run = answered()
    vouchers(run, central=58_004)
    assert [fen for _, fen in open_ones()] == [58_004 - 93_555]  # the sum alone
    assert level_differences(run.pk) == []


def test_while_a_voucher_without_level_is_there_only_too_much_is_too_much() -> None:
    run = answered()
    vouchers(run, central=58_004, whole=93_555 - 58_004)
    assert open_ones() == []
    vouchers(run, city=4_678)
    assert [(row.level, row.difference) for row in level_differences(run.pk)] == [("city", 1)]


def test_what_was_held_back_is_not_owed_yet() -> None:
    # the third family has no account: it waits, and the levels pay the first two alone
    family("C1", fen=10_000, has_account=False)
    run = sent(JANUARY)
    assert due_by_level(run.pk) == DUE
    assert sum(row.fen for row in bound_by_level(run.pk)) == 103_555
