"""进沙箱: who has gone into the sandbox sees its pages, and only sees; the officer stays the one of the real county."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from opendibao.audit.elsewhere import DatabaseGone, in_database
from opendibao.audit.session import acting
from opendibao.config.sandbox import Sandbox, State, sandbox_of
from opendibao.web.access import MONEY, Policy, is_door
from opendibao.web.remembering import one_request
from opendibao.web.roles import are_open
from opendibao.web.viewing import Viewer

KEY = "sandbox"
SPOILERS = MONEY
READING = ("GET", "HEAD", "OPTIONS")
CONTROLS = "/sandbox/"
BROKEN = 500
GetResponse = Callable[[HttpRequest], HttpResponse]


def _may_spoil(request: HttpRequest) -> bool:
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    return are_open(request) and viewer is not None and Policy(SPOILERS, whole_county=True).opens_to(viewer)


def sandbox() -> Sandbox:
    """The sandbox of the county that is served."""
    return sandbox_of(settings.VAR, str(connection.settings_dict["NAME"]))


def sandbox_of_request(get_response: GetResponse) -> GetResponse:
    """Answer from the sandbox where the visitor has gone into it; goes after the officer is known."""

    def handle(request: HttpRequest) -> HttpResponse:
        request.offers_sandbox = _may_spoil(request)  # type: ignore[attr-defined]
        token = request.session.get(KEY) if are_open(request) else None
        if not token or request.path_info.startswith(CONTROLS) or is_door(request.path_info):
            return get_response(request)
        state = sandbox().state()
        if state.token != token:
            return _led_back(request)
        return _inside(request, get_response, state) if state.is_ready else get_response(request)

    return handle


def _inside(request: HttpRequest, get_response: GetResponse, state: State) -> HttpResponse:
    request.sandbox = state  # type: ignore[attr-defined]
    if request.method not in READING:
        return render(request, "web/sandbox_read_only.html", status=403)
    viewer = request.viewer  # type: ignore[attr-defined]
    place = sandbox()
    try:
        with (
            in_database(place.database(state.token)),
            acting(viewer.name, viewer.reach, viewer.duties),
            one_request(),
        ):
            response = get_response(request)
    except DatabaseGone:
        return _led_back(request)
    # thrown away while we read it
    return _led_back(request) if response.status_code == BROKEN and place.state() != state else response


def _led_back(request: HttpRequest) -> HttpResponse:
    request.session.pop(KEY, None)
    return redirect(reverse("sandbox") + "?left=gone")
