"""评议会: which villages have cases to vote on, the meetings that were held, and one of them with its ballots."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.assessing import GRANTED
from opendibao.decision.village_queries import (
    BallotRow,
    MeetingFile,
    ReadOut,
    meetings_count,
    read_outs,
    ready_cases,
    waiting_by_village,
)
from opendibao.decision.village_queries import meetings as meeting_rows
from opendibao.intake.queries import attachments_of
from opendibao.kernel.money import yuan_text
from opendibao.web.access import may
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.meetings_acts import known_meeting
from opendibao.web.decision.village_tabs import REVIEWERS, case_cell, tabs, way
from opendibao.web.labels import CASE_STATES, MEETING_PARTS, OUTCOMES, VOTE_RESULTS
from opendibao.web.paging import pager
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, text


def meetings(request: HttpRequest) -> HttpResponse:
    """Villages with cases that are to be voted on, and the meetings that were held."""
    found, names = pager(request, meetings_count()), places()
    waiting, held = (
        _waiting_table(names, today_in_county(), may_hold=may(request, REVIEWERS)),
        _held_table(names, found.offset),
    )
    lead = _("评议供参考，不能代替收入和财产的核对调查（57号第十九条）。")
    page = ListPage(_("民主评议"), lead, held, choices=tabs("meetings"))
    shown = {
        "page": page,
        "pager": found,
        "waiting": waiting,
        "waiting_title": _("等评议的村"),
        "title": _("开过的评议会"),
    }
    return render(request, "web/village_lists.html", shown)


def _waiting_table(names: Places, today: date, *, may_hold: bool) -> Table:
    rows = []
    for village, cases in waiting_by_village(ready_cases()).items():
        objected = sum(case.asked_by == "objection" for case in cases)
        oldest = min(case.accepted_on for case in cases)
        href = f"{reverse('new-meeting')}?division={village}" if may_hold else ""
        rows.append([
            text(names.full(village)), count(len(cases)), Cell(str(objected or "")), day(oldest),
            count((today - oldest).days), Cell(_("登记评议会"), href, tone="warn") if href else text(_("等乡镇开会")),
        ])  # fmt: skip
    return Table(
        heads(_("村社区"), "#" + _("案件"), "#" + _("其中因异议"), "!" + _("最早受理"), "#" + _("已等（天）"),
              _("办理")), rows, caption=_("等评议的村"), nothing=_("现在没有要评议的案件"),
        empty=_("核对调查完的案件，程序要求评议的，会按村列在这里。"),
    )  # fmt: skip


def _held_table(names: Places, offset: int) -> Table:
    rows = [
        [Cell(str(row.held_on), reverse("meeting", args=[row.id])), text(names.full(row.division)), count(row.cases),
         count(row.present), text(row.chair), text(row.recorder)]
        for row in meeting_rows(offset=offset)
    ]  # fmt: skip
    return Table(
        heads("!" + _("日期"), _("村社区"), "#" + _("表决案件"), "#" + _("到会人数"), _("主持人"), _("记录人")), rows,
        caption=_("开过的评议会"), nothing=_("还没有开过评议会"), empty=_("登记的评议会会列在这里，最近的在前。"),
    )  # fmt: skip


def one_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """One meeting: the ballots beside what the rules answer, who was there, the minutes."""
    file = known_meeting(meeting_id)
    record_view(f"评议会 {file.row.division}", file.row.division, "评议会", at=now_in_county())
    may_act = may(request, REVIEWERS)
    told = read_outs({ballot.case_id: ballot.household_id for ballot in file.ballots}, file.row.held_on)
    shown = {
        "row": file.row, "place": places().full(file.row.division),
        "crumbs": [*way("meetings"), Crumb(str(file.row.held_on))],
        "votes": _votes_table(file, told, may_contest=may_act), "after": _after(file, told),
        "seats": [(words, [seat for seat in file.seats if seat.part == part]) for part, words in MEETING_PARTS.items()],
        "papers": _papers(file), "may_act": may_act,
    }  # fmt: skip
    return render(request, "web/meeting.html", shown)


def _votes_table(file: MeetingFile, told: dict[int, ReadOut], *, may_contest: bool) -> Table:
    rows = []
    for ballot in file.ballots:
        said = told.get(ballot.case_id)
        rows.append([
            case_cell(ballot.case_id, ballot.number), text(f"{said.group}{said.name}" if said else ""), _rules(said),
            count(ballot.issued), count(ballot.votes_for), count(ballot.votes_against), count(ballot.spoiled),
            count(ballot.not_returned), Cell(_("；").join(ballot.recused)), text(VOTE_RESULTS[ballot.result]),
            Cell(ballot.opinions), _standing(ballot, may_contest=may_contest),
        ])  # fmt: skip
    return Table(
        heads("!" + _("案件"), _("户主"), _("规则的结果"), "#" + _("发出"), "#" + _("同意"), "#" + _("不同意"),
              "#" + _("废票"), "#" + _("未交回"), _("回避"), _("表决结果"), _("意见"), _("现在")),
        rows, caption=_("表决结果"),
    )  # fmt: skip


def _rules(said: ReadOut | None) -> Cell:
    if said is None or said.fault:
        return Cell(_("情况读不出来，请改正调查表") if said else "", tone="warn" if said else "")
    words = OUTCOMES[said.outcome]
    if said.outcome not in GRANTED:
        return Cell(words)
    return Cell(
        _("%(outcome)s，每月 %(yuan)s 元") % {"outcome": words, "yuan": yuan_text(said.amount_fen, grouped=True)}
    )


def _standing(ballot: BallotRow, *, may_contest: bool) -> Cell:
    if ballot.is_contested:
        return Cell(_("有争议，已退回调查"), tone="warn")
    if may_contest and ballot.state == "reviewed":
        return Cell(_("有争议？退回调查"), reverse("contest-vote", args=[ballot.case_id]))
    return text(CASE_STATES[ballot.state])


def _after(file: MeetingFile, told: dict[int, ReadOut]) -> list[str]:
    """What follows where the village and the rules do not say the same: the rules hold, the facts may be looked at."""
    refused, wished = [], []
    for ballot in file.ballots:
        said = told.get(ballot.case_id)
        if said is None or said.fault or ballot.is_contested:
            continue
        granted = said.outcome in GRANTED
        if granted and ballot.result == "against":
            refused.append(said.name)
        if not granted and ballot.result == "for":
            wished.append(said.name)
    against = _("%(who)s：多数不同意，但查明的收入和财产符合规定，照规则办；若说的是没有查到的情况，请退回重新调查。")
    agreed = _("%(who)s：多数同意，但查明的收入或财产不符合规定，评议不能改变结果。")
    both = ((refused, against), (wished, agreed))
    return [words % {"who": _("、").join(names)} for names, words in both if names]


def _papers(file: MeetingFile) -> list[Crumb]:
    """The signed minutes, kept with the first case of the meeting as with every other."""
    first = next(iter(file.ballots), None)
    kept = attachments_of(first.case_id, "minutes") if first else []
    return [Crumb(row.name, reverse("attachment", args=[row.id])) for row in kept]
