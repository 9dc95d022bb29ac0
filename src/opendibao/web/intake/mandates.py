"""委托书办理: who applies for a family that cannot come itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.attachments import keep_attachment
from opendibao.intake.case_queries import mandate_of
from opendibao.intake.mandates import NAME_LENGTH, PHONE_LENGTH, REASON_LENGTH, give_mandate
from opendibao.intake.states import ENDED
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_ways import case_facts, done_at, found_case, subject_of, way_to_case
from opendibao.web.labels import MANDATE_RELATIONS
from opendibao.web.uploads import Paper


class MandateForm(ActForm):
    """What the mandate says."""

    signed_on = Day(gettext_lazy("签字日期"))
    helper = Words(gettext_lazy("受委托人"), NAME_LENGTH)
    relation = Pick(gettext_lazy("与申请人关系"), MANDATE_RELATIONS)
    phone = Words(gettext_lazy("受委托人电话"), PHONE_LENGTH)
    reason = Words(gettext_lazy("委托原因"), REASON_LENGTH, rows=2, hint=gettext_lazy("例如：行动不便、住院、不识字"))
    paper = Paper(gettext_lazy("委托书照片（选填）"), needed=False)


@takes_a_form
def given_mandate(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记委托书."""
    file, former = found_case(case_id), mandate_of(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        on, paper = given["signed_on"], given["paper"]
        kept = (
            keep_attachment(case_id, kind="mandate", name=paper.name, content=paper.content, on=on, at=at).pk
            if paper
            else None
        )
        said = {name: given[name] for name in ("helper", "relation", "phone", "reason")}
        give_mandate(case_id, **said, on=on, at=at, paper_id=kept)
        return done_at(file, _("已登记委托书，受委托人 %(name)s。") % {"name": given["helper"]}, "entry")

    closed = _("案件已办结，不能再登记委托书。") if file.state in ENDED else ""
    if former:
        closed = _("已登记委托书，受委托人 %(name)s。") % {"name": former.helper}
    return answer(
        request,
        Act(
            title=_("登记委托书"), button=_("登记委托书"), form=MandateForm, do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: _now(case_id), initial={"signed_on": today_in_county()},
            facts=case_facts(file), closed=closed,
            notes=[_("家庭申请有困难的，可以委托村（居）民委员会或者其他人代办（57号第六条）。")],
        ),
    )  # fmt: skip


def _now(case_id: int) -> dict[str, str]:
    found = mandate_of(case_id)
    if found is None:
        return {}
    return {"helper": found.helper, "relation": MANDATE_RELATIONS[found.relation], "phone": found.phone}
