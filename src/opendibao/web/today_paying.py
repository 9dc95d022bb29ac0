"""发放待办: the next step of the month's run, the townships that have not confirmed, and what is held back."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from opendibao.audit.session import current_session
from opendibao.kernel.duties import Duty
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import month_text
from opendibao.payment import hold_queries
from opendibao.payment.calendar import pay_calendar
from opendibao.policy.reader import pack_of_division
from opendibao.rules.deadlines import pay_by
from opendibao.web.counted import month_row
from opendibao.web.payment.run_asked import Run, confirmations, gates, run_at_hand, undecided
from opendibao.web.payment.run_calendar import confirm_by
from opendibao.web.payment.run_money import lacks_money
from opendibao.web.remembering import MONEY, remembered
from opendibao.web.today_task import Task

open_holds = remembered(MONEY)(hold_queries.holds)
# what a run lacks ("compute" before there is one): in words, the act, and whose turn it is
NEXT_STEP = {
    "compute": (gettext_lazy("编制"), gettext_lazy("编制名册"), Duty.PAY),
    "settle": (gettext_lazy("处理核对发现"), gettext_lazy("逐户核实"), Duty.PAY),
    "sign": (gettext_lazy("签认核对"), gettext_lazy("签认核对"), Duty.PAY),
    "confirm": (gettext_lazy("乡镇确认"), gettext_lazy("催乡镇确认"), Duty.PAY),
    "check": (pgettext_lazy("发放", "复核"), gettext_lazy("由另一人复核"), Duty.PAY),
    "approve": (gettext_lazy("财政审核"), gettext_lazy("财政审核"), Duty.FINANCE),
    "approve_again": (gettext_lazy("财政复审"), gettext_lazy("由财政另一人复审"), Duty.FINANCE),
    "send": (gettext_lazy("出盘"), gettext_lazy("出盘"), Duty.PAY),
    "receive": (gettext_lazy("回盘"), gettext_lazy("收银行结果"), Duty.PAY),
    "decide": (gettext_lazy("定对账差异"), gettext_lazy("定责任人和办法"), Duty.PAY),
    "close": (gettext_lazy("关账"), gettext_lazy("关账"), Duty.PAY),
}
AFTER = {"checked": "approve", "reviewed": "approve_again", "approved": "send"}
OUT = ("sent", "closed")


def pay_run(today: date) -> Iterator[Task]:
    """The next step of the run, due by the day its money must be there; the next month opens on its freeze day."""
    month, run = run_at_hand(today)
    lacks = _lacks(run) if run else "compute"
    step, act, duty = NEXT_STEP[lacks]
    page = reverse("pay-run", args=[month_text(month)])
    yield Task(
        _("%(month)s 月发放：%(step)s") % {"month": month.month, "step": step}, str(act), duty,
        settings.OPENDIBAO_COUNTY, page, _("%(n)s 笔") % {"n": f"{run.lines_count:,}"} if run else _("全县"),
        opens=month if month <= today else pay_calendar(month).freeze_on,
        due=run.due_on if run else pay_by(month, pack_of_division(settings.OPENDIBAO_COUNTY)),
        since=run.frozen_on if run else None, form=_done_at(lacks, month_text(month)),
        waits_for=_waits_for(run, lacks) if run else "",
    )  # fmt: skip


def _lacks(run: Run) -> str:
    """The step that a run stands at; once it is with the bank, by what was answered and is owned."""
    if run.state != "sent":
        return AFTER.get(run.state) or gates(run.pk).next_step
    row = month_row(run.month)
    if row is None or not (row.last_booked_on or row.returned):
        return "receive"
    return "decide" if undecided(run.pk) else "close"


def _waits_for(run: Run, lacks: str) -> str:
    """Who outside, or who else than the viewer, holds a run up."""
    if lacks == "confirm":
        return _("乡镇")
    if lacks == "receive":
        return _("银行")
    if lacks == "send" and lacks_money(run):
        return _("资金到位")
    name = current_session().officer
    if lacks == "check" and name == run.maker:
        return _("复核人（不能是编制人）")
    return _("财政另一人") if lacks == "approve_again" and name == run.finance else ""


def _done_at(lacks: str, month: str) -> str:
    """Where a step is done: on the run's own page, but for what is looked at family by family or line by line."""
    page = {"settle": "run-checks", "decide": "decide-exceptions"}.get(lacks, "pay-run")
    return reverse(page, args=[month])


def towns_to_confirm(today: date) -> Iterator[Task]:
    """Townships whose part of the frozen list nobody has confirmed."""
    month, run = run_at_hand(today)
    if run is None or run.state != "computed":
        return
    page = reverse("run-towns", args=[month_text(month)])
    for row in confirmations(run.pk):
        if not row.officer:
            yield Task(
                _("确认 %(month)s 月名册") % {"month": month.month}, _("核对后确认"), Duty.ACCEPT, row.division, page,
                _("%(n)s 户") % {"n": f"{row.households:,}"}, opens=run.frozen_on,
                due=confirm_by(run), since=run.frozen_on, form=page,
            )  # fmt: skip


def held_back(today: date) -> Iterator[Task]:
    """What was held back before a sending and waits to be released or ended."""
    _month, run = run_at_hand(today)
    for row in open_holds(is_open=True):
        if run and row.run_id == run.pk and run.state not in OUT:
            continue  # until the file is out it is changed by sending the run back
        month = month_text(row.month)
        yield Task(
            _("%(month)s 月暂缓 · %(reason)s") % {"month": row.month.month, "reason": row.reason},
            _("查清后解除"), Duty.PAY, row.division, reverse("run-holds", args=[month]), row.household,
            household_id=row.household_id, since=row.held_on,
            tag=_("%(yuan)s 元") % {"yuan": yuan_text(row.fen, grouped=True)},
            form=reverse("release-hold", args=[month, row.id]),
        )  # fmt: skip
