"""财政审核: the finance bureau asks, scores rows otherwise with a reason, returns a result or accepts it."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from opendibao.audit.actions import record
from opendibao.audit.duties import needs
from opendibao.audit.session import officer_name
from opendibao.evaluation.models import FinanceScore, ReviewQuestion, Submission
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.evaluation.said_words import filled
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.states import SubmissionState, move_submission
from opendibao.evaluation.submissions import CLOSED, WHOLE, open_questions, score_history_of, submission_subject
from opendibao.kernel.duties import Duty
from opendibao.payment.coverage import COUNTY_TIME

FINEST = Decimal("0.01")
LONGEST, LONGEST_REASON = 500, 300


class NotReviewed(EvaluationRefused):
    """A submission is closed, the officer sent it himself, or what is asked or scored is not in it."""


@needs(Duty.FINANCE)
@transaction.atomic
def ask_question(submission_id: int, subject: str, question: str, *, at: datetime) -> ReviewQuestion:
    """提出审核意见: on a row (`indicator:<code>`), a finding (`finding:<id>`) or the whole (`whole`).

    Raises NotReviewed, EvaluationRefused.
    """
    sent = _held(submission_id)
    if subject not in subjects(sent):
        raise NotReviewed(f"“审核事项”{subject}不在这次报送里，请从列出的里面选")
    made = ReviewQuestion.objects.create(
        submission=sent, division=sent.division, subject=subject, question=filled(question, "审核意见", LONGEST),
        asked_by=officer_name(), asked_on=at.astimezone(COUNTY_TIME).date(),
    )  # fmt: skip
    if sent.state != SubmissionState.ASKED:
        sent.state = move_submission(SubmissionState(sent.state), SubmissionState.ASKED)
        sent.save(update_fields=["state"])
    _record("提出审核意见", sent, at, {"question": made.pk, "subject": subject, "asked": made.question})
    return made


@needs(Duty.FINANCE)
@transaction.atomic
def score_row(submission_id: int, indicator: str, score: Decimal, *, reason: str, at: datetime) -> FinanceScore:
    """财政评分: a row's score as finance sees it, with the reason; the newest counts. Raises NotReviewed."""
    sent = _held(submission_id)
    row = next((one for one in conclusion_of(sent.snapshot).rows if one.code == indicator), None)
    if row is None:
        raise NotReviewed(f"这次报送的评分表里没有“{indicator}”，请从报送页的评分表点进去")
    if not 0 <= score <= Decimal(row.weight) or score % FINEST:
        raise NotReviewed(f"“得分”{score}应在0到分值{row.weight}之间，最多两位小数")
    former = score_history_of(sent.pk, indicator)
    made = FinanceScore.objects.create(
        submission=sent, division=sent.division, indicator=indicator, number=former[0].number + 1 if former else 1,
        score=score, reason=filled(reason, "理由", LONGEST_REASON), officer=officer_name(),
    )  # fmt: skip
    _record("财政评分", sent, at, {"indicator": indicator, "score": str(score), "reason": made.reason})
    return made


@needs(Duty.FINANCE)
@transaction.atomic
def return_submission(submission_id: int, conclusion: str, *, at: datetime) -> Submission:
    """退回: the result goes back with words of what is to be mended; it may be sent again. Raises NotReviewed."""
    sent = _held(submission_id)
    return _concluded(sent, SubmissionState.RETURNED, filled(conclusion, "退回意见", LONGEST), "", at)


@needs(Duty.FINANCE)
@transaction.atomic
def accept_submission(submission_id: int, conclusion: str, *, budget_use: str, at: datetime) -> Submission:
    """审定: the result is accepted, with how it is used in the next budget. Raises NotReviewed, EvaluationRefused."""
    sent = _held(submission_id)
    if waiting := open_questions(sent.pk):
        raise NotReviewed(f"还有{waiting}条审核意见没有答复，答复以后才能审定；不等答复的请退回")
    words = filled(conclusion, "审定意见", LONGEST)
    return _concluded(sent, SubmissionState.ACCEPTED, words, filled(budget_use, "结果应用", LONGEST), at)


def subjects(sent: Submission) -> list[str]:
    """What a question on a submission can be about: the whole, each row, each finding."""
    said = conclusion_of(sent.snapshot)
    rows = [f"indicator:{row.code}" for row in said.rows]
    return [WHOLE, *rows, *dict.fromkeys(f"finding:{one.id}" for one in said.findings)]


def _concluded(sent: Submission, then: SubmissionState, words: str, use: str, at: datetime) -> Submission:
    sent.state = move_submission(SubmissionState(sent.state), then)
    sent.conclusion, sent.budget_use, sent.concluded_by = words, use, officer_name()
    sent.concluded_on = at.astimezone(COUNTY_TIME).date()
    sent.save(update_fields=["state", "conclusion", "budget_use", "concluded_by", "concluded_on"])
    action = "审定绩效报送" if then == SubmissionState.ACCEPTED else "退回绩效报送"
    _record(action, sent, at, {"reason": words, **({"use": use} if use else {})})
    return sent


def _held(submission_id: int) -> Submission:
    """The submission, held until the transaction ends; open, and sent by another officer."""
    found = Submission.objects.select_for_update(of=("self",)).filter(pk=submission_id).first()
    if found is None:
        raise NotReviewed(f"没有编号为{submission_id}的报送，请从报送页重新打开")
    if found.state in CLOSED:
        raise NotReviewed(f"第{found.number}次报送{SubmissionState(found.state).label}，不能再提意见、评分或审定")
    if found.submitted_by == officer_name():
        raise NotReviewed("报送人不能审核自己的报送，请由财政部门另一人审核")
    return found


def _record(action: str, sent: Submission, at: datetime, payload: dict[str, object]) -> None:
    record(action, submission_subject(sent.pk), division=sent.division, at=at, payload=payload)
