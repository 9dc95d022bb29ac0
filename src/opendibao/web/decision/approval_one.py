"""审核一件: everything a decision rests on, read only, with the reasons to look twice and the keys to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.assessing import answer_on
from opendibao.decision.clean import Judged, judged
from opendibao.decision.county_queries import reported_among
from opendibao.decision.explaining import day_in_words
from opendibao.decision.ground import entry_lacks
from opendibao.decision.refusal import DecisionRefused
from opendibao.intake.queries import CaseFile
from opendibao.kernel.money import yuan_text
from opendibao.registry.queries import heads_of
from opendibao.rules.case import CaseError
from opendibao.verification.queries import matches_of, survey_of
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.approval_words import days_said, doubts_said, unfit_said
from opendibao.web.intake.case_page import PARTS
from opendibao.web.labels import AREAS, CASE_STATES, OUTCOMES
from opendibao.web.places import places
from opendibao.web.verification.known_case import known_case
from opendibao.web.viewing import Viewer
from opendibao.web.why import Why, why_of


@dataclass(frozen=True)
class Key:
    """A way to go on: its route, the words, whether it is the usual one."""

    href: str
    words: str
    is_main: bool = False


def approval(request: HttpRequest, case_id: int) -> HttpResponse:
    """The panel of one case."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    file, today = known_case(case_id), today_in_county()
    record_view(f"案件 {file.number}", file.division, "审核面板", at=now_in_county())
    one = next(iter(judged(reported_among([case_id]), today)), None)
    survey = survey_of(case_id)
    lacks = entry_lacks([case_id], today).get(case_id, "")
    waits = one is not None and (file.state == "reported" or one.case.is_townships)
    return render(request, "web/approval.html", {
        "file": file, "head": heads_of([file.household]).get(file.household, file.household),
        "place": places().full(file.division), "area": AREAS[file.area], "state": CASE_STATES[file.state],
        "one": one, "waits": waits, "days": days_said(one.due_on, today) if one else "",
        "is_late": one is not None and one.due_on < today, "doubts": doubts_said(one) if one else [],
        "said": _said(one), "is_granted": bool(one and one.ruled and one.ruled.is_granted), "lacks": lacks,
        "unfit": unfit_said(one, viewer.name), "keys": _keys(request, file, one) if waits else [],
        "why": _why(file, survey.found if survey else None, today),
        "survey_on": day_in_words(survey.surveyed_on) if survey else "",
        "has_hits": any(m.outcome == "hit" for m in matches_of(case_id)),
        "parts": [part for make in PARTS if (part := make(request, file))],
    })  # fmt: skip


def _said(one: Judged | None) -> str:
    """The result by the rules in one sentence."""
    if one is None or one.ruled is None:
        return _("按规则算不出结果：查明的情况读不出来，或者还没有调查。")
    if not one.ruled.is_granted:
        return _("按规则：%(outcome)s，不能确认同意。") % {"outcome": OUTCOMES[one.ruled.outcome]}
    said = {"n": one.ruled.persons, "yuan": yuan_text(one.ruled.monthly_fen, grouped=True)}
    return _("按规则：同意，保障 %(n)s 人，每月 %(yuan)s 元。") % said


def _keys(request: HttpRequest, file: CaseFile, one: Judged | None) -> Sequence[Key]:
    """What may be done with it; nothing where the viewer only reads."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if one is None or not may(request, CONFIRMERS) or one.case.is_of(viewer.name):
        return []
    granted = bool(one.ruled and one.ruled.is_granted)
    decide = ("confirm-case", _("确认同意")) if granted else ("refuse-confirmation", _("不予确认"))
    keys = [Key(reverse(decide[0], args=[file.id]), decide[1], is_main=True)]
    keys.append(Key(reverse("county-visit", args=[file.id]), _("登记县级入户核查")))
    if file.state == "reported":
        keys.append(Key(reverse("send-back-case", args=[file.id]), _("退回乡镇")))
    return keys


def _why(file: CaseFile, found: dict[str, object] | None, today: date) -> Why | None:
    """The calculation on what was found, by today's rules; None where it cannot be made."""
    if not found:
        return None
    try:
        return why_of(answer_on(found, today, trace=True))
    except (DecisionRefused, CaseError):
        return None
