"""收取附件: papers and scans that come outside a form of their own are put to the case they belong to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.intake.attachments import keep_attachment
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_ways import case_facts, done_at, found_case, way_to_case
from opendibao.web.labels import ATTACHMENTS
from opendibao.web.uploads import Paper, Sent

KINDS = {kind: ATTACHMENTS[kind] for kind in ("evidence", "letter", "scan")}
FIELDS = ("first", "second", "third", "fourth")


class AttachForm(ActForm):
    """What the papers are, when they came, and up to four of them at once."""

    kind = Pick(gettext_lazy("材料种类"), KINDS)
    on = Day(gettext_lazy("收取日期"))
    first = Paper(gettext_lazy("材料"))
    second = Paper(gettext_lazy("材料（选填，第 2 份）"), needed=False)
    third = Paper(gettext_lazy("材料（选填，第 3 份）"), needed=False)
    fourth = Paper(gettext_lazy("材料（选填，第 4 份）"), needed=False)


@takes_a_form
def attached_to_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """收取附件; also after the case is closed, since an archive is scanned when it is complete."""
    file = found_case(case_id)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        sent: list[Sent] = [given[name] for name in FIELDS if given[name]]
        for one in sent:
            keep_attachment(case_id, kind=given["kind"], name=one.name, content=one.content, on=given["on"], at=at)
        return done_at(file, _("已收 %(n)d 份材料。") % {"n": len(sent)}, "attachments")

    return answer(
        request,
        Act(
            title=_("收取附件"), button=_("收取"), form=AttachForm, do=do, way=way_to_case(file),
            initial={"on": today_in_county()}, facts=case_facts(file),
            notes=[_("打开看过、确实是照片或 PDF 的才收；同一份再收一次，还是原来那一份。收了就不能改，也不能删。")],
        ),
    )  # fmt: skip
