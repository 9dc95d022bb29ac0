"""夜间核对: the job worker recomputes the audit chain and the ledger every night and writes down what it found."""

from datetime import UTC, datetime

from django.conf import settings
from procrastinate.contrib.django import app

from opendibao.audit.actions import record
from opendibao.audit.queries import verify_chain, verify_views
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.payment import ledger
from opendibao.payment.tracing import mismatches

NIGHTLY, OFFICER = "30 2 * * *", "夜间核对"


@app.periodic(cron=NIGHTLY, task_kwargs={"division": settings.OPENDIBAO_COUNTY})
@app.task(queueing_lock="verify_books")  # a night that was missed is not made up for twice
def verify_books(timestamp: int, division: str) -> str:
    """Verify ledger and audit chains as of now and record the outcome; `timestamp` is the night's (Unix seconds).

    `division` is the county: the job is seen by whoever sees it.
    """
    with acting(OFFICER, reach_of(division), {Duty.OPERATE}):
        chain, views, books = verify_chain(), verify_views(), ledger.verify()
        broken = f"审计链在第{chain.first_broken}号事件断开" if chain.first_broken is not None else ""
        unseen = f"查阅记录在第{views.first_broken}号断开" if views.first_broken is not None else ""
        rows = "、".join(one.words for one in mismatches())
        outcome = "；".join(text for text in (broken, unseen, books.fault, rows) if text) or "一致"
        payload: dict[str, object] = {"outcome": outcome, "events": chain.events, "lines": books.lines}
        night = datetime.fromtimestamp(timestamp, UTC)
        record("夜间核对", "账目与审计链", division=division, at=night, payload=payload)
    return outcome
