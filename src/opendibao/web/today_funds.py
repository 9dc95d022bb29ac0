"""资金待办: a run that waits for its money, the month from which there is none, a county share that is overdue."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.budget import cash, funds, shortage
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.payment.calendar import pay_calendar
from opendibao.web.payment.run_asked import run_at_hand
from opendibao.web.payment.run_money import covered, lacks_money
from opendibao.web.remembering import WORK, remembered
from opendibao.web.today_task import Task

alarm = remembered(WORK)(shortage.alarm)
late_shares = remembered(WORK)(funds.late_shares)
keeps_arrivals = remembered(WORK)(cash.keeps_arrivals)


def funds_short(today: date) -> Iterator[Task]:
    """What finance must see to: nothing where the county enters no arrivals."""
    if not keeps_arrivals():
        return
    yield from _of_the_run(today)
    found = alarm(today)
    if found is None:
        return
    if found.is_near and found.runs_out:
        yield Task(
            _("%(year)s 年 %(month)s 月起低保资金不够") % {"year": found.runs_out.year, "month": found.runs_out.month},
            _("请财政调度"), Duty.FINANCE, settings.OPENDIBAO_COUNTY, reverse("funds"), _("全县"),
            due=found.runs_out, tag=_("可用 %(yuan)s 元") % {"yuan": yuan_text(found.left_fen, grouped=True)},
        )  # fmt: skip
    for row in late_shares(today.year, today):
        if row.arrived_on is None:
            yield Task(
                _("县级配套晚了 %(n)s 天") % {"n": row.days}, _("催县级配套"), Duty.FINANCE, settings.OPENDIBAO_COUNTY,
                reverse("funds"), _("全县"), due=row.due_on,
                tag=_("还差 %(yuan)s 元") % {"yuan": yuan_text(row.fen, grouped=True)},
            )  # fmt: skip


def _of_the_run(today: date) -> Iterator[Task]:
    """The money that the month's own run waits for."""
    month, run = run_at_hand(today)
    if run is None or not lacks_money(run):
        return
    short = covered(run).short_fen or sum(row.short_fen for row in covered(run).shortfalls)
    yield Task(
        _("%(month)s 月发放的钱没有到齐") % {"month": month.month}, _("登记或请调度"), Duty.FINANCE,
        settings.OPENDIBAO_COUNTY, f"{reverse('funds')}?year={month.year}",
        _("%(n)s 笔") % {"n": f"{run.lines_count:,}"}, due=pay_calendar(month).send_by,
        tag=_("还差 %(yuan)s 元") % {"yuan": yuan_text(short, grouped=True)},
    )  # fmt: skip
