"""报送查询: what of a year was sent to the finance bureau, its questions, and the scores it gave."""

from opendibao.evaluation.models import FinanceScore, ReviewQuestion, Submission
from opendibao.evaluation.states import SubmissionState

__all__ = [
    "CLOSED", "WHOLE", "FinanceScore", "ReviewQuestion", "Submission", "accepted_submission", "finance_scores",
    "latest_submission", "open_questions", "question", "questions_of", "score_history_of", "submission",
    "submission_subject", "submissions",
]  # fmt: skip
WHOLE = "whole"
"""The subject of a question that is about no single row or finding."""
CLOSED = (SubmissionState.RETURNED, SubmissionState.ACCEPTED)


def submission_subject(submission_id: int) -> str:
    """The audit's name of a submission; questions, scores and conclusion are events of it."""
    return f"绩效报送 {submission_id}"


def submissions(year: int, division: str) -> list[Submission]:
    """All submissions of a year with their snapshots, the newest first."""
    found = Submission.objects.filter(year=year, division=division).select_related("snapshot")
    return list(found.order_by("-number"))


def latest_submission(year: int, division: str) -> Submission | None:
    """The newest submission of a year, if there is one."""
    return next(iter(submissions(year, division)), None)


def accepted_submission(year: int, division: str) -> Submission | None:
    """The submission that finance accepted; its conclusion goes into the next year's budget."""
    found = Submission.objects.filter(year=year, division=division, state=SubmissionState.ACCEPTED)
    return found.select_related("snapshot").first()


def submission(submission_id: int) -> Submission | None:
    """One submission; None where there is none within the officer's sight."""
    return Submission.objects.filter(pk=submission_id).select_related("snapshot").first()


def questions_of(submission_id: int) -> list[ReviewQuestion]:
    """The questions of a submission in the order they were asked."""
    return list(ReviewQuestion.objects.filter(submission_id=submission_id).order_by("pk"))


def open_questions(submission_id: int) -> int:
    """How many questions have no reply yet."""
    return ReviewQuestion.objects.filter(submission_id=submission_id, reply="").count()


def question(question_id: int) -> ReviewQuestion | None:
    """One question with its submission; None where there is none within the officer's sight."""
    return ReviewQuestion.objects.filter(pk=question_id).select_related("submission").first()


def finance_scores(submission_id: int) -> dict[str, FinanceScore]:
    """The scores that count, by indicator: of several given to a row the newest."""
    found = FinanceScore.objects.filter(submission_id=submission_id).order_by("number")
    return {one.indicator: one for one in found}


def score_history_of(submission_id: int, indicator: str) -> list[FinanceScore]:
    """Every score that finance gave a row, the newest first."""
    found = FinanceScore.objects.filter(submission_id=submission_id, indicator=indicator)
    return list(found.order_by("-number"))
