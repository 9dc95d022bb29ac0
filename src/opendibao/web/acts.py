"""办事: a form is opened, filled in, checked and done once, and leads back to what it was about."""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.audit.submissions import DoneBefore, hold, keep_submission, submitted
from opendibao.budget.refusal import FundRefused
from opendibao.decision.refusal import DecisionRefused
from opendibao.evaluation.refusal import EvaluationRefused
from opendibao.intake.refusal import IntakeRefused
from opendibao.intake.states import ForbiddenMove
from opendibao.outreach.actions import BadOutreach
from opendibao.payment.refusal import PaymentRefused
from opendibao.policy.reader import RuleGap
from opendibao.registry.refusal import RegistryRefused
from opendibao.reviews.refusal import ReviewRefused
from opendibao.rulemaking.refusal import ChangeRefused
from opendibao.verification.refusal import VerificationRefused
from opendibao.web.act_fields import ActForm, Villages
from opendibao.web.asking import BadQuestion
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.kept import typed
from opendibao.web.tables import Crumb
from opendibao.web.together import (
    Seen,
    SomebodyElseActed,
    look,
    refuse_stale,
    sealed,
    told,
    unsealed,
)
from opendibao.web.viewing import Viewer

KEY = re.compile(r"[0-9a-f]{32}")
REFUSALS = (
    BadOutreach, ChangeRefused, DecisionRefused, EvaluationRefused, ForbiddenMove, FundRefused, IntakeRefused,
    PaymentRefused, RegistryRefused, ReviewRefused, RuleGap, VerificationRefused,
)  # fmt: skip
CARRIED = ("key", "seen", "csrfmiddlewaretoken")


class SeeOther(HttpResponseRedirect):
    """Done: the browser goes on by GET, so that reloading does nothing again."""

    status_code = 303


@dataclass(frozen=True)
class Done:
    """What came of a form: the address it leads to and what is said there."""

    led_to: str
    said: str


@dataclass(frozen=True)
class Act:
    """One thing an officer does by a form; `subject` is the audit's name of what it changes, "" where it is new.

    `values` are the fields of the record as it stands, in words; `closed` says why nothing can be done any more;
    `sending` is what the button says meanwhile where that takes long; `template` is act.html or one that extends it.
    """

    title: str
    button: str
    form: type[ActForm]
    do: Callable[[Mapping[str, Any], datetime], Done]
    way: Sequence[Crumb]
    subject: str = ""
    values: Callable[[], dict[str, str]] = dict
    initial: Mapping[str, object] = field(default_factory=dict)
    villages: Villages = ()
    facts: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    closed: str = ""
    sending: str = ""
    template: str = "web/act.html"


@dataclass(frozen=True)
class Change:
    """A field of a record that two officers had before them: as it was opened, as it is, what this one typed."""

    label: str
    before: str
    now: str
    typed: str

    @property
    def is_changed(self) -> bool:
        """Whether the other officer changed it."""
        return self.before != self.now


def answer(request: HttpRequest, act: Act) -> HttpResponse:
    """Show the form, or do what it says."""
    if request.method == "POST":
        return _sent(request, act)
    found = typed(request)
    last = {name: values[-1] for name, values in (found or {}).items() if values}
    several = {name: values for name, values in (found or {}).items() if len(values) > 1}
    form = _form(act, initial={**act.initial, **last, **several})
    carried = last if KEY.fullmatch(last.get("key", "")) and last.get("seen") else _fresh(act)
    return _page(request, act, form, carried, is_found=bool(found))


def _form(act: Act, *data: object, **more: object) -> ActForm:
    return act.form(*data, today=today_in_county(), villages=act.villages, **more)


def _fresh(act: Act) -> dict[str, str]:
    """A key of its own, and what stands there now."""
    return {"key": secrets.token_hex(16), "seen": sealed(act.subject, look(act.subject, act.values()))}


def _sent(request: HttpRequest, act: Act) -> HttpResponse:
    carried = {name: request.POST.get(name, "") for name in ("key", "seen")}
    if not KEY.fullmatch(carried["key"]):
        raise BadQuestion(_("表单不完整，请从原来的页面重新打开这张表"))
    seen = unsealed(carried["seen"], act.subject)
    form = _form(act, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, act, form, carried, status=422)
    try:
        done = _once(request, act, form, carried["key"], seen)
    except SomebodyElseActed as refusal:
        return _page(request, act, form, {**_fresh(act), "key": carried["key"]}, status=409, faster=(seen, refusal))
    except DoneBefore as refusal:
        return _page(request, act, form, _fresh(act), status=409, before=str(refusal))
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return _page(request, act, form, carried, status=422)
    page, _hash, place = done.led_to.partition("#")
    there = f"{page}{'&' if '?' in page else '?'}done={carried['key']}"
    return SeeOther(f"{there}#{place}" if place else there)


def _once(request: HttpRequest, act: Act, form: ActForm, key: str, seen: Seen) -> Done:
    """Do it, unless it is done; who comes at the same moment waits. Raises SomebodyElseActed, DoneBefore, REFUSALS."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    at, content = now_in_county(), _content(request)
    with transaction.atomic():
        hold(f"form {key}")
        if former := submitted(key):
            if (former.officer, former.content) != (viewer.name, content):
                raise DoneBefore(former.said)
            return Done(former.led_to, former.said)
        if act.subject:
            hold(act.subject)
        refuse_stale(act.subject, seen, at=at)
        done = act.do(form.cleaned_data, at)
        refuse_stale(act.subject, seen, at=at)  # by a way that does not hold the subject's name
        keep_submission(
            key, division=viewer.reach.ljust(12, "0"), subject=act.subject, content=content, at=at,
            led_to=done.led_to, said=done.said,
        )  # fmt: skip
    return done


def _content(request: HttpRequest) -> str:
    """What was typed, as a hash: the same form sent again has the same."""
    said = sorted((name, values) for name, values in request.POST.lists() if name not in CARRIED)
    for name, file in sorted(request.FILES.items()):
        said.append((name, [hashlib.sha256(file.read()).hexdigest()]))  # type: ignore[union-attr]
        file.seek(0)  # type: ignore[union-attr]
    return hashlib.sha256(repr([request.path, said]).encode()).hexdigest()


def _page(
    request: HttpRequest,
    act: Act,
    form: ActForm,
    carried: Mapping[str, str],
    *,
    status: int = 200,
    faster: tuple[Seen, SomebodyElseActed] | None = None,
    before: str = "",
    is_found: bool = False,
) -> HttpResponse:
    shown = {
        "act": act,
        "form": form,
        "carried": carried,
        "is_found": is_found,
        "before": before,
        "told": told(faster[1].events) if faster else [],
        "changes": _changes(act, form, faster[0]) if faster else [],
    }
    return render(request, act.template, shown, status=status)


def _changes(act: Act, form: ActForm, seen: Seen) -> list[Change]:
    """Field by field: what the officer had before him, what stands there now, what he typed."""
    now = act.values()
    return [
        Change(str(form.fields[name].label), seen.values.get(name, ""), now.get(name, ""), form.typed(name))
        for name in form.fields
        if name in now
    ]
