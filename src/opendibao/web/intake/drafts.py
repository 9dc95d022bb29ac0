"""草稿: applications that are begun and not handed in, and those dropped within the days in which they come back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.intake.draft_queries import DraftRow, draft, dropped_drafts, open_drafts
from opendibao.intake.drafts import drop_draft, take_back_draft
from opendibao.kernel.duties import Duty
from opendibao.policy.reader import value
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import now_in_county
from opendibao.web.context import COUNTY_TIME, today_in_county
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, heads, text

WRITERS = frozenset({Duty.ACCEPT})
"""Who takes applications."""


class NothingToFill(ActForm):
    """Only the button."""


def drafts(request: HttpRequest) -> HttpResponse:
    """The list, or with ?dropped=1 what was dropped lately."""
    is_dropped = request.GET.get("dropped") == "1"
    days = value("draft.taken_back_days", on=today_in_county(), division=settings.OPENDIBAO_COUNTY)
    found = dropped_drafts(now_in_county() - timedelta(days=days)) if is_dropped else open_drafts()
    paged = pager(request, len(found))
    rows = [_row(row, is_dropped) for row in found[paged.offset : paged.offset + ROWS_A_PAGE]]
    named = heads(_("户主"), _("村社区"), _("谁存的"), "!" + _("什么时候存的"), "#" + _("第几稿"), _("办理"))
    nothing = _("最近没有丢弃的草稿。") if is_dropped else _("填到一半的申请会自动存在这里，随时接着填。")
    table = Table(named, rows, empty=nothing, caption=_("申请草稿"))
    address = reverse("drafts")
    chosen = Choices(_("哪些草稿"), [
        Choice(_("没有提交的"), address, not is_dropped),
        Choice(_("最近丢弃的"), f"{address}?dropped=1", is_dropped),
    ])  # fmt: skip
    lead = _("草稿不是申请，不计时限；丢弃后 %(days)s 天内可以找回。") % {"days": days}
    acts = [Crumb(_("新申请"), reverse("new-application"))]
    page = ListPage(_("申请草稿"), lead, table, choices=[chosen], acts=acts)
    return render(request, "web/rows.html", {"page": page, "pager": paged})


def _row(row: DraftRow, is_dropped: bool) -> list[Cell]:
    there = reverse("application", args=[row.key])
    act = (
        Cell(_("找回"), reverse("take-back-draft", args=[row.key]))
        if is_dropped
        else Cell(_("丢弃"), reverse("drop-draft", args=[row.key]))
    )
    name = row.title or _("新的家庭")
    return [
        Cell(name) if is_dropped else Cell(name, there), text(places().full(row.division)), text(row.officer),
        text(f"{row.saved_at.astimezone(COUNTY_TIME):%Y-%m-%d %H:%M}"), count(row.revision), act,
    ]  # fmt: skip


@takes_a_form
def dropped_draft(request: HttpRequest, key: str) -> HttpResponse:
    """丢弃草稿."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        drop_draft(key, at=at)
        return Done(reverse("drafts"), _("已丢弃草稿；要找回就点“最近丢弃的”。"))

    return answer(request, _act(_known(key), _("丢弃草稿"), _("丢弃"), do))


@takes_a_form
def draft_taken_back(request: HttpRequest, key: str) -> HttpResponse:
    """找回草稿."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        take_back_draft(key, at=at)
        return Done(reverse("drafts"), _("已找回草稿，可以接着填。"))

    return answer(request, _act(_known(key), _("找回草稿"), _("找回"), do))


def _known(key: str) -> DraftRow:
    found = draft(key)
    if found is None:
        raise Http404("没有这份草稿")
    return found


def _act(row: DraftRow, title: str, button: str, do: Any) -> Act:
    saved = row.saved_at.astimezone(COUNTY_TIME)
    return Act(
        title=title, button=button, form=NothingToFill, do=do, way=[Crumb(_("申请草稿"), reverse("drafts"))],
        facts=[
            (_("户主"), row.title or _("新的家庭")), (_("谁存的"), row.officer),
            (_("什么时候存的"), f"{saved:%Y-%m-%d %H:%M}"),
        ],
    )  # fmt: skip
