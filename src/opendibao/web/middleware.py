"""Every request acts for an officer: the database session sees that officer's divisions and nobody else's."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from opendibao.audit.session import acting
from opendibao.kernel.duties import READ_ONLY, Duty
from opendibao.kernel.ids import reach_of
from opendibao.web.asking import BadQuestion
from opendibao.web.remembering import one_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")
TEXT_SIZES = (100, 125, 150, 200)
A_YEAR_S = 365 * 24 * 3600
# everything comes from ourselves; no inline script, no inline style, no frame around us
CONTENT_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)


class StreamingRefused(RuntimeError):
    """A view answers in pieces: they would be read after the officer's session has ended."""


@dataclass(frozen=True)
class Viewer:
    """Who looks: the name in the bar and in the audit, the divisions he sees (code prefix), and his duties."""

    name: str
    reach: str
    duties: frozenset[Duty]

    @property
    def may_write(self) -> bool:
        """Whether he has a duty that changes anything."""
        return bool(self.duties - READ_ONLY)

    @property
    def sees_county(self) -> bool:
        """Whether the whole county is in sight, so that its figures are not counted from a part."""
        return reach_of(settings.OPENDIBAO_COUNTY).startswith(self.reach)


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The signed-in officer; in the demonstration, without sign-in, the county's head, who only reads."""
    user = request.user
    if user.is_authenticated:
        return Viewer(user.name, reach_of(user.division), frozenset(map(Duty, user.duties)))
    if settings.OPENDIBAO_SYNTHETIC:
        return Viewer("县局 · 领导", reach_of(settings.OPENDIBAO_COUNTY), frozenset({Duty.OVERSEE}))
    return None


def officer_of_request(get_response: GetResponse) -> GetResponse:
    """Set the database session for the viewer around each request. Raises StreamingRefused."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        _refuse_control_characters(request)
        viewer = viewer_of(request)
        if viewer is None or (not viewer.may_write and request.method not in READING):
            return _finished(request, render(request, "web/403.html", {"is_signed_in": viewer is not None}, status=403))
        request.viewer = viewer  # type: ignore[attr-defined]
        with acting(viewer.name, viewer.reach, viewer.duties), one_request():
            response = get_response(request)
        if response.streaming:
            response.close()
            raise StreamingRefused(f"{request.path} 的回答是分段的，应一次给完")
        return _finished(request, response)

    return handle


def _refuse_control_characters(request: HttpRequest) -> None:
    """PostgreSQL stores no NUL; nobody types one either."""
    if "\x00" in request.path or any("\x00" in text for texts in request.GET.lists() for text in texts[1]):
        raise BadQuestion("地址里有看不见的控制字符，请重新输入")


def _finished(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    if (chosen := request.GET.get("text", "")) in map(str, TEXT_SIZES):
        assert isinstance(response, HttpResponse)
        response.set_cookie("text", chosen, max_age=A_YEAR_S, samesite="Lax", httponly=True)
    return response
