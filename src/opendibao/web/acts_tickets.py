"""热线办理: a call is registered, and answered in time."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.ids import is_division
from opendibao.outreach import queries as outreach
from opendibao.outreach.actions import answer_ticket, open_ticket
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, VillagePick, Villages, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import TICKET_KINDS
from opendibao.web.places import own_villages, places
from opendibao.web.tables import Crumb

NUMBER_LENGTH, TEXT_LENGTH = 24, 200
SIGNED = {"yes": gettext_lazy("实名"), "no": gettext_lazy("匿名")}


class TicketForm(ActForm):
    """A call or letter that came in."""

    number = Words(
        gettext_lazy("工单号"), NUMBER_LENGTH, hint=gettext_lazy("抄热线系统的编号，用数字、字母、汉字和短横")
    )
    division = VillagePick(gettext_lazy("地点"), hint=gettext_lazy("来电说的是哪个村社区的事"))
    kind = Pick(gettext_lazy("种类"), TICKET_KINDS)
    signed = Pick(gettext_lazy("署名"), SIGNED, hint=gettext_lazy("实名举报必须核查并答复（57号第三十七条）"))
    received_on = Day(gettext_lazy("接收日期"), hint=gettext_lazy("办理期限从这一天算起"))
    summary = Words(
        gettext_lazy("内容"), TEXT_LENGTH, rows=4, hint=gettext_lazy("200 字以内；不写来电人的病情和完整证件号")
    )

    def clean_number(self) -> str:
        """A number that can stand in an address."""
        number = str(self.cleaned_data["number"])
        if not number.replace("-", "").replace("〔", "").replace("〕", "").isalnum():
            raise ValidationError(_("“工单号”只能用数字、字母、汉字和短横，请对照热线系统重填"))
        return number


class AnswerForm(ActForm):
    """What the caller was told."""

    answered_on = Day(gettext_lazy("答复日期"))
    answer = Words(
        gettext_lazy("答复内容"),
        TEXT_LENGTH,
        rows=4,
        hint=gettext_lazy("200 字以内：查了什么，结果怎样，告诉了来电人什么"),
    )


@takes_a_form
def new_ticket(request: HttpRequest) -> HttpResponse:
    """登记工单."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = open_ticket(
            given["division"], number=given["number"], kind=given["kind"], is_named=given["signed"] == "yes",
            received_on=given["received_on"], summary=given["summary"], at=at,
        )  # fmt: skip
        said = _("已登记工单 %(number)s，请在 %(due)s 前答复。") % {"number": made.number, "due": made.due_on}
        return Done(reverse("hotline"), said)

    villages = own_villages(request)
    return answer(
        request,
        Act(
            title=_("登记热线工单"), button=_("登记工单"), form=TicketForm, do=do, way=_way(),
            villages=[*_unknown_place(request), *villages], initial={"received_on": today_in_county()},
            notes=[_("登记后不能改；填错了，在答复里写明，再登记一件。")],
        ),
    )  # fmt: skip


@takes_a_form
def answered_ticket(request: HttpRequest, number: str) -> HttpResponse:
    """答复工单."""
    row = outreach.ticket(number)
    if row is None:
        raise Http404(f"没有工单“{number}”")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        answer_ticket(number, answer=given["answer"], on=given["answered_on"], at=at)
        return Done(reverse("hotline"), _("已答复工单 %(number)s。") % {"number": number})

    return answer(
        request,
        Act(
            title=_("答复工单 %(number)s") % {"number": number}, button=_("答复"), form=AnswerForm, do=do,
            way=_way(), subject=number, values=lambda: _answer_now(number),
            initial={"answered_on": today_in_county()}, facts=_ticket_facts(row),
            closed=_already(row),
            notes=[_("答复后不能改；要补充的，登记一件新的工单。")],
        ),
    )  # fmt: skip


def _unknown_place(request: HttpRequest) -> Villages:
    """A caller need not say which village he means: then it is the officer's own division."""
    own = request.viewer.reach.ljust(12, "0")  # type: ignore[attr-defined]
    if not is_division(own) or not own.endswith("000"):
        return []
    return [(_("没有说是哪个村"), [(own, places().full(own))])]


def _answer_now(number: str) -> dict[str, str]:
    row = outreach.ticket(number)
    return {"answered_on": str(row.answered_on or ""), "answer": row.answer} if row else {}


def _ticket_facts(row: outreach.TicketRow) -> list[tuple[str, str]]:
    signed = _("实名") if row.is_named else _("匿名")
    return [
        (_("地点"), places().full(row.division)), (_("种类"), f"{row.kind}，{signed}"), (_("内容"), row.summary),
        (_("接收"), str(row.received_on)), (_("期限"), str(row.due_on)),
    ]  # fmt: skip


def _already(row: outreach.TicketRow) -> str:
    if not row.answered_on:
        return ""
    return _("这件工单已于 %(day)s 答复：%(answer)s") % {"day": row.answered_on, "answer": row.answer}


def _way() -> list[Crumb]:
    return [Crumb(_("热线工单"), reverse("hotline"))]
