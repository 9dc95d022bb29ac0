"""异常查询待核实: how many days of officers' looking audit should ask about."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.duties import Duty
from opendibao.verification.privacy.unusual import limits_on, unusual_lookups
from opendibao.web.today_task import Task

LOOKED_AT = timedelta(days=29)
"""The page shows thirty days; so does this line."""


def lookups_to_ask_about(today: date) -> Iterator[Task]:
    """One line for all of them; a line is a question, never a finding."""
    county = settings.OPENDIBAO_COUNTY
    rows = unusual_lookups(today - LOOKED_AT, today, limits_on(today, county))
    if rows:
        yield Task(
            _("异常查询要核实"), _("向本人核实"), Duty.AUDIT, county, reverse("lookup-audit"),
            _("%(n)s 条") % {"n": len(rows)}, since=min(row.day for row in rows),
        )  # fmt: skip
