"""差异核对: what a department found beside what was declared and surveyed, what it would change, and four keys."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.audit.actions import record_view
from opendibao.decision.clean import Ruled
from opendibao.decision.hit_effects import CaseHits, HitEffect, case_hits
from opendibao.intake.queries import CaseFile
from opendibao.intake.states import ENDED
from opendibao.kernel.money import yuan_text
from opendibao.registry.queries import heads_of
from opendibao.verification.match_letters import untold
from opendibao.verification.match_queries import (
    DoubtfulLink,
    ExplanationRow,
    HitRow,
    RecheckRow,
    SettledLink,
    doubtful_links,
    explanations_of,
    hit_rows,
    rechecks_of,
    settled_links,
)
from opendibao.verification.queries import MatchRow, matches_of
from opendibao.verification.reasons import OTHER, reason_words
from opendibao.verification.requests.provinces import province_zh
from opendibao.web.access import FINDERS, may
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.approval_access import HIT_ANSWERERS
from opendibao.web.labels import DEPARTMENTS, DISPOSITIONS, OUTCOMES, UNCHECKED, Labels
from opendibao.web.places import places
from opendibao.web.tables import Crumb, Table
from opendibao.web.verification.known_case import known_case, way_of
from opendibao.web.verification.match_words import LINK_STATES, RECHECKS, TIERS, evidence_table, weight_words

KEYS = (("1", "accept_record"), ("2", "keep_declaration"), ("3", "recheck"), ("4", "propose_end"))
MEANINGS = Labels({
    "accept_record": gettext_noop("部门的信息属实"), "keep_declaration": gettext_noop("不是这家的，或已说明"),
    "recheck": gettext_noop("还要再查"), "propose_end": gettext_noop("不符合条件，建议终止"),
})  # fmt: skip
OPEN = ("", "recheck")


@dataclass(frozen=True)
class RowEvidence:
    """A row of a department's file and why it is held to be the person's."""

    words: str
    table: Table


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
    evidence: Sequence[RowEvidence]
    explanations: Sequence[ExplanationRow]
    rechecks: Sequence[tuple[str, RecheckRow]]

    @property
    def recheck(self) -> RecheckRow | None:
        """The objection that is under way; nothing is answered meanwhile."""
        return next((row for _words, row in self.rechecks if not row.outcome), None)


def hits(request: HttpRequest, case_id: int) -> HttpResponse:
    """The hits of a case, the largest effect of the surest first."""
    file, today = known_case(case_id), today_in_county()
    record_view(f"案件 {file.number}", file.division, "差异核对", at=now_in_county())
    found, answers = case_hits(case_id, today), matches_of(case_id)
    lines = lines_of(case_id, found)
    is_open = file.state not in ENDED
    may_answer = may(request, HIT_ANSWERERS) and is_open
    first = next((line.hit.match.id for line in lines if line.is_open and not line.recheck), 0)
    return render(request, "web/hits.html", {
        "file": file, "head": heads_of([file.household]).get(file.household, file.household),
        "place": places().full(file.division), "lines": lines, "may_answer": may_answer, "first": first,
        "keys": [(key, code, DISPOSITIONS[code], MEANINGS[code]) for key, code in KEYS],
        "declared": ruled_said(found.declared), "surveyed": ruled_said(found.surveyed) if found.surveyed else "",
        "together": _together(found), "glance": _glance(answers), "silent": list(_silent(answers)),
        "doubts": _doubts(doubtful_links(case_id)), "settled": _settled(case_id),
        "may_visit": may(request, FINDERS) and file.state == "accepted",
        "clean": len(clean_of(found)), "untold": len(untold(case_id)) if may_answer else 0, "crumbs": _way(file),
    })  # fmt: skip


def clean_of(found: CaseHits) -> list[HitEffect]:
    """Open hits with which the rules give the same: they may be answered together."""
    return [hit for hit in found.hits if hit.match.disposition == "" and hit.is_harmless]


def _glance(answers: Sequence[MatchRow]) -> list[tuple[str, str]]:
    """One reading of the case: how many hits, how many checked without, how many not checked."""
    counts = Counter(row.outcome for row in answers)
    waiting = sum(row.outcome == "hit" and row.disposition in OPEN for row in answers)
    told = _("%(n)s 项，待处置 %(open)s 项") if waiting else _("%(n)s 项，都已处置") if counts["hit"] else _("%(n)s 项")
    return [
        (_("核到信息"), told % {"n": counts["hit"], "open": waiting}),
        (_("已核无记录"), _("%(n)s 项") % {"n": counts["no_hit"]}),
        (_("未核到"), _("%(n)s 项") % {"n": counts["not_checked"]}),
    ]  # fmt: skip


def _silent(answers: Sequence[MatchRow]) -> Iterator[str]:
    """Why questions stay open, reason by reason with the departments: silence is no evidence."""
    of_reason: dict[str, list[str]] = {}
    for row in answers:
        if row.outcome == "not_checked":
            of_reason.setdefault(row.why or "waiting", []).append(department_of(row))
    for why, departments in of_reason.items():
        named = _("、").join(dict.fromkeys(departments))
        said = {"n": len(departments), "why": UNCHECKED.get(why, why), "departments": named}
        yield _("%(why)s：%(n)s 项（%(departments)s）") % said


def _settled(case_id: int) -> list[tuple[SettledLink, str, str]]:
    """What was settled and may be taken back, with its department and what was said."""
    return [
        (one, DEPARTMENTS.get(one.source, one.source), LINK_STATES[one.state]) for one in settled_links(case_id)
    ]  # fmt: skip


def _doubts(links: Sequence[DoubtfulLink]) -> list[tuple[DoubtfulLink, str]]:
    return [(link, DEPARTMENTS.get(link.source, link.source)) for link in links]


def _together(found: CaseHits) -> str:
    """What the rules give with all hits that stand; one says it itself."""
    return ruled_said(found.together) if found.together and len(found.hits) > 1 else ""


def lines_of(case_id: int, found: CaseHits) -> list[Line]:
    """The hits with what rests on them."""
    rows, explained, objected = hit_rows(case_id), explanations_of(case_id), rechecks_of(case_id)
    return [
        line_of(
            hit,
            rows.get(hit.match.id, ()),
            [row for row in explained if row.match_id == hit.match.id],
            [row for row in objected if row.match_id == hit.match.id],
        )
        for hit in found.hits
    ]


def line_of(
    hit: HitEffect,
    rows: Sequence[HitRow],
    explanations: Sequence[ExplanationRow],
    rechecks: Sequence[RecheckRow],
) -> Line:
    """A hit in words."""
    effect, tone = effect_of(hit)
    match = hit.match
    matched = ruled_said(hit.after) if hit.after else ""
    return Line(
        hit, department_of(match), matched, effect, tone, _disposed(match),
        match.disposition in OPEN, [_evidence(row) for row in rows], explanations,
        [(_recheck(row), row) for row in rechecks],
    )  # fmt: skip


def department_of(match: MatchRow) -> str:
    """The department, with its province where it is another one's."""
    name = DEPARTMENTS.get(match.source, match.source)
    return (
        _("%(province)s%(department)s") % {"province": province_zh(match.province), "department": name}
        if match.province
        else name
    )


def _disposed(match: MatchRow) -> str:
    """The answer with its reason; the words alone where the code says no more."""
    if not match.disposition:
        return ""
    zh = _(reason_words().get(match.reason_code, "")) if match.reason_code not in (OTHER, "") else ""
    said = match.reason if zh in ("", match.reason) else _("%(code)s，%(words)s") % {"code": zh, "words": match.reason}
    return _("%(said)s：%(reason)s") % {"said": DISPOSITIONS[match.disposition], "reason": said}


def _evidence(row: HitRow) -> RowEvidence:
    said = _("第 %(row)s 行：%(tier)s，权重 %(score)s") % {
        "row": row.row_no, "tier": TIERS[row.tier], "score": weight_words(row.score),
    }  # fmt: skip
    if row.margin is not None:
        said = _("%(said)s，比第二个人选多 %(margin)s") % {"said": said, "margin": weight_words(row.margin)}
    if row.state == "not_same":
        said = _("%(said)s；已认定不是本人") % {"said": said}
    elif row.settled_by:
        said = _("%(said)s；%(who)s认定：%(note)s") % {"said": said, "who": row.settled_by, "note": row.note}
    return RowEvidence(said, evidence_table(row.evidence, row.score))


def _recheck(row: RecheckRow) -> str:
    named = {"who": row.objector, "day": row.objected_on, "ground": row.ground}
    said = _("%(day)s %(who)s提出异议：%(ground)s") % named
    if not row.outcome:
        return _("%(said)s。正在复查，%(due)s 前告知。") % {"said": said, "due": row.due_on}
    done = {"said": said, "on": row.settled_on, "outcome": RECHECKS[row.outcome], "findings": row.findings}
    return _("%(said)s。%(on)s %(outcome)s：%(findings)s") % done


def effect_of(hit: HitEffect) -> tuple[str, str]:
    """What it would change, in words with both amounts, and the tone."""
    if hit.before is None or hit.after is None:
        return _("这条信息没有可以计算的数，影响要看调查结果"), ""
    said = {"before": _amount(hit.before), "after": _amount(hit.after)}
    if hit.is_harmless:
        return _("不影响金额：%(before)s") % said, "ok"
    if not hit.after.is_granted:
        return _("不符合条件，补差 %(before)s → %(after)s") % said, "bad"
    return _("补差 %(before)s → %(after)s") % said, "warn"


def _amount(ruled: Ruled) -> str:
    return yuan_text(ruled.monthly_fen, grouped=True) if ruled.monthly_fen else "0"


def ruled_said(ruled: Ruled | None) -> str:
    """A result by the rules in a few words."""
    if ruled is None:
        return _("不能按规则计算")
    said = {"outcome": OUTCOMES[ruled.outcome], "income": yuan_text(ruled.income_year_fen, grouped=True)}
    if not ruled.is_granted:
        return _("%(outcome)s，年收入 %(income)s 元") % said
    return _("%(outcome)s，年收入 %(income)s 元，每月 %(yuan)s 元") % (said | {"yuan": _amount(ruled)})


def _way(file: CaseFile) -> list[Crumb]:
    return [*way_of(file), Crumb(_("差异核对"))]


def back_to(file: CaseFile) -> list[Crumb]:
    """The way of a form to the hits of its case."""
    return [*way_of(file), Crumb(_("差异核对"), reverse("hits", args=[file.id]))]


def facts_of(hit: HitEffect) -> list[tuple[str, str]]:
    """A hit as a form shows it."""
    return [
        (_("谁"), hit.match.person), (_("来源"), department_of(hit.match)),
        (_("核到"), hit.said), (_("影响"), effect_of(hit)[0]),
    ]  # fmt: skip


def disposition_now(row: MatchRow) -> Mapping[str, str]:
    """The answer to a hit as it stands, field by field of its form."""
    return {"disposition": DISPOSITIONS[row.disposition] if row.disposition else "", "reason": row.reason}
