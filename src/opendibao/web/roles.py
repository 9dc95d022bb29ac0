"""换个身份看: the demonstration's officers without passwords, only where the demo itself serves on the loopback."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from opendibao.accounts.door import at_the_door
from opendibao.accounts.queries import holders, officer_named
from opendibao.kernel.duties import Duty
from opendibao.web.access import first_page
from opendibao.web.doorkeeper import Doorkeeper
from opendibao.web.kept import lay_down, opened
from opendibao.web.places import places
from opendibao.web.viewing import viewer_of_officer

ROLES = {
    "head01": _("县局领导"),
    "clerk01": _("乡镇经办"),
    "grid01": _("网格员"),
    "county01": _("县局审核"),
    "county02": _("县局编制"),
    "fin01": _("财政"),
    "eval01": _("评价"),
    "audit01": _("审计"),
    "ops01": _("系统运行"),
}
TOWNS_CLERK = re.compile(r"clerk\d\d")
"""The clerk of a township; a month's list is confirmed by every one of them."""
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
PORT = re.compile(r":\d+$")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@dataclass(frozen=True)
class Role:
    """A button: the user name behind it, what he is called, and whether it is he who looks."""

    username: str
    words: str
    is_current: bool


def are_open(request: HttpRequest) -> bool:
    """Whether roles may be taken: the demo serves itself, a synthetic county, and the visitor sits at this machine."""
    return (
        settings.OPENDIBAO_DEMO_ROLES
        and settings.OPENDIBAO_SYNTHETIC
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and PORT.sub("", request.get_host()) in LOOPBACK_NAMES
        and not any(request.META.get(name) for name in FORWARDED)
    )


def roles(request: HttpRequest) -> list[Role]:
    """The roles to choose from; empty where they may not be taken."""
    if not are_open(request):
        return []
    now = request.user.get_username()
    return [Role(username, str(words), username == now) for username, words in ROLES.items()]


def clerks_of(request: HttpRequest, divisions: Collection[str]) -> list[Role]:
    """The clerks of some townships, by place; empty where roles may not be taken."""
    if not are_open(request):
        return []
    found = [one for one in holders({Duty.ACCEPT}, settings.OPENDIBAO_COUNTY) if one.division in divisions]
    names = places()
    return [Role(one.username, names.full(one.division), False) for one in found if TOWNS_CLERK.fullmatch(one.username)]


def _is_role(username: str) -> bool:
    return username in ROLES or bool(TOWNS_CLERK.fullmatch(username))


@require_POST
def take_role(request: HttpRequest, username: str) -> HttpResponse:
    """Sign in as an officer of the demonstration. Raises Http404 wherever roles may not be taken."""
    with at_the_door():  # a clerk does not see the county's officers, whose role he may yet take
        officer = officer_named(username) if _is_role(username) and are_open(request) else None
    if officer is None:
        raise Http404
    Doorkeeper(request).login(request, officer)
    request.session.set_expiry(0)
    if kept := opened(request.POST.get("kept", "")):
        lay_down(request, kept)
        return HttpResponseRedirect(kept.address)
    return HttpResponseRedirect(first_page(viewer_of_officer(officer)))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
