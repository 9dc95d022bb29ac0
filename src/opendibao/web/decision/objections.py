"""公示异议: what was objected to the notices, an objection registered, and one settled with its answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.notice_queries import ObjectionRow, notices_of, objection, objections_count
from opendibao.decision.notice_queries import objections as objection_rows
from opendibao.decision.objections import (
    ANSWER_LENGTH,
    NAME_LENGTH,
    WORDS_LENGTH,
    register_objection,
    settle_objection,
)
from opendibao.intake.queries import procedure_of_case
from opendibao.web.access import may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.village_tabs import REVIEWERS, case_cell, case_crumb, tabs, way
from opendibao.web.labels import CASE_STATES, OBJECTION_OUTCOMES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.tables import Cell, Choice, Choices, ListPage, Table, day, heads, text
from opendibao.web.verification.known_case import known_case

WHICH = {"": gettext_lazy("全部"), "open": gettext_lazy("待办结")}


class ObjectionForm(ActForm):
    """Who objects to what; no name is needed."""

    received_on = Day(gettext_lazy("收到日期"))
    person = Words(
        gettext_lazy("异议人"), NAME_LENGTH, needed=False, hint=gettext_lazy("（选填）不愿留姓名的空着，记为匿名")
    )
    contact = Words(
        gettext_lazy("联系方式"), NAME_LENGTH, needed=False, hint=gettext_lazy("（选填）电话或住处，答复送到哪里")
    )
    words = Words(
        gettext_lazy("异议内容"), WORDS_LENGTH, rows=4, hint=gettext_lazy("照他说的记：哪一家、什么情况、从哪里知道")
    )


class SettleForm(ActForm):
    """What was found, and what follows."""

    settled_on = Day(gettext_lazy("办结日期"))
    outcome = Pick(gettext_lazy("结果"), OBJECTION_OUTCOMES)
    answer = Words(
        gettext_lazy("查明的情况"), ANSWER_LENGTH, rows=4,
        hint=gettext_lazy("会写进答复书，只写和异议有关的；不写病情、证件号、账号和别家的事"),
    )  # fmt: skip


def objections(request: HttpRequest) -> HttpResponse:
    """Objections, those without an answer first."""
    state, today, names = request.GET.get("state", ""), today_in_county(), places()
    if state not in WHICH:
        raise BadQuestion(_("没有“%(state)s”这种异议，请从列出的里面选") % {"state": state})
    is_open, may_act = state == "open", may(request, REVIEWERS)
    found = pager(request, objections_count(is_open=is_open))
    rows = [
        [case_cell(row.case_id, row.number), text(names.full(row.division)), day(row.received_on),
         text(_("实名") if row.person else _("匿名")), text(row.words), _due(row, today),
         _outcome(row, may_act=may_act)]
        for row in objection_rows(is_open=is_open, offset=found.offset)
    ]  # fmt: skip
    if rows:
        viewer = request.viewer  # type: ignore[attr-defined]
        record_view(_("公示异议"), viewer.division, "公示异议", at=now_in_county())
    table = Table(
        heads("!" + _("案件"), _("村社区"), "!" + _("收到"), _("署名"), _("异议内容"), "!" + _("答复期限"),
              _("结果")), rows, caption=_("公示异议"), nothing=_("这里没有异议"),
        empty=_("公示期间有人提出异议，登记后列在这里，办结前案件不往下办。"),
    )  # fmt: skip
    options = [Choice(str(words), f"?state={code}", code == state) for code, words in WHICH.items()]
    lead = _("有异议的，重新调查或者民主评议，再重新提出初审意见（57号第十九条）。实名的件件答复。")
    page = ListPage(_("公示异议"), lead, table, choices=[*tabs("objections"), Choices(_("哪些异议"), options)])
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _due(row: ObjectionRow, today: date) -> Cell:
    if row.settled_on is None and row.due_on < today:
        return Cell(_("%(day)s 已逾期") % {"day": row.due_on}, tone="bad")
    return day(row.due_on)


def _outcome(row: ObjectionRow, *, may_act: bool) -> Cell:
    if row.settled_on:
        return text(_("%(day)s %(outcome)s") % {"day": row.settled_on, "outcome": OBJECTION_OUTCOMES[row.outcome]})
    return Cell(_("办结"), reverse("settle-objection", args=[row.id]) if may_act else "", tone="warn")


@takes_a_form
def new_objection(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记异议."""
    file, posted = known_case(case_id), notices_of(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = register_objection(
            case_id, words=given["words"], person=given["person"], contact=given["contact"], on=given["received_on"],
            at=at,
        )  # fmt: skip
        said = _("已登记异议，%(day)s 前答复。办结以前，这个案件不能报县。") % {"day": made.due_on}
        return Done(reverse("case", args=[case_id]), said)

    last = posted[-1] if posted else None
    facts = [(_("案件"), file.number)]
    if last:
        facts.append((_("公示"), _("%(first)s 至 %(last)s") % {"first": last.posted_on, "last": last.ends_on}))
    closed = _("案件现在是“%(state)s”，没有公示中的初审意见。") % {"state": CASE_STATES[file.state]}
    return answer(
        request,
        Act(
            title=_("登记公示异议"), button=_("登记异议"), form=ObjectionForm, do=do,
            way=[case_crumb(case_id, file.number)],
            subject=f"案件 {file.number}", initial={"received_on": today_in_county()}, facts=facts,
            closed="" if last and file.state == "noticed" else closed,
            notes=[_("异议人的姓名和联系方式只有办案的人看得到，不写进公示，也不告诉被反映的家庭。")],
        ),
    )  # fmt: skip


@takes_a_form
def settled_objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    """办结异议."""
    row = _known(objection_id)
    record_view(f"案件 {row.number}", row.division, "公示异议", at=now_in_county())

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        settle_objection(objection_id, outcome=given["outcome"], answer=given["answer"], on=given["settled_on"], at=at)
        said = _("已办结：%(outcome)s。答复书已写好，请送达或张贴。") % {
            "outcome": OBJECTION_OUTCOMES[given["outcome"]]
        }
        return Done(reverse("case", args=[row.case_id]), said)

    never = procedure_of_case(row.case_id).democratic_review == "NEVER"
    offered = {code: words for code, words in OBJECTION_OUTCOMES.items() if not (never and code == "review")}
    form = type("SettleForm", (SettleForm,), {"outcome": Pick(gettext_lazy("结果"), offered)})
    return answer(
        request,
        Act(
            title=_("办结公示异议"), button=_("办结并写答复书"), form=form, do=do,
            way=[*way("objections"), case_crumb(row.case_id, row.number)], subject=f"案件 {row.number}",
            values=lambda: _values(objection_id), initial={"settled_on": today_in_county()}, facts=_facts(row),
            closed=_already(row),
            notes=[_("“重新调查”：案件回到“已受理”，派人重新入户。“重新评议”：再开一次评议会。"),
                   _("两样都要重新提出初审意见、重新公示。")],
        ),
    )  # fmt: skip


def _known(objection_id: int) -> ObjectionRow:
    row = objection(objection_id)
    if row is None:
        raise Http404(f"没有异议 {objection_id}")
    return row


def _values(objection_id: int) -> dict[str, str]:
    row = _known(objection_id)
    outcome = OBJECTION_OUTCOMES.get(row.outcome, "")
    return {"settled_on": str(row.settled_on or ""), "outcome": outcome, "answer": row.answer}


def _facts(row: ObjectionRow) -> list[tuple[str, str]]:
    who = row.person or _("匿名")
    return [
        (_("异议人"), f"{who} {row.contact}".strip()), (_("异议内容"), row.words), (_("收到"), str(row.received_on)),
        (_("答复期限"), str(row.due_on)), (_("登记人"), row.taken_by),
    ]  # fmt: skip


def _already(row: ObjectionRow) -> str:
    if row.settled_on is None:
        return ""
    said = {"day": row.settled_on, "who": row.settled_by, "outcome": OBJECTION_OUTCOMES[row.outcome]}
    return _("这件异议已于 %(day)s 由 %(who)s 办结：%(outcome)s。") % said
