"""关账: what stands between a month and its close, each a link, and the close itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.month import month_text
from opendibao.payment.closing import close_run, look_over
from opendibao.payment.three_way import three_way
from opendibao.web.access import PAYERS, may, takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import RUNS
from opendibao.web.payment.here import HereForm, here
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.run_asked import Run, run_asked, subject, undecided, way
from opendibao.web.tables import Crumb
from opendibao.web.templatetags.figures import yuan


@dataclass(frozen=True)
class CloseAct(Act):
    """The act with what is still in its way."""

    reasons: Sequence[Crumb] = ()


def _below(run: Run, page: str) -> str:
    return reverse(page, args=[month_text(run.month)])


def reasons(run: Run) -> list[Crumb]:
    """Why a month cannot be closed yet: what is said, and where it is put right. Empty when it can."""
    said = _("%(n)s 项差异还没有责任人和处理决定")
    waiting = undecided(run.pk)
    return [Crumb(said % {"n": waiting}, _below(run, "decide-exceptions"))] if waiting else []


def look_at(run: Run) -> list[Crumb]:
    """What will be found when it is closed: sums that are not equal yet, each where it is put right."""
    seen, found = three_way(run.pk), []
    if not seen.has_vouchers:
        found.append(Crumb(_("还没有登记财政支付凭证"), _below(run, "vouchers")))
    if not seen.has_statement:
        found.append(Crumb(_("还没有收银行对账单"), _below(run, "statement")))
    for row in seen.differences:
        is_entered = seen.has_vouchers if row.key == "voucher" else seen.has_statement
        if is_entered:
            words = _("%(what)s：相差 %(yuan)s 元") % {"what": row.zh, "yuan": yuan(row.difference)}
            found.append(Crumb(words, _below(run, "vouchers" if row.key == "voucher" else "statement")))
    return found


def step_to_close(request: HttpRequest, month: str, run: Run) -> HereForm | None:
    """The form that closes a month, for who may, once it was sent."""
    if run.state != "sent" or not may(request, PAYERS):
        return None
    return here(reverse("close-run", args=[month]), _("关账"), NothingForm, subject(month), name="close")


@takes_a_form
def closed_run(request: HttpRequest, month: str) -> HttpResponse:
    """关账."""
    run, act = run_asked(month), closing_act(month)
    return answer(request, act if act.closed else replace(act, reasons=[*reasons(run), *look_at(run)]))


def closing_act(month: str) -> CloseAct:
    """What closes a month; what it finds first is kept, even where it then cannot close."""
    run, back = run_asked(month), reverse("reconciliation", args=[month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        today = today_in_county()
        if look_over(run.pk, on=today, at=at):
            said = _("还不能关账：%(n)s 项差异没有责任人和处理决定，都列在下面，定了再关。")
            return Done(_below(run, "decide-exceptions"), said % {"n": undecided(run.pk)})
        close_run(run.pk, on=today, at=at)
        return Done(back, _("已关账。对账单可以打印，由民政和财政两方签字。"))

    closed = "" if run.state == "sent" else _("这个批次现在是“%(state)s”，不能关账。") % {"state": RUNS[run.state]}
    return CloseAct(
        title=_("%(month)s 关账") % {"month": month}, button=_("关账"), form=NothingForm, do=do,
        way=[*way(month), Crumb(_("对账"), back)], subject=subject(month),
        closed=closed, template="web/close_run.html",
        notes=[_("先找出银行还没有答复的和三方对不上的，每一项都要有责任人和办法；关账后下个月才能编制。")],
    )  # fmt: skip
