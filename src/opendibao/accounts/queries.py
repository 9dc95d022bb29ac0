"""查岗: officers and what they may do."""

from opendibao.accounts.models import Officer
from opendibao.kernel.duties import Duty


def officers() -> list[Officer]:
    """All active officers by user name."""
    return list(Officer.objects.filter(is_active=True).order_by("username"))


def has_duty(officer: Officer, duty: Duty) -> bool:
    """Whether an officer holds a duty."""
    return duty.value in officer.duties
