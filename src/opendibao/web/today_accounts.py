"""账户待办: changes that wait for another officer, agreements to be filed, looked at or renewed, and bad looks."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.session import current_session
from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays
from opendibao.registry import account_waiting as registry
from opendibao.registry.account_waiting import Limits, WaitingRow
from opendibao.web.labels import ACCOUNT_CAUSES, HANDED, PROXY_REASONS
from opendibao.web.remembering import REGISTER, remembered
from opendibao.web.today_task import Task

account_waiting = remembered(REGISTER)(registry.account_waiting)


def accounts_waiting(today: date) -> Iterator[Task]:
    """Changes for whoever may confirm them, and agreements to be filed, looked at or renewed."""
    if rows := account_waiting():
        limits = registry.account_limits(today)
        yield from (_change(row, limits.workdays) for row in rows if row.what == "change")
        yield from _proxies([row for row in rows if row.what == "proxy"], limits, today)
        yield from _custodies([row for row in rows if row.what == "custody"], limits, today)


def _change(row: WaitingRow, days: int) -> Task:
    """The family waits for it; whoever asked may only take it back."""
    session, is_own = current_session(), row.who == current_session().officer
    return Task(
        _("核实账户变更：%(cause)s") % {"cause": ACCOUNT_CAUSES[row.code]},
        _("填错了就撤回") if is_own else _("核实账户"),
        Duty.ACCEPT if Duty.ACCEPT in session.duties else Duty.CONFIRM, row.division, reverse("account-changes"),
        household_id=row.household_id, since=row.asked_on, due=add_workdays(row.asked_on, days), tag=row.bank,
        waits_for=_("另一人核实") if is_own else "",
        form=reverse("drop-account-change" if is_own else "confirm-account-change", args=[row.id]),
    )  # fmt: skip


def _proxies(found: Sequence[WaitingRow], limits: Limits, today: date) -> Iterator[Task]:
    """A family whose proxy's time is over stays on the list until somebody cares for it."""
    soon = timedelta(days=limits.remind)
    collected = {row.household_id for row in found if row.until is None or row.until >= today}
    for row in found:
        if row.until and row.until < today:
            if row.household_id not in collected:
                yield _proxy(row, _("代领协议已到期"), _("问家庭"), Duty.ACCEPT, "proxy", due=row.until)
        elif not row.is_filed:
            yield _proxy(row, _("备案代领协议"), _("备案"), Duty.CONFIRM, "file-proxy", since=row.asked_on)
        elif row.until and row.until - soon <= today:
            yield _proxy(
                row, _("代领协议快到期"), _("问家庭"), Duty.ACCEPT, "proxy", due=row.until, opens=row.until - soon
            )
        elif (due := limits.due_on(row)) - soon <= today:
            yield _proxy(row, _("代领年度复核"), _("问家庭"), Duty.ACCEPT, "review-proxy", due=due, opens=due - soon)


def _proxy(
    row: WaitingRow, what: str, act: str, duty: Duty, form: str, *, due: date | None = None, opens: date | None = None,
    since: date | None = None,
) -> Task:  # fmt: skip
    return Task(
        what, act, duty, row.division, reverse("proxy", args=[row.id]), household_id=row.household_id, due=due,
        opens=opens, since=since, tag=f"{row.who} {PROXY_REASONS[row.code]}", form=reverse(form, args=[row.id]),
    )  # fmt: skip


def _custodies(found: Sequence[WaitingRow], limits: Limits, today: date) -> Iterator[Task]:
    soon = timedelta(days=limits.remind)
    for row in found:
        if not row.fits:
            yield _custody(row, _("代管核查不相符"), _("查清"), Duty.CONFIRM, "custody", since=row.looked_on)
        elif not row.is_filed:
            yield _custody(row, _("备案代管协议"), _("备案"), Duty.CONFIRM, "file-custody", since=row.asked_on)
        elif (due := limits.due_on(row)) - soon <= today:
            yield _custody(row, _("代管年度核查"), _("核查"), Duty.ACCEPT, "check-custody", due=due, opens=due - soon)


def _custody(
    row: WaitingRow, what: str, act: str, duty: Duty, form: str, *, due: date | None = None, opens: date | None = None,
    since: date | None = None,
) -> Task:  # fmt: skip
    return Task(
        what, act, duty, row.division, reverse("custody", args=[row.id]), household_id=row.household_id, due=due,
        opens=opens, since=since, tag=f"{row.who} {HANDED[row.code]}", form=reverse(form, args=[row.id]),
    )  # fmt: skip
