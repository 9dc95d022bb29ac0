"""预警待办: warnings that wait for the township, for the county, or for a case."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.verification.rematch.queries import alerts_to_do
from opendibao.web.today_task import Task
from opendibao.web.verification.alerts_words import ALERT_KINDS, ALERT_STATES

# by the state of a warning: the act, whose turn it is
NEXT_ACT = {
    "open": (gettext_lazy("听说明或入户"), Duty.ACCEPT),
    "explained": (gettext_lazy("核实后处置"), Duty.CONFIRM),
    "visited": (gettext_lazy("核实后处置"), Duty.CONFIRM),
    "confirmed": (gettext_lazy("立复核案件"), Duty.ACCEPT),
}


def alerts_waiting(today: date) -> Iterator[Task]:
    """Warnings with their clocks; what is true waits for a re-verification."""
    for row in alerts_to_do(today):
        act, duty = NEXT_ACT[row.state]
        page = reverse("alert", args=[row.id])
        yield Task(
            _("预警：%(kind)s") % {"kind": ALERT_KINDS[row.kind]}, str(act), duty, row.division, page,
            household_id=row.household_id, due=None if row.state == "confirmed" else row.due_on,
            since=row.since or row.found_on, tag=ALERT_STATES[row.state],
            form=reverse("open-alert-case", args=[row.id]) if row.state == "confirmed" else page,
        )  # fmt: skip
