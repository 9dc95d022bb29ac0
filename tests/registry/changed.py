"""Another account for the tests: asked for by one officer, made sure of by another."""

from datetime import date, datetime

from django.db import connection

from opendibao.audit.session import acting, current_session
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.registry.actions import ask_account_change, change_account, confirm_account_change
from opendibao.registry.entries import AccountEntry, ChangeEntry, Look
from opendibao.registry.models import AccountChange, BankAccount, Household
from opendibao.registry.queries import account_on, members_on

NOTE = "当面看过存折"


def asked(account: AccountEntry, asker: str, on: date, **more: object) -> ChangeEntry:
    """A change that a member asks for at the window with the passbook in hand."""
    given = {"cause": "lost", "asker_is": "member", "channel": "window", "evidence": "book", "asked_on": on, **more}
    return ChangeEntry(account=account, asker=asker, **given)  # type: ignore[arg-type]


def looked(account: AccountEntry, spoken_with: str, **more: object) -> Look:
    """Another officer saw the passbook."""
    given = {"how": "book", "tail": account.number[-6:], "note": NOTE, **more}
    return Look(spoken_with=spoken_with, **given)  # type: ignore[arg-type]


def changed(household_id: int, account: AccountEntry, *, on: date, at: datetime) -> None:
    """What `change_account` did alone once: the acting officer asks, a colleague of his confirms.

    A household without an account gets its first one as it does with an application.
    """
    if account_on(household_id, on) is None:
        change_account(household_id, account, on=on, at=at)
        return
    name = members_on(household_id, on)[0].name
    change = ask_account_change(household_id, asked(account, name, on), on=on, at=at)
    with acting("另一经办", current_session().reach, EVERY_DUTY):
        confirm_account_change(change.pk, looked(account, name), on=on, at=at)


def allow(household: Household, account: AccountEntry, on: date) -> None:
    """A confirmed change past every action, for tests that write rows of accounts themselves."""
    change = AccountChange.objects.create(
        household=household, division=household.division, holder=account.holder, bank=account.bank,
        number=account.number, cause="lost", asker="户主", asker_is="member", channel="window", evidence="book",
        asked_on=on, made_by="甲经办", made_on=on,
    )  # fmt: skip
    AccountChange.objects.filter(pk=change.pk).update(
        state="confirmed", settled_by="乙核实", settled_on=on, how="book", spoken_with="户主"
    )


def rows_of(household_id: int) -> list[str]:
    """Account numbers ever entered for a household."""
    return list(BankAccount.objects.filter(household_id=household_id).order_by("pk").values_list("number", flat=True))


def vault(sql: str) -> None:
    """One statement by SQL."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
