"""换一块: a page whose part can be fetched alone by htmx; without script the whole page is the same."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part; going back in the history asks for the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def render_either(request: HttpRequest, whole: str, part: str, context: Mapping[str, object]) -> HttpResponse:
    """The page, or its part alone; caches keep the two apart."""
    response = render(request, part if wants_part(request) else whole, dict(context))
    patch_vary_headers(response, ["HX-Request"])
    return response
