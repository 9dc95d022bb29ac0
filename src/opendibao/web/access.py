"""门: which duties open which page; a page without its duties cannot be entered in the URL list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from opendibao.kernel.duties import CASEWORK, EVERY_DUTY, READ_ONLY, Duty

View = Callable[..., HttpResponse]

READERS = EVERY_DUTY - {Duty.OPERATE}
"""Everybody who works with families or their money; who runs the machine sees no family."""
MONEY = READERS - {Duty.SURVEY, Duty.REVIEW}
CASES = CASEWORK | READ_ONLY
EVALUATION = frozenset({Duty.EVALUATE, Duty.FINANCE, Duty.CONFIRM, Duty.PAY}) | READ_ONLY


@dataclass(frozen=True)
class Policy:
    """Who may open a page: one of the duties, and (where figures are the county's) the whole county in sight."""

    duties: frozenset[Duty]
    whole_county: bool = False


def page(
    route: str, view: View, name: str, *, to: frozenset[Duty], whole_county: bool = False, **kwargs: object
) -> URLPattern:
    """An entry of the URL list that opens only to viewers who hold one of the duties `to`."""
    return path(route, _guarded(view, Policy(to, whole_county)), kwargs or None, name=name)


def _guarded(view: View, policy: Policy) -> View:
    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_open(request, policy):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    handle.policy = policy  # type: ignore[attr-defined]
    return handle


def may_open(request: HttpRequest, policy: Policy) -> bool:
    """Whether the request's viewer may open a page of this policy."""
    viewer = request.viewer  # type: ignore[attr-defined]
    return bool(policy.duties & viewer.duties) and (not policy.whole_county or viewer.sees_county)
