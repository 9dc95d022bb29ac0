"""批次记录: the run that a step works on, held until the step ends, and what the audit chain says of the step."""

from datetime import date, datetime

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.sql_rows import read
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_text
from opendibao.payment.models import PayRun
from opendibao.payment.refusal import PaymentRefused
from opendibao.payment.states import RunState

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(57202108)::text"
NO_RUN = "没有这个发放批次，或不在本人可见的区划内"


def wait_for_turn() -> None:
    """Whoever changes a list waits for whoever does so now, and then reads what he did."""
    read(str, ONE_AT_A_TIME, {})


def locked(run_id: int) -> PayRun:
    """The run, held until the transaction ends. Raises PaymentRefused when there is none."""
    run = PayRun.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise PaymentRefused(NO_RUN)
    return run


def refuse_unless_computed(run: PayRun, what: str) -> None:
    """Raise PaymentRefused where a list is no longer open to `what` (in the officer's words)."""
    if run.state != RunState.COMPUTED:
        label = RunState(run.state).label
        raise PaymentRefused(f"{month_text(run.month)}的发放批次现在是“{label}”，{what}要在复核以前办")


@needs(Duty.PAY, Duty.FINANCE)
def note(run: PayRun, action: str, at: datetime, *, on: date, **more: object) -> None:
    """The audit event of a step of a run."""
    payload = {"on": str(on), "lines": run.lines_count, "total_fen": run.total_fen, **more}
    record(action, f"发放批次 {month_text(run.month)}", division=run.division, at=at, payload=payload)
