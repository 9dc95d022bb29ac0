"""访问和索证: neighbours and offices are asked and answer; a family that will not be asked is written down."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.attachments import keep_attachment
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.verification.actions import (
    answer_evidence_letter,
    record_interview,
    record_refused_visit,
    send_evidence_letter,
)
from opendibao.verification.evidence_letters import ADDRESSEE_LENGTH, WORDS_LENGTH
from opendibao.verification.survey_queries import evidence_letter
from opendibao.verification.surveyors import NAME_LENGTH
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import CASE_STATES
from opendibao.web.uploads import Paper
from opendibao.web.verification.known_case import back, known_case, subject_of, way_of
from opendibao.web.verification.survey_words import VIEWS


class InterviewForm(ActForm):
    """A neighbour's words."""

    on = Day(gettext_lazy("访问日期"))
    interviewer = Words(gettext_lazy("访问人"), NAME_LENGTH)
    neighbour = Words(gettext_lazy("受访的邻居"), NAME_LENGTH, hint=gettext_lazy("不是这一户的人；不对外公开"))
    words = Words(gettext_lazy("他怎么说"), WORDS_LENGTH, rows=3)
    view = Pick(gettext_lazy("和申报比"), VIEWS)


class LetterForm(ActForm):
    """Who is asked by letter, for what."""

    on = Day(gettext_lazy("发函日期"))
    addressee = Words(gettext_lazy("受函单位"), ADDRESSEE_LENGTH)
    asks = Words(gettext_lazy("询问事项"), WORDS_LENGTH, rows=3)


class ReplyForm(ActForm):
    """What was answered, with the letter where there is one."""

    on = Day(gettext_lazy("复函日期"))
    answer = Words(gettext_lazy("复函内容"), WORDS_LENGTH, rows=3)
    paper = Paper(gettext_lazy("复函"), needed=False)


class RefusalForm(ActForm):
    """A family that would not be asked."""

    on = Day(gettext_lazy("上门日期"))
    first = Words(gettext_lazy("调查人一"), NAME_LENGTH)
    second = Words(gettext_lazy("调查人二"), NAME_LENGTH)
    witness = Words(gettext_lazy("见证人"), NAME_LENGTH, hint=gettext_lazy("调查人以外的人，如村干部、邻居"))
    words = Words(gettext_lazy("怎样拒绝的"), WORDS_LENGTH, rows=3)


@takes_a_form
def new_interview_of_neighbour(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记邻里访问."""
    file = known_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        record_interview(
            file.id, interviewer=given["interviewer"], neighbour=given["neighbour"], words=given["words"],
            view=given["view"], on=given["on"], at=at,
        )  # fmt: skip
        return Done(back(file), _("已登记邻里访问。"))

    return answer(
        request,
        Act(
            title=_("邻里访问"), button=_("登记访问"), form=InterviewForm, do=do, way=way_of(file),
            closed=_closed(file),
            initial={"on": today_in_county(), "interviewer": request.viewer.name},  # type: ignore[attr-defined]
            facts=[(_("户编号"), file.household)],
        ),
    )  # fmt: skip


@takes_a_form
def new_evidence_letter(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记发函."""
    file = known_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        send_evidence_letter(file.id, addressee=given["addressee"], asks=given["asks"], on=given["on"], at=at)
        return Done(back(file), _("已登记发函，复函来了再登记。"))

    return answer(
        request,
        Act(
            title=_("信函索证"), button=_("登记发函"), form=LetterForm, do=do, way=way_of(file),
            closed=_closed(file), initial={"on": today_in_county()},
            facts=[(_("户编号"), file.household)],
        ),
    )  # fmt: skip


@takes_a_form
def answered_evidence_letter(request: HttpRequest, case_id: int, letter_id: int) -> HttpResponse:
    """登记复函."""
    file, letter = known_case(case_id), evidence_letter(letter_id)
    if letter is None or letter.case_id != file.id:
        raise Http404(f"没有信函 {letter_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        sent, paper = given["paper"], None
        if sent:
            paper = keep_attachment(
                file.id, kind="reply", name=sent.name, content=sent.content, on=today_in_county(), at=at
            ).pk  # fmt: skip
        answer_evidence_letter(letter_id, answer=given["answer"], on=given["on"], at=at, paper_id=paper)
        return Done(back(file), _("已登记复函。"))

    said = _("%(day)s 已经复函，不能改写。") % {"day": letter.answered_on} if letter.answered_on else ""
    return answer(
        request,
        Act(
            title=_("登记复函"), button=_("登记复函"), form=ReplyForm, do=do, way=way_of(file),
            subject=subject_of(file), values=lambda: _reply_now(letter_id), closed=said,
            initial={"on": today_in_county()},
            facts=[(_("受函单位"), letter.addressee), (_("询问事项"), letter.asks),
                   (_("发函日期"), str(letter.sent_on))],
        ),
    )  # fmt: skip


@takes_a_form
def new_refused_visit(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记拒绝配合."""
    file = known_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        record_refused_visit(
            file.id, surveyors=(given["first"], given["second"]), witness=given["witness"], words=given["words"],
            on=given["on"], at=at,
        )  # fmt: skip
        return Done(back(file), _("已登记拒绝配合。是否终止办理另行决定（57号第二十九条）。"))

    said = _("案件现在是“%(state)s”，不在调查中。") % {"state": CASE_STATES[file.state]}
    return answer(
        request,
        Act(
            title=_("登记拒绝配合"), button=_("登记拒绝配合"), form=RefusalForm, do=do, way=way_of(file),
            closed="" if file.state == "accepted" else said,
            initial={"on": today_in_county(), "first": request.viewer.name},  # type: ignore[attr-defined]
            facts=[(_("户编号"), file.household)],
            notes=[_("先向家庭讲清：不配合调查可能终止办理（57号第二十九条），再登记。")],
        ),
    )  # fmt: skip


def _reply_now(letter_id: int) -> dict[str, str]:
    row = evidence_letter(letter_id)
    return {"on": str(row.answered_on), "answer": row.answer} if row and row.answered_on else {}


def _closed(file: CaseFile) -> str:
    if file.accepted_on is None or file.state in ENDED:
        said = _("案件现在是“%(state)s”，受理后、办结前才能登记。")
        return said % {"state": CASE_STATES[file.state]}
    return ""
