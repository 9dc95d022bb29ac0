"""送盘收盘: the run's file goes to the bank, the bank's answer is dropped on the page and taken whole or not at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.budget.covering import refuse_uncovered
from opendibao.kernel.money import yuan_text
from opendibao.payment.joining import joining
from opendibao.payment.receiving import Taken, take_return
from opendibao.payment.recovery_queries import offset_sum
from opendibao.payment.sending import send_now
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import RUNS
from opendibao.web.payment.bank_upload import BankUpload
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.run_asked import Run, run_asked, run_page, subject, way
from opendibao.web.payment.run_money import lacks_money, money_said, remedy
from opendibao.web.tables import Crumb


class ResultForm(ActForm):
    """The bank's answer."""

    file = BankUpload(
        gettext_lazy("银行代发结果文件"),
        hint=gettext_lazy("拖到这里，或按下面的按钮选文件。整份核对；有一处损坏或对不上，就一行也不收。"),
    )


@takes_a_form
def taken_result(request: HttpRequest, month: str) -> HttpResponse:
    """收银行结果."""
    return answer(request, result_act(month))


@takes_a_form
def sent_run(request: HttpRequest, month: str) -> HttpResponse:
    """出盘."""
    return answer(request, sending_act(month))


def result_act(month: str) -> Act:
    """What takes the bank's answer to a run; it may come in several files, and late ones after the close."""
    run, back = run_asked(month), reverse("reconciliation", args=[month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        taken = take_return(run.pk, given["file"].content, on=today_in_county(), at=at)
        return Done(back, taken_words(taken))

    wait = _("这个批次现在是“%(state)s”，出盘以后才有银行结果。") % {"state": RUNS[run.state]}
    return Act(
        title=_("收 %(month)s 银行结果") % {"month": month}, button=_("收下并核对"), form=ResultForm,
        do=do, way=[*way(month), Crumb(_("对账"), back)], subject=subject(month),
        closed="" if run.sent_on else wait, template="web/take_file.html",
        notes=[_("同一个文件再收一次，什么也不变。结果对不上的逐笔列为差异，不会记成到账。")],
    )  # fmt: skip


def taken_words(taken: Taken) -> str:
    """What a result file said, counted."""
    if taken.is_repeat:
        return _("这个文件以前收过，什么也没有变。")
    parts = [
        _("成功 %(n)s 笔 %(yuan)s 元") % {"n": f"{taken.paid:,}", "yuan": yuan_text(taken.paid_fen, grouped=True)},
        _("退回 %(n)s 笔 %(yuan)s 元")
        % {"n": f"{taken.returned:,}", "yuan": yuan_text(taken.returned_fen, grouped=True)},
    ]
    others = (
        (_("金额不符 %(n)s 笔"), taken.differs), (_("户名不符 %(n)s 笔"), taken.names),
        (_("银行未知 %(n)s 笔"), taken.unknown), (_("外来 %(n)s 笔"), taken.foreign),
    )  # fmt: skip
    parts += [said % {"n": f"{number:,}"} for said, number in others if number]
    return _("已收下：%(parts)s。") % {"parts": _("，").join(parts)}


def sending_act(month: str) -> Act:
    """What sends the run's first file: its own lines, and what of earlier months joins it."""
    run = run_asked(month)
    more = [row for row in joining(run.pk, today_in_county()) if row.goes] if run.state == "approved" else []

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        refuse_uncovered(run.pk, on=today_in_county())
        sent = send_now(run.pk, on=today_in_county(), at=at)
        said = _("已出盘：%(name)s。请在本页下载，交银行后等结果文件。")
        return Done(run_page(month), said % {"name": sent.name})

    wait = _("这个批次现在是“%(state)s”，财政审核以后才能出盘。") % {"state": RUNS[run.state]}
    closed = "" if run.state in ("approved", "sent") else wait
    if run.state == "approved" and lacks_money(run):
        closed = remedy(run)
    return Act(
        title=_("%(month)s 出盘") % {"month": month}, button=_("出盘"), form=NothingForm, do=do,
        way=way(month), subject=subject(month), facts=_facts(run, more),
        closed=closed,
        notes=[_("再按一次得到的是同一个文件，不会发两次。出盘后金额和名单不能再改。")],
    )  # fmt: skip


def _facts(run: Run, more: list[Any]) -> list[tuple[str, str]]:
    counted = _("%(n)s 笔 %(yuan)s 元")

    def of(lines: int, fen: int) -> str:
        return counted % {"n": f"{lines:,}", "yuan": yuan_text(fen, grouped=True)}

    taken = offset_sum(run.pk)
    facts = [
        (_("应发"), of(run.lines_count, run.total_fen)),
        (_("暂缓"), of(run.held_count, run.held_fen)),
        *([(_("抵扣应追缴"), of(taken.lines, taken.fen))] if taken.lines else []),
        (_("本月送出"), of(run.lines_count - run.held_count, run.total_fen - run.held_fen - taken.fen)),
    ]
    if more:
        facts.append((_("并入以前的"), of(len(more), sum(row.fen for row in more))))
    return [*facts, (_("到位资金"), money_said(run))]
