"""评议办理: a meeting is entered with its ballots, its signed minutes are kept, a contested result goes back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.review_meeting import REASON_LENGTH, contest_vote, hold_meeting
from opendibao.decision.village_queries import MeetingFile, ReadyCase, meeting, meetings_of, ready_cases, seats_before
from opendibao.intake.attachments import keep_attachment
from opendibao.intake.queries import case_file
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.meetings_form import SEATS, begun, form_of, items_of
from opendibao.web.decision.village_tabs import asked_village, case_crumb, way
from opendibao.web.labels import CASE_STATES, VOTE_RESULTS
from opendibao.web.places import places
from opendibao.web.tables import Crumb
from opendibao.web.uploads import Paper, Sent
from opendibao.web.verification.known_case import known_case


class PaperForm(ActForm):
    """The minutes as they were signed."""

    kept_on = Day(gettext_lazy("收到日期"))
    paper = Paper(gettext_lazy("签字的评议记录"))


class ContestForm(ActForm):
    """Why a result cannot stand."""

    on = Day(gettext_lazy("提出日期"))
    reason = Words(
        gettext_lazy("争议在哪里，要重新调查什么"), REASON_LENGTH, rows=3,
        hint=gettext_lazy("例如：有人说家里另有门面出租，调查表上没有"),
    )  # fmt: skip


@takes_a_form
def new_meeting(request: HttpRequest) -> HttpResponse:
    """登记评议会."""
    village, today = asked_village(request, request.GET.get("division", "")), today_in_county()
    items = items_of([*ready_cases(village), *_typed_before(request, village)], today)
    record_view(f"评议会 {village}", village, "评议宣读材料", at=now_in_county())

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        counts = {part: len(given[field]) for field, part in SEATS.items()}
        made = hold_meeting(
            village, on=given["held_on"], at=at, chair=given["chair"], recorder=given["recorder"],
            place=given["place"], villagers=counts["villager"], party_members=counts["party"],
            cadres=counts["cadre"], township=counts["township"], entitled=given["entitled"], seats=given["seats"],
            votes=given["votes"], discussion=given["discussion"],
        )  # fmt: skip
        if given["paper"]:
            _keep_minutes([vote.case_id for vote in given["votes"]], given["paper"], given["held_on"], at)
        said = _("已登记评议会，表决 %(n)d 件。请打印评议记录，请到会人员签字。") % {"n": len(given["votes"])}
        return Done(reverse("meeting", args=[made.pk]), said)

    return answer(
        request,
        Act(
            title=_("登记评议会：%(village)s") % {"village": places().full(village)}, button=_("登记评议结果"),
            form=form_of(items), do=do, way=way("meetings"), subject=f"评议会 {village}",
            initial=begun(*seats_before(village), items, today), template="web/meeting_form.html",
            closed="" if items else _("这个村（社区）现在没有要评议的案件。"),
            notes=[_("每件：发出的票 = 到会人数 − 回避人数 = 同意 + 不同意 + 废票 + 未交回。"),
                   _("空着的算 0，整行空着的这次不评。"),
                   _("评议只供参考，不能代替收入和财产的核对调查（57号第十九条）。")],
        ),
    )  # fmt: skip


def _typed_before(request: HttpRequest, village: str) -> list[ReadyCase]:
    """Cases that were typed and meanwhile no longer wait: their rows stay, and the action says why it refuses."""
    waiting = {row.id for row in ready_cases(village)}
    named = {name.partition("_")[2] for name in request.POST if name.startswith("for_")}
    files = [case_file(int(each)) for each in sorted(named) if each.isascii() and each.isdigit() and len(each) < 10]
    return [
        ReadyCase(file.id, file.number, file.household_id, file.division, file.accepted_on, None, "")
        for file in files
        if file and file.division == village and file.accepted_on and file.id not in waiting
    ]


def _keep_minutes(case_ids: list[int], paper: Sent, on: Any, at: datetime) -> None:
    for case_id in case_ids:
        keep_attachment(case_id, kind="minutes", name=paper.name, content=paper.content, on=on, at=at)


@takes_a_form
def signed_minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """补签字的评议记录."""
    file = known_meeting(meeting_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        _keep_minutes([ballot.case_id for ballot in file.ballots], given["paper"], given["kept_on"], at)
        said = _("已收到签字的评议记录，放进 %(n)d 个案件。") % {"n": len(file.ballots)}
        return Done(reverse("meeting", args=[meeting_id]), said)

    row = file.row
    title = _("%(village)s %(day)s 评议会") % {"village": places().full(row.division), "day": row.held_on}
    return answer(
        request,
        Act(
            title=_("补签字的评议记录"), button=_("收下"), form=PaperForm, do=do,
            way=[*way("meetings"), Crumb(title, reverse("meeting", args=[meeting_id]))],
            initial={"kept_on": today_in_county()}, facts=[(_("评议会"), title)],
        ),
    )  # fmt: skip


def known_meeting(meeting_id: int) -> MeetingFile:
    """A meeting in sight. Raises Http404."""
    file = meeting(meeting_id)
    if file is None:
        raise Http404(f"没有评议会 {meeting_id}")
    return file


@takes_a_form
def contested_vote(request: HttpRequest, case_id: int) -> HttpResponse:
    """评议结果有争议."""
    file = known_case(case_id)
    held = meetings_of(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        contest_vote(case_id, reason=given["reason"], on=given["on"], at=at)
        said = _("已退回重新调查。调查以后再评议，这次的表决留在记录里。")
        return Done(reverse("case", args=[case_id]), said)

    facts = [(_("案件"), file.number)]
    for row, ballot in held:
        result = {
            "day": row.held_on,
            "for": ballot.votes_for,
            "of": ballot.issued,
            "words": VOTE_RESULTS[ballot.result],
        }
        facts.append((_("评议"), _("%(day)s，%(of)d 票里同意 %(for)d 票，%(words)s") % result))
    state = CASE_STATES[file.state]
    closed = (
        "" if held and file.state == "reviewed" else _("案件现在是“%(state)s”，没有刚评议完的结果。") % {"state": state}
    )
    return answer(
        request,
        Act(
            title=_("评议结果有争议"), button=_("退回重新调查"), form=ContestForm, do=do,
            way=[case_crumb(case_id, file.number)], subject=f"案件 {file.number}",
            initial={"on": today_in_county()}, facts=facts, closed=closed,
            notes=[_("票数不会改。案件回到“已受理”，派人重新入户调查，再开评议会。")],
        ),
    )  # fmt: skip
