"""财政支付凭证: what the treasury says it released for a run, entered voucher by voucher, and its sum against ours."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.money import NotMoney, yuan
from opendibao.payment.three_way import three_way
from opendibao.payment.vouchers import enter_voucher, vouchers
from opendibao.web.access import FINANCE, PAYERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Label, MayPick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import LEVELS
from opendibao.web.payment.here import here
from opendibao.web.payment.run_asked import run_asked, subject, way
from opendibao.web.tables import Cell, Crumb, ListPage, Table, blanks, day, heads, money, text
from opendibao.web.templatetags.figures import yuan as yuan_of

NUMBER_LENGTH, TEXT_LENGTH, AMOUNT_LENGTH = 40, 100, 20
BY_LEVEL: dict[str, Label] = {
    "central": gettext_lazy("中央"), "province": gettext_lazy("省级"), "city": gettext_lazy("市级"),
    "county": gettext_lazy("县级"),
}  # fmt: skip


class VoucherForm(ActForm):
    """A voucher as it is printed."""

    number = Words(gettext_lazy("凭证号"), NUMBER_LENGTH)
    issued_on = Day(gettext_lazy("凭证日期"))
    yuan = Words(gettext_lazy("金额（元）"), AMOUNT_LENGTH, hint=gettext_lazy("如 5259964.00；红字冲回的写负数"))
    level = MayPick(gettext_lazy("预算级次"), BY_LEVEL, hint=gettext_lazy("（选填）凭证上没有分级次的不选"))
    text = Words(gettext_lazy("摘要"), TEXT_LENGTH, needed=False, hint=gettext_lazy("（选填）"))

    def clean_yuan(self) -> int:
        """In fen, not zero."""
        said = self.cleaned_data["yuan"].replace(",", "").replace("，", "")
        try:
            found = yuan(said)
        except NotMoney:
            found = 0
        if not found:
            raise ValidationError(_("“金额（元）”应是不为零、最多两位小数的数，如 5259964.00"))
        return found


def run_vouchers(request: HttpRequest, month: str) -> HttpResponse:
    """The vouchers of a run."""
    run = run_asked(month)
    listed = vouchers(run.pk)
    total, seen = sum(row.fen for row in listed), three_way(run.pk)
    rows = [
        [text(row.number), day(row.issued_on), text(LEVELS.get(row.level, "")), money(row.fen), text(row.text),
         text(row.officer)]
        for row in listed
    ]  # fmt: skip
    table = Table(
        heads("!" + _("凭证号"), "!" + _("凭证日期"), _("预算级次"), "#" + _("金额（元）"), _("摘要"), _("登记人")),
        rows,
        [Cell(_("合计 %(n)s 张") % {"n": len(listed)}), *blanks(2), money(total), *blanks(2)],
        caption=_("财政支付凭证"), nothing=_("还没有登记凭证"),
        empty=_("财政拨款后，把支付凭证逐张登记在这里，和台账、银行对账单三方核对。"),
    )  # fmt: skip
    told = {"sent": yuan_of(seen.ledger_sent), "gap": yuan_of(total - seen.ledger_sent)}
    lead = _("本批送银行 %(sent)s 元；凭证合计与它相差 %(gap)s 元。") % told
    page = ListPage(
        _("%(month)s 财政支付凭证") % {"month": month}, lead, table,
        [*way(month), Crumb(_("对账"), reverse("reconciliation", args=[month])), Crumb(_("财政支付凭证"))],
    )  # fmt: skip
    form = None
    if run.sent_on and may(request, PAYERS | FINANCE):
        form = here(reverse("enter-voucher", args=[month]), _("登记凭证"), VoucherForm, subject(month))
    return render(request, "web/run_rows.html", {"page": page, "here": form})


@takes_a_form
def entered_voucher(request: HttpRequest, month: str) -> HttpResponse:
    """登记凭证."""
    return answer(request, voucher_act(month))


def voucher_act(month: str) -> Act:
    """What enters a voucher."""
    run, back = run_asked(month), reverse("vouchers", args=[month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        enter_voucher(
            run.pk, number=given["number"], issued_on=given["issued_on"], fen=given["yuan"], level=given["level"],
            text=given["text"], on=today_in_county(), at=at,
        )  # fmt: skip
        said = {"number": given["number"], "yuan": yuan_of(given["yuan"])}
        return Done(back, _("已登记凭证 %(number)s，%(yuan)s 元。") % said)

    return Act(
        title=_("登记财政支付凭证"), button=_("登记凭证"), form=VoucherForm, do=do,
        way=[*way(month), Crumb(_("财政支付凭证"), back)], subject=subject(month),
        closed="" if run.sent_on else _("出盘以后才登记凭证。"),
        notes=[_("登记后不能改；登错的再登一张红字（负数）冲回。")],
    )  # fmt: skip
