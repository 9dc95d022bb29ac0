"""更正调查表: what was signed stays; what is right stands beside it, with why and who agreed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from opendibao.registry.queries import members_on
from opendibao.verification.actions import correct_survey
from opendibao.verification.corrections import CORRECTED_IN
from opendibao.verification.survey_queries import surveys_of
from opendibao.web.access import takes_a_form
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.labels import CASE_STATES
from opendibao.web.verification.known_case import back, known_case, subject_of, way_of
from opendibao.web.verification.survey_form import Known
from opendibao.web.verification.survey_people import base_facts
from opendibao.web.verification.survey_sections import correction_form


@takes_a_form
def corrected_survey(request: HttpRequest, case_id: int) -> HttpResponse:
    """更正最后一张调查表."""
    file, today = known_case(case_id), today_in_county()
    surveys = surveys_of(file.id)
    if not surveys:
        raise Http404(f"案件 {case_id} 没有入户调查表")
    last, members = surveys[-1], members_on(file.household_id, today)
    names = [row.name for row in members if not row.died]
    facts = base_facts(last.found, members, file.area)
    known = Known(facts, _("现在"), {name: name for name in names})

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        correct_survey(
            last.id, after=given["facts"], reason=given["reason"], agreed_by=given["agreed_by"], on=given["on"], at=at
        )
        return Done(back(file), _("已更正；签字时的和更正后的都留着。"))

    said = _("案件现在是“%(state)s”：公示以前才能更正，以后要改的，请退回重新调查。") % {
        "state": CASE_STATES[file.state]
    }
    return answer(
        request,
        Act(
            title=_("更正调查表"), button=_("保存更正"), form=correction_form(known), do=do, way=way_of(file),
            subject=subject_of(file), values=lambda: _now(file.id), initial={"on": today},
            facts=[(_("调查表"), _("第 %(n)s 次，%(day)s") % {"n": last.sequence, "day": last.surveyed_on}),
                   (_("已更正"), _("%(n)s 次") % {"n": len(last.corrections)})],
            notes=[_("只改写错的地方。事实有变化的，不是更正：请退回重新调查。")],
            closed="" if file.state in CORRECTED_IN else said,
            template="web/survey_form.html",
        ),
    )  # fmt: skip


def _now(case_id: int) -> dict[str, str]:
    """What the last correction said."""
    made = [one for survey in surveys_of(case_id) for one in survey.corrections]
    return (
        {"on": str(made[-1].corrected_on), "reason": made[-1].reason, "agreed_by": made[-1].agreed_by} if made else {}
    )
