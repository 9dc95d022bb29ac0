"""出错页: what went wrong in plain words and what to do; never a stack trace."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from opendibao.accounts.queries import holders
from opendibao.kernel.duties import Duty
from opendibao.web.access import NotForYou, Policy, duties_in_words
from opendibao.web.asking import BadQuestion
from opendibao.web.places import places
from opendibao.web.viewing import Viewer

MOST_HOLDERS = 6


@dataclass(frozen=True)
class Holder:
    """Somebody who may do what the viewer may not."""

    name: str
    place: str
    duties: str


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address asks for something that cannot be."""
    words = str(exception) if isinstance(exception, BadQuestion) else _("浏览器送来的内容不合规范")
    return render(request, "web/400.html", {"words": words}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the viewer may not do this; which duty it takes, and who holds it."""
    shown: dict[str, object] = {"words": str(exception)}
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer and isinstance(exception, NotForYou):
        shown = _who_may(exception.policy, viewer)
    return render(request, "web/403.html", shown, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is not (or no longer) the one of this browser; what was typed is still one page back."""
    return render(request, "web/stale.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or the viewer does not see it, which is not told apart."""
    return render(request, "web/404.html", status=404)


def not_allowed(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """405: a page that is only read was sent something, or a step that is sent was opened like a page."""
    is_read = "GET" in refusal.headers["Allow"]
    response = render(request, "web/405.html", {"is_read": is_read}, status=405)
    response.headers["Allow"] = refusal.headers["Allow"]
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; rendered without the database, which may be the cause."""
    return HttpResponse(render_to_string("web/500.html"), status=500)


def _who_may(policy: Policy, viewer: Viewer) -> dict[str, object]:
    wanted = policy.duties
    own = viewer.duties & wanted
    if policy.whole_county and own:  # he has the duty, but sees only a part
        return {"words": _("这一页是全县的数，只看得到一个乡镇的人不能打开。"), "own": duties_in_words(viewer.duties)}
    named = [one for one in holders(wanted, viewer.division) if one.username != viewer.username]
    names = places().names
    who = [
        Holder(
            one.name, names.get(one.division, one.division), duties_in_words(frozenset(map(Duty, one.duties)) & wanted)
        )
        for one in named[:MOST_HOLDERS]
    ]
    return {
        "words": _("打开这一页要有这些职责之一：%(duties)s。") % {"duties": duties_in_words(wanted)},
        "own": duties_in_words(viewer.duties),
        "who": who,
        "more": max(len(named) - MOST_HOLDERS, 0),
    }
