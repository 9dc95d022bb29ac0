"""待补发: what came back waits until the account is changed and it is sent again."""

from datetime import date

import pytest

from opendibao.payment.waiting import returned_waiting
from tests.payment.builders import KNOWN_FROM, family, new_account
from tests.payment.months import JANUARY, paid

LATER = date(2024, 1, 15)


@pytest.mark.usefixtures("county")
def test_a_returned_payment_waits_first_for_an_account_then_to_be_sent_again() -> None:
    home = family("A1", fen=62000)
    family("B1")
    assert returned_waiting(LATER) == []

    paid(JANUARY, returned={"A1": "户名不符"})

    (row,) = returned_waiting(LATER)

    assert (row.household_id, row.month, row.fen, row.reason) == (home.household.pk, JANUARY, 62000, "户名不符")
    assert not row.has_new_account

    new_account(home, "6299", since=date(2024, 1, 10), known=KNOWN_FROM.replace(year=2024))

    assert [row.has_new_account for row in returned_waiting(LATER)] == [True]
