"""夜间核对: the job worker recomputes the audit chain and the ledger every night and writes down what it found."""

from datetime import UTC, datetime

from django.conf import settings
from procrastinate.contrib.django import app

from opendibao.audit.actions import record
from opendibao.audit.queries import verify_chain
from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.payment import ledger

NIGHTLY, OFFICER = "30 2 * * *", "夜间核对"


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="verify_books")  # a night that was missed is not made up for twice
def verify_books(timestamp: int) -> str:
    """Verify ledger and audit chain as of now and record the outcome; `timestamp` is the night's (Unix seconds)."""
    county = settings.OPENDIBAO_COUNTY
    with acting(OFFICER, reach_of(county), {Duty.OPERATE}):
        chain, books = verify_chain(), ledger.verify()
        broken = f"审计链在第{chain.first_broken}号事件断开" if chain.first_broken is not None else ""
        outcome = "；".join(text for text in (broken, books.fault) if text) or "一致"
        payload: dict[str, object] = {"outcome": outcome, "events": chain.events, "lines": books.lines}
        record("夜间核对", "账目与审计链", division=county, at=datetime.fromtimestamp(timestamp, UTC), payload=payload)
    return outcome
