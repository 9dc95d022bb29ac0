"""转介的页: what was referred to whom, what came of it, by kind; one referral as a slip that the family takes along."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.beyond_queries import (
    ReferralRow,
    referral,
    referral_kinds,
    referrals,
    referrals_count,
)
from opendibao.kernel.ids import township_of
from opendibao.registry.queries import heads_of
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.beyond_access import CASEWORKERS
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.labels import REFERRAL_KINDS, REFERRAL_OUTCOMES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, household, text

VIEWS = {
    "open": gettext_lazy("没有结果"), "late": gettext_lazy("要催办"), "closed": gettext_lazy("有结果"),
    "granted": gettext_lazy("已救助"),
    "all": gettext_lazy("全部"),
}  # fmt: skip


def referral_list(request: HttpRequest) -> HttpResponse:
    """One view of the referrals, with the kinds counted beside."""
    view, kind = _asked(request)
    today = today_in_county()
    found = pager(request, referrals_count(view, today, kind=kind))
    table = _table(referrals(view, today, kind=kind, offset=found.offset), today)
    _seen(request, table)
    counts = {code: referrals_count(code, today, kind=kind) for code in VIEWS}
    options = [
        Choice(f"{words} {counts[code]:,}", f"?view={code}&kind={kind}", code == view) for code, words in VIEWS.items()
    ]
    named = REFERRAL_KINDS[kind] if kind else _("各种救助")
    lead = _("%(kind)s：乡镇统一受理，转给主管部门，到期没有回复就催，结果登记在这里。") % {"kind": named}
    page = ListPage(
        _("转介"), lead, table, choices=[case_tabs("referrals"), Choices(_("看哪些转介"), options)],
        breakdown=_kinds(view) if found.rows or kind else None,
        acts=[Crumb(_("导出表格"), reverse("referrals-file") + f"?view={view}&kind={kind}")],
        notes=[_("从家庭主页或案件页的“还可以申请”登记转介。催办时限是有日期的本地参数，没有与原文核对。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def referrals_file(request: HttpRequest) -> HttpResponse:
    """The whole view as a workbook."""
    view, kind = _asked(request)
    today = today_in_county()
    table = _table(referrals(view, today, kind=kind, limit=None), today)
    _seen(request, table)
    return table_file(_("转介 %(view)s %(day)s") % {"view": VIEWS[view], "day": today}, table)


def _asked(request: HttpRequest) -> tuple[str, str]:
    view, kind = request.GET.get("view", "open"), request.GET.get("kind", "")
    if view not in VIEWS:
        raise BadQuestion(_("没有“%(view)s”这种看法，请从列出的里面选") % {"view": view})
    if kind and kind not in REFERRAL_KINDS:
        raise BadQuestion(_("没有“%(kind)s”这种救助，请从列出的里面选") % {"kind": kind})
    return view, kind


def _seen(request: HttpRequest, table: Table) -> None:
    if table.rows:
        viewer = request.viewer  # type: ignore[attr-defined]
        record_view("转介名单", viewer.division, "转介", at=now_in_county())


def _kinds(view: str) -> Table:
    rows = [
        [Cell(REFERRAL_KINDS[row.kind], f"?view={view}&kind={row.kind}"),
         count(row.open, f"?view=open&kind={row.kind}"), count(row.granted, f"?view=granted&kind={row.kind}"),
         count(row.all, f"?view=all&kind={row.kind}")]
        for row in referral_kinds()
    ]  # fmt: skip
    return Table(
        heads(_("种类"), "#" + _("没有结果"), "#" + _("已救助"), "#" + _("合计")), rows, caption=_("按救助种类")
    )


def _table(rows: Sequence[ReferralRow], today: date) -> Table:
    names, known = places(), heads_of([row.household for row in rows])
    cells = [
        [Cell(known.get(row.household, row.household), reverse("referral", args=[row.id])), household(row.household),
         text(names.full(row.division)), text(REFERRAL_KINDS[row.kind]), text(row.office), day(row.referred_on),
         text(row.referred_by), _due(row, today), text(outcome_words(row))]
        for row in rows
    ]  # fmt: skip
    return Table(
        heads(_("家庭"), "!" + _("户编号"), _("村社区"), _("救助种类"), _("转给"), "!" + _("转介日期"), _("转介人"),
              "!" + _("催办日期"), _("结果")), cells,
        caption=_("转介"), nothing=_("这里没有转介"), empty=_("在家庭主页点“登记转介”，转给别的部门的会列在这里。"),
    )  # fmt: skip


def _due(row: ReferralRow, today: date) -> Cell:
    if row.closed_on is None and row.due_on < today:
        return Cell(_("%(day)s 请催办") % {"day": row.due_on}, tone="bad")
    return day(row.due_on)


def outcome_words(row: ReferralRow) -> str:
    """What came of a referral, in words; "" while nothing is known."""
    if row.closed_on is None:
        return ""
    said = {"day": row.closed_on, "outcome": REFERRAL_OUTCOMES[row.outcome], "words": row.words}
    return _("%(day)s %(outcome)s：%(words)s") % said


def one_referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """A referral with the slip to print."""
    row = known_referral(referral_id)
    shown = {
        "row": row,
        "kind": REFERRAL_KINDS[row.kind],
        "head": heads_of([row.household]).get(row.household, row.household),
        "place": places().full(row.division),
        "town": places().full(township_of(row.division)),
        "outcome": outcome_words(row),
        "is_late": row.closed_on is None and row.due_on < today_in_county(),
        "may_close": row.closed_on is None and may(request, CASEWORKERS),
        "crumbs": [Crumb(_("转介"), reverse("referrals")), Crumb(REFERRAL_KINDS[row.kind])],
    }
    return render(request, "web/referral.html", shown)


def known_referral(referral_id: int) -> ReferralRow:
    """A referral in the viewer's sight, its opening recorded. Raises Http404."""
    row = referral(referral_id)
    if row is None:
        raise Http404(f"没有转介 {referral_id}")
    record_view(f"转介 {row.id}", row.division, "转介", at=now_in_county())
    return row
