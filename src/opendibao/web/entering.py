"""请先登录: leads whoever is not signed in to the door, with the way back and with what he had typed."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from opendibao.web.kept import keep, sealed

READING = ("GET", "HEAD", "OPTIONS")


def is_our_own(address: str) -> bool:
    """Whether an address leads nowhere but into this site: a path, never a host."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def sent_to_sign_in(request: HttpRequest) -> HttpResponse:
    """A question is led to the sign-in page; a form stays where it is and carries its fields along."""
    if request.method in READING:
        return _led_away(request)
    if refused := _sent_by_a_stranger(request):
        return refused
    return _with_what_was_typed(request)


def _led_away(request: HttpRequest) -> HttpResponse:
    to = f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
    return HttpResponseClientRedirect(to) if request.headers.get("HX-Request") else redirect(to)


def _sent_by_a_stranger(request: HttpRequest) -> HttpResponse | None:
    """Another site's form is refused as it would be with a session, and nothing of it is kept."""
    return CsrfViewMiddleware(lambda _: HttpResponse()).process_view(request, HttpResponse, (), {})


def _with_what_was_typed(request: HttpRequest) -> HttpResponse:
    kept = keep(request)
    carried = sealed(kept)
    shown = {
        "kept": carried,
        "files": kept.files,
        "was_too_large": not carried,
        "is_expired": True,
        "next": kept.address,
    }
    if request.headers.get("HX-Request"):  # htmx shows no answer but a good one
        return retarget(reswap(render(request, "account/login.html", shown), "innerHTML"), "body")
    return render(request, "account/login.html", shown, status=401)
