"""初审办理: the township gives its first opinion by the rules and reports the case to the county."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.assessing import GRANTED, against, answer_on, persons_of
from opendibao.decision.first_opinion import BEFORE_REPORT, give_opinion, report_case
from opendibao.decision.paper_queries import opinion_of
from opendibao.decision.refusal import DecisionRefused
from opendibao.kernel.money import in_words, yuan_text
from opendibao.verification.queries import survey_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.decision.approval_acts import NothingForm
from opendibao.web.decision.approval_words import VIEWS
from opendibao.web.labels import CASE_STATES, OUTCOMES
from opendibao.web.verification.known_case import known_case, way_of

NAME, REASON = 60, 300


class OpinionForm(ActForm):
    """What the township adds to what the rules give."""

    leader = Words(gettext_lazy("乡镇负责人"), NAME, hint=gettext_lazy("签字的负责人"))
    reason = Words(
        gettext_lazy("理由"), REASON, rows=3, needed=False, hint=gettext_lazy("（选填）金额和人数由规则算出，不用写")
    )


@takes_a_form
def given_opinion(request: HttpRequest, case_id: int) -> HttpResponse:
    """提出初审意见."""
    file, today = known_case(case_id), today_in_county()
    facts, why_not = _proposed(case_id, today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = give_opinion(case_id, on=today, at=at, leader=given["leader"], reason=given["reason"])
        return Done(reverse("case", args=[case_id]), _("已提出初审意见：%(view)s。") % {"view": VIEWS[made.view]})

    is_open = file.state in BEFORE_REPORT
    return answer(
        request,
        Act(
            title=_("提出初审意见"), button=_("提出初审意见"), form=OpinionForm, do=do, way=way_of(file),
            subject=f"案件 {file.number}", values=lambda: {"state": CASE_STATES[file.state]}, facts=facts,
            notes=[_("拟同意的，提出后在村里公示；拟不同意的，可以直接报县（57号第十九条）。")],
            closed=(why_not if is_open else
                    _("案件现在是“%(state)s”，调查以后、报县以前才提初审意见。") % {"state": CASE_STATES[file.state]}),
        ),
    )  # fmt: skip


def _proposed(case_id: int, today: Any) -> tuple[list[tuple[str, str]], str]:
    """What the rules would have the township propose, or why nothing can be."""
    survey = survey_of(case_id)
    if survey is None:
        return [], _("还没有入户调查，不能提出初审意见。")
    try:
        found = answer_on(survey.found, today)
    except DecisionRefused as refusal:
        return [], str(refusal)
    if found.outcome not in GRANTED:
        reasons = _("；").join(reason.zh for reason in against(found))
        return [(_("按规则"), OUTCOMES[found.outcome]), (_("初审意见"), VIEWS["refuse"]), (_("理由"), reasons)], ""
    fen = found.monthly_benefit_fen
    said = {"yuan": yuan_text(fen, grouped=True), "words": in_words(fen)}
    return [
        (_("初审意见"), VIEWS["grant"]), (_("保障"), _("%(n)s 人") % {"n": persons_of(found)}),
        (_("每月"), _("%(yuan)s 元（%(words)s）") % said),
    ], ""  # fmt: skip


@takes_a_form
def reported_to_county(request: HttpRequest, case_id: int) -> HttpResponse:
    """报县审核."""
    file, today = known_case(case_id), today_in_county()
    opinion = opinion_of(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        report_case(case_id, on=today, at=at)
        return Done(reverse("case", args=[case_id]), _("已报县审核，县里 10 个工作日内提出意见。"))

    facts = []
    if opinion:
        yuan = yuan_text(opinion.proposed_fen, grouped=True)
        facts.append((_("初审意见"), _("%(view)s，%(n)s 人，每月 %(yuan)s 元") % {
            "view": VIEWS[opinion.view], "n": opinion.persons, "yuan": yuan}))  # fmt: skip
    closed = "" if opinion else _("还没有初审意见，请先提出。")
    if file.state not in BEFORE_REPORT:
        closed = _("案件现在是“%(state)s”，不能报县。") % {"state": CASE_STATES[file.state]}
    return answer(
        request,
        Act(
            title=_("报县审核"), button=_("报县审核"), form=NothingForm, do=do, way=way_of(file),
            subject=f"案件 {file.number}", values=lambda: {"state": CASE_STATES[file.state]}, facts=facts,
            notes=[_("公示满期、异议办结以后才能报；拟不同意的不用公示。材料、调查结果和初审意见一并报送。")],
            closed=closed,
        ),
    )  # fmt: skip
