"""Every request acts for an officer: the database session sees that officer's divisions and nobody else's."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.session import acting
from opendibao.web.access import is_door, is_harmless
from opendibao.web.asking import BadQuestion
from opendibao.web.entering import sent_to_sign_in
from opendibao.web.errors import not_allowed
from opendibao.web.language import keep_language
from opendibao.web.remembering import one_request
from opendibao.web.viewing import Viewer, lacks_totp, viewer_of

__all__ = ["Viewer", "officer_of_request", "viewer_of"]
GetResponse = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")
TEXT_SIZES = (100, 125, 150, 200)
A_YEAR_S = 365 * 24 * 3600
A_MINUTE_S = 60
# everything comes from ourselves; no inline script, no inline style, no frame around us
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)


class StreamingRefused(RuntimeError):
    """A view answers in pieces: they would be read after the officer's session has ended."""


def officer_of_request(get_response: GetResponse) -> GetResponse:
    """Set the database session for the viewer around each request. Raises StreamingRefused."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        _refuse_control_characters(request)
        viewer = viewer_of(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        with _as(viewer), one_request():
            response = _turned_away(request, viewer) or get_response(request)
            if isinstance(response, HttpResponseNotAllowed):
                response = not_allowed(request, response)
        _note_presence(request)
        if response.streaming:
            response.close()
            raise StreamingRefused(f"{request.path} 的回答是分段的，应一次给完")
        return _finished(request, response)

    return handle


def _as(viewer: Viewer | None) -> AbstractContextManager[None]:
    """Act as the viewer; where nobody is known, no row is seen."""
    return acting(viewer.name, viewer.reach, viewer.duties) if viewer else nullcontext()


def _turned_away(request: HttpRequest, viewer: Viewer | None) -> HttpResponse | None:
    """The answer to who may not even ask: unknown, without one-time codes, or reading only; else None."""
    writes = request.method not in READING
    if viewer and not writes and not lacks_totp(request):
        return None
    if is_door(request.path_info) or (viewer and is_harmless(request.path_info)):
        return None
    if viewer is None or (writes and _has_expired(request)):
        return sent_to_sign_in(request)
    if lacks_totp(request):
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if not viewer.may_write:
        words = _("这个身份只能查看，不能办理；什么都没有改动。")
        return render(request, "web/403.html", {"words": words}, status=403)
    return None


def _has_expired(request: HttpRequest) -> bool:
    """Whether somebody was signed in here before: his browser sends the key of a session that is no more."""
    return (
        not request.user.is_authenticated
        and settings.SESSION_COOKIE_NAME in request.COOKIES
        and request.session.is_empty()
    )


def _note_presence(request: HttpRequest) -> None:
    """Whoever works stays signed in: once a minute the session's end is moved on."""
    if request.user.is_authenticated and time.time() - request.session.get("seen", 0) > A_MINUTE_S:
        request.session["seen"] = int(time.time())


def _refuse_control_characters(request: HttpRequest) -> None:
    """PostgreSQL stores no NUL; nobody types one either."""
    if "\x00" in request.path or any("\x00" in text for texts in request.GET.lists() for text in texts[1]):
        raise BadQuestion(_("地址里有看不见的控制字符，请重新输入"))


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    keep_language(request, response)
    if (chosen := request.GET.get("text", "")) in map(str, TEXT_SIZES):
        assert isinstance(response, HttpResponse)
        response.set_cookie("text", chosen, max_age=A_YEAR_S, samesite="Lax", httponly=True)
    return response
