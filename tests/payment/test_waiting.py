"""待补发: what came back waits until the account is changed and it is sent again."""

from datetime import date

import pytest

from opendibao.payment.actions import decide_exceptions
from opendibao.payment.models import ReconException
from opendibao.payment.returned_list import returned_list
from opendibao.payment.waiting import returned_waiting
from opendibao.registry.entries import AccountEntry
from tests.payment.builders import KNOWN_FROM, at, family, new_account
from tests.payment.months import JANUARY, paid
from tests.registry.changed import changed

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


@pytest.mark.usefixtures("county")
def test_another_name_on_the_same_account_is_a_correction_too() -> None:
    home = family("A1", account="6228480000000012")
    family("B1")
    paid(JANUARY, returned={"A1": "户名不符"})
    assert [row.has_new_account for row in returned_waiting(LATER)] == [False]

    entry = AccountEntry("成员1", "农商银行", "6228480000000012")
    changed(home.household.pk, entry, on=LATER, at=at(LATER))

    (row,) = returned_waiting(LATER)
    assert row.has_new_account
    (listed,) = returned_list(LATER, since=LATER)
    assert listed.has_new_account


@pytest.mark.usefixtures("county")
def test_what_is_not_paid_any_more_does_not_wait() -> None:
    family("A1")
    paid(JANUARY, returned={"A1": "账户注销"})
    (one,) = ReconException.objects.filter(kind="returned")
    decide_exceptions([one.pk], owner="李民政", resolution="stop", note="户主已故", on=LATER, at=at(LATER))

    assert returned_waiting(LATER) == []
