"""专款专用: each way in which money can leave for no line of a decision in force, by hand."""

from dataclasses import replace
from datetime import date

import pytest

from opendibao.budget.earmarked import astray, money_out
from opendibao.payment.actions import decide_exceptions
from opendibao.payment.bank_return import Result
from opendibao.payment.models import PayRun, ReconException
from opendibao.payment.states import AttemptState
from tests.evaluation.test_framework_indicators import spoil
from tests.evaluation.year import ratio
from tests.payment.builders import at, family, new_account
from tests.payment.month_end import EIGHTH, answers, take
from tests.payment.months import JANUARY, paid, sent

pytestmark = pytest.mark.usefixtures("county")
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
FOREIGN = Result(9, "202401-Z9-R-0-1", 70_000, AttemptState.PAID, EIGHTH, "", "某某")


def out() -> list[tuple[str, int, str, int]]:
    return [(row.household, row.fen, row.wrong, row.astray_fen) for row in money_out(FIRST, LAST)]


def two_sent() -> tuple[PayRun, dict[str, Result]]:
    family("A1", fen=62_000)
    family("B1", fen=31_550)
    run = sent(JANUARY)
    return run, answers(run)


def test_a_year_in_which_all_went_right() -> None:
    family("A1", fen=62_000)
    family("B1", fen=31_550)
    paid(JANUARY)
    assert out() == [("A1", 62_000, "", 0), ("B1", 31_550, "", 0)]
    assert astray(FIRST, LAST) == []


def test_what_was_only_sent_has_not_left() -> None:
    two_sent()
    assert out() == []


def test_what_the_bank_paid_beyond_the_line_went_nowhere_it_belongs() -> None:
    run, rows = two_sent()
    take(run, [replace(rows["A1"], fen=62_001), rows["B1"]])
    assert out() == [("A1", 62_001, "银行多付", 1), ("B1", 31_550, "", 0)]
    assert ratio("earmarked_use") == (1, 93_551)


def test_what_the_bank_paid_short_went_right_as_far_as_it_went() -> None:
    run, rows = two_sent()
    take(run, [replace(rows["A1"], fen=61_000), rows["B1"]])
    assert astray(FIRST, LAST) == []
    assert ratio("earmarked_use") == (0, 92_550)


def test_a_booking_that_is_no_sending_of_ours_left_without_a_line_until_it_is_explained() -> None:
    run, rows = two_sent()
    take(run, [*rows.values(), FOREIGN])
    assert out()[0] == ("", 70_000, "外来，没有发放明细", 70_000)
    assert ratio("earmarked_use") == (70_000, 163_550)
    one = ReconException.objects.get(kind="foreign")
    decide_exceptions([one.pk], owner="张经办", resolution="explained", note="残疾补贴", on=EIGHTH, at=at(EIGHTH))
    assert ("", 70_000, "外来，已查明不是低保金", 0) in out()
    assert ratio("earmarked_use") == (0, 93_550)


def test_an_account_that_was_not_the_households_is_astray_in_full() -> None:
    made = family("A1", fen=62_000)
    paid(JANUARY)
    new_account(made, "6299", since=FIRST, known=at(date(2024, 3, 1)))
    assert out() == [("A1", 62_000, "不是本户账户", 62_000)]


def test_a_month_without_a_decision_in_force_is_astray_in_full() -> None:
    family("A1", fen=62_000)
    paid(JANUARY)
    spoil("decision_decision", "UPDATE decision_decision SET first_month = '2024-02-01'")
    assert out() == [("A1", 62_000, "当月没有有效决定", 62_000)]


def test_a_booking_of_another_year_is_not_in_it() -> None:
    family("A1", fen=62_000)
    paid(JANUARY)
    assert money_out(date(2025, 1, 1), date(2025, 12, 31)) == []
    assert len(money_out(EIGHTH, EIGHTH)) == 1


def test_back_pay_for_a_month_of_no_decision_at_all_is_astray_too() -> None:
    family("A1", fen=62_000)
    paid(JANUARY)
    spoil("payment_payline", "UPDATE payment_payline SET kind = 'backpay'")
    # the decision that raised the amount pays from a later month; the month itself rests on the one before
    assert out() == [("A1", 62_000, "", 0)]
    spoil("decision_decision", "UPDATE decision_decision SET first_month = '2024-02-01'")
    assert out() == [("A1", 62_000, "当月没有有效决定", 62_000)]
