"""报送: the evaluator sends a year's final result to the finance bureau and answers what it asks."""

from datetime import datetime

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.audit.submissions import hold
from opendibao.evaluation.models import ReviewQuestion, Snapshot, Submission
from opendibao.evaluation.queries import final_snapshot
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.said_words import filled
from opendibao.evaluation.states import SubmissionState, move_submission
from opendibao.evaluation.submissions import CLOSED, latest_submission, open_questions, submission_subject
from opendibao.kernel.duties import Duty
from opendibao.payment.coverage import COUNTY_TIME

LONGEST = 500


class NotSent(EvaluationRefused):
    """A result is not final, is being reviewed or was accepted: it is not sent; or nothing waits for a reply."""


@needs(Duty.EVALUATE)
@transaction.atomic
def submit_result(year: int, division: str, *, statement: str = "", at: datetime) -> Submission:
    """报送: the newest final snapshot goes to finance; again only after a return, mended and with words.

    Raises NotSent, EvaluationRefused.
    """
    hold(f"报送 {year} {division}")
    former, snapshot = latest_submission(year, division), final_snapshot(year, division)
    if snapshot is None:
        raise NotSent(f"{year}年度的评价还没有定稿，不能报送；请先在报告页定稿")
    if former:
        _refuse_again(former, snapshot)
    said = filled(statement, "报送说明", LONGEST, needed=former is not None)
    made = Submission.objects.create(
        year=year, division=division, number=former.number + 1 if former else 1, snapshot=snapshot,
        submitted_on=at.astimezone(COUNTY_TIME).date(), submitted_by=officer_name(), statement=said,
    )  # fmt: skip
    payload: dict[str, object] = {"number": made.number, "version": snapshot.version, "sha256": snapshot.sha256}
    record("报送绩效评价", submission_subject(made.pk), division=division, at=at, payload=payload)
    return made


def _refuse_again(former: Submission, snapshot: Snapshot) -> None:
    if former.state == SubmissionState.ACCEPTED:
        raise NotSent(f"{former.year}年度第{former.number}次报送已经审定，不能再报")
    if former.state != SubmissionState.RETURNED:
        raise NotSent(f"{former.year}年度第{former.number}次报送还在财政部门审核，退回以后才能再报")
    if former.snapshot_id == snapshot.pk:
        raise NotSent(
            f"第{former.number}次报送退回后还没有新的定稿（现在仍是快照{snapshot.version}），"
            "请按退回意见改正、重新定稿，再报送"
        )


@needs(Duty.EVALUATE)
@transaction.atomic
def reply_question(question_id: int, reply: str, *, at: datetime) -> ReviewQuestion:
    """答复: the evaluator answers a question of finance, once. Raises NotSent, EvaluationRefused."""
    found = ReviewQuestion.objects.filter(pk=question_id).first()
    if found is None:
        raise NotSent(f"没有编号为{question_id}的审核意见，请从报送页重新打开")
    sent = Submission.objects.select_for_update().get(pk=found.submission_id)
    found.refresh_from_db()
    if found.reply:
        raise NotSent(f"这条审核意见{found.replied_by}已于{found.replied_on}答复，不能再答复")
    if sent.state in CLOSED:
        raise NotSent(f"这次报送{SubmissionState(sent.state).label}，不再答复；改正请重新定稿后再报送")
    if found.asked_by == officer_name():
        raise NotSent("提出审核意见的人不能自己答复，请由评价人员答复")
    found.reply, found.replied_by = filled(reply, "答复", LONGEST), officer_name()
    found.replied_on = at.astimezone(COUNTY_TIME).date()
    found.save(update_fields=["reply", "replied_by", "replied_on"])
    if not open_questions(sent.pk):
        sent.state = move_submission(SubmissionState(sent.state), SubmissionState.REPLIED)
        sent.save(update_fields=["state"])
    payload: dict[str, object] = {"question": found.pk, "subject": found.subject, "reply": found.reply}
    record("答复审核意见", submission_subject(sent.pk), division=sent.division, at=at, payload=payload)
    return found
