"""变动审批和办理: another officer approves what one asked for; a family's money is paid again, given back or waived."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from opendibao.payment import actions as pay
from opendibao.payment.change_waiting import asked_together
from opendibao.payment.limits import change_limits
from opendibao.payment.recovery_queries import waivers
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.payment.change_facts import (
    Facts,
    Matter,
    group_facts,
    receivable_facts,
    suspension_facts,
    waiver_facts,
)
from opendibao.web.payment.change_forms import CashForm, HardshipForm, WayForm
from opendibao.web.payment.run_acts import NothingForm
from opendibao.web.payment.run_holds import NoteForm
from opendibao.web.tables import Crumb

Given = Mapping[str, Any]
Do = Callable[[int, Given, date, datetime], object]
MATTERS: dict[str, Callable[[int], Matter | None]] = {
    "order": group_facts, "suspension": suspension_facts, "receivable": receivable_facts, "waiver": waiver_facts,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What may be done about a matter: its name, what is typed, what it does, what is said then, and a note.

    `waits`: it settles what waits for approval, so that nobody settles it twice or his own.
    """

    title: str
    form: type[ActForm]
    do: Do
    said: str
    note: str
    waits: bool = True


def _plain(act: Callable[..., object]) -> Do:
    return lambda number, given, on, at: act(number, on=on, at=at)


def _noted(act: Callable[..., object]) -> Do:
    return lambda number, given, on, at: act(number, note=given["note"], on=on, at=at)


OTHER = _("提出的人不能审批，请另一人办。")
STEPS: dict[tuple[str, str], Step] = {
    ("order", "approve"): Step(
        _("批准%(kind)s"), NothingForm,
        lambda number, given, on, at: pay.approve_orders(asked_together(number) or [number], on=on, at=at),
        _("已批准，编入下一批名册。"), OTHER,
    ),
    ("order", "refuse"): Step(
        _("不批准%(kind)s"), NoteForm,
        lambda number, given, on, at: pay.refuse_orders(
            asked_together(number) or [number], note=given["note"], on=on, at=at
        ),
        _("没有批准，这个月可以重新提出。"), OTHER,
    ),
    ("suspension", "approve"): Step(
        _("批准暂停发放"), NothingForm, _plain(pay.approve_suspension),
        _("已批准，不再编入名册。请打印告知书送达家庭。"),
        _("名册已经编制、还没有复核的，批准后要重新编制。"),
    ),
    ("suspension", "refuse"): Step(
        _("不批准暂停发放"), NoteForm, _noted(pay.refuse_suspension), _("没有批准，照常发放。"), OTHER
    ),
    ("suspension", "lift"): Step(
        _("恢复发放"), NoteForm, _noted(pay.lift_suspension),
        _("已恢复；暂停期间应发的月份已提出补发，等另一人批准。"), _("暂停的人不能恢复，请另一人办。"),
        waits=False,
    ),
    ("receivable", "approve"): Step(
        _("批准追缴"), NothingForm, _plain(pay.approve_claim), _("已批准，请打印通知书送达。"), OTHER
    ),
    ("receivable", "refuse"): Step(
        _("不批准追缴"), NoteForm, _noted(pay.refuse_claim), _("没有批准，可以重新提出。"), OTHER
    ),
    ("receivable", "cash"): Step(
        _("登记现金退回"), CashForm,
        lambda number, given, on, at: pay.enter_cash_return(
            number, fen=given["yuan"], receipt=given["receipt"], on=on, at=at
        ),
        _("已登记。"), _("一张收据只登记一次。"), waits=False,
    ),
    ("receivable", "way"): Step(
        _("约定退回方式"), WayForm,
        lambda number, given, on, at: pay.agree_way(
            number, way=given["way"], monthly_fen=given["monthly"], on=on, at=at
        ),
        _("已记下约定。"), _("抵扣以后，当月的大部分总会发到手。"), waits=False,
    ),
    ("receivable", "waive"): Step(
        _("申请困难减免"), HardshipForm,
        lambda number, given, on, at: pay.ask_waiver(number, cause=given["cause"], on=on, at=at),
        _("已提出，等财政审批。"), _("减免的是全部余额，由财政审批。"), waits=False,
    ),
    ("waiver", "approve"): Step(
        _("批准困难减免"), NothingForm, _plain(pay.approve_waiver), _("已批准，余额不用再退。"), OTHER
    ),
    ("waiver", "refuse"): Step(
        _("不批准困难减免"), NoteForm, _noted(pay.refuse_waiver), _("没有批准，余额照旧。"), OTHER
    ),
}  # fmt: skip


def changes_way() -> list[Crumb]:
    """From the list of runs to the list of changes."""
    return [
        Crumb(gettext("发放批次"), reverse("pay-runs")),
        Crumb(gettext("补发、暂停、追缴"), reverse("money-changes")),
    ]


@takes_a_form
def settled_change(request: HttpRequest, matter: str, matter_id: int, step: str) -> HttpResponse:
    """What is done about an order, a suspension, a receivable or a waiver. Raises Http404 where there is none."""
    chosen = STEPS.get((matter, step))
    if chosen is None:
        raise Http404(f"没有“{matter} {step}”这一步")
    found = MATTERS[matter](matter_id)
    if found is None:
        raise Http404(f"没有{matter} {matter_id}，或不在本人可见的区划内")

    def do(given: Given, at: datetime) -> Done:
        chosen.do(matter_id, given, today_in_county(), at)
        return Done(_led_to(matter, matter_id, step), gettext(chosen.said))

    title = gettext(chosen.title) % {"kind": found.kind} if found.kind else gettext(chosen.title)
    return answer(
        request,
        Act(
            title=gettext("%(title)s：%(who)s") % {"title": title, "who": found.who}, button=title,
            form=chosen.form, do=do, subject=f"家庭 {found.who}" if found.is_family else "",
            facts=[*found.facts, *(_limits() if step == "way" else [])], notes=[gettext(chosen.note)],
            way=changes_way(), closed=found.settled if chosen.waits else "",
        ),
    )  # fmt: skip


def _led_to(matter: str, matter_id: int, step: str) -> str:
    """Where it goes on: to the letter that the family gets, to the receivable, or back to the list."""
    if matter == "receivable":
        return reverse("receivable", args=[matter_id])
    if matter == "waiver":
        return reverse("receivable", args=[waivers(waiver_id=matter_id)[0].receivable_id])
    if (matter, step) == ("suspension", "approve"):
        return reverse("change-letter", args=[matter, matter_id])
    return reverse("money-changes")


def _limits() -> Facts:
    """What of a month may be set off at most; said where nobody has checked the number against a source."""
    limits = change_limits(today_in_county())
    said = gettext("当月保障金的 %(percent)s%%") % {"percent": limits.share_percent}
    return [
        (gettext("每月抵扣上限"), said if limits.share_is_verified else said + gettext("（演示参数，未与原文核对）"))
    ]
