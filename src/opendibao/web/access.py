"""门: which duties open which page; a page without its duties cannot be entered in the URL list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import SimpleTemplateResponse
from django.urls import NoReverseMatch, Resolver404, URLPattern, path, resolve, reverse
from django.utils.translation import gettext as _

from opendibao.accounts.door import at_the_door
from opendibao.audit.duties import NotYourDuty
from opendibao.kernel.duties import CASEWORK, EVERY_DUTY, READ_ONLY, Duty
from opendibao.web.labels import DUTIES

View = Callable[..., HttpResponse]

READERS = EVERY_DUTY - {Duty.OPERATE}
"""Everybody who works with families or their money; who runs the machine sees no family."""
MONEY = READERS - {Duty.SURVEY, Duty.REVIEW}
CASES = CASEWORK | READ_ONLY
FINDERS = frozenset({Duty.ACCEPT, Duty.SURVEY})
"""Who tells of families in need and visits them."""
TICKETS = FILES = frozenset({Duty.ACCEPT, Duty.CONFIRM})
"""Who answers the hotline, and who corrects a household's account and address."""
SURVEYORS, PAYERS, FINANCE = frozenset({Duty.SURVEY}), frozenset({Duty.PAY}), frozenset({Duty.FINANCE})
"""Who visits the families, who makes and checks a pay run, and who releases the money."""
EVALUATION = frozenset({Duty.EVALUATE, Duty.FINANCE, Duty.CONFIRM, Duty.PAY}) | READ_ONLY
EVALUATORS = frozenset({Duty.EVALUATE})
"""Who does the year's evaluation: goals, sheet, scores, samples, report."""
RULERS, CONFIRMERS = frozenset({Duty.CONFIRM, Duty.OPERATE}), frozenset({Duty.CONFIRM})
"""Who drafts and withdraws a change of a number of the law; who confirms also approves and schedules it."""
READING = ("GET", "HEAD")
FIRST_PAGES = ("today", "county")


class Somebody(Protocol):
    """Who wants to open a page."""

    @property
    def duties(self) -> frozenset[Duty]:
        """What he may do."""

    @property
    def sees_county(self) -> bool:
        """Whether the whole county is in sight."""


@dataclass(frozen=True)
class Policy:
    """Who may open a page: one of the duties, and (where figures are the county's) the whole county in sight.

    `harmless`: what is sent to it changes nothing of the county, so that who only reads may send it too.
    """

    duties: frozenset[Duty]
    whole_county: bool = False
    harmless: bool = False

    def opens_to(self, viewer: Somebody) -> bool:
        """Whether it lets somebody in."""
        return bool(self.duties & viewer.duties) and (not self.whole_county or viewer.sees_county)


class NotForYou(PermissionDenied):
    """The viewer may not open this page; `policy` says who may."""

    def __init__(self, policy: Policy) -> None:
        super().__init__()
        self.policy = policy


def page(
    route: str,
    view: View,
    name: str,
    *,
    to: frozenset[Duty],
    whole_county: bool = False,
    harmless: bool = False,
    **kwargs: object,
) -> URLPattern:
    """An entry of the URL list that opens only to viewers who hold one of the duties `to`."""
    return path(route, _guarded(view, Policy(to, whole_county, harmless)), kwargs or None, name=name)


def door(route: str, view: View, name: str) -> URLPattern:
    """An entry of the URL list that opens to everybody: the way in, the way out and one's own account."""

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with at_the_door():
            response = view(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()  # while the door is open
            return response

    handle.is_door = True  # type: ignore[attr-defined]
    return path(route, handle, name=name)


def public(route: str, view: View, name: str) -> URLPattern:
    """An entry of the URL list that opens to everybody and opens no row to anybody: what a family does itself."""

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return view(request, *args, **kwargs)

    handle.is_door = True  # type: ignore[attr-defined]
    return path(route, handle, name=name)


def takes_a_form(view: View) -> View:
    """A page that may also be sent a form; every other page is only read."""
    view.methods = (*READING, "POST")  # type: ignore[attr-defined]
    return view


def _guarded(view: View, policy: Policy) -> View:
    methods = getattr(view, "methods", READING)

    @wraps(view)
    def handle(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_open(request, policy):
            raise NotForYou(policy)
        if not policy.harmless and request.method not in methods:
            return HttpResponseNotAllowed(methods)
        try:
            return view(request, *args, **kwargs)
        except NotYourDuty as refusal:
            raise PermissionDenied(str(refusal)) from None

    handle.policy = policy  # type: ignore[attr-defined]
    return handle


def may_open(request: HttpRequest, policy: Policy) -> bool:
    """Whether the request's viewer may open a page of this policy."""
    return policy.opens_to(request.viewer)  # type: ignore[attr-defined]


def may(request: HttpRequest, duties: frozenset[Duty]) -> bool:
    """Whether the request's viewer holds one of these duties, so that a way to an act is shown."""
    return bool(duties & request.viewer.duties)  # type: ignore[attr-defined]


def policy_of(view: View) -> Policy | None:
    """The policy of an entry of the URL list; None for doors."""
    return getattr(view, "policy", None)


def is_door(address: str) -> bool:
    """Whether a path is one of those that open to everybody."""
    try:
        return getattr(resolve(address).func, "is_door", False)
    except Resolver404:
        return False


def is_harmless(address: str) -> bool:
    """Whether what is sent to a path changes nothing of the county."""
    try:
        policy = policy_of(resolve(address).func)
    except Resolver404:
        return False
    return policy is not None and policy.harmless


def opens(address: str, viewer: Somebody) -> bool:
    """Whether a path is a page that opens to somebody."""
    try:
        policy = policy_of(resolve(address).func)
    except Resolver404:
        return False
    return policy is not None and policy.opens_to(viewer)


def first_page(viewer: Somebody) -> str:
    """Where an officer starts: today's work, else the county, else his own account."""
    for name in FIRST_PAGES:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if opens(address, viewer):
            return address
    return reverse("account")


def duties_in_words(duties: frozenset[Duty]) -> str:
    """The duties' names, in the order of the procedure."""
    return _("、").join(DUTIES[duty] for duty in Duty if duty in duties)
