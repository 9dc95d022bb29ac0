"""参数待办: changes of the law's numbers that wait for a second officer, or to be scheduled before their day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.duties import Duty
from opendibao.rulemaking.queries import changes
from opendibao.web.context import COUNTY_TIME
from opendibao.web.today_task import Task


def changes_waiting(today: date) -> Iterator[Task]:
    """Drafts to approve and approved ones to schedule; due the day before they are to hold."""
    for row in changes():
        if row.state not in ("draft", "approved"):
            continue
        is_draft = row.state == "draft"
        yield Task(
            _("改标准：%(zh)s") % {"zh": row.zh}, _("由另一人批准") if is_draft else _("过例题、排定"), Duty.CONFIRM,
            settings.OPENDIBAO_COUNTY, reverse("change", args=[row.pk]), _("%(day)s 起") % {"day": row.since},
            due=row.since - timedelta(days=1), since=row.drafted_at.astimezone(COUNTY_TIME).date(),
            form=reverse("approve-change" if is_draft else "schedule-change", args=[row.pk]),
        )  # fmt: skip
