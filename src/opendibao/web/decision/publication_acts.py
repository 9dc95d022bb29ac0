"""登记长期公布: a village's list of a month was posted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.publication import publish_village
from opendibao.decision.publication_queries import published
from opendibao.kernel.money import yuan_text
from opendibao.kernel.month import last_day
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Day
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.decision.publication import asked_month
from opendibao.web.decision.village_tabs import asked_village, way
from opendibao.web.places import places
from opendibao.web.tables import Crumb


class PublishForm(ActForm):
    """When the list was put up."""

    posted_on = Day(gettext_lazy("张贴日期"))


@takes_a_form
def published_village(request: HttpRequest, division: str, month: str) -> HttpResponse:
    """登记公布."""
    village, of, today = asked_village(request, division), asked_month(month), today_in_county()
    found = published(village, of, today)
    there = reverse("publication", args=[division, month])

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        made = publish_village(village, of, on=given["posted_on"], at=at)
        said = _("已登记公布：%(n)d 户 %(persons)d 人。") % {"n": made.households, "persons": made.persons}
        return Done(there, said)

    said = {"n": len(found.lines), "persons": found.persons, "yuan": yuan_text(found.fen, grouped=True)}
    row = found.row
    done = {"day": row.posted_on, "who": row.posted_by} if row else {}
    return answer(
        request,
        Act(
            title=_("登记长期公布：%(place)s %(month)s") % {"place": places().full(village), "month": month},
            button=_("登记公布"), form=PublishForm, do=do,
            way=[*way("publications"), Crumb(places().full(village), there)], subject=f"公布 {village} {month}",
            initial={"posted_on": min(today, last_day(of))},
            facts=[(_("名单"), _("%(n)d 户 %(persons)d 人，每月 %(yuan)s 元") % said)],
            closed=_("这个月的名单已于 %(day)s 由 %(who)s 公布。") % done if row else "",
            notes=[_("先打印名单、张贴，再登记。名单按张贴那天在保的算，登记后人数和金额不再变。")],
        ),
    )  # fmt: skip
