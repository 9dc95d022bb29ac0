"""提标办理: prepared for a month, approved or withdrawn by the county, and what was paid short ordered."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.standard_change import StandardChange
from opendibao.decision.standards_ahead import DAYS_AHEAD, standards_ahead
from opendibao.decision.uprating import approve_uprating, prepare_uprating, withdraw_uprating
from opendibao.decision.uprating_delivery import deliver_uprating
from opendibao.decision.uprating_queries import UpratingRow, uprating, upratings, villages_to_deliver
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import NotAMonth, add_months, month_of, month_text, parse_month
from opendibao.payment.back_pay import back_pay, back_pay_rows
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import DELIVERIES, UPRATING_STATES
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.upratings import found_uprating, uprating_way
from opendibao.web.places import places
from opendibao.web.standards_law import amount_words
from opendibao.web.tables import Crumb

MONTH, DAY, REASON = 7, 10, 200


class PrepareForm(ActForm):
    """The month from which the new standard is owed, and its own day where the document came late."""

    month = Words(gettext_lazy("执行月"), MONTH, hint=gettext_lazy("文件写明从哪个月起执行，如 2025-01"))
    since = Words(
        gettext_lazy("标准起始日"), DAY, needed=False,
        hint=gettext_lazy("文件到得晚、参数从以后的日子起生效的才填，如 2025-04-01；一般留空"),
    )  # fmt: skip

    def clean_month(self) -> date:
        """The first day of the month."""
        try:
            return parse_month(str(self.cleaned_data["month"]))
        except NotAMonth as refusal:
            raise ValidationError(str(refusal)) from None

    def clean_since(self) -> date | None:
        """The day, None where nothing is typed."""
        typed = str(self.cleaned_data["since"] or "")
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            raise ValidationError(_("“标准起始日”不是日期，应写成 2025-04-01 这样")) from None


class WithdrawForm(ActForm):
    """Why it is not to be approved."""

    reason = Words(gettext_lazy("撤回理由"), REASON, rows=2)


def _facts(row: UpratingRow, today: date) -> list[tuple[str, str]]:
    said = {
        "n": f"{row.households:,}", "up": f"{row.increased:,}", "down": f"{row.reduced:,}", "same": f"{row.kept:,}",
        "review": f"{row.to_review:,}", "before": yuan_text(row.before_fen, grouped=True),
        "after": yuan_text(row.after_fen, grouped=True), "more": yuan_text(row.difference_fen, grouped=True),
    }  # fmt: skip
    return [
        (_("执行月"), month_text(row.effective_month)),
        (_("户数"), _("%(n)s 户：增发 %(up)s、减发 %(down)s、不变 %(same)s、转复核 %(review)s") % said),
        (_("每月"), _("%(before)s 元 → %(after)s 元，相差 %(more)s 元") % said),
        *[(_("标准"), _standard(one)) for one in row.changes],
        *_first_month(row, today),
    ]  # fmt: skip


def _standard(one: StandardChange) -> str:
    """A number that changes, with its paper, and whether anybody has compared it."""
    said = {
        "zh": one.zh, "before": amount_words(one.before, one.unit), "after": amount_words(one.after, one.unit),
        "day": one.since, "paper": one.source, "seen": _("已核对") if one.is_verified else _("未与原文核对"),
    }  # fmt: skip
    return _("%(zh)s，%(day)s 起由 %(before)s 调整为 %(after)s；依据：%(paper)s（%(seen)s）") % said


def _first_month(row: UpratingRow, today: date) -> list[tuple[str, str]]:
    """From when the new decisions would pay, and which months are owed besides; nothing where all is decided."""
    if row.state != "prepared":
        return []
    first = add_months(month_of(today), 1)
    found = [(_("今天批准"), _("新决定从 %(month)s 起发") % {"month": month_text(first)})]
    if row.effective_month < first:
        months = {"first": month_text(row.effective_month), "last": month_text(add_months(first, -1))}
        found.append((_("补差"), _("%(first)s 至 %(last)s 已按原标准发的，批准后另行提出补差") % months))
    return found


def _closed(row: UpratingRow) -> str:
    if row.state == "prepared":
        return ""
    return _("这次提标%(state)s，不能再批准或撤回。") % {"state": UPRATING_STATES[row.state]}


def _asked_month(request: HttpRequest) -> str:
    """The month that the way here named; "" where it named none."""
    try:
        return month_text(parse_month(request.GET.get("month", "")))
    except NotAMonth:
        return ""


def _standards(today: date) -> list[tuple[str, str]]:
    """What waits to be carried out, with its month and how many families."""
    return [
        (_("等提标"), _("%(month)s 起：%(what)s；%(n)s 户还按原标准") % {
            "month": month_text(ahead.month), "n": f"{ahead.households:,}",
            "what": _("；").join(_standard(one) for one in ahead.changes)})
        for ahead in standards_ahead(today, days=DAYS_AHEAD)
    ]  # fmt: skip


def _in_hand() -> str:
    """Why none can be prepared now."""
    for row in upratings():
        if row.state == "prepared":
            told = {"who": row.prepared_by, "day": row.prepared_on, "month": month_text(row.effective_month)}
            return _("%(who)s %(day)s 编制的 %(month)s 起提标还没有批准，请先批准或撤回。") % told
    return ""


@takes_a_form
def prepared_uprating(request: HttpRequest) -> HttpResponse:
    """编制提标."""
    today = today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = prepare_uprating(given["month"], since=given["since"], on=today, at=at)
        said = _("已编制：%(n)s 户，每月多 %(yuan)s 元；还没有作出决定，请另一人核对后批准。")
        more = yuan_text(made.after_fen - made.before_fen, grouped=True)
        return Done(reverse("uprating", args=[made.pk]), said % {"n": f"{made.households:,}", "yuan": more})

    return answer(
        request,
        Act(
            title=_("编制提标"), button=_("编制"), form=PrepareForm, do=do,
            sending=_("正在逐户核算，约半分钟，请等一等……"),
            way=[Crumb(_("提标"), reverse("upratings"))],
            initial={"month": _asked_month(request) or month_text(add_months(month_of(today), 1))},
            facts=_standards(today), closed=_in_hand(),
            notes=[_("全县在保家庭按新标准重新核算，一户一行；编制只列出结果，不作决定。"),
                   _("按规则不再是调整金额的家庭（如不再符合条件）转逐户复核，不会成批停发。")],
        ),
    )  # fmt: skip


@takes_a_form
def approved_uprating(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """批准提标."""
    row, today = found_uprating(uprating_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = approve_uprating(uprating_id, on=today, at=at)
        said = _("已批准：%(n)s 个新决定，从 %(month)s 起发；告知书已写好，等送达。")
        number, month = f"{made.increased + made.reduced:,}", month_text(made.first_month) if made.first_month else ""
        return Done(reverse("uprating", args=[uprating_id]), said % {"n": number, "month": month})

    return answer(
        request,
        Act(
            title=_("批准提标"), button=_("批准"), form=NothingForm, do=do, way=uprating_way(row),
            sending=_("正在逐户作出决定、写告知书，约半分钟，请等一等……"),
            subject=f"提标 {uprating_id}", facts=_facts(row, today_in_county()), closed=_closed(row),
            notes=[_("批准后原决定终止，每户一个新决定和一份告知书；要么全部，要么一户也不办。编制人不能批准。")],
        ),
    )  # fmt: skip


@takes_a_form
def withdrawn_uprating(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """撤回提标."""
    row = found_uprating(uprating_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        withdraw_uprating(uprating_id, reason=given["reason"], on=today_in_county(), at=at)
        return Done(reverse("upratings"), _("已撤回，可以重新编制。"))

    return answer(
        request,
        Act(
            title=_("撤回提标"), button=_("撤回"), form=WithdrawForm, do=do, way=uprating_way(row),
            subject=f"提标 {uprating_id}", facts=_facts(row, today_in_county()), closed=_closed(row),
        ),
    )  # fmt: skip


@takes_a_form
def ordered_back_pay(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """提出提标补差."""
    row = found_uprating(uprating_id)
    owed = [one for one in back_pay_rows(uprating_id) if one.is_open]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        ids = back_pay(uprating_id, on=today_in_county(), at=at)
        said = _("已提出 %(n)s 笔补差，等另一人批准后编入下一个月的名册。")
        return Done(reverse("uprating", args=[uprating_id]), said % {"n": f"{len(ids):,}"})

    months = sorted({month_text(one.month) for one in owed})
    total = yuan_text(sum(one.left_fen for one in owed), grouped=True)
    return answer(
        request,
        Act(
            title=_("提出提标补差"), button=_("提出补差"), form=NothingForm, do=do, way=uprating_way(row),
            subject=f"提标 {uprating_id}",
            facts=[(_("月份"), _("、").join(months)), (_("笔数"), f"{len(owed):,}"), (_("金额（元）"), total)],
            closed="" if owed else _("没有要补差的月份，或者都已经提出。"),
        ),
    )  # fmt: skip


@takes_a_form
def delivered_uprating(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """按村登记送达: whoever sees a village hands over its letters; a township sees its own."""
    waiting, names = villages_to_deliver(uprating_id), places()
    if not waiting and not uprating(uprating_id):
        raise Http404(f"没有提标 {uprating_id}")
    villages = {one.division: f"{names.full(one.division)}（{one.letters:,}）" for one in waiting}

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        village = given["village"]
        done = deliver_uprating(uprating_id, division=village, how=given["how"], on=given["on"], at=at)
        said = _("已登记送达 %(n)s 份：%(village)s。") % {"n": f"{done:,}", "village": names.full(village)}
        return Done(reverse("letters"), said)

    return answer(
        request,
        Act(
            title=_("按村登记送达提标告知书"), button=_("登记送达"), form=_delivery_form(villages), do=do,
            way=[Crumb(_("告知书"), reverse("letters"))], initial={"on": today_in_county(), "how": "village"},
            facts=[(_("还没有送达"), _("%(n)s 份") % {"n": f"{sum(one.letters for one in waiting):,}"})],
            notes=[_("一个村的告知书都送到了再登记，签收人是各户户主；没有送到的逐户登记。")],
            closed="" if waiting else _("这次提标没有等送达的告知书。"),
        ),
    )  # fmt: skip


def _delivery_form(villages: Mapping[str, str]) -> type[ActForm]:
    """A form that offers the villages with letters to hand over."""
    fields = {
        "village": Pick(_("村社区"), villages), "how": Pick(_("送达方式"), DELIVERIES), "on": Day(_("送达日期")),
    }  # fmt: skip
    return type("DeliveryForm", (ActForm,), fields)
