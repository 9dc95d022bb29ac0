"""案件的评议和公示: what the village voted, what was posted and for how long, what was objected."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.village_queries import (
    BallotRow,
    MeetingRow,
    ObjectionRow,
    PostedNotice,
    meetings_of,
    notices_of,
    objections_of,
)
from opendibao.intake.queries import CaseFile, procedure_of_case
from opendibao.web.access import may
from opendibao.web.clock import today_in_county
from opendibao.web.decision.village_tabs import OBJECTION_TAKERS, REVIEWERS, days_left
from opendibao.web.intake.case_parts import Part
from opendibao.web.labels import OBJECTION_OUTCOMES, VOTE_RESULTS
from opendibao.web.tables import Cell, Crumb, Table, count, day, heads, money, text


def review_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """The village's votes on a case; nothing where its procedure asks for none and there was none."""
    held = meetings_of(file.id)
    if file.kind != "application" or not (held or _is_reviewed(file)):
        return None
    acts = []
    if may(request, REVIEWERS) and file.state == "verified" and _is_reviewed(file):
        acts.append(Crumb(_("登记评议会"), reverse("case-meeting", args=[file.id])))
    if may(request, REVIEWERS) and file.state == "reviewed" and held:
        acts.append(Crumb(_("结果有争议，退回调查"), reverse("contest-vote", args=[file.id])))
    context = {
        "table": _votes(held) if held else None,
        "notes": [_("评议供参考，不能代替收入和财产的核对调查。")] if held else [],
        "nothing": _("核对调查完了，开评议会表决，结果记在这里。"),
    }
    return Part("review", _("民主评议"), context, acts=acts)


def _is_reviewed(file: CaseFile) -> bool:
    return procedure_of_case(file.id).democratic_review == "ALWAYS"


def _votes(held: Sequence[tuple[MeetingRow, BallotRow]]) -> Table:
    rows = [
        [Cell(str(row.held_on), reverse("meeting", args=[row.id])), count(ballot.issued), count(ballot.votes_for),
         count(ballot.votes_against), count(ballot.spoiled), count(ballot.not_returned),
         text(_("；").join(ballot.recused)),
         Cell(_("有争议，退回调查"), tone="warn") if ballot.is_contested else text(VOTE_RESULTS[ballot.result])]
        for row, ballot in held
    ]  # fmt: skip
    return Table(
        heads("!" + _("评议会"), "#" + _("发出"), "#" + _("同意"), "#" + _("不同意"), "#" + _("废票"),
              "#" + _("未交回"), _("回避"), _("结果")), rows, caption=_("民主评议"),
    )  # fmt: skip


def notice_part(request: HttpRequest, file: CaseFile) -> Part | None:
    """The notices of a case and the objections to them."""
    posted = notices_of(file.id)
    if file.kind != "application":
        return None
    told = objections_of(file.id)
    context = {
        "table": _notices(posted) if posted else None,
        "texts": [(_objection_head(row), _objection_text(row)) for row in told],
        "nothing": _("初审意见张贴公示以后，日期、照片和异议记在这里。"),
    }
    return Part("notice", _("公示和异议"), context, acts=_notice_acts(request, file, posted, told))


def _notices(posted: Sequence[PostedNotice]) -> Table:
    today = today_in_county()
    rows = [
        [Cell(str(row.posted_on), reverse("notice", args=[row.id])), count(row.sequence), day(row.ends_on),
         text(_("%(day)s 撤下") % {"day": row.taken_down_on} if row.taken_down_on else days_left(row.ends_on, today)),
         count(row.persons), money(row.proposed_fen), text(row.objections or "")]
        for row in posted
    ]  # fmt: skip
    return Table(
        heads("!" + _("张贴"), "#" + _("第几次"), "!" + _("截止"), _("现在"), "#" + _("人数"), "#" + _("拟每月（元）"),
              "#" + _("异议")), rows, caption=_("公示"),
    )  # fmt: skip


def _notice_acts(
    request: HttpRequest, file: CaseFile, posted: Sequence[PostedNotice], told: Sequence[ObjectionRow]
) -> list[Crumb]:
    acts = []
    if may(request, REVIEWERS):
        acts += [
            Crumb(_("办结异议"), reverse("settle-objection", args=[row.id])) for row in told if row.settled_on is None
        ]
        if file.state in ("verified", "reviewed"):
            acts.append(Crumb(_("预览并张贴"), reverse("case-notice", args=[file.id])))
    if may(request, OBJECTION_TAKERS) and posted and file.state == "noticed":
        acts.append(Crumb(_("登记异议"), reverse("new-objection", args=[file.id])))
    return acts


def _objection_head(row: ObjectionRow) -> str:
    who = _("实名") if row.person else _("匿名")
    if row.settled_on is None:
        said = {"day": row.received_on, "who": who, "due": row.due_on}
        return _("%(day)s %(who)s异议，%(due)s 前答复") % said
    said = {"day": row.received_on, "who": who, "outcome": OBJECTION_OUTCOMES[row.outcome]}
    return _("%(day)s %(who)s异议：%(outcome)s") % said


def _objection_text(row: ObjectionRow) -> str:
    if row.settled_on is None:
        return row.words
    said = {"words": row.words, "day": row.settled_on, "who": row.settled_by, "answer": row.answer}
    return _("异议：%(words)s\n%(day)s %(who)s 答复：%(answer)s") % said
