"""审核办理: one case is confirmed, refused or sent back, the county's own visit is entered, a decision taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.decision.actions import confirm_case, refuse_case
from opendibao.decision.assessing import speaks_against
from opendibao.decision.clean import Judged, judged
from opendibao.decision.county_queries import reported_among
from opendibao.decision.county_visits import record_county_visit
from opendibao.decision.letter_queries import letter_file, not_voidable
from opendibao.decision.returning import return_to_township
from opendibao.decision.voiding import void_decision
from opendibao.intake.queries import CaseFile, case_file
from opendibao.kernel.money import in_words, yuan_text
from opendibao.kernel.month import add_months, month_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.decision.approval_words import GROUNDS, days_said, doubts_said, unfit_said
from opendibao.web.labels import CASE_STATES, DECISIONS, OUTCOMES, Labels
from opendibao.web.tables import Crumb
from opendibao.web.verification.known_case import known_case
from opendibao.web.viewing import Viewer

AGREES = Labels({"yes": gettext_noop("一致"), "no": gettext_noop("不一致")})
NAME, SENTENCE, REASON = 60, 300, 200


class NothingForm(ActForm):
    """Nothing is typed: what is done stands on the page."""


class ReasonForm(ActForm):
    """Why it is done."""

    reason = Words(gettext_lazy("理由"), REASON, rows=2)


class ReturnForm(ActForm):
    """What the township must find out."""

    reason = Words(
        gettext_lazy("要乡镇查清什么"),
        REASON,
        rows=3,
        hint=gettext_lazy("写具体：查谁的什么、为什么。乡镇照这几句话办"),
    )


class VisitForm(ActForm):
    """The county's own visit."""

    on = Day(gettext_lazy("核查日期"))
    ground = Pick(gettext_lazy("核查事由"), GROUNDS)
    first = Words(gettext_lazy("核查人"), NAME)
    second = Words(gettext_lazy("第二核查人"), NAME, hint=gettext_lazy("两个人去，都不是乡镇的调查人"))
    agrees = Pick(gettext_lazy("与乡镇调查"), AGREES)
    words = Words(gettext_lazy("核查情况"), SENTENCE, rows=3)


def _way(file: CaseFile) -> list[Crumb]:
    return [
        Crumb(_("审核确认"), reverse("approvals")),
        Crumb(_("案件 %(number)s") % {"number": file.number}, reverse("approval", args=[file.id])),
    ]


def _now(case_id: int) -> dict[str, str]:
    file = case_file(case_id)
    return {"state": CASE_STATES[file.state]} if file else {}


def _judged(case_id: int, today: date) -> Judged | None:
    return next(iter(judged(reported_among([case_id]), today)), None)


def _facts(one: Judged | None, today: date) -> list[tuple[str, str]]:
    """What is decided, in words before the button."""
    if one is None or one.ruled is None:
        return []
    found = [(_("期限"), _("%(day)s，%(days)s") % {"day": one.due_on, "days": days_said(one.due_on, today)})]
    if one.doubts:
        found.append((_("要看的"), _("；").join(doubts_said(one))))
    if not one.ruled.is_granted:
        why = _("；").join(reason.zh for reason in one.ruled.reasons if speaks_against(reason))
        return [(_("按规则"), OUTCOMES[one.ruled.outcome]), (_("理由"), why), *found]
    fen, first = one.ruled.monthly_fen, add_months(month_of(today), 1)
    said = {"yuan": yuan_text(fen, grouped=True), "words": in_words(fen)}
    return [
        (_("保障"), _("%(n)s 人") % {"n": one.ruled.persons}), (_("每月"), _("%(yuan)s 元（%(words)s）") % said),
        (_("起发"), f"{first:%Y-%m}"), *found,
    ]  # fmt: skip


def _closed(request: HttpRequest, file: CaseFile, one: Judged | None) -> str:
    """Why nothing can be decided here."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if one is None or (file.state != "reported" and not one.case.is_townships):
        return _("案件现在是“%(state)s”，不在等审核确认。") % {"state": CASE_STATES[file.state]}
    return unfit_said(one, viewer.name)


Decide = Callable[[datetime], Any]  # pages never import the tables' Decision


def _decision(
    request: HttpRequest, case_id: int, words: tuple[str, str], decide: Decide, said: str, notes: Sequence[str]
) -> HttpResponse:
    file, today = known_case(case_id), today_in_county()
    one = _judged(case_id, today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = decide(at)
        return Done(reverse("decision-letter", args=[made.pk]), said % {"number": made.number})

    return answer(
        request,
        Act(
            title=words[0], button=words[1], form=NothingForm, do=do, way=_way(file), subject=f"案件 {file.number}",
            values=lambda: _now(case_id), facts=_facts(one, today), notes=notes, closed=_closed(request, file, one),
        ),
    )  # fmt: skip


@takes_a_form
def confirmed_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """确认同意."""
    today = today_in_county()
    notes = [
        _("金额由规则按查明的情况算出，不能手填；从作出决定的下月起发放。"),
        _("按下后写好确认通知书；签收以前可以撤销。"),
    ]
    return _decision(
        request, case_id, (_("确认同意"), _("确认同意")), lambda at: confirm_case(case_id, on=today, at=at),
        _("已确认同意（%(number)s）。通知书已写好，请交乡镇送达。"), notes,
    )  # fmt: skip


@takes_a_form
def refused_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """不予确认."""
    today = today_in_county()
    notes = [
        _("理由和条款由规则给出，写进告知书；3 个工作日内书面告知申请人（57号第二十一条）。"),
        _("按下后可以在告知书上补一句话，法定的内容不能改。"),
    ]
    return _decision(
        request, case_id, (_("不予确认"), _("不予确认")), lambda at: refuse_case(case_id, on=today, at=at),
        _("已不予确认（%(number)s）。告知书已写好，请在 3 个工作日内送达。"), notes,
    )  # fmt: skip


@takes_a_form
def returned_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """退回乡镇."""
    file, today = known_case(case_id), today_in_county()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        return_to_township(case_id, reason=given["reason"], on=today, at=at)
        return Done(reverse("approvals"), _("已退回乡镇重新调查：%(number)s。") % {"number": file.number})

    is_open = file.state == "reported"
    return answer(
        request,
        Act(
            title=_("退回乡镇"), button=_("退回乡镇"), form=ReturnForm, do=do, way=_way(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id),
            notes=[_("乡镇重新调查，再提初审意见、公示、报县；受理之日起的期限照走。")],
            closed="" if is_open else (
                _("案件现在是“%(state)s”，已报县的才能退回。") % {"state": CASE_STATES[file.state]}
            ),
        ),
    )  # fmt: skip


@takes_a_form
def visited_family(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记县级入户核查."""
    file, today = known_case(case_id), today_in_county()
    one = _judged(case_id, today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        record_county_visit(
            case_id, ground=given["ground"], visitors=(given["first"], given["second"]),
            agrees=given["agrees"] == "yes", words=given["words"], on=given["on"], at=at,
        )  # fmt: skip
        return Done(reverse("approval", args=[case_id]), _("已登记县级入户核查。"))

    return answer(
        request,
        Act(
            title=_("登记县级入户核查"), button=_("登记"), form=VisitForm, do=do, way=_way(file),
            subject=f"案件 {file.number}", values=lambda: _now(case_id),
            initial={"on": today, "ground": _ground(one)},
            notes=[_("近亲属备案的家庭，和审核阶段有投诉举报的家庭，县民政局应当入户（57号第二十条）。")],
        ),
    )  # fmt: skip


def _ground(one: Judged | None) -> str:
    """The ground that forces the visit; none where nothing does."""
    codes = {"relative": "relative", "complaint": "complaint", "sampled": "sample"}
    return next((codes[code] for code in (one.doubts if one else ()) if code in codes), "")


@takes_a_form
def voided_decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """撤销决定."""
    file, today = letter_file(decision_id), today_in_county()
    if file is None:
        raise Http404(f"没有决定 {decision_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        void_decision(decision_id, reason=given["reason"], on=today, at=at)
        return Done(reverse("approvals"), _("已撤销 %(number)s，案件回到等审核确认。") % {"number": file.number})

    return answer(
        request,
        Act(
            title=_("撤销决定"), button=_("撤销决定"), form=ReasonForm, do=do, subject=f"决定 {file.number}",
            way=[Crumb(_("审核确认"), reverse("approvals")),
                 Crumb(file.number, reverse("decision-letter", args=[decision_id]))],
            facts=[(_("决定"), _("%(kind)s，%(number)s") % {"kind": DECISIONS[file.kind], "number": file.number})],
            notes=[_("决定留在记录里，写明撤销的理由；从没有生效，不计入任何数字。")],
            closed=not_voidable(decision_id, today),
        ),
    )  # fmt: skip
