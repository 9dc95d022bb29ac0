"""账户预核: before money goes out the bank is asked whether each account stands and bears that name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.ids import mask_account
from opendibao.payment.account_check import (
    OK,
    AccountAnswerRow,
    account_answers,
    account_check_bytes,
    take_account_answers,
)
from opendibao.payment.refusal import PaymentRefused
from opendibao.web.access import PAYERS, may, takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.labels import RUNS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.payment.bank_upload import BankUpload
from opendibao.web.payment.files import attached
from opendibao.web.payment.here import here
from opendibao.web.payment.run_asked import run_asked, subject, way
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, household, text


class AnswersForm(ActForm):
    """The bank's answer."""

    file = BankUpload(
        gettext_lazy("银行账户预核结果"),
        hint=gettext_lazy("拖到这里，或按下面的按钮选文件。每个送核的账户都要有答复；有一行不对，整份不收。"),
    )


def account_check(request: HttpRequest, month: str) -> HttpResponse:
    """What the bank said of the accounts, those it refused first."""
    run = run_asked(month)
    listed = account_answers(run.pk)
    found, names = pager(request, len(listed)), places()
    refused = sum(row.result != OK for row in listed)
    table = Table(
        heads(_("户编号"), _("村社区"), "!" + _("账号"), _("银行登记户名"), _("结果"), "!" + _("答复日期")),
        [_cells(row, names) for row in listed[found.offset : found.offset + ROWS_A_PAGE]],
        caption=_("账户预核结果"), nothing=_("银行还没有答复"),
        empty=_("下载预核文件送银行；收到结果后在这里收，不符的列在最前，并进入发放前核对。"),
    )  # fmt: skip
    lead = _("银行答复 %(n)s 户，%(refused)s 户不符。") % {"n": f"{len(listed):,}", "refused": f"{refused:,}"}
    page = ListPage(
        _("%(month)s 账户预核") % {"month": month}, lead if listed else "", table,
        [*way(month), Crumb(_("账户预核"))],
    )  # fmt: skip
    form = fetch = None
    if run.state == "computed" and may(request, PAYERS):
        form = here(reverse("take-account-answers", args=[month]), _("收下预核结果"), AnswersForm, subject(month))
        fetch = reverse("account-check-file", args=[month])
    return render(request, "web/run_rows.html", {"page": page, "pager": found, "here": form, "fetch": fetch})


def _cells(row: AccountAnswerRow, names: Places) -> list[Cell]:
    said = Cell(_("相符"), tone="ok") if row.result == OK else Cell(row.result, tone="bad")
    return [
        household(row.household), text(names.full(row.division)), text(mask_account(row.account)), text(row.holder),
        said, day(row.answered_on),
    ]  # fmt: skip


def account_check_file(request: HttpRequest, month: str) -> HttpResponse:
    """The file that asks the bank: made at the first press, and the same bytes again while the accounts stay."""
    run = run_asked(month)
    try:
        made = account_check_bytes(run.pk, on=today_in_county(), at=now_in_county())
    except PaymentRefused as refusal:
        raise BadQuestion(str(refusal)) from None
    return attached(run.division, made.name, made.data, "账户预核文件")


account_check_file.methods = ("POST",)  # type: ignore[attr-defined]  # it notes a file, which no mere look may do


@takes_a_form
def taken_account_answers(request: HttpRequest, month: str) -> HttpResponse:
    """收账户预核结果."""
    run, back = run_asked(month), reverse("account-check", args=[month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        taken = take_account_answers(run.pk, given["file"].content, on=today_in_county(), at=at)
        if taken.is_repeat:
            return Done(back, _("这份结果以前收过，什么也没有变。"))
        said = _("已收下 %(n)s 户的预核结果，%(refused)s 户不符。不符的要先处理，见发放前核对。")
        return Done(back, said % {"n": f"{taken.count:,}", "refused": f"{taken.refused:,}"})

    closed = _("这个批次现在是“%(state)s”，复核以后不再收预核结果。") % {"state": RUNS.get(run.state, run.state)}
    return answer(
        request,
        Act(
            title=_("收 %(month)s 账户预核结果") % {"month": month}, button=_("收下预核结果"), form=AnswersForm, do=do,
            way=[*way(month), Crumb(_("账户预核"), back)], subject=subject(month), template="web/take_file.html",
            closed="" if run.state == "computed" else closed,
        ),
    )  # fmt: skip
