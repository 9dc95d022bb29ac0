"""银行对账单: what moved on the account from which a run is paid, taken from the bank's file whole or not at all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.payment.statements import statement, take_statement
from opendibao.payment.three_way import three_way
from opendibao.web.access import FINANCE, PAYERS, may, takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import MOVEMENTS
from opendibao.web.payment.bank_upload import BankUpload
from opendibao.web.payment.here import here
from opendibao.web.payment.run_asked import run_asked, subject, way
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, money, text
from opendibao.web.templatetags.figures import yuan


class StatementForm(ActForm):
    """The bank's statement."""

    file = BankUpload(
        gettext_lazy("银行对账单（CSV）"),
        hint=gettext_lazy(
            "四列：日期、方向（拨入、付出、退回）、金额、摘要。拖到这里，或选文件；有一行不对，整份不收。"
        ),
        accepts=".csv,.txt",
    )


def run_statement(request: HttpRequest, month: str) -> HttpResponse:
    """The lines of the statement."""
    run = run_asked(month)
    listed, seen = statement(run.pk), three_way(run.pk)
    rows = [[day(row.booked_on), text(MOVEMENTS[row.movement]), money(row.fen), text(row.text)] for row in listed]
    table = Table(
        heads("!" + _("记账日期"), _("方向"), "#" + _("金额（元）"), _("摘要")), rows,
        [Cell(_("合计 %(n)s 行") % {"n": len(listed)}), Cell(""), Cell(""), Cell("")] if rows else (),
        caption=_("银行对账单明细"), nothing=_("还没有银行对账单"),
        empty=_("向银行要本月代发账户的对账单，收进来和台账、财政凭证三方核对。"),
    )  # fmt: skip
    sums = {"in": yuan(seen.statement_in), "out": yuan(seen.statement_out), "back": yuan(seen.statement_back)}
    lead = _("拨入 %(in)s 元，付出减退回 %(out)s 元，退回入账 %(back)s 元。") % sums
    page = ListPage(
        _("%(month)s 银行对账单") % {"month": month}, lead, table,
        [*way(month), Crumb(_("对账"), reverse("reconciliation", args=[month])), Crumb(_("银行对账单"))],
    )  # fmt: skip
    form = None
    if run.sent_on and may(request, PAYERS | FINANCE):
        form = here(reverse("take-statement", args=[month]), _("收下对账单"), StatementForm, subject(month))
    return render(request, "web/run_rows.html", {"page": page, "here": form})


@takes_a_form
def taken_statement(request: HttpRequest, month: str) -> HttpResponse:
    """收银行对账单."""
    return answer(request, statement_act(month))


def statement_act(month: str) -> Act:
    """What takes the bank's statement."""
    run, back = run_asked(month), reverse("statement", args=[month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        taken = take_statement(run.pk, given["file"].content, on=today_in_county(), at=at)
        if taken.is_repeat:
            return Done(back, _("这份对账单以前收过，什么也没有变。"))
        said = _("已收下对账单 %(n)s 行：拨入 %(in)s 元，付出 %(out)s 元，退回 %(back)s 元。%(holds)s")
        holds = _("三方相等。") if three_way(run.pk).holds else _("三方还不相等，差在哪里见对账页。")
        sums = {"in": yuan(taken.in_fen), "out": yuan(taken.out_fen), "back": yuan(taken.back_fen)}
        return Done(back, said % {"n": taken.lines, "holds": holds, **sums})

    return Act(
        title=_("收银行对账单"), button=_("收下对账单"), form=StatementForm, do=do, template="web/take_file.html",
        way=[*way(month), Crumb(_("银行对账单"), back)], subject=subject(month),
        closed="" if run.sent_on else _("出盘以后才有对账单。"),
    )  # fmt: skip
