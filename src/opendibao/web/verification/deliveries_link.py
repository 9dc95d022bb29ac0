"""和人员比对: the county holds a delivery against everybody on the register; what it finds are leads, no verdicts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.verification.deliveries.filing import subject_of
from opendibao.verification.linking import link_delivery
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.tables import Crumb
from opendibao.web.verification.deliveries_one import known_delivery


class LinkForm(ActForm):
    """Nothing to fill in."""


@takes_a_form
def linked_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """和人员比对."""
    row = known_delivery(delivery_id)
    back, source = reverse("delivery", args=[row.id]), DEPARTMENTS.get(row.source, row.source)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        counts = link_delivery(row.id, at=at)
        named = {
            "people": f"{counts.people:,}", "rows": f"{counts.records:,}",
            "sure": f"{counts.confirmed + counts.repaired:,}", "doubtful": f"{counts.review:,}",
        }  # fmt: skip
        said = _("%(people)s 人和 %(rows)s 行比对完：新认出 %(sure)s 行，待人工认定 %(doubtful)s 行。")
        return Done(back, said % named)

    return answer(
        request,
        Act(
            title=_("和人员比对"), button=_("比对"), form=LinkForm, do=do, subject=subject_of(row.id),
            way=[Crumb(_("送达数据"), reverse("deliveries")), Crumb(source, back)],
            facts=[(_("来源"), source), (_("数据截止日期"), str(row.as_of)), (_("入库行数"), f"{row.accepted:,}")],
            closed=_("这份数据已经清除，不能比对。") if row.purged_on else "",
            sending=_("正在比对，全县要几秒到一两分钟……"),
            notes=[_("比对只是认出哪一行是谁的，不改任何人的待遇；拿不准的由人认定。以前认定过的不重复。")],
        ),
    )  # fmt: skip
