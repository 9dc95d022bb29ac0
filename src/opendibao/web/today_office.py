"""机关待办: the steps of the month's pay run, the year's evaluation, and what the machine reports of its nights."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from opendibao.audit.recent import Check, failed_jobs, last_check
from opendibao.evaluation.queries import latest_snapshot, sheet
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.kernel.duties import Duty
from opendibao.kernel.month import month_of, month_text
from opendibao.policy.reader import pack_of_division
from opendibao.rules.deadlines import pay_by
from opendibao.web.context import COUNTY_TIME
from opendibao.web.counted import run_of
from opendibao.web.today_task import Task

# the form of each step; the bank's files are not exchanged on a page yet
FORMS = {"": "compute-run", "computed": "check-run", "checked": "approve-run"}
# the state a run is in ("" before there is one): what comes next, the act, and whose turn it is
NEXT_STEP = {
    "": (gettext_lazy("编制"), gettext_lazy("编制名册"), Duty.PAY),
    "computed": (pgettext_lazy("发放", "复核"), gettext_lazy("由另一人复核"), Duty.PAY),
    "checked": (gettext_lazy("财政审核"), gettext_lazy("财政审核"), Duty.FINANCE),
    "approved": (gettext_lazy("出盘"), gettext_lazy("看批次"), Duty.PAY),
    "sent": (gettext_lazy("收回盘、关账"), gettext_lazy("看批次"), Duty.PAY),
}
A_NIGHT = timedelta(days=1)


def pay_run(today: date) -> Iterator[Task]:
    """The next step of this month's run, due by the day its money must be there."""
    month = month_of(today)
    run = run_of(month)
    state = run.state if run else ""
    if state not in NEXT_STEP:
        return
    step, act, duty = NEXT_STEP[state]
    form = reverse(FORMS[state], args=[month_text(month)]) if state in FORMS else ""
    what = _("%(month)s 月发放：%(step)s") % {"month": month.month, "step": step}
    yield Task(
        what, str(act), duty, settings.OPENDIBAO_COUNTY,
        reverse("pay-run", args=[month_text(month)]) if run else reverse("pay-runs"),
        _("%(n)s 笔") % {"n": f"{run.lines_count:,}"} if run else _("全县"), opens=month,
        due=run.due_on if run else pay_by(month, pack_of_division(settings.OPENDIBAO_COUNTY)),
        since=run.frozen_on if run else None, form=form,
    )  # fmt: skip


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
