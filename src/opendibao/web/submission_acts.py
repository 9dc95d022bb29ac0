"""报送办理: the evaluator sends and replies; finance asks, scores, returns and accepts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from opendibao.evaluation.finance_review import (
    LONGEST,
    LONGEST_REASON,
    accept_submission,
    ask_question,
    return_submission,
    score_row,
)
from opendibao.evaluation.queries import final_snapshot
from opendibao.evaluation.reviewed import ReviewedRow, reviewed
from opendibao.evaluation.scoring import short
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.states import SubmissionState
from opendibao.evaluation.submissions import (
    CLOSED,
    Submission,
    latest_submission,
    open_questions,
    question,
    score_history_of,
    submission_subject,
)
from opendibao.evaluation.submitting import reply_question, submit_result
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.county import asked_of
from opendibao.web.labels import SUBMISSION_STATES
from opendibao.web.receiving_words import (
    found_submission,
    subject_options,
    submission_page,
    way_to_submission,
)
from opendibao.web.sheet_form import Number
from opendibao.web.submissions import lead_words
from opendibao.web.tables import Crumb


class SendForm(ActForm):
    """The first submission: words may go with it."""

    statement = Words(
        gettext_lazy("报送说明"), LONGEST, rows=3, needed=False, hint=gettext_lazy("要请财政留意的，可以不写")
    )


class SendAgainForm(ActForm):
    """A further submission: what was mended."""

    statement = Words(
        gettext_lazy("报送说明"), LONGEST, rows=4, hint=gettext_lazy("对照退回意见，逐条写改了什么；没有改的写明理由")
    )


class ReplyForm(ActForm):
    """The reply to a question."""

    reply = Words(gettext_lazy("答复"), LONGEST, rows=4, hint=gettext_lazy("写明情况、依据；答复后不能再改"))


class AskForm(ActForm):
    """A question on a row, a finding or the whole."""

    subject = Pick(gettext_lazy("审核事项"), {})
    question = Words(gettext_lazy("审核意见"), LONGEST, rows=4)
    options: Mapping[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("请选择")), *self.options.items()]  # type: ignore[attr-defined]


class FinanceScoreForm(ActForm):
    """A score instead of the county's, and why."""

    score = Number(gettext_lazy("财政评分"))
    reason = Words(
        gettext_lazy("理由"), LONGEST_REASON, rows=3, hint=gettext_lazy("印在审核意见表上，写明与自评不同的原因")
    )


class ReturnForm(ActForm):
    """Why it goes back."""

    conclusion = Words(
        gettext_lazy("退回意见"), LONGEST, rows=4, hint=gettext_lazy("写明要改正哪几处；改正后重新定稿才能再报")
    )


class AcceptForm(ActForm):
    """The conclusion, and how it is used in the next budget."""

    conclusion = Words(gettext_lazy("审定意见"), LONGEST, rows=4)
    budget_use = Words(
        gettext_lazy("结果应用"), LONGEST, rows=4,
        hint=gettext_lazy("下一年度预算怎样参考这个结果：安排多少、调整什么、附什么条件；会显示在下一年的预算页"),
    )  # fmt: skip


@takes_a_form
def submitted_result(request: HttpRequest) -> HttpResponse:
    """报送绩效评价."""
    year, county = asked_of(request).year, settings.OPENDIBAO_COUNTY
    former, snapshot = latest_submission(year, county), final_snapshot(year, county)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = submit_result(year, county, statement=given["statement"], at=at)
        said = _("已报送财政部门（第 %(n)d 次，快照 %(version)d）。")
        return Done(submission_page(made), said % {"n": made.number, "version": made.snapshot.version})

    return answer(
        request,
        Act(
            title=_("报送 %(year)s 年度绩效评价") % {"year": year}, button=_("报送财政部门"),
            form=SendAgainForm if former else SendForm, do=do, way=way_to_submission(year),
            facts=_to_send(year, former), closed=_not_to_send(former, snapshot.pk if snapshot else 0),
            notes=[_("报送的是定稿的快照，报送以后内容不再变；财政退回后改正、重新定稿，再报一次。")],
        ),
    )  # fmt: skip


def _to_send(year: int, former: Submission | None) -> list[tuple[str, str]]:
    snapshot = final_snapshot(year, settings.OPENDIBAO_COUNTY)
    if snapshot is None:
        return []
    said = conclusion_of(snapshot)
    facts = [
        (_("项目"), said.project), (pgettext("快照", "定稿"), _("快照 %(version)s") % {"version": snapshot.version}),
        (_("得分"), f"{said.score}/{said.weights}"), (_("等级"), f"{_(said.grade)} {said.grade_score}"),
    ]  # fmt: skip
    if former and former.state == SubmissionState.RETURNED:
        facts.append((_("退回意见"), former.conclusion))
    return facts


def _not_to_send(former: Submission | None, snapshot_id: int) -> str:
    if not snapshot_id:
        return _("还没有定稿，不能报送；请先在报告页定稿。")
    if former is None:
        return ""
    if former.state != SubmissionState.RETURNED:
        return _("第 %(n)d 次报送%(state)s，不能再报。") % {
            "n": former.number, "state": SUBMISSION_STATES[former.state],
        }  # fmt: skip
    if former.snapshot_id == snapshot_id:
        return _("退回后还没有新的定稿，请按退回意见改正、重新定稿，再报送。")
    return ""


@takes_a_form
def replied_question(request: HttpRequest, question_id: int) -> HttpResponse:
    """答复审核意见."""
    found = question(question_id)
    if found is None:
        raise Http404(f"没有审核意见 {question_id}")
    sent = found_submission(found.submission_id)
    about = subject_options(conclusion_of(sent.snapshot)).get(found.subject, found.subject)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        reply_question(question_id, given["reply"], at=at)
        return Done(submission_page(sent), _("已答复。"))

    closed = _closed(sent)
    if found.reply:
        closed = _("%(name)s 已于 %(day)s 答复：%(reply)s") % {
            "name": found.replied_by, "day": found.replied_on, "reply": found.reply,
        }  # fmt: skip
    return answer(
        request,
        Act(
            title=_("答复审核意见"), button=_("答复"), form=ReplyForm, do=do, way=_way(sent),
            subject=submission_subject(sent.pk), closed=closed,
            facts=[(_("审核事项"), about), (_("审核意见"), found.question),
                   (_("提出"), f"{found.asked_by} {found.asked_on}")],
        ),
    )  # fmt: skip


@takes_a_form
def asked_question(request: HttpRequest, submission_id: int) -> HttpResponse:
    """提出审核意见."""
    sent = found_submission(submission_id)
    options = subject_options(conclusion_of(sent.snapshot))
    about = request.GET.get("about", "")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        ask_question(submission_id, given["subject"], given["question"], at=at)
        return Done(submission_page(sent), _("审核意见已提出，等评价人员答复。"))

    return answer(
        request,
        Act(
            title=_("提出审核意见"), button=_("提出"), form=type("AskForm", (AskForm,), {"options": options}), do=do,
            way=_way(sent), subject=submission_subject(sent.pk), closed=_closed(sent), facts=_facts(sent),
            initial={"subject": about if about in options else ""},
        ),
    )  # fmt: skip


@takes_a_form
def scored_by_finance(request: HttpRequest, submission_id: int, code: str) -> HttpResponse:
    """财政评分."""
    sent = found_submission(submission_id)
    both = next((one for one in reviewed(sent).rows if one.row.code == code), None)
    if both is None:
        raise Http404(f"这次报送的评分表里没有“{code}”")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        score_row(submission_id, code, given["score"], reason=given["reason"], at=at)
        said = _("“%(name)s”财政评为 %(score)s 分。") % {"name": both.row.name, "score": short(given["score"])}
        return Done(submission_page(sent), said)

    told = [
        _("%(officer)s 评过 %(score)s 分：%(reason)s")
        % {"officer": one.officer, "score": short(one.score), "reason": one.reason}
        for one in score_history_of(sent.pk, code)
    ]
    return answer(
        request,
        Act(
            title=_("财政评分：%(name)s") % {"name": both.row.name}, button=_("评分"), form=FinanceScoreForm, do=do,
            way=_way(sent), subject=submission_subject(sent.pk), closed=_closed(sent), facts=_row_facts(both),
            notes=[*told, _("以前评的都留着，以最新的为准。")] if told else [],
        ),
    )  # fmt: skip


def _row_facts(both: ReviewedRow) -> list[tuple[str, str]]:
    row = both.row
    facts = [
        (_("指标值"), row.target), (_("实际完成值"), row.actual), (_("分值"), row.weight),
        (_("按规则"), _("%(points)s 分：%(formula)s") % {"points": row.by_rule, "formula": row.formula}),
        (_("自评得分"), row.score), (_("自评理由"), row.reason), (_("说明"), row.note),
    ]  # fmt: skip
    return [(words, said) for words, said in facts if said]


@takes_a_form
def returned_submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """退回."""

    def do(given: Mapping[str, Any], at: datetime) -> None:
        return_submission(submission_id, given["conclusion"], at=at)

    return _conclude(
        request, submission_id, title=_("退回绩效评价"), button=pgettext("按钮", "退回"), form=ReturnForm, do=do,
        said=_("已退回，等评价人员改正后再报。"),
    )  # fmt: skip


@takes_a_form
def accepted_submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """审定."""

    def do(given: Mapping[str, Any], at: datetime) -> None:
        accept_submission(submission_id, given["conclusion"], budget_use=given["budget_use"], at=at)

    waiting = open_questions(submission_id)
    closed = _("还有 %(n)d 条审核意见没有答复，答复以后才能审定；不等答复的请退回。") % {"n": waiting}
    return _conclude(
        request, submission_id, title=_("审定绩效评价"), button=_("审定"), form=AcceptForm, do=do,
        said=_("已审定，结果用于下一年度预算。"), closed=closed if waiting else "",
    )  # fmt: skip


def _conclude(
    request: HttpRequest, submission_id: int, *, title: str, button: str, form: type[ActForm],
    do: Callable[[Mapping[str, Any], datetime], None], said: str, closed: str = "",
) -> HttpResponse:  # fmt: skip
    sent = found_submission(submission_id)

    def done(given: Mapping[str, Any], at: datetime) -> Done:
        do(given, at)
        return Done(submission_page(sent), said)

    return answer(
        request,
        Act(
            title=title, button=button, form=form, do=done, way=_way(sent), subject=submission_subject(sent.pk),
            closed=_closed(sent) or closed, facts=[*_facts(sent), (_("评分"), lead_words(reviewed(sent)))],
        ),
    )  # fmt: skip


def _facts(sent: Submission) -> list[tuple[str, str]]:
    number = _("第 %(n)d 次，快照 %(version)d") % {"n": sent.number, "version": sent.snapshot.version}
    facts = [
        (_("年度"), str(sent.year)), (_("报送"), f"{number} · {sent.submitted_by} {sent.submitted_on}"),
        (_("报送说明"), sent.statement), (_("状态"), SUBMISSION_STATES[sent.state]),
    ]  # fmt: skip
    return [(words, said) for words, said in facts if said]


def _closed(sent: Submission) -> str:
    if sent.state not in CLOSED:
        return ""
    return _("第 %(n)d 次报送%(state)s，不能再提意见、评分或审定。") % {
        "n": sent.number, "state": SUBMISSION_STATES[sent.state],
    }  # fmt: skip


def _way(sent: Submission) -> list[Crumb]:
    own = Crumb(
        _("第 %(n)d 次") % {"n": sent.number}, reverse("submissions") + f"?year={sent.year}&number={sent.number}"
    )
    return way_to_submission(sent.year, own)
