"""查岗: officers and what they may do."""

from collections.abc import Collection

from opendibao.accounts.door import at_the_door
from opendibao.accounts.models import Officer
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import reach_of

OfficerRow = Officer


def officers() -> list[Officer]:
    """All active officers by user name."""
    return list(Officer.objects.filter(is_active=True).order_by("username"))


def every_officer() -> list[Officer]:
    """All officers by user name, those who may no longer act too."""
    return list(Officer.objects.order_by("username"))


def any_officer(username: str) -> Officer | None:
    """The officer of a user name, whether he may still act or not; None when nobody bears it."""
    return Officer.objects.filter(username=username).first()


def officer_named(username: str) -> Officer | None:
    """The officer of a user name who may act; None when there is none."""
    return Officer.objects.filter(username=username, is_active=True).first()


def holders(duties: Collection[Duty], division: str) -> list[Officer]:
    """Active officers who hold one of the duties for a division: for itself, what lies above it or below it."""
    reach = reach_of(division)
    with at_the_door():  # whom to ask is told to whoever stands before a closed page
        held = list(Officer.objects.filter(is_active=True, duties__overlap=[duty.value for duty in duties]))
    found = [one for one in held if reach.startswith(reach_of(one.division)) or one.division.startswith(reach)]
    return sorted(found, key=lambda one: (one.division, one.username))
