"""复核排期: households in force for which the year's re-verification has not been laid down."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.registry.queries import cards
from opendibao.reviews.queries import unscheduled as unscheduled_count
from opendibao.reviews.queries import unscheduled_ids
from opendibao.web.context import today_in_county
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.tables import Crumb, ListPage, Table, count, heads, household, text


def unscheduled(request: HttpRequest) -> HttpResponse:
    """Households in force for which the year's re-verification has not been laid down."""
    now, names = today_in_county(), places()
    found = pager(request, unscheduled_count(now))
    known = cards(unscheduled_ids(now, limit=ROWS_A_PAGE, offset=found.offset))
    rows = [
        [household(card.number), text(card.head), text(names.full(card.division)), count(card.members)]
        for card in known.values()
    ]
    empty = _("在保家庭的复核都排好了。")
    table = Table(
        heads(_("户编号"), _("户主"), _("村社区"), "#" + _("人")), rows, empty=empty, caption=_("没有排复核的家庭")
    )
    title = _("%(year)s 年还没有排复核的家庭") % {"year": now.year}
    lead = _("%(n)s 户在保，今年的定期复核还没有排。常保一年一次，非常保半年一次。") % {"n": f"{found.rows:,}"}
    crumbs = [Crumb(_("今日工作"), reverse("today")), Crumb(title)]
    return render(request, "web/rows.html", {"page": ListPage(title, lead, table, crumbs), "pager": found})
