"""账户变更风险: the freeze that is near, the hand that took the case in, and the list that names both."""

from datetime import date

import pytest

from opendibao.audit.session import acting
from opendibao.intake.models import Case
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.payment.account_risks import confirm_account, is_close_to_freeze, next_freeze, risky_changes
from opendibao.registry.actions import ask_account_change
from opendibao.registry.entries import AccountEntry
from opendibao.registry.models import AccountChange
from opendibao.registry.refusal import RegistryRefused
from tests.payment.builders import Family, at, family
from tests.registry.changed import asked, looked

pytestmark = pytest.mark.usefixtures("county")
EARLY, LATE = date(2024, 1, 10), date(2024, 1, 29)
NEW = AccountEntry("成员1", "农商银行", "62000000000009")


def ask(made: Family, on: date, account: AccountEntry = NEW) -> AccountChange:
    return ask_account_change(made.household.pk, asked(account, "成员1", on), on=on, at=at(on))


def test_the_freeze_is_the_last_working_day_of_the_month() -> None:
    assert next_freeze(EARLY) == next_freeze(date(2024, 1, 31)) == date(2024, 1, 31)
    assert next_freeze(date(2024, 3, 30)) == date(2024, 4, 30)  # March ends on a Sunday: frozen on the 29th
    assert [is_close_to_freeze(date(2024, 1, day)) for day in (25, 26, 31)] == [False, True, True]


def test_an_early_change_by_another_hand_has_no_risk() -> None:
    change = ask(family("A1"), EARLY)

    (row,) = risky_changes(EARLY)

    assert (row.change.id, row.risks) == (change.pk, ())


def test_the_hand_that_took_the_case_in_a_near_freeze_and_a_shared_account_are_named() -> None:
    made = family("A1")
    family("B1", account=NEW.number)
    Case.objects.create(
        number="案1", kind="application", household=made.household, division=made.division, area="rural",
        state="kept", channel="counter", applied_on=EARLY, accepted_on=EARLY, accepted_by="张经办",
    )  # fmt: skip
    change = ask(made, LATE)

    (row,) = risky_changes(LATE)
    assert row.risks == ("shared", "freeze", "same_hand")
    with acting("李核实", "360429", EVERY_DUTY):
        with pytest.raises(RegistryRefused, match="临近冻结名册、经办人也办过这家的案件、账号已是别家的"):
            confirm_account(change.pk, looked(NEW, "成员1", note=""), on=LATE, at=at(LATE))
        confirm_account(change.pk, looked(NEW, "成员1"), on=LATE, at=at(LATE))

    assert risky_changes(LATE) == []
    (kept,) = risky_changes(LATE, state="confirmed", since=LATE)
    assert kept.risks == ("shared", "freeze", "same_hand")
    assert risky_changes(LATE, state="confirmed", since=date(2024, 1, 30)) == []


def test_who_only_confirms_may_have_taken_the_case_in() -> None:
    made = family("A1")
    Case.objects.create(
        number="案1", kind="application", household=made.household, division=made.division, area="rural",
        state="kept", channel="counter", applied_on=EARLY, accepted_on=EARLY, accepted_by="李核实",
    )  # fmt: skip
    ask(made, EARLY)

    assert [row.risks for row in risky_changes(EARLY)] == [()]
