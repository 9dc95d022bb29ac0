"""机关待办: the year's evaluation, and what the machine reports of its nights."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.recent import Check, failed_jobs, last_check
from opendibao.evaluation.queries import latest_snapshot, sheet
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.kernel.duties import Duty
from opendibao.web.context import COUNTY_TIME
from opendibao.web.today_task import Task

A_NIGHT = timedelta(days=1)


def evaluation(today: date) -> Iterator[Task]:
    """Last year's evaluation as it stands, and whether this year's sheet has been entered."""
    year, county = today.year - 1, settings.OPENDIBAO_COUNTY
    snapshot = latest_snapshot(year, county)
    if snapshot is None:
        yield _of_year(year, _("还没有锁定快照"), _("测算并锁定"))
    else:
        found = conclusion_of(snapshot)
        if errors := sum(one.is_open for one in found.findings):
            yield _of_year(year, _("体检还有 %(n)s 项错误") % {"n": errors}, _("改正或签署说明"))
        if found.unmeasured:
            yield _of_year(year, _("未测得：%(rows)s") % {"rows": "、".join(found.unmeasured)}, _("补数据，或说明"))
    if not sheet(today.year, county):
        yield _of_year(today.year, _("指标表还没有录入"), _("录入指标表"))


def _of_year(year: int, what: str, act: str) -> Task:
    href = f"{reverse('evaluation')}?year={year}"
    return Task(what, act, Duty.EVALUATE, settings.OPENDIBAO_COUNTY, href, _("%(year)s 年度评价") % {"year": year})


def machine(today: date) -> Iterator[Task]:
    """The nightly check of chain and ledger where it did not run or did not hold, and jobs that failed."""
    if fault := _fault(last_check(), today):
        yield Task(fault, _("查原因"), Duty.OPERATE, settings.OPENDIBAO_COUNTY, subject=_("账目与审计链"))
    for job in failed_jobs():
        said = _("后台任务失败 %(n)s 次") % {"n": job.times}
        yield Task(said, _("查原因后重做"), Duty.OPERATE, settings.OPENDIBAO_COUNTY, subject=job.name)


def _fault(last: Check | None, today: date) -> str:
    if last is None:
        return _("夜间核对还没有运行过")
    day = last.at.astimezone(COUNTY_TIME).date()
    if today - day > A_NIGHT:
        return _("夜间核对上次是 %(day)s，此后没有运行") % {"day": day}
    return "" if last.is_well else _("夜间核对：%(said)s") % {"said": last.said}
