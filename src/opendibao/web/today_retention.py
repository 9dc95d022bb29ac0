"""到期数据: deliveries whose retention is over and that nothing needs any more wait for whoever runs the system."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.duties import Duty
from opendibao.verification.privacy.retention import retained
from opendibao.web.today_task import Task


def data_to_clear(today: date) -> Iterator[Task]:
    """One line for all of them; nothing is cleared by itself."""
    due = [row for row in retained(today) if row.is_due(today)]
    if due:
        yield Task(
            _("部门数据留存到期"), _("写明理由清除"), Duty.OPERATE, settings.OPENDIBAO_COUNTY, reverse("retention"),
            _("%(n)s 份") % {"n": len(due)}, since=min(row.due_on for row in due),
        )  # fmt: skip
