"""每月复核比对: the job worker holds everybody covered against the departments' records once a month."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from procrastinate.contrib.django import app

from opendibao.audit.session import acting
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of
from opendibao.policy.reader import value
from opendibao.verification.rematch.running import perform_rematch, start_rematch

NIGHTLY, OFFICER, COUNTY_TIME = "10 3 * * *", "每月复核比对", ZoneInfo("Asia/Shanghai")


@app.periodic(cron=NIGHTLY, task_kwargs={"division": settings.OPENDIBAO_COUNTY})
@app.task(queueing_lock="monthly_rematch")  # a night that was missed is not made up for twice
def monthly_rematch(timestamp: int, division: str) -> str:
    """Run the county's re-match where the night is that of the month's day; `timestamp` is the night's (Unix seconds).

    Its warnings wait for people like those of a run on demand. Raises VerificationRefused while another runs.
    """
    night = datetime.fromtimestamp(timestamp, UTC)
    on = night.astimezone(COUNTY_TIME).date()
    if not _is_due(on, division):
        return "今天不比对"
    with acting(OFFICER, reach_of(division), {Duty.CONFIRM}):
        run = start_rematch(division, is_monthly=True, on=on, at=night)
        made = perform_rematch(run.pk, at=night)
    return f"新预警{made.found}条，未核{made.unchecked}人"


def _is_due(on: date, division: str) -> bool:
    """Whether it is the day of the month; a county whose policy knows no such day runs on demand only."""
    return on.day == value("alert.monthly_day", on=on, division=division)
