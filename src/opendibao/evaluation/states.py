"""进展和状态: of a goal, and of a result sent to the finance bureau."""

from django.db import models

from opendibao.evaluation.refusal import EvaluationRefused


class GoalState(models.TextChoices):
    """How far a goal is (进展)."""

    PLANNED = "planned", "未开始"
    UNDER_WAY = "under_way", "进行中"
    LATE = "late", "滞后"
    REACHED = "reached", "已达到"
    DROPPED = "dropped", "不再实行"


class SubmissionState(models.TextChoices):
    """Where a result stands at the finance bureau (状态)."""

    SUBMITTED = "submitted", "已报送"
    ASKED = "asked", "待答复"
    REPLIED = "replied", "已答复"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已审定"


GOAL_NEXT: dict[GoalState, set[GoalState]] = {
    GoalState.PLANNED: {GoalState.UNDER_WAY, GoalState.LATE, GoalState.REACHED, GoalState.DROPPED},
    GoalState.UNDER_WAY: {GoalState.LATE, GoalState.REACHED, GoalState.DROPPED},
    GoalState.LATE: {GoalState.UNDER_WAY, GoalState.REACHED, GoalState.DROPPED},
    GoalState.REACHED: {GoalState.UNDER_WAY, GoalState.LATE},  # looked at again, it was not reached
    GoalState.DROPPED: {GoalState.PLANNED},
}
SUBMISSION_NEXT: dict[SubmissionState, set[SubmissionState]] = {
    SubmissionState.SUBMITTED: {SubmissionState.ASKED, SubmissionState.RETURNED, SubmissionState.ACCEPTED},
    SubmissionState.ASKED: {SubmissionState.REPLIED, SubmissionState.RETURNED},
    SubmissionState.REPLIED: {SubmissionState.ASKED, SubmissionState.RETURNED, SubmissionState.ACCEPTED},
    SubmissionState.RETURNED: set(),
    SubmissionState.ACCEPTED: set(),
}


def move_submission(now: SubmissionState, then: SubmissionState) -> SubmissionState:
    """Return the new state of a submission, or raise EvaluationRefused."""
    if then not in SUBMISSION_NEXT[now]:
        raise EvaluationRefused(f"这次报送现在是“{now.label}”，不能变为“{then.label}”")
    return then
