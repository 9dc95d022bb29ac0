"""预警状态: which moves a warning may make; whoever looked is not who confirms."""

from django.db import models

from opendibao.verification.refusal import VerificationRefused


class AlertState(models.TextChoices):
    """Where a warning stands (预警状态)."""

    OPEN = "open", "待核实"
    EXPLAINED = "explained", "家庭已说明"
    VISITED = "visited", "已入户核实"
    CONFIRMED = "confirmed", "属实"
    REFUTED = "refuted", "不属实"
    NOT_SAME = "not_same", "不是本人"
    ENDED = "ended", "已终结"


LOOKED = (AlertState.EXPLAINED, AlertState.VISITED)
UNSETTLED = (AlertState.OPEN, *LOOKED)
SETTLED = (AlertState.CONFIRMED, AlertState.REFUTED, AlertState.NOT_SAME, AlertState.ENDED)

NEXT: dict[AlertState, set[AlertState]] = {
    AlertState.OPEN: {*LOOKED, AlertState.NOT_SAME, AlertState.ENDED},
    # back to the township where the county wants to know more, or where it was entered by mistake
    AlertState.EXPLAINED: {AlertState.OPEN, AlertState.VISITED, *SETTLED},
    AlertState.VISITED: {AlertState.OPEN, AlertState.EXPLAINED, *SETTLED},
    # taken back, as long as nothing was done upon it
    AlertState.CONFIRMED: {*LOOKED},
    AlertState.REFUTED: {*LOOKED},
    AlertState.NOT_SAME: {AlertState.OPEN, *LOOKED},
    AlertState.ENDED: set(),
}


def move_alert(now: AlertState, then: AlertState) -> AlertState:
    """The next state of a warning. Raises VerificationRefused for a move that is not in the table."""
    if then not in NEXT[now]:
        raise VerificationRefused(f"这条预警现在是“{now.label}”，不能变为“{then.label}”")
    return then
