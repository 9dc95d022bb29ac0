"""近日已办: what was done in the last working days, by whom and for whom; a household opens its page."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from opendibao.audit.recent import DoneCount, done, done_counts
from opendibao.kernel.workdays import is_workday
from opendibao.web.access import READERS
from opendibao.web.context import COUNTY_TIME
from opendibao.web.paging import pager
from opendibao.web.places import Places
from opendibao.web.tables import Table, heads, household, text
from opendibao.web.viewing import Viewer

DAYS_BACK = 5


def since(today: date) -> datetime:
    """The beginning of the fifth working day before a day."""
    day, left = today, DAYS_BACK
    while left:
        day -= timedelta(days=1)
        left -= is_workday(day)
    return datetime.combine(day, time.min, COUNTY_TIME)


def counts(viewer: Viewer, today: date, reach: str) -> list[DoneCount] | None:
    """How often each action was done within a reach; None for who runs the machine: families are not his to see."""
    return done_counts(since(today), reach=reach) if viewer.duties & READERS else None


def listed(
    request: HttpRequest, counted: Sequence[DoneCount], today: date, reach: str, names: Places
) -> dict[str, object]:
    """The acts themselves, newest first, page by page."""
    total = sum(each.times for each in counted)
    found = pager(request, total)
    rows = [
        [text(f"{row.at.astimezone(COUNTY_TIME):%m-%d %H:%M}"), text(_(row.action)),
         household(row.household) if row.household else text(row.subject), text(names.full(row.division)),
         text(row.actor)]
        for row in done(since(today), reach=reach, offset=found.offset)
    ]  # fmt: skip
    named = ("!" + _("时间"), _("办了什么"), _("对象"), _("地方"), "!" + _("经手人"))
    title = _("近 5 个工作日已办")
    table = Table(heads(*named), rows, empty=_("近 5 个工作日没有办过。"), caption=title)
    return {"title": title, "total": total, "pager": found, "table": table}
