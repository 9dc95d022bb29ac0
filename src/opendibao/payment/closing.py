"""关账: a month is closed when everything that does not agree has an owner and a decision."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from opendibao.audit.actions import record_many
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import over_whole_tables, read
from opendibao.kernel.duties import Duty
from opendibao.payment.comparing import compare_money
from opendibao.payment.exceptions import decide_exceptions, find_absent, undecided
from opendibao.payment.models import ExceptionKind, PayRun, ReconException, Resolution
from opendibao.payment.reconciliation import reconciliation
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.run_record import locked, note
from opendibao.payment.states import RunState, move_run

FOLLOWED = """
SELECT line.snapshot ->> 'household', x.division, x.attempt_id, a.reason, x.owner FROM payment_reconexception x
JOIN payment_attempt a ON a.e2e = x.attempt_id JOIN payment_payline line ON line.id = a.line_id
WHERE x.run_id = %(run)s AND x.kind = 'returned' ORDER BY x.attempt_id
"""


@dataclass(frozen=True)
class _Followed:
    household: str
    division: str
    e2e: str
    reason: str
    owner: str


@needs(Duty.PAY)
@transaction.atomic
def look_over(run_id: int, *, on: date, at: datetime) -> str:
    """关账前核对: put down what the bank left out and where the three sides differ.

    Returns in words what still lacks an owner or a decision; empty when the month can be closed.
    """
    run = locked(run_id)
    find_absent(run.pk, on=on, at=at)
    compare_money(run.pk, on=on, at=at)
    return undecided(run)


@needs(Duty.PAY)
@transaction.atomic
def close_run(run_id: int, *, on: date, at: datetime, follower: str = "") -> PayRun:
    """关账: every exception has an owner and a decision; `follower` becomes the owner of all that came back.

    Raises PaymentRefused naming the exceptions that have none, or buckets that do not add up to what was sent.
    """
    run = locked(run_id)
    run.state = move_run(RunState(run.state), RunState.CLOSED)
    if not reconciliation(run.pk).holds:
        raise PaymentRefused("送出的笔数或金额与回盘分类合计不符，不能关账，请报系统运行人员核查")
    look_over(run.pk, on=on, at=at)
    if follower:
        _hand_over(run, follower, on, at)
    if left := undecided(run):
        raise PaymentRefused(f"还有对账差异没有责任人和处理决定，不能关账：{left}。请在“对账差异”里逐项办理后再关账")
    run.closed_on = on
    run.save(update_fields=["state", "closed_on"])
    note(run, "发放关账", at, on=on, returned=_tell(run, at))
    return run


def _hand_over(run: PayRun, follower: str, on: date, at: datetime) -> None:
    """All that came back and nobody has decided about goes to one person, to be sent again."""
    waiting = ReconException.objects.filter(run=run, kind=ExceptionKind.RETURNED, resolution="", settled_on=None)
    if ids := list(waiting.values_list("pk", flat=True)):
        decide_exceptions(ids, owner=follower, resolution=Resolution.REISSUE, note="", on=on, at=at)


def _tell(run: PayRun, at: datetime) -> int:
    """An event for every household whose money came back: who follows it up; returns how many."""
    with over_whole_tables():
        rows = read(_Followed, FOLLOWED, {"run": run.pk})
    events: list[tuple[str, str, dict[str, object]]] = [
        (f"家庭 {row.household}", row.division, {"e2e": row.e2e, "reason": row.reason, "owner": row.owner})
        for row in rows
    ]
    record_many("退回款交人跟进", events, at=at)
    return len(events)
