"""参数调整的状态: drafted, approved by a second officer, scheduled for its day; withdrawn before it."""

from django.db import models


class ChangeState(models.TextChoices):
    """Where a change of a parameter stands (参数调整状态)."""

    DRAFT = "draft", "已起草"
    APPROVED = "approved", "已批准"
    SCHEDULED = "scheduled", "已排定"
    WITHDRAWN = "withdrawn", "已撤回"


NEXT: dict[ChangeState, set[ChangeState]] = {
    ChangeState.DRAFT: {ChangeState.APPROVED, ChangeState.WITHDRAWN},
    ChangeState.APPROVED: {ChangeState.SCHEDULED, ChangeState.WITHDRAWN},
    ChangeState.SCHEDULED: {ChangeState.WITHDRAWN},
    ChangeState.WITHDRAWN: set(),
}
