"""登录记录: who came in, who failed, who was locked out and who left, as events of the audit chain."""

from django.conf import settings
from django.http import HttpRequest

from opendibao.accounts.queries import OfficerRow, any_officer
from opendibao.audit.actions import record
from opendibao.audit.session import acting
from opendibao.kernel.ids import reach_of
from opendibao.web.clock import now_in_county

LONGEST_NAME = 60


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: past our own proxies, and never further than they vouch for."""
    own: int = settings.OPENDIBAO_PROXIES
    said = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return said[-own] if own and len(said) >= own else str(request.META.get("REMOTE_ADDR", ""))


def note(action: str, request: HttpRequest, officer: OfficerRow, **more: object) -> None:
    """Write an event of a known officer."""
    _write(action, request, officer.get_username(), officer.division, more)


def note_name(action: str, request: HttpRequest, username: str, **more: object) -> None:
    """Write an event of a name somebody typed; one that nobody bears stands with the county."""
    officer = any_officer(username)
    _write(action, request, username, officer.division if officer else settings.OPENDIBAO_COUNTY, more)


def _write(action: str, request: HttpRequest, username: str, division: str, more: dict[str, object]) -> None:
    name = username[:LONGEST_NAME]
    with acting(name, reach_of(division), frozenset()):
        record(action, name, division=division, at=now_in_county(), payload={"address": address_of(request), **more})
