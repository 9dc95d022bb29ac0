"""复核决定: after a re-verification more, less, nothing or the same, by the rules on what was found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from opendibao.decision.actions import change_benefit, stop_benefit
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.review_preview import STOP, ReviewPreview, review_preview
from opendibao.intake.queries import CaseFile, case_file
from opendibao.kernel.money import yuan_text
from opendibao.verification.queries import survey_of
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import CASE_STATES, CAUSES, OUTCOMES, Labels
from opendibao.web.tables import Crumb

WAYS = Labels({
    "increase": gettext_noop("增发"), "reduce": gettext_noop("减发"), "kept": gettext_noop("不变"),
    "stop": gettext_noop("停发"),
})  # fmt: skip
BY_FACT = ("moved", "voluntary")
OFFERED = ("income", "employment", "property", "members", "death", "standard", "tekun", *BY_FACT)


class ReviewForm(ActForm):
    """Why the money changes or ends."""

    cause = Pick(
        gettext_lazy("事由"), {code: CAUSES[code] for code in OFFERED},
        hint=gettext_lazy("停发的事由要和按规则算的结果相符；就业增收的，规则可能给渐退期"),
    )  # fmt: skip


@takes_a_form
def decided_review(request: HttpRequest, case_id: int) -> HttpResponse:
    """增发、减发、停发、不变."""
    file, today = case_file(case_id), today_in_county()
    if file is None or file.kind != "review":
        raise Http404(f"没有复核案件 {case_id}")
    seen, why_not = _seen(case_id, today)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        cause, survey = given["cause"], survey_of(case_id)
        if survey is None or seen is None:
            raise DecisionRefused(why_not)
        if seen.way == STOP or cause in BY_FACT:
            made: Any = stop_benefit(case_id, cause=cause, on=today, at=at)
        else:
            made = change_benefit(case_id, cause=cause, facts=survey.found, on=today, at=at)
        if made is None:
            return Done(reverse("case", args=[case_id]), _("复核不变：金额和人数都没有变。"))
        said = _("已作出决定 %(number)s，告知书已写好，请交乡镇送达。") % {"number": made.number}
        return Done(reverse("decision-letter", args=[made.pk]), said)

    return answer(
        request,
        Act(
            title=_("复核决定"), button=_("作出决定"), form=ReviewForm, do=do, way=_way(file),
            subject=f"案件 {file.number}", values=lambda: {"state": CASE_STATES[file.state]},
            facts=_facts(seen) if seen else [],
            notes=[_("金额由规则按最后一次入户调查算出；从下月起变，减发、停发的本月照发。")],
            closed=_closed(file, seen, why_not),
        ),
    )  # fmt: skip


def _seen(case_id: int, today: Any) -> tuple[ReviewPreview | None, str]:
    try:
        return review_preview(case_id, today), ""
    except DecisionRefused as refusal:
        return None, str(refusal)


def _way(file: CaseFile) -> list[Crumb]:
    return [
        Crumb(_("审核确认"), reverse("approvals") + "?view=review"),
        Crumb(_("案件 %(number)s") % {"number": file.number}, reverse("case", args=[file.id])),
    ]


def _facts(seen: ReviewPreview) -> list[tuple[str, str]]:
    said = _("%(yuan)s 元，%(n)s 人")
    before = {"yuan": yuan_text(seen.before_fen, grouped=True), "n": seen.before_persons}
    after = {"yuan": yuan_text(seen.fen, grouped=True), "n": seen.persons}
    found = [
        (_("现在每月"), said % before), (_("按规则"), OUTCOMES[seen.outcome]), (_("调整后每月"), said % after),
        (_("结果"), WAYS[seen.way]), (_("理由"), _("；").join(reason.zh for reason in seen.reasons[-3:])),
    ]  # fmt: skip
    if seen.grace_fen:
        until = {"yuan": yuan_text(seen.grace_fen, grouped=True), "month": seen.grace_until}
        found.append((_("事由选“就业增收”"), _("渐退：每月 %(yuan)s 元发到 %(month)s") % until))
    return found


def _closed(file: CaseFile, seen: ReviewPreview | None, why_not: str) -> str:
    if file.state not in ("verified", "reported"):
        return _("案件现在是“%(state)s”，重新调查以后才能决定。") % {"state": CASE_STATES[file.state]}
    if seen is None:
        return why_not
    if seen.must_be_heard:
        return _("减发、停发以前要先听取家庭意见（社会救助法第四十八条），请到案件页先告知、再登记意见。")
    return ""
