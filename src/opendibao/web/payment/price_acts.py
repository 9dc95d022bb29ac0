"""价格临时补贴办理: proposed from published indices, approved by another or withdrawn, and ordered for all."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.price_link import Indices, percent, price_rate
from opendibao.decision.price_queries import PriceRow
from opendibao.decision.price_supplement import (
    approve_price_supplement,
    propose_price_supplement,
    withdraw_price_supplement,
)
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import NotAMonth, add_months, month_of, month_text, parse_month
from opendibao.payment.price_orders import entitled, order_price_supplement
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import PRICE_STATES
from opendibao.web.payment.price_supplements import found_price, price_facts, prices_way
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.tables import Crumb

MONTH, RISE, PAPER = 7, 8, 200
BP_OF_PERCENT = 100


class Percent(Words):
    """A rise in per cent, as it is published; whole basis points."""

    def clean(self, value: Any) -> int | None:
        """Basis points, None where nothing is typed. Raises ValidationError naming the field."""
        typed = str(super().clean(value) or "").rstrip("%％")
        if not typed:
            return None
        try:
            found = Decimal(typed) * BP_OF_PERCENT
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found != found.to_integral_value():
            raise ValidationError(_("“%(label)s”应写成 3.5 这样的百分数，最多两位小数") % {"label": self.label})
        return int(found)


class ProposeForm(ActForm):
    """The indices as they were published, and where."""

    month = Words(gettext_lazy("指数月"), MONTH, hint=gettext_lazy("哪个月的物价，如 2025-02"))
    cpi = Percent(gettext_lazy("居民消费价格同比涨幅（%）"), RISE, hint=gettext_lazy("如 3.6；下降写 -0.2"))
    food = Percent(gettext_lazy("食品价格同比涨幅（%）"), RISE)
    basic = Percent(
        gettext_lazy("低收入居民基本生活费用同比涨幅（%）"), RISE, needed=False,
        hint=gettext_lazy("本地公布这个指数的才填；填了就按它算补贴"),
    )  # fmt: skip
    published_on = Day(gettext_lazy("指数发布日期"))
    source = Words(gettext_lazy("依据"), PAPER, hint=gettext_lazy("公布指数的文件或公告"))
    is_verified = Pick(
        gettext_lazy("与原文核对"), {"yes": gettext_lazy("已与原文核对"), "no": gettext_lazy("还没有核对")}
    )

    def clean_month(self) -> date:
        """The first day of the month."""
        try:
            return parse_month(str(self.cleaned_data["month"]))
        except NotAMonth as refusal:
            raise ValidationError(str(refusal)) from None


class WithdrawForm(ActForm):
    """Why it is not to be approved."""

    reason = Words(gettext_lazy("撤回理由"), PAPER, rows=2)


def _page(price_id: int) -> str:
    return reverse("price-supplement", args=[price_id])


def _way(row: PriceRow) -> list[Crumb]:
    return [*prices_way(), Crumb(month_text(row.month), _page(row.id))]


@takes_a_form
def proposed_price_supplement(request: HttpRequest) -> HttpResponse:
    """提出价格临时补贴."""
    today = today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        indices = Indices(given["month"], given["cpi"], given["food"], given["basic"])
        made = propose_price_supplement(
            indices, source=given["source"], is_verified=given["is_verified"] == "yes",
            published_on=given["published_on"], on=today, at=at,
        )  # fmt: skip
        said = _("已提出：%(month)s 农村每人 %(rural)s 元、城镇每人 %(urban)s 元，请另一人核对后批准。")
        amounts = {"rural": yuan_text(made.rural_fen), "urban": yuan_text(made.urban_fen)}
        return Done(_page(made.pk), said % {"month": month_text(made.month), **amounts})

    return answer(
        request,
        Act(
            title=_("提出价格临时补贴"), button=_("提出"), form=ProposeForm, do=do, way=prices_way(),
            initial={"month": month_text(add_months(month_of(today), -1))}, facts=_conditions(today),
            notes=[_("照统计部门公布的填；启动条件、每人多少由参数和标准算出，不用填。")],
        ),
    )  # fmt: skip


def _conditions(today: date) -> list[tuple[str, str]]:
    rate = price_rate(Indices(add_months(month_of(today), -1), 0, 0))
    said = {"cpi": percent(rate.cpi_trigger_bp), "food": percent(rate.food_trigger_bp)}
    return [(_("启动条件"), _("居民消费价格单月同比涨 %(cpi)s，或者食品价格涨 %(food)s") % said)]


@takes_a_form
def approved_price_supplement(request: HttpRequest, price_id: int) -> HttpResponse:
    """批准价格临时补贴."""
    row = found_price(price_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        approve_price_supplement(price_id, on=today_in_county(), at=at)
        return Done(_page(price_id), _("已批准，可以提出发放。"))

    return answer(
        request,
        Act(
            title=_("批准价格临时补贴"), button=_("批准"), form=NothingForm, do=do, facts=price_facts(row),
            way=_way(row), subject=f"价格临时补贴 {month_text(row.month)}",
            closed="" if row.state == "proposed" else _("这次补贴%(state)s。") % {"state": PRICE_STATES[row.state]},
            notes=[_("请与公布指数的原文核对；提出人不能批准。")],
        ),
    )  # fmt: skip


@takes_a_form
def withdrawn_price_supplement(request: HttpRequest, price_id: int) -> HttpResponse:
    """撤回价格临时补贴."""
    row = found_price(price_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        withdraw_price_supplement(price_id, reason=given["reason"], on=today_in_county(), at=at)
        return Done(reverse("price-supplements"), _("已撤回，可以重新提出。"))

    return answer(
        request,
        Act(
            title=_("撤回价格临时补贴"), button=_("撤回"), form=WithdrawForm, do=do, facts=price_facts(row),
            way=_way(row), subject=f"价格临时补贴 {month_text(row.month)}",
            closed="" if row.state != "withdrawn" else _("这次补贴%(state)s。") % {"state": PRICE_STATES[row.state]},
            notes=[_("批准以后、提出发放以前发现数填错了，也可以撤回重提；已经提出发放的，先不批准那些应发依据。")],
        ),
    )  # fmt: skip


@takes_a_form
def ordered_price_supplement(request: HttpRequest, price_id: int) -> HttpResponse:
    """提出发放价格临时补贴."""
    row = found_price(price_id)
    waiting = [one for one in entitled(row.month) if not one.is_ordered] if row.state == "approved" else []

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        ids = order_price_supplement(price_id, on=today_in_county(), at=at)
        said = _("已提出 %(n)s 户，等另一人批准后编入下一个月的名册。")
        return Done(_page(price_id), said % {"n": f"{len(ids):,}"})

    total = yuan_text(sum(one.fen(row) for one in waiting), grouped=True)
    said = {"n": f"{len(waiting):,}", "persons": f"{sum(one.persons for one in waiting):,}", "yuan": total}
    return answer(
        request,
        Act(
            title=_("提出发放价格临时补贴"), button=_("提出发放"), form=NothingForm, do=do,
            facts=[*price_facts(row), (_("合计"), _("%(n)s 户 %(persons)s 人，%(yuan)s 元") % said)], way=_way(row),
            subject=f"价格临时补贴 {month_text(row.month)}",
            closed="" if waiting else _("这个月没有要发的家庭，或者都已经提出。"),
        ),
    )  # fmt: skip
