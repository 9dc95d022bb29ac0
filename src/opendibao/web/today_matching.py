"""核对待办: requests that the county has to begin with, rows in doubt, objections to be looked at again."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import value
from opendibao.verification.match_queries import MatchTask, matching_to_do
from opendibao.web.today_task import Task

WHAT = {
    "begin": (gettext_lazy("开始信息核对"), gettext_lazy("开始核对"), Duty.CONFIRM),
    "doubt": (gettext_lazy("核对的记录待认定是不是本人"), gettext_lazy("逐条认定"), Duty.ACCEPT),
    "recheck": (gettext_lazy("核对异议复查"), gettext_lazy("复查并告知"), Duty.ACCEPT),
}


def matching_waiting(today: date) -> Iterator[Task]:
    """57号 第十七、十八条: begin within three working days, say whose a row is, look again where the family objects."""
    for row in matching_to_do():
        what, act, duty = WHAT[row.kind]
        yield Task(
            str(what), str(act), duty, row.division, household_id=row.household_id, since=row.since, due=_due(row),
            tag=row.number, form=_form(row),
        )  # fmt: skip


def _due(row: MatchTask) -> date | None:
    if row.kind != "begin":
        return row.due_on
    days = row.days or value("clock.match_start", on=row.since, division=row.division)
    return add_workdays(row.since, days)


def _form(row: MatchTask) -> str:
    if row.kind == "begin":
        return reverse("run-match", args=[row.case_id])
    return reverse("hits", args=[row.case_id]) + (f"#hit{row.match_id}" if row.match_id else "")
