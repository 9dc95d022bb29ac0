"""Cases of the registry's small county, taken as far as a test needs them."""

from datetime import date

from opendibao.intake.actions import accept_case, sign_consents, submit_case
from opendibao.intake.models import Case
from tests.registry.builders import at, household

APPLIED, ACCEPTED, ASKED, VISITED = date(2024, 3, 1), date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 6)
DECLARED = {"area": "rural", "members": [{"name": "王秀英"}]}


def submitted(home: int | None = None, *, on: date = APPLIED, kind: str = "application") -> Case:
    """An application (or a review) of the family of three, or of another household."""
    home = home or household()
    channel = "counter" if kind == "application" else "review"
    return submit_case(home, kind=kind, channel=channel, declared=DECLARED, on=on, at=at(on))


def accepted(home: int | None = None) -> Case:
    """An application that the township has taken; nobody has signed yet."""
    return accept_case(submitted(home).pk, on=ACCEPTED, at=at(ACCEPTED))


def authorised(home: int | None = None) -> Case:
    """An accepted application whose adults have signed."""
    case = accepted(home)
    sign_consents(case.pk, on=ACCEPTED, at=at(ACCEPTED))
    return case
