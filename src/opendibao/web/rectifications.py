"""整改页: the list of a year with how each point stands today, what is still to be taken in, last year's list."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.evaluation.queries import indicators
from opendibao.evaluation.rectifications import (
    Rectification,
    Standing,
    rectification,
    rectifications,
    standing,
)
from opendibao.kernel.duties import Duty
from opendibao.reporting.measures import proposed_points
from opendibao.web.access import may
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.labels import STANDINGS
from opendibao.web.receiving_words import (
    origin_words,
    receiving_parts,
    standing_cell,
    way_to_rectifications,
)
from opendibao.web.tables import Cell, Choice, Choices, Crumb

RECTIFIERS = frozenset({Duty.EVALUATE, Duty.CONFIRM})
"""Who keeps the rectification list: the evaluator, and the bureau's officers who do the work."""


@dataclass(frozen=True)
class Line:
    """A point of the list, where it comes from and how it stands, in words."""

    point: Rectification
    origin: str
    state: Cell


def rectifications_page(request: HttpRequest) -> HttpResponse:
    """The list of a year."""
    question, county, today = asked_of(request), settings.OPENDIBAO_COUNTY, today_in_county()
    listed = rectifications(question.year, county)
    state, owner = _filters(request, listed)
    may_write = may(request, RECTIFIERS)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "submissions", question.year),
        "parts": receiving_parts("rectifications", question.year),
        "crumbs": [*way_to_rectifications(question.year)[:1], Crumb(_("整改"))],
        "lead": count_words(listed, today),
        "lines": _lines(_within(listed, state, owner, today), today),
        "is_empty": not listed,
        "states": _states(question, listed, state, owner, today) if listed else None,
        "owners": _owners(question, listed, state, owner),
        "may_write": may_write,
        "proposed": proposed_points(question.year, county),
        "last": count_words(rectifications(question.year - 1, county), today),
        "today": today,
    }
    return render(request, "web/rectifications.html", shown)


def found_rectification(rectification_id: int) -> Rectification:
    """One point; raises Http404."""
    found = rectification(rectification_id)
    if found is None:
        raise Http404(f"没有整改 {rectification_id}")
    return found


def count_words(listed: Sequence[Rectification], today: date) -> str:
    """How many points there are and how they stand; "" where there are none."""
    if not listed:
        return ""
    counts = Counter(standing(one, today) for one in listed)
    said = [f"{STANDINGS[each]} {counts[each]}" for each in Standing if counts[each]]
    return _("%(n)d 条：%(said)s。") % {"n": len(listed), "said": _("，").join(said)}


def _filters(request: HttpRequest, listed: Sequence[Rectification]) -> tuple[str, str]:
    """Which standing and which owner are wanted. Raises BadQuestion."""
    state, owner = request.GET.get("state", ""), request.GET.get("owner", "")
    if state and state not in list(Standing):
        raise BadQuestion(_("整改没有“%(state)s”这种状态，请从页面上选") % {"state": state})
    if owner and owner not in {one.owner for one in listed}:
        raise BadQuestion(_("清单里没有责任单位“%(owner)s”，请从页面上选") % {"owner": owner})
    return state, owner


def _within(listed: Sequence[Rectification], state: str, owner: str, today: date) -> list[Rectification]:
    return [
        one for one in listed if state in ("", standing(one, today)) and owner in ("", one.owner)
    ]  # fmt: skip


def _lines(listed: Sequence[Rectification], today: date) -> list[Line]:
    names = {code: one.name for code, one in indicators().items()}
    return [Line(one, origin_words(one, names), standing_cell(standing(one, today))) for one in listed]


def _states(question: Asked, listed: Sequence[Rectification], state: str, owner: str, today: date) -> Choices:
    counts = Counter(standing(one, today) for one in listed if owner in ("", one.owner))
    options = [Choice(_("全部 %(n)d") % {"n": counts.total()}, question.but(owner=owner), state == "")]
    options += [
        Choice(f"{STANDINGS[each]} {counts[each]}", question.but(state=each.value, owner=owner), state == each)
        for each in Standing
        if counts[each] or state == each
    ]
    return Choices(_("状态"), options)


def _owners(question: Asked, listed: Sequence[Rectification], state: str, owner: str) -> Choices | None:
    """The owners, where there are several."""
    names = list(dict.fromkeys(one.owner for one in listed))
    if len(names) < 2:
        return None
    options = [Choice(_("全部单位"), question.but(state=state), owner == "")]
    options += [Choice(name, question.but(state=state, owner=name), owner == name) for name in names]
    return Choices(_("责任单位"), options)
