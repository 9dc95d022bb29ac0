"""访谈和个案: what people said, the list of the year and each with its text; a case shows how its household lived."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.evaluation.interviews import LONGEST, Talk, record_interview
from opendibao.evaluation.sampled import interview, interviews_count
from opendibao.evaluation.sampled import interviews as interview_rows
from opendibao.kernel.ids import is_division
from opendibao.registry.queries import household as household_of
from opendibao.web.access import READERS, may, takes_a_form
from opendibao.web.act_fields import ActForm, Day, Pick, VillagePick, Villages, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.asking import Asked
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.county import asked_of
from opendibao.web.living_conditions import conditions_table
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import own_villages, places
from opendibao.web.sample_words import TALKS
from opendibao.web.samples_list import ASKERS
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, household, text

SHOWN = 40
"""So many characters of a text stand in the list."""


class TalkForm(ActForm):
    """An interview or a case study."""

    kind = Pick(gettext_lazy("种类"), TALKS)
    division = VillagePick(gettext_lazy("地点"), hint=gettext_lazy("写了户编号的，按这户所在的村"))
    held_on = Day(gettext_lazy("日期"))
    with_whom = Words(gettext_lazy("访谈对象"), 60, hint=gettext_lazy("写身份，不写姓名，如“一名村党支部书记”"))
    household = Words(gettext_lazy("户编号"), 40, needed=False, hint=gettext_lazy("（选填）个案要写说的是哪一户"))
    text = Words(
        gettext_lazy("内容"),
        LONGEST,
        rows=12,
        hint=gettext_lazy("照原话记；不写证件号、账号、电话，病情只写和救助有关的"),
    )


def interviews(request: HttpRequest) -> HttpResponse:
    """The talks of a year, the latest first."""
    question, names = asked_of(request), places()
    found = pager(request, interviews_count(question.year))
    rows = [
        [day(row.held_on), text(TALKS[row.kind]), Cell(row.with_whom, reverse("interview", args=[row.id])),
         text(names.full(row.division)), household(row.household) if row.household else text(""),
         text(row.text[:SHOWN] + ("……" if len(row.text) > SHOWN else "")), text(row.officer)]
        for row in interview_rows(question.year, limit=ROWS_A_PAGE, offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads("!" + _("日期"), "!" + _("种类"), _("访谈对象"), _("地点"), _("户编号"), _("内容"), _("记录人")), rows,
        caption=_("访谈和个案"), nothing=_("还没有访谈"), empty=_("登记以后，访谈和个案连同原话列在这里。"),
    )  # fmt: skip
    to = reverse("new-interview") + f"?year={question.year}"
    page = ListPage(
        _("%(year)s 年访谈和个案") % {"year": question.year},
        _("%(n)s 篇，照原话保存，不能改。") % {"n": found.rows}, table,
        _way(request, question, _("访谈和个案")), acts=[Crumb(_("登记访谈"), to)] if may(request, ASKERS) else [],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _way(request: HttpRequest, question: Asked, name: str = "") -> list[Crumb]:
    year, viewer = f"?year={question.year}", request.viewer  # type: ignore[attr-defined]
    above = [Crumb(_("抽样"), reverse("samples") + year)] if viewer.sees_county else []
    return [*above, Crumb(name or _("访谈和个案"), "" if name else reverse("interviews") + year)]


@takes_a_form
def new_interview(request: HttpRequest) -> HttpResponse:
    """登记访谈."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        talk = Talk(given["kind"], given["held_on"], given["with_whom"], given["text"], given["household"])
        kept = record_interview(given["division"], talk, at=at)
        return Done(reverse("interview", args=[kept.pk]), _("已登记。"))

    return answer(
        request,
        Act(
            title=_("登记访谈或个案"), button=_("登记"), form=TalkForm, do=do, way=_way(request, asked_of(request)),
            villages=[*_own_place(request), *own_villages(request)], notes=[_("登记后不能改；要补充的，另记一篇。")],
            initial={"held_on": today_in_county(), "household": request.GET.get("household", "")[:40]},
        ),
    )  # fmt: skip


def _own_place(request: HttpRequest) -> Villages:
    """A talk need not be of a village: then it is of the officer's own division."""
    own = request.viewer.reach.ljust(12, "0")  # type: ignore[attr-defined]
    return [(_("不是某个村的事"), [(own, places().full(own))])] if is_division(own) and own.endswith("000") else []


def one_interview(request: HttpRequest, interview_id: int) -> HttpResponse:
    """A talk with its text."""
    row = interview(interview_id)
    if row is None:
        raise Http404(f"没有编号{interview_id}的访谈")
    found = household_of(row.household) if row.household and may(request, READERS) else None
    if found:
        record_view(row.household, found.division, "访谈和个案", at=now_in_county())
    question = asked_of(request)
    shown = {
        "row": row, "kind": TALKS[row.kind], "place": places().full(row.division),
        "crumbs": [*_way(request, question), Crumb(row.with_whom)], "lines": row.text.splitlines(),
        "conditions": conditions_table(found.id, row.year) if found else None,
    }  # fmt: skip
    return render(request, "web/interview.html", shown)
