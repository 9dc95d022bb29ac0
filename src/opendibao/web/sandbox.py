"""改坏一笔: the demonstration's page on which a payment or an event is spoiled in a copy, and every wall answers."""

from functools import wraps

import psycopg
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from opendibao.audit.elsewhere import DatabaseGone, in_database
from opendibao.audit.session import acting
from opendibao.config.sandbox import STEPS, SandboxBusy, State
from opendibao.demo.tampering import NothingToSpoil
from opendibao.web.access import View
from opendibao.web.counted import booked
from opendibao.web.remembering import one_request
from opendibao.web.roles import are_open
from opendibao.web.sandbox_figures import figures
from opendibao.web.sandbox_making import begin, chosen
from opendibao.web.sandbox_session import KEY, sandbox


def _in_demonstration(view: View) -> View:
    @wraps(view)
    def handle(request: HttpRequest) -> HttpResponse:
        if not are_open(request):
            raise Http404("只有演示县有沙箱")
        return view(request)

    return handle


@require_safe
@_in_demonstration
def sandbox_page(request: HttpRequest) -> HttpResponse:
    """How far the sandbox is; once it is ready, its figures beside the real ones and the walls' answers."""
    return _page(request)


def _page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    state = sandbox().state()
    shown: dict[str, object] = {
        "state": state,
        "is_inside": bool(state.token) and request.session.get(KEY) == state.token,
        "is_gone": request.GET.get("left") == "gone",
        "refusal": refusal,
        **_progress(state),
    }
    if state.is_ready:
        try:
            shown |= _found(request, state)
        except DatabaseGone:
            shown["state"] = State(failed=_("沙箱库已经不在了；真的县没有动过，请再按一次"))
    return render(request, "web/sandbox.html", shown, status=409 if refusal else 200)


def _progress(state: State) -> dict[str, object]:
    steps = [(words, "done" if place < state.step else "now" if place == state.step else "") for place, words in
             enumerate(STEPS)]  # fmt: skip
    return {"steps": steps, "number": min(state.step + 1, len(STEPS)), "of": len(STEPS)}


def _found(request: HttpRequest, state: State) -> dict[str, object]:
    spoiled, walls = state.found["spoiled"], state.found["walls"]
    real = booked(spoiled["year"])
    viewer = request.viewer  # type: ignore[attr-defined]
    with (
        in_database(sandbox().database(state.token)),
        acting(viewer.name, viewer.reach, viewer.duties),
        one_request(),
    ):
        copied = booked(spoiled["year"])
    return {
        "spoiled": spoiled,
        "figures": list(figures(spoiled, real, copied)),
        "walls": walls,
        "complaints": [wall for wall in walls if wall["tone"] != "ok"],
        "content": [wall for wall in walls if wall["tone"] == "ok"],
        "faults": sum(wall["tone"] == "bad" for wall in walls),
        "named": next((wall for wall in walls if wall["tone"] == "bad" and wall["row"]), None),
        "total": (real.fen, copied.fen),
    }


@require_safe
@_in_demonstration
def sandbox_progress(request: HttpRequest) -> HttpResponse:
    """The part of the page that is asked again every second; when there is nothing to wait for, the whole page."""
    state = sandbox().state()
    if state.is_making and request.headers.get("HX-Request"):
        return render(request, "web/_sandbox_progress.html", _progress(state))
    home = reverse("sandbox")
    return HttpResponse(headers={"HX-Redirect": home}) if request.headers.get("HX-Request") else redirect(home)


@require_POST
@_in_demonstration
def sandbox_make(request: HttpRequest) -> HttpResponse:
    """Copy the county and spoil one thing in the copy; whoever presses while it is made joins who pressed first."""
    try:
        spoil, month = chosen(request.POST.get("kind", ""), request.POST.get("number", "").strip())
        request.session[KEY] = begin(spoil, month)
    except SandboxBusy:
        request.session[KEY] = sandbox().state().token
    except NothingToSpoil as refusal:
        return _page(request, str(refusal))
    return redirect("sandbox")


@require_POST
@_in_demonstration
def sandbox_enter(request: HttpRequest) -> HttpResponse:
    """See the sandbox that is there."""
    request.session[KEY] = sandbox().state().token
    return redirect("county")


@require_POST
@_in_demonstration
def sandbox_leave(request: HttpRequest) -> HttpResponse:
    """Back to the real county; the sandbox stays for others."""
    request.session.pop(KEY, None)
    return redirect("county")


@require_POST
@_in_demonstration
def sandbox_drop(request: HttpRequest) -> HttpResponse:
    """恢复: throw the sandbox away, for everybody. Words where the database does not let go."""
    place = sandbox()
    try:
        with place.alone():
            place.drop()
    except (SandboxBusy, psycopg.Error):
        return redirect("sandbox")
    request.session.pop(KEY, None)
    return redirect("sandbox")
