"""网上申请办理页: what families sent, one of them as it was written, taken over into an application or answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.intake.online import ANSWER_LENGTH, answer_online
from opendibao.intake.online_queries import OnlineRow, online_application, online_applications, online_count
from opendibao.kernel.ids import mask_id_number
from opendibao.registry.queries import search as find
from opendibao.web.access import may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import COUNTY_TIME, now_in_county
from opendibao.web.context import today_in_county
from opendibao.web.intake.acceptance import CLERKS
from opendibao.web.intake.apply_form import CAUSES, KIN
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, heads, text

VIEWS = (("", gettext_lazy("待办")), ("all", gettext_lazy("全部")))


class AnswerForm(ActForm):
    """Why it is not taken over."""

    answered_on = Day(gettext_lazy("答复日期"))
    answer = Words(
        gettext_lazy("答复"), ANSWER_LENGTH, rows=4,
        hint=gettext_lazy("家庭在“查进度”里看到这段话：为什么不转为申请、可以怎么办；不要写个人信息"),
    )  # fmt: skip


def online_list(request: HttpRequest) -> HttpResponse:
    """What families sent: what waits, or all."""
    is_waiting = request.GET.get("view", "") != "all"
    found = pager(request, online_count(is_waiting=is_waiting))
    rows = online_applications(is_waiting=is_waiting, offset=found.offset)
    options = [Choice(str(words), f"?view={name}" if name else "?", is_waiting != bool(name)) for name, words in VIEWS]
    said = _("%(n)s 件等办。请先打电话核实，再接办或者答复。") if is_waiting else _("共 %(n)s 件。")
    page = ListPage(
        _("网上申请"), said % {"n": f"{found.rows:,}"}, _table(rows),
        choices=[Choices(_("看哪些"), options), case_tabs("online-applications")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def online_page(request: HttpRequest, online_id: int) -> HttpResponse:
    """One of them as the family wrote it."""
    row = _found(online_id)
    record_view(f"网上申请 {row.number}", row.division, "网上申请", at=now_in_county())
    said = row.said
    shown = {
        "row": row,
        "crumbs": [*_way(), Crumb(row.number)],
        "facts": [*_facts(row), *_told(row)],
        "members": [(one.name, str(KIN.get(one.relation, one.relation)), one.id_number) for one in said.members],
        "may_act": may(request, CLERKS) and row.answered_on is None,
        "take_over": _take_over(row),
    }
    return render(request, "web/online.html", shown)


@takes_a_form
def answered_online(request: HttpRequest, online_id: int) -> HttpResponse:
    """答复网上申请."""
    row = _found(online_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        answer_online(online_id, answer=given["answer"], on=given["answered_on"], at=at)
        return Done(reverse("online-applications"), _("已答复 %(number)s。") % {"number": row.number})

    return answer(
        request,
        Act(
            title=_("答复网上申请"), button=_("答复，不转为申请"), form=AnswerForm, do=do,
            way=[*_way(), Crumb(row.number, reverse("online-application", args=[row.id]))],
            subject=f"网上申请 {row.number}", values=lambda: _now(online_id),
            initial={"answered_on": today_in_county()}, facts=_facts(row),
            closed=_("已于 %(day)s 办理。") % {"day": row.answered_on} if row.answered_on else "",
            notes=[_("能受理的不要答复了事，请接办：材料不齐也先登记申请，再一次性告知补正。")],
        ),
    )  # fmt: skip


def _take_over(row: OnlineRow) -> str:
    """The application page for it, with the household's file where the applicant is in one."""
    homes, _total = find(row.id_number, limit=1)
    asked = {"online": str(row.id)} | ({"household": homes[0].household} if homes else {})
    return f"{reverse('new-application')}?{urlencode(asked)}"


def _found(online_id: int) -> OnlineRow:
    row = online_application(online_id)
    if row is None:
        raise Http404(f"没有网上申请 {online_id}")
    return row


def _table(rows: Sequence[OnlineRow]) -> Table:
    names = places()
    cells = [
        [Cell(row.number, reverse("online-application", args=[row.id])), Cell(_moment(row.received_at)),
         text(row.applicant), text(mask_id_number(row.id_number)), text(row.phone), text(names.full(row.division)),
         _state(row)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        "!" + _("回执号"), "!" + _("收到"), "!" + _("申请人"), "!" + _("身份证号"), "!" + _("电话"), _("村社区"),
        "!" + _("办理"),
    )  # fmt: skip
    return Table(
        named, cells, caption=_("网上申请"), nothing=_("没有等办的网上申请"),
        empty=_("家庭自己在网上提交的申请会列在这里，按收到的先后排。"),
    )  # fmt: skip


def _state(row: OnlineRow) -> Cell:
    if row.case_id:
        return Cell(row.case, reverse("case", args=[row.case_id]))
    if row.answered_on:
        return Cell(_("%(day)s 答复") % {"day": row.answered_on})
    if row.others:
        return Cell(_("等办，同一人还交过 %(n)s 份") % {"n": row.others}, tone="warn")
    return Cell(_("等办"), tone="warn")


def _facts(row: OnlineRow) -> list[tuple[str, str]]:
    return [
        (_("回执号"), row.number), (_("收到"), _moment(row.received_at)), (_("申请人"), row.applicant),
        (_("身份证号"), row.id_number), (_("电话"), row.phone), (_("村社区"), places().full(row.division)),
    ]  # fmt: skip


def _told(row: OnlineRow) -> list[tuple[str, str]]:
    said = row.said
    causes = _("、").join(str(CAUSES.get(code, code)) for code in said.causes.split(",") if code)
    found = [
        (_("住址"), said.address), (_("困难原因"), causes), (_("情况"), said.reason), (_("收入"), said.income),
        (_("财产"), said.property), (_("答复"), row.answer),
    ]  # fmt: skip
    return [(words, value) for words, value in found if value]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(COUNTY_TIME):%Y-%m-%d %H:%M}"


def _now(online_id: int) -> dict[str, str]:
    row = online_application(online_id)
    return {"answered_on": str(row.answered_on), "answer": row.answer} if row and row.answered_on else {}


def _way() -> list[Crumb]:
    return [Crumb(_("网上申请"), reverse("online-applications"))]
