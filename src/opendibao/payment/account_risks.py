"""账户变更风险: what a second look at a changed account is for, and the list of such changes before a freeze."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import add_months, month_of
from opendibao.payment.calendar import pay_calendar
from opendibao.registry.account_queries import ChangeRow, account_change, account_changes
from opendibao.registry.account_standing import registry_risks
from opendibao.registry.actions import confirm_account_change
from opendibao.registry.entries import Look
from opendibao.registry.models import AccountChange, Risk
from opendibao.rulemaking.queries import pack_in_force

# whoever took a family's case in should not alone decide where its money goes
SAME_HAND = """
SELECT DISTINCT change.id FROM registry_accountchange change JOIN intake_case c ON c.household_id = change.household_id
WHERE change.id = ANY(%(ids)s) AND c.accepted_by <> '' AND c.accepted_by = change.made_by
"""


@dataclass(frozen=True)
class RiskyChange:
    """A change of an account and the codes of Risk that stand against it."""

    change: ChangeRow
    risks: tuple[str, ...]


def next_freeze(day: date) -> date:
    """The first freeze day of a pay run on or after a day. Raises RuleGap where a parameter is missing."""
    month = add_months(month_of(day), 1)
    freeze = pay_calendar(month).freeze_on
    return freeze if freeze >= day else pay_calendar(add_months(month, 1)).freeze_on


def is_close_to_freeze(day: date) -> bool:
    """Whether a change in force from a day comes so late that nobody would look at it before the list is frozen."""
    days = timedelta(days=pack_in_force().value("account.before_freeze_days", day))
    return next_freeze(day) - day <= days


def risky_changes(day: date, *, state: str = "waiting", since: date | None = None) -> list[RiskyChange]:
    """Changes with the risks that stand against them: of those that wait as of a day, else as they were confirmed.

    `since`: only changes settled (or, while they wait, entered) on or after that day.
    """
    rows = [row for row in account_changes(state=state) if since is None or (row.settled_on or row.made_on) >= since]
    return _with_risks(rows, day)


def change_with_risks(change_id: int, day: date) -> RiskyChange | None:
    """One change with its risks; None where there is none or another township's."""
    found = account_change(change_id)
    return _with_risks([found], day)[0] if found else None


def _with_risks(rows: Sequence[ChangeRow], day: date) -> list[RiskyChange]:
    waiting = [row for row in rows if row.state == "waiting"]
    same = set(read(int, SAME_HAND, {"ids": [row.id for row in waiting]})) if waiting else set()
    is_close = bool(waiting) and is_close_to_freeze(day)
    found = []
    for row in rows:
        risks: set[str] = set(row.risks)
        if row.state == "waiting":
            risks |= registry_risks(row.household_id, row.holder, row.number, day)
            risks |= {Risk.FREEZE.value} if is_close else set()
            risks |= {Risk.SAME_HAND.value} if row.id in same else set()
        found.append(RiskyChange(row, tuple(code for code in Risk.values if code in risks)))
    return found


@needs(Duty.ACCEPT, Duty.CONFIRM)
def confirm_account(change_id: int, look: Look, *, on: date, at: datetime) -> AccountChange:
    """核实账户变更: with everything that is known against it; see registry's `confirm_account_change`."""
    found = change_with_risks(change_id, on)
    return confirm_account_change(change_id, look, known_risks=found.risks if found else (), on=on, at=at)
