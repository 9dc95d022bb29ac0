"""案件状态: which states a case has and which moves are allowed."""

from django.db import models


class ForbiddenMove(ValueError):
    """The state does not allow this step."""


class CaseState(models.TextChoices):
    """Where a case stands (案件状态)."""

    SUBMITTED = "submitted", "已申请"
    RETURNED = "returned", "待补正"
    ACCEPTED = "accepted", "已受理"
    VERIFIED = "verified", "已核对调查"
    REVIEWED = "reviewed", "已评议"
    NOTICED = "noticed", "公示中"
    REPORTED = "reported", "已报县"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "不予确认"
    WITHDRAWN = "withdrawn", "已撤回"
    KEPT = "kept", "复核不变"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    DISCONTINUED = "discontinued", "终止办理"


NEXT: dict[CaseState, set[CaseState]] = {
    CaseState.SUBMITTED: {CaseState.ACCEPTED, CaseState.RETURNED, CaseState.WITHDRAWN, CaseState.NOT_ACCEPTED},
    CaseState.RETURNED: {CaseState.SUBMITTED, CaseState.WITHDRAWN, CaseState.NOT_ACCEPTED},
    CaseState.ACCEPTED: {CaseState.VERIFIED, CaseState.WITHDRAWN, CaseState.DISCONTINUED},
    CaseState.VERIFIED: {
        CaseState.REVIEWED, CaseState.NOTICED, CaseState.REPORTED, CaseState.REFUSED, CaseState.CONFIRMED,
        CaseState.KEPT, CaseState.ACCEPTED, CaseState.WITHDRAWN, CaseState.DISCONTINUED,
    },
    CaseState.REVIEWED: {
        CaseState.NOTICED, CaseState.REPORTED, CaseState.REFUSED, CaseState.ACCEPTED, CaseState.WITHDRAWN,
        CaseState.DISCONTINUED,
    },
    CaseState.NOTICED: {
        CaseState.REPORTED, CaseState.CONFIRMED, CaseState.REFUSED, CaseState.ACCEPTED, CaseState.REVIEWED,
        CaseState.WITHDRAWN, CaseState.DISCONTINUED,
    },
    CaseState.REPORTED: {
        CaseState.CONFIRMED, CaseState.REFUSED, CaseState.ACCEPTED, CaseState.WITHDRAWN, CaseState.DISCONTINUED,
    },
    CaseState.CONFIRMED: set(),
    CaseState.REFUSED: set(),
    CaseState.WITHDRAWN: set(),
    CaseState.KEPT: set(),
    CaseState.NOT_ACCEPTED: set(),
    CaseState.DISCONTINUED: set(),
}  # fmt: skip

AFTER_VOIDING = {CaseState.CONFIRMED: CaseState.REPORTED, CaseState.REFUSED: CaseState.REPORTED}
"""Where a case stands again when its decision is voided before the family had its letter (撤销)."""
ENDED = tuple(state.value for state, after in NEXT.items() if not after)
"""States that nothing follows."""
IS_OPEN = f"NOT (state IN ({', '.join(map(repr, ENDED))}))"
"""The same in SQL, as the index of open cases has it."""


def move(now: CaseState, then: CaseState) -> CaseState:
    """Return the new state, or raise ForbiddenMove in the clerk's words."""
    if then not in NEXT[now]:
        raise ForbiddenMove(f"案件现在是“{now.label}”，不能直接变为“{then.label}”")
    return then


def reopened(now: CaseState, *, is_townships: bool = False) -> CaseState:
    """Return the state after the decision was voided, or raise ForbiddenMove; a township's case was never reported."""
    if now not in AFTER_VOIDING:
        raise ForbiddenMove(f"案件现在是“{now.label}”，没有可以撤销的决定")
    return CaseState.NOTICED if is_townships else AFTER_VOIDING[now]
