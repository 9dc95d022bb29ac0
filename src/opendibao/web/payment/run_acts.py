"""发放办理: the month's run is computed, its checks signed, counted again by another, and released by finance."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from opendibao.kernel.money import yuan_text
from opendibao.payment.actions import approve_run, check_run, compute_run
from opendibao.payment.pay_run import recompute_run, return_run
from opendibao.payment.prechecks import look_again, sign_checks
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.counted import run_of
from opendibao.web.labels import AREAS, RUNS
from opendibao.web.payment.run_asked import (
    Run,
    gates,
    month_asked,
    month_said,
    officer,
    run_asked,
    run_page,
    run_sums,
    subject,
    way,
)
from opendibao.web.payment.run_money import lacks_money, money_said

TOTAL_LENGTH, REASON = 20, 200
Step = Callable[[int, datetime], Run]


class NothingForm(ActForm):
    """Nothing is typed: what is done stands on the page."""


class ReasonForm(ActForm):
    """Why it is done; the maker reads it."""

    reason = Words(gettext_lazy("退回原因"), REASON, rows=2, hint=gettext_lazy("写清要改什么，编制人会看到"))


class TotalForm(ActForm):
    """The total is typed from the control sheet, not pressed."""

    total = Words(
        gettext_lazy("本次发放合计（元）"), TOTAL_LENGTH, hint=gettext_lazy("抄控制数里“本次发放”的合计，到分")
    )

    def clean_total(self) -> str:
        """An amount in yuan without thousands marks."""
        total = str(self.cleaned_data["total"]).replace(",", "").replace("，", "")
        if not total.replace(".", "", 1).isascii() or not total.replace(".", "", 1).isdigit():
            raise ValidationError(_("“本次发放合计”不是数字，应写成 5040808.00 这样"))
        return total


def going_out(run: Run) -> int:
    """What the run's own lines send, without what is held back or set off, in fen: the amount that is typed."""
    return sum(each.out_fen for each in run_sums(run.pk))


@takes_a_form
def computed_run(request: HttpRequest, month: str) -> HttpResponse:
    """编制."""
    when = month_asked(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = compute_run(when, on=today_in_county(), at=at, maker=officer(request))
        said = _("已编制 %(n)s 笔，%(yuan)s 元；发放前核对已做，请看下面的发现。")
        return Done(run_page(month), said % {"n": f"{made.lines_count:,}", "yuan": _yuan(made.total_fen)})

    run = run_of(when)
    return answer(
        request,
        Act(
            title=_("编制 %(month)s 发放") % {"month": month}, button=_("编制"), form=NothingForm, do=do,
            way=way(month) if run else way(month)[:1], subject=subject(month),
            closed=_("%(month)s 已有发放批次，一个月只发一次。") % {"month": month} if run else "",
            notes=[_("按今天有效的决定冻结名册和账户；此后的决定进下个月或补发。上个月关账后才能编制。")],
        ),
    )  # fmt: skip


@takes_a_form
def recomputed_run(request: HttpRequest, month: str) -> HttpResponse:
    """重新编制."""
    run = run_asked(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = recompute_run(run.pk, on=today_in_county(), at=at, maker=officer(request))
        said = _("已重新编制 %(n)s 笔，%(yuan)s 元。名单、人数和金额没有变的乡镇不用再确认。")
        told = said % {"n": f"{made.lines_count:,}", "yuan": _yuan(made.total_fen)}
        if waiting := gates(run.pk).waiting:
            told += _("发放前核对又做了一遍，%(n)s 项待处理。") % {"n": f"{waiting:,}"}
        return Done(run_page(month), told)

    return answer(
        request,
        Act(
            title=_("重新编制 %(month)s 发放") % {"month": month}, button=_("重新编制"), form=NothingForm, do=do,
            way=way(month), subject=subject(month), closed=_not_there(run, "computed"), facts=_control(run),
            notes=[_("按今天的决定和账户再冻结一次，例如账户补录以后；还在的核对发现保留处理结果，没有了的记为已更正。")],
        ),
    )  # fmt: skip


@takes_a_form
def signed_checks(request: HttpRequest, month: str) -> HttpResponse:
    """签认核对."""
    run = run_asked(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        signed = sign_checks(run.pk, on=today_in_county(), at=at)
        return Done(run_page(month), _("已签认 %(n)s 项核对。") % {"n": signed})

    return answer(
        request,
        Act(
            title=_("签认 %(month)s 发放前核对") % {"month": month}, button=_("签认核对"), form=NothingForm, do=do,
            way=way(month), closed=_not_there(run, "computed"),
            notes=[_("签认表示每一项都看过，发现的每一户都有处理结果和说明。")],
        ),
    )  # fmt: skip


@takes_a_form
def looked_again(request: HttpRequest, month: str) -> HttpResponse:
    """再次核对."""
    run = run_asked(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        waiting = look_again(run.pk, on=today_in_county(), at=at)
        said = _("已再次核对，%(n)s 项待处理。") if waiting else _("已再次核对，没有待处理的。")
        return Done(reverse("run-checks", args=[month]), said % {"n": f"{waiting:,}"} if waiting else said)

    return answer(
        request,
        Act(
            title=_("再次核对 %(month)s 名册") % {"month": month}, button=_("再次核对"), form=NothingForm, do=do,
            way=way(month), closed=_not_there(run, "computed"),
            notes=[_("名册不变，按今天知道的死亡登记和银行预核结果再查一遍；处理过的、情况没变的不用再处理。")],
        ),
    )  # fmt: skip


@takes_a_form
def checked_run(request: HttpRequest, month: str) -> HttpResponse:
    """复核."""
    return _second_look(
        request, month, ("computed",), _("复核 %(month)s 发放"), _("复核通过"),
        lambda pk, at: check_run(pk, on=today_in_county(), at=at, checker=officer(request)), _("已复核，请财政审核。"),
    )  # fmt: skip


@takes_a_form
def approved_run(request: HttpRequest, month: str) -> HttpResponse:
    """财政审核, and the second of finance above the amount that asks for two."""
    return _second_look(
        request, month, ("checked", "reviewed"), _("财政审核 %(month)s 发放"), _("审核通过"),
        lambda pk, at: approve_run(pk, on=today_in_county(), at=at, finance=officer(request)),
        _approved_said,
    )  # fmt: skip


def _approved_said(run: Run) -> str:
    if run.state == "reviewed":
        return _("财政初审已过，金额较大，请财政另一人复审。")
    return _("财政已审核；到位资金还不够，钱到位以后再出盘。") if lacks_money(run) else _("财政已审核，可以出盘。")


@takes_a_form
def returned_run(request: HttpRequest, month: str) -> HttpResponse:
    """退回经办."""
    run = run_asked(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        return_run(run.pk, reason=given["reason"], on=today_in_county(), at=at)
        return Done(run_page(month), _("已退回经办，编制人改正后再送复核。"))

    return answer(
        request,
        Act(
            title=_("退回 %(month)s 发放") % {"month": month}, button=_("退回经办"), form=ReasonForm, do=do,
            way=way(month), subject=subject(month), closed=_not_there(run, "checked", "reviewed"), facts=_control(run),
            notes=[_("批次回到“已计算”，复核和审核重新来过；原因记入审计。")],
        ),
    )  # fmt: skip


def _second_look(
    request: HttpRequest, month: str, states: tuple[str, ...], title: str, button: str, step: Step,
    said: str | Callable[[Run], str],
) -> HttpResponse:  # fmt: skip
    """A step by another person, who types the total he has counted; another total stops it."""
    run = run_asked(month)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        done = step(run.pk, at)
        return Done(run_page(month), said if isinstance(said, str) else said(done))

    return answer(
        request,
        Act(
            title=title % {"month": month}, button=button,
            form=_that(TotalForm, "total", yuan_text(going_out(run))), do=do, way=way(month), subject=subject(month),
            facts=[*_control(run), *_money(run)], closed=_not_there(run, *states),
            notes=[_("编制、复核、财政审核由三个人办；核对月度等式和控制数后再通过。")],
        ),
    )  # fmt: skip


def _money(run: Run) -> list[tuple[str, str]]:
    """What finance must know before it binds money: whether that has come."""
    return [(_("到位资金"), money_said(run))] if run.state in ("checked", "reviewed") else []


def _not_there(run: Run, *states: str) -> str:
    """Why a step cannot be taken; "" where the run stands at it."""
    return "" if run.state in states else _("这个批次现在是“%(state)s”，不在这一步。") % {"state": RUNS[run.state]}


def _that(form: type[ActForm], name: str, wanted: str) -> type[ActForm]:
    """The form, refusing any other value of one field than the one that is meant."""

    class Meant(form):  # type: ignore[misc, valid-type]
        def clean(self) -> dict[str, Any]:
            given: dict[str, Any] = super().clean() or {}
            if name in given and given[name] != wanted:
                said = _("“%(label)s”写的是 %(typed)s，和批次的 %(wanted)s 不符，请核对后重填")
                told = {"label": self.fields[name].label, "typed": given[name], "wanted": wanted}
                self.add_error(name, ValidationError(said % told))
            return given

    return Meant


def _control(run: Run) -> list[tuple[str, str]]:
    rows = [
        (str(AREAS[each.area]), _("%(n)s 户 %(persons)s 人 %(yuan)s 元")
         % {"n": f"{each.households:,}", "persons": f"{each.persons:,}", "yuan": _yuan(each.fen)})
        for each in run_sums(run.pk)
    ]  # fmt: skip
    held, taken = (sum(getattr(each, name) for each in run_sums(run.pk)) for name in ("held_fen", "offset_fen"))
    return [
        (_("发放月"), month_said(run.month)), (_("编制人"), run.maker),
        (pgettext("发放", "复核人"), run.checker or _("还没有复核")), *rows,
        *([(_("暂缓"), _("%(yuan)s 元") % {"yuan": _yuan(held)})] if held else []),
        *([(_("抵扣应追缴"), _("%(yuan)s 元") % {"yuan": _yuan(taken)})] if taken else []),
        (_("本次发放"), _("%(yuan)s 元") % {"yuan": _yuan(going_out(run))}),
    ]  # fmt: skip


def _yuan(fen: int) -> str:
    return yuan_text(fen, grouped=True)
