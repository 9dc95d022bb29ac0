"""差异核对: what a department found beside what was declared and surveyed, what it would change, and four keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.audit.actions import record_view
from opendibao.decision.clean import Ruled
from opendibao.decision.hit_effects import CaseHits, HitEffect, case_hits
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.kernel.money import yuan_text
from opendibao.registry.queries import heads_of
from opendibao.verification.actions import dispose_match
from opendibao.verification.undoing import undo_disposition
from opendibao.web.access import may, takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.approval_access import HIT_ANSWERERS
from opendibao.web.decision.approval_acts import NothingForm
from opendibao.web.labels import DEPARTMENTS, DISPOSITIONS, OUTCOMES, Labels
from opendibao.web.places import places
from opendibao.web.tables import Crumb
from opendibao.web.verification.known_case import known_case, way_of

KEYS = (("1", "accept_record"), ("2", "keep_declaration"), ("3", "recheck"), ("4", "propose_end"))
MEANINGS = Labels({
    "accept_record": gettext_noop("部门的信息属实"), "keep_declaration": gettext_noop("不是这家的，或已说明"),
    "recheck": gettext_noop("还要再查"), "propose_end": gettext_noop("不符合条件，建议终止"),
})  # fmt: skip
OPEN = ("", "recheck")
REASON = 120


class HitForm(ActForm):
    """What is made of a hit, and why."""

    disposition = Pick(
        gettext_lazy("处置"), DISPOSITIONS, hint=gettext_lazy("再核的以后还要处置；其他三样定了就进案卷")
    )
    reason = Words(gettext_lazy("理由"), REASON, rows=2, hint=gettext_lazy("写看了什么、凭什么"))


@dataclass(frozen=True)
class Line:
    """A hit on the page: which department, the result with it, what it would change; the keys where it is open."""

    hit: HitEffect
    department: str
    matched: str
    effect: str
    tone: str
    disposed: str
    is_open: bool


def hits(request: HttpRequest, case_id: int) -> HttpResponse:
    """The hits of a case, the largest effect first."""
    file, today = known_case(case_id), today_in_county()
    record_view(f"案件 {file.number}", file.division, "差异核对", at=now_in_county())
    found = case_hits(case_id, today)
    lines = [_line(hit) for hit in found.hits]
    may_answer = may(request, HIT_ANSWERERS) and file.state not in ENDED
    return render(request, "web/hits.html", {
        "file": file, "head": heads_of([file.household]).get(file.household, file.household),
        "place": places().full(file.division), "lines": lines, "may_answer": may_answer,
        "first": next((line.hit.match.id for line in lines if line.is_open), 0),
        "keys": [(key, code, DISPOSITIONS[code], MEANINGS[code]) for key, code in KEYS],
        "declared": _ruled_said(found.declared), "surveyed": _ruled_said(found.surveyed) if found.surveyed else "",
        "found": found, "silent": _silent(found), "crumbs": _way(file),
    })  # fmt: skip


def _silent(found: CaseHits) -> str:
    """How many questions nobody has answered: silence is no evidence."""
    if not found.unanswered:
        return ""
    return _("%(n)s 项还没有回音；没有回音不等于没有。") % {"n": found.unanswered}


def _line(hit: HitEffect) -> Line:
    effect, tone = _effect(hit)
    match = hit.match
    disposed = ""
    if match.disposition:
        disposed = _("%(said)s：%(reason)s") % {"said": DISPOSITIONS[match.disposition], "reason": match.reason}
    matched = _ruled_said(hit.after) if hit.after else ""
    department, is_open = DEPARTMENTS.get(match.source, match.source), match.disposition in OPEN
    return Line(hit, department, matched, effect, tone, disposed, is_open)


def _effect(hit: HitEffect) -> tuple[str, str]:
    """What it would change, in words with both amounts, and the tone."""
    if hit.before is None or hit.after is None:
        return _("这条信息没有可以计算的数，影响要看调查结果"), ""
    said = {"before": _amount(hit.before), "after": _amount(hit.after)}
    if hit.before.monthly_fen == hit.after.monthly_fen and hit.before.outcome == hit.after.outcome:
        return _("不影响金额：%(before)s") % said, "ok"
    if not hit.after.is_granted:
        return _("不符合条件，补差 %(before)s → %(after)s") % said, "bad"
    return _("补差 %(before)s → %(after)s") % said, "warn"


def _amount(ruled: Ruled) -> str:
    return yuan_text(ruled.monthly_fen, grouped=True) if ruled.monthly_fen else "0"


def _ruled_said(ruled: Ruled | None) -> str:
    """A result by the rules in a few words."""
    if ruled is None:
        return _("不能按规则计算")
    said = {"outcome": OUTCOMES[ruled.outcome], "income": yuan_text(ruled.income_year_fen, grouped=True)}
    if not ruled.is_granted:
        return _("%(outcome)s，年收入 %(income)s 元") % said
    return _("%(outcome)s，年收入 %(income)s 元，每月 %(yuan)s 元") % (said | {"yuan": _amount(ruled)})


def _way(file: CaseFile) -> list[Crumb]:
    return [*way_of(file), Crumb(_("差异核对"))]


def _known(case_id: int, match_id: int) -> tuple[CaseFile, HitEffect]:
    file = known_case(case_id)
    found = next((hit for hit in case_hits(case_id, today_in_county()).hits if hit.match.id == match_id), None)
    if found is None:
        raise Http404(f"案件 {case_id} 没有核对结果 {match_id}")
    return file, found


def _facts(hit: HitEffect) -> list[tuple[str, str]]:
    return [
        (_("谁"), hit.match.person), (_("来源"), DEPARTMENTS.get(hit.match.source, hit.match.source)),
        (_("核到"), hit.said), (_("影响"), _effect(hit)[0]),
    ]  # fmt: skip


def _back(file: CaseFile) -> list[Crumb]:
    return [*way_of(file), Crumb(_("差异核对"), reverse("hits", args=[file.id]))]


@takes_a_form
def disposed_hit(request: HttpRequest, case_id: int, match_id: int) -> HttpResponse:
    """处置一条核对信息."""
    file, hit = _known(case_id, match_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        dispose_match(match_id, disposition=given["disposition"], reason=given["reason"], at=at)
        said = _("已处置为“%(said)s”。案件办下一步以前可以撤回。") % {"said": DISPOSITIONS[given["disposition"]]}
        return Done(reverse("hits", args=[case_id]), said)

    asked = request.GET.get("key", "")
    chosen = dict(KEYS).get(asked, "")
    is_open = hit.match.disposition in OPEN and file.state not in ENDED
    return answer(
        request,
        Act(
            title=_("处置核对信息"), button=_("处置"), form=HitForm, do=do, way=_back(file),
            subject=f"核对 {match_id}", values=lambda: _now(case_id, match_id), initial={"disposition": chosen},
            facts=_facts(hit), closed="" if is_open else _("这一条已经处置，或者案件已经办结。"),
        ),
    )  # fmt: skip


def _now(case_id: int, match_id: int) -> dict[str, str]:
    _case, hit = _known(case_id, match_id)
    code = hit.match.disposition
    return {"disposition": DISPOSITIONS[code] if code else "", "reason": hit.match.reason}


@takes_a_form
def undone_hit(request: HttpRequest, case_id: int, match_id: int) -> HttpResponse:
    """撤回处置."""
    file, hit = _known(case_id, match_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        undo_disposition(match_id, at=at)
        return Done(reverse("hits", args=[case_id]), _("已撤回处置，这一条重新等处置。"))

    return answer(
        request,
        Act(
            title=_("撤回处置"), button=_("撤回处置"), form=NothingForm, do=do, way=_back(file),
            subject=f"核对 {match_id}", values=lambda: _now(case_id, match_id), facts=_facts(hit),
            notes=[_("案件办了下一步（调查、初审、决定等）以后不能撤回。")],
            closed="" if hit.match.disposition else _("这一条还没有处置，不用撤回。"),
        ),
    )  # fmt: skip
