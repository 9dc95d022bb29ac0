"""发放状态: which moves a pay run and an attempt may make."""

from django.db import models

from opendibao.payment.refusal import PaymentRefused


class RunState(models.TextChoices):
    """Where a pay run stands (发放批次状态)."""

    COMPUTED = "computed", "已计算"
    CHECKED = "checked", "已复核"
    REVIEWED = "reviewed", "财政初审"
    APPROVED = "approved", "财政已审"
    SENT = "sent", "已出盘"
    CLOSED = "closed", "已关账"


class AttemptState(models.TextChoices):
    """What the bank did with one attempt (发送状态)."""

    NEW = "new", "待送"
    SENT = "sent", "在途"
    PAID = "paid", "成功"
    DIFFERS = "differs", "金额不符"
    RETURNED = "returned", "退回"
    UNKNOWN = "unknown", "未知"


RUN_NEXT: dict[RunState, set[RunState]] = {
    RunState.COMPUTED: {RunState.CHECKED},
    # back to the maker, with a reason; above an amount a second person of finance approves
    RunState.CHECKED: {RunState.REVIEWED, RunState.APPROVED, RunState.COMPUTED},
    RunState.REVIEWED: {RunState.APPROVED, RunState.COMPUTED},
    RunState.APPROVED: {RunState.SENT},
    RunState.SENT: {RunState.CLOSED},
    RunState.CLOSED: set(),
}
ATTEMPT_NEXT: dict[AttemptState, set[AttemptState]] = {
    AttemptState.NEW: {AttemptState.SENT},
    AttemptState.SENT: {AttemptState.PAID, AttemptState.DIFFERS, AttemptState.RETURNED, AttemptState.UNKNOWN},
    # neither is ever paid again by itself: only another answer of the bank ends it
    AttemptState.UNKNOWN: {AttemptState.PAID, AttemptState.DIFFERS, AttemptState.RETURNED},
    AttemptState.DIFFERS: {AttemptState.PAID, AttemptState.RETURNED},
    AttemptState.PAID: set(),
    AttemptState.RETURNED: set(),
}


def move_run(now: RunState, then: RunState) -> RunState:
    """Return the new state of a run, or raise PaymentRefused."""
    if then not in RUN_NEXT[now]:
        raise PaymentRefused(f"发放批次现在是“{now.label}”，不能直接变为“{then.label}”")
    return then


def move_attempt(now: AttemptState, then: AttemptState) -> AttemptState:
    """Return the new state of an attempt, or raise PaymentRefused."""
    if then not in ATTEMPT_NEXT[now]:
        raise PaymentRefused(f"这笔发送现在是“{now.label}”，不能变为“{then.label}”")
    return then
