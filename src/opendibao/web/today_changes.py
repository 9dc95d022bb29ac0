"""参数待办: changes of the law's numbers that wait for somebody, and numbers that end with nothing after them."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.duties import Duty
from opendibao.rulemaking.queries import changes, pack_in_force
from opendibao.rules.book import rule_book
from opendibao.web.context import COUNTY_TIME
from opendibao.web.today_task import Task

DAYS_AHEAD = 180


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


def numbers_ending(today: date) -> Iterator[Task]:
    """Numbers that rules read and that end within half a year, or have ended, with nothing after: no case that needs
    one can be decided by machine then, so somebody must draft the next."""
    pack = pack_in_force()
    for path in pack.paths:
        row = pack.ending(path, today)
        if row is None or row.until is None or row.until > today + timedelta(days=DAYS_AHEAD):
            continue
        if path in rule_book().on(max(today, row.until + timedelta(days=1))).parameters:
            yield Task(
                _("快到期的数：%(zh)s") % {"zh": row.zh}, _("起草下一期"), Duty.CONFIRM, settings.OPENDIBAO_COUNTY,
                reverse("standard", args=[path]), _("%(day)s 止") % {"day": row.until}, due=row.until,
                since=row.until - timedelta(days=DAYS_AHEAD), form=reverse("draft-change", args=[path]),
            )  # fmt: skip
