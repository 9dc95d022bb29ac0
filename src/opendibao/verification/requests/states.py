"""请求状态: which states a request to another province has and which moves are allowed."""

from django.db import models

from opendibao.verification.refusal import VerificationRefused


class RequestState(models.TextChoices):
    """Where a request stands (请求状态)."""

    DRAFT = "draft", "待发送"
    SENT = "sent", "已发出"
    ACKNOWLEDGED = "acknowledged", "已签收"
    PARTLY = "partly", "部分答复"
    ANSWERED = "answered", "已答复"
    EXPIRED = "expired", "到期未答复"
    CANCELLED = "cancelled", "已撤销"


NEXT: dict[RequestState, set[RequestState]] = {
    RequestState.DRAFT: {RequestState.SENT, RequestState.CANCELLED},
    # who answers at once has not to acknowledge first
    RequestState.SENT: {
        RequestState.ACKNOWLEDGED, RequestState.PARTLY, RequestState.ANSWERED, RequestState.EXPIRED,
        RequestState.CANCELLED,
    },
    RequestState.ACKNOWLEDGED: {
        RequestState.PARTLY, RequestState.ANSWERED, RequestState.EXPIRED, RequestState.CANCELLED,
    },
    RequestState.PARTLY: {RequestState.ANSWERED, RequestState.EXPIRED, RequestState.CANCELLED},
    RequestState.ANSWERED: set(),
    RequestState.EXPIRED: set(),
    RequestState.CANCELLED: set(),
}  # fmt: skip
OPEN = (RequestState.DRAFT, RequestState.SENT, RequestState.ACKNOWLEDGED, RequestState.PARTLY)
"""States of a request that is not done with; of one member, source and province a case has at most one such."""
WITH_THE_PROVINCE = OPEN[1:]
"""States in which the other province has it."""


def move_request(now: RequestState, then: RequestState) -> RequestState:
    """Return the new state, or raise VerificationRefused in the clerk's words."""
    if then not in NEXT[now]:
        raise VerificationRefused(f"请求现在是“{now.label}”，不能变为“{then.label}”")
    return then
