"""网上申请待办: what families sent themselves and nobody has taken over or answered, in today's work."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.online_queries import online_applications
from opendibao.kernel.duties import Duty
from opendibao.web.clock import COUNTY_TIME
from opendibao.web.today_task import Task


def online_waiting(today: date) -> Iterator[Task]:
    """Applications that came online and wait, the oldest first."""
    for row in online_applications(is_waiting=True, limit=None):
        page = reverse("online-application", args=[row.id])
        yield Task(
            _("网上申请：%(who)s") % {"who": row.applicant}, _("核实后接办"), Duty.ACCEPT, row.division, page,
            row.number,
            since=row.received_at.astimezone(COUNTY_TIME).date(), form=page,
        )  # fmt: skip
