"""账面余额: free money plus what is bound and unpaid is what came less what vouchers paid, level by level, by hand.

Each month 1,000.00 and 500.00 yuan: central 930.00, province 270.00, city 75.00, county 225.00.
"""

from datetime import date

import pytest

from opendibao.budget.book import BookRow, book
from opendibao.payment.actions import enter_voucher
from tests.budget.papers import END_OF_MARCH, came
from tests.payment.builders import at, family
from tests.payment.months import JANUARY, approved, paid, sent

pytestmark = pytest.mark.usefixtures("county")
FIFTH, LAST = date(2024, 1, 5), date(2024, 1, 31)


@pytest.fixture(autouse=True)
def _two_families(county: None) -> None:
    family("A1", fen=100_000)
    family("B1", fen=50_000, area="urban")


def levels_came() -> None:
    came(fen=100_000)
    came(level="province", fen=30_000)
    came(level="city", fen=8_000)
    came(level="county", fen=25_000, due_on=END_OF_MARCH)


def test_where_nothing_is_entered_nothing_is_said() -> None:
    paid(JANUARY)
    assert book(LAST) == []


def test_what_is_approved_and_unpaid_still_stands_in_the_book() -> None:
    levels_came()
    approved(JANUARY)
    assert book(LAST) == [
        BookRow("central", 7_000, 93_000), BookRow("province", 3_000, 27_000), BookRow("city", 500, 7_500),
        BookRow("county", 2_500, 22_500),
    ]  # fmt: skip
    assert [row.book_fen for row in book(LAST)] == [100_000, 30_000, 8_000, 25_000]


def test_a_voucher_lowers_the_book_and_not_what_is_free() -> None:
    levels_came()
    run = sent(JANUARY)
    enter_voucher(run.pk, number="支1", issued_on=FIFTH, fen=93_000, level="central", on=FIFTH, at=at(FIFTH))
    central = book(LAST)[0]
    assert (central.free_fen, central.unpaid_fen, central.book_fen) == (7_000, 0, 7_000)
    # the day before nothing was paid
    assert book(date(2024, 1, 4))[0].book_fen == 100_000


def test_a_voucher_without_level_lowers_the_sum_in_a_row_of_its_own() -> None:
    levels_came()
    paid(JANUARY)  # its voucher over 1,500.00 names no level
    assert book(LAST)[-1] == BookRow("", 0, -150_000)
    # 1,630.00 came, 1,500.00 were paid
    assert sum(row.book_fen for row in book(LAST)) == 13_000
