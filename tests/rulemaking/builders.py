"""A change of the rural standard, drafted by one officer and approved and scheduled by another."""

from datetime import date
from typing import Any

from opendibao.audit.session import acting
from opendibao.kernel.duties import EVERY_DUTY
from opendibao.rulemaking.actions import approve_change, draft_change, schedule_changes
from opendibao.rulemaking.models import ParameterChange
from opendibao.rulemaking.proving import effects
from tests.registry.builders import at

DRAFTED, APPROVED, SCHEDULED = date(2024, 5, 6), date(2024, 5, 7), date(2024, 5, 8)
FROM = date(2024, 7, 1)
DRAFTER, SECOND = "陈起草", "林批准"
CHANGE: dict[str, Any] = {
    "since": FROM, "value": 78_000, "source": "演示县政府文件〔2024〕3号第一条（虚构）", "reason": "年度调标",
    "is_verified": False,
}  # fmt: skip


def drafted(path: str = "standard.rural", *, on: date = DRAFTED, **changes: Any) -> ParameterChange:
    """A draft."""
    with acting(DRAFTER, "360429", EVERY_DUTY):
        return draft_change(path, **{**CHANGE, **changes}, at=at(on))


def approved(path: str = "standard.rural", **changes: Any) -> ParameterChange:
    """A change that a second officer approved."""
    made = drafted(path, **changes)
    with acting(SECOND, "360429", EVERY_DUTY):
        return approve_change(made.pk, at=at(APPROVED))


def scheduled(path: str = "standard.rural", **changes: Any) -> ParameterChange:
    """A change that takes effect on its day; worked cases of later days are meant to move with it."""
    made = approved(path, **changes)
    with acting(SECOND, "360429", EVERY_DUTY):
        return schedule_changes([made.pk], at=at(SCHEDULED), moved=effects(made.pk).golden.moved)[0]
