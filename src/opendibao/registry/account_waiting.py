"""账户待办事项: the changes that wait for a second officer and the agreements that stand, in one question for today."""

from dataclasses import dataclass
from datetime import date

from opendibao.audit.sql_rows import read
from opendibao.kernel.month import add_months, last_day, month_of
from opendibao.rulemaking.queries import pack_in_force

# an agreement whose last day is over is among them until somebody ends it; of a change `who` asked for it
WAITING = """
SELECT 'change', c.id, c.household_id, c.division, c.made_by, c.cause, c.bank, c.made_on, NULL::date, c.made_on,
  NULL::date, false, true
FROM registry_accountchange c WHERE c.state = 'waiting'
UNION ALL
SELECT 'proxy', p.id, p.household_id, p.division, p.name, p.reason, '', p.agreed_on, p.until, p.since, last.looked_on,
  p.filed_on IS NOT NULL, true
FROM registry_proxy p LEFT JOIN LATERAL (
  SELECT max(r.reviewed_on) AS looked_on FROM registry_proxyreview r WHERE r.proxy_id = p.id) AS last ON true
WHERE p.ended_by = ''
UNION ALL
SELECT 'custody', c.id, c.household_id, c.division, c.custodian, c.handed, '', c.agreed_on, NULL, c.handed_on,
  last.looked_on, c.filed_on IS NOT NULL, coalesce(last.fits, true)
FROM registry_custody c LEFT JOIN LATERAL (
  SELECT k.checked_on AS looked_on, k.is_there AND k.is_paid_out AS fits FROM registry_custodycheck k
  WHERE k.custody_id = c.id ORDER BY k.checked_on DESC LIMIT 1) AS last ON true
WHERE c.returned_on IS NULL
"""


@dataclass(frozen=True)
class WaitingRow:
    """A waiting change, a proxy or a kept card; `code` is cause, reason or what was handed over.

    `asked_on`: asked or agreed on; `until`: an agreement's last day; `looked_on`: the last look, which `fits` or not.
    """

    what: str
    id: int
    household_id: int
    division: str
    who: str
    code: str
    bank: str
    asked_on: date
    until: date | None
    since: date
    looked_on: date | None
    is_filed: bool
    fits: bool


@dataclass(frozen=True)
class Limits:
    """A change is to be made sure of within `workdays`, a look is told of `remind` days before it is due."""

    workdays: int
    remind: int
    proxy_months: int
    custody_months: int

    def due_on(self, row: WaitingRow) -> date:
        """When an agreement is to be looked at next."""
        months = self.proxy_months if row.what == "proxy" else self.custody_months
        return _months_after(row.looked_on or row.since, months)


def _months_after(day: date, months: int) -> date:
    """The same day so many months later, the month's last where it has no such day."""
    month = add_months(month_of(day), months)
    return month.replace(day=min(day.day, last_day(month).day))


def account_waiting() -> list[WaitingRow]:
    """What there is to do about accounts, in sight."""
    return read(WaitingRow, WAITING, {})


def account_limits(day: date) -> Limits:
    """The limits of a day. Raises RuleGap where a parameter is missing."""
    pack = pack_in_force()
    names = ("confirm_workdays", "remind_days", "proxy_review_months", "custody_check_months")
    return Limits(*(int(pack.value(f"account.{name}", day)) for name in names))
