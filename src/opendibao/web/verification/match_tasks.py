"""核对任务: what waits to be matched and since when, rows in doubt, what is not checked and why; the county begins."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.kernel.workdays import add_workdays
from opendibao.policy.reader import value
from opendibao.verification.answering import MatchCounts, run_matching
from opendibao.verification.match_queries import (
    DoubtfulLink,
    OpenRecheck,
    UncheckedRow,
    WaitingMatch,
    doubtful_links,
    open_rechecks,
    unchecked,
    waiting_matches,
)
from opendibao.web.access import CONFIRMERS, may, takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.approval_acts import NothingForm
from opendibao.web.labels import DEPARTMENTS, UNCHECKED
from opendibao.web.places import places
from opendibao.web.tables import Cell, Crumb, Table, day, heads, text
from opendibao.web.verification.known_case import known_case, subject_of, way_of
from opendibao.web.verification.match_tabs import match_tabs
from opendibao.web.verification.match_words import weight_words

AT_ONCE = 200
"""Cases a run takes: a county's day is fifty, and two hundred take a few seconds."""


def matching(request: HttpRequest) -> HttpResponse:
    """The county's work of matching, or a township's share of it."""
    today, waiting, doubts = today_in_county(), waiting_matches(), doubtful_links()
    viewer = request.viewer  # type: ignore[attr-defined]
    if waiting or doubts:
        record_view(_("核对任务"), viewer.division, "核对任务", at=now_in_county())
    may_run = may(request, CONFIRMERS)
    late = sum(_is_late(row, today) for row in waiting)
    return render(request, "web/matching.html", {
        "waiting": _waiting(waiting, today, may_run=may_run), "doubts": _doubts(doubts), "late": late,
        "unchecked": _unchecked(unchecked()), "rechecks": _rechecks(open_rechecks(), today), "may_run": may_run,
        "tabs": match_tabs(request, "matching"),
        "cases": len(waiting), "fresh": sum(row.begun_on is None for row in waiting),
    })  # fmt: skip


def _due(row: WaitingMatch) -> date:
    """The last day on which the county may begin (57号 第十七条)."""
    days = row.days or value("clock.match_start", on=row.requested_on, division=row.division)
    return add_workdays(row.requested_on, days)


def _is_late(row: WaitingMatch, today: date) -> bool:
    return row.begun_on is None and _due(row) < today


def _waiting(rows: Sequence[WaitingMatch], today: date, *, may_run: bool) -> Table:
    names = places()
    lines = [
        [Cell(row.number, reverse("case", args=[row.case_id])), text(names.full(row.division)), day(row.requested_on),
         _state(row, today), Cell(str(row.questions)),
         Cell(_("开始核对") if row.begun_on is None else _("再核一次"), reverse("run-match", args=[row.case_id]))
         if may_run else text("")]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("案件"), _("村社区"), "!" + _("提请"), _("什么时候开始"), "#" + _("未核项数"), _("办理"))
    return Table(
        named, lines, caption=_("等核对的案件"), nothing=_("没有等核对的案件"),
        empty=_("乡镇提请核对以后列在这里；各部门都核过的不再列。"),
    )  # fmt: skip


def _state(row: WaitingMatch, today: date) -> Cell:
    if row.begun_on:
        return text(_("%(day)s 已开始") % {"day": row.begun_on})
    due = _due(row)
    if due < today:
        return Cell(_("应在 %(day)s 前开始，已逾期") % {"day": due}, tone="bad")
    return Cell(_("%(day)s 前开始") % {"day": due}, tone="warn")


def _doubts(rows: Sequence[DoubtfulLink]) -> Table:
    lines = [
        [Cell(row.person, reverse("settle-link", args=[row.case_id, row.id])), text(row.number),
         Cell(DEPARTMENTS.get(row.source, row.source)), day(row.linked_on), Cell(weight_words(row.score))]
        for row in rows
    ]  # fmt: skip
    named = heads(_("人员"), "!" + _("案件"), _("来源"), "!" + _("比对"), "#" + _("权重"))
    return Table(
        named, lines, caption=_("待认定是不是本人"), nothing=_("没有存疑的记录"),
        empty=_("部门的记录和登记的人对不齐的，列在这里请人认定。"),
    )  # fmt: skip


def _unchecked(rows: Sequence[UncheckedRow]) -> Table:
    lines = [
        [Cell(DEPARTMENTS.get(row.source, row.source)), text(UNCHECKED.get(row.why, _("等部门答复"))),
         Cell(str(row.questions)), Cell(str(row.cases)), day(row.since)]
        for row in rows
    ]  # fmt: skip
    named = heads(_("来源"), _("为什么没有核到"), "#" + _("项数"), "#" + _("案件数"), "!" + _("最早提请"))
    return Table(
        named, lines, caption=_("未核到的"), nothing=_("没有未核到的"),
        empty=_("每一项都有了“核到”或者“已核无记录”。"),
    )  # fmt: skip


def _rechecks(rows: Sequence[OpenRecheck], today: date) -> Table:
    lines = [
        [Cell(row.number, f"{reverse('hits', args=[row.case_id])}#hit{row.match_id}"), day(row.objected_on),
         Cell(str(row.due_on), tone="bad" if row.due_on < today else "warn")]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("案件"), "!" + _("异议"), _("应在哪天前告知"))
    return Table(
        named, lines, caption=_("正在复查的异议"), nothing=_("没有正在复查的异议"),
        empty=_("家庭对核对结果有异议的，登记后列在这里。"),
    )  # fmt: skip


@takes_a_form
def run_all(request: HttpRequest) -> HttpResponse:
    """开始核对全部等着的案件."""
    rows = waiting_matches()[:AT_ONCE]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        counts = run_matching([row.case_id for row in rows], on=today_in_county(), at=at)
        return Done(reverse("matching"), _said(counts))

    facts = [
        (_("案件"), str(len(rows))), (_("还没有开始的"), str(sum(row.begun_on is None for row in rows))),
        (_("未核项数"), str(sum(row.questions for row in rows))),
    ]  # fmt: skip
    return answer(
        request,
        Act(
            title=_("开始核对"), button=_("开始核对"), form=NothingForm, do=do, facts=facts,
            way=[Crumb(_("核对任务"), reverse("matching"))], sending=_("正在核对……"),
            closed="" if rows else _("没有等核对的案件。"),
            notes=[_("照各部门最近一次送达的数据核；已经有结果的不再动。一次最多 %(n)s 件。") % {"n": AT_ONCE}],
        ),
    )  # fmt: skip


@takes_a_form
def run_one(request: HttpRequest, case_id: int) -> HttpResponse:
    """开始核对一个案件."""
    file = known_case(case_id)
    row = next((one for one in waiting_matches() if one.case_id == case_id), None)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        counts = run_matching([case_id], on=today_in_county(), at=at)
        return Done(reverse("hits", args=[case_id]), _said(counts))

    return answer(
        request,
        Act(
            title=_("开始核对"), button=_("开始核对"), form=NothingForm, do=do, way=way_of(file),
            subject=subject_of(file), sending=_("正在核对……"),
            facts=[(_("未核项数"), str(row.questions))] if row else (),
            closed="" if row else _("这个案件没有等核对的：还没有提请，都核过了，或者已经办结。"),
            notes=[_("照各部门最近一次送达的数据核；已经有结果的不再动。")],
        ),
    )  # fmt: skip


def _said(counts: MatchCounts) -> str:
    said = _("核对了 %(cases)s 件 %(n)s 项：核到 %(hits)s 项，已核无记录 %(clear)s 项，未核到 %(open)s 项。") % {
        "cases": counts.cases, "n": counts.questions, "hits": counts.hits, "clear": counts.no_hits,
        "open": counts.not_checked,
    }  # fmt: skip
    if counts.unchecked.get("doubtful"):
        return said + _("其中 %(n)s 项要先认定是不是本人。") % {"n": counts.unchecked["doubtful"]}
    return said
