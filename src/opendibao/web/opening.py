"""存量建账: rosters that came in with their rejects, and the two tracks side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision import queries
from opendibao.decision.opening import DualTrackRow, dual_track, dual_track_counts
from opendibao.web import choices
from opendibao.web.clock import now_in_county
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import places
from opendibao.web.tables import (
    Cell,
    Choices,
    Crumb,
    ListPage,
    Table,
    blanks,
    count,
    day,
    heads,
    household,
    money,
    text,
)

TABS = (
    ("opening", gettext_lazy("花名册")),
    ("dual-track", gettext_lazy("双轨核对")),
    ("outbox", gettext_lazy("上报")),
)


def tabs(current: str) -> list[Choices]:
    """The lists of this section."""
    return [choices.pages(_("建账上报"), TABS, current)]


def opening(request: HttpRequest) -> HttpResponse:
    """The rosters of the existing households."""
    files = queries.roster_files()
    found = pager(request, len(files))
    rows = [
        [Cell(file.name, reverse("rejects", args=[file.pk])), count(file.households_read), count(file.accepted),
         count(file.rejected, reverse("rejects", args=[file.pk])), day(file.signed_on), Cell(file.sha256[:16])]
        for file in files[found.offset : found.offset + ROWS_A_PAGE]
    ]  # fmt: skip
    summed = [Cell(_("合计")), *(count(sum(n)) for n in _sums(files)), Cell(""), Cell("")]
    table = Table(
        heads(_("文件"), "#" + _("读入户"), "#" + _("接收户"), "#" + _("退回户"), "!" + _("确认书签署"), "SHA-256"),
        rows, summed,
        _("把存量花名册（xlsx 或 CSV）接收进来，逐行检查，好的接收，坏的写明原因退回。"), _("花名册"),
    )  # fmt: skip
    lead = _("原决定是这些家庭的法律依据；两名经办人签署确认书，证明花名册属实。同一文件再送一次，什么也不变。")
    page = ListPage(_("存量建账"), lead, table, choices=tabs("opening"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _sums(files: list[queries.RosterRow]) -> list[list[int]]:
    return [[f.households_read for f in files], [f.accepted for f in files], [f.rejected for f in files]]


def rejects(request: HttpRequest, file_id: int) -> HttpResponse:
    """The refused cells of one roster, each with its reason."""
    file = next((file for file in queries.roster_files() if file.pk == file_id), None)
    if file is None:
        raise Http404(f"没有花名册 {file_id}")
    record_view(f"花名册 {file.name}"[:120], file.division, "退回名册", at=now_in_county())
    refused = queries.rejects(file_id)
    found = pager(request, len(refused))
    rows = [
        [text(row.sheet), count(row.row), text(row.field), text(row.value), text(row.reason)]
        for row in refused[found.offset : found.offset + ROWS_A_PAGE]
    ]
    table = Table(
        heads(_("工作表"), "#" + _("行"), _("字段"), _("原值"), _("原因和怎样改")),
        rows,
        empty=_("这份花名册没有退回的行。"),
        caption=_("退回的单元格"),
    )
    lead = _("读入 %(read)s 户，接收 %(accepted)s 户，退回 %(rejected)s 户 %(places)s 处。") % {
        "read": f"{file.households_read:,}", "accepted": f"{file.accepted:,}", "rejected": f"{file.rejected:,}",
        "places": f"{found.rows:,}",
    }  # fmt: skip
    page = ListPage(file.name, lead, table, [Crumb(_("存量建账"), reverse("opening")), Crumb(file.name)])
    return render(request, "web/rows.html", {"page": page, "pager": found})


def two_tracks(request: HttpRequest) -> HttpResponse:
    """What each household of the opening is paid, beside what the rules give."""
    counts, names = dual_track_counts(), places()
    found = pager(request, counts.households)
    rows = [
        [household(row.household), text(names.full(row.division)), text(row.decision), money(row.paid_fen),
         *_judged(row)]
        for row in dual_track(limit=ROWS_A_PAGE, offset=found.offset)
    ]  # fmt: skip
    table = Table(
        heads(_("户编号"), _("村社区"), "!" + _("原决定"), "#" + _("在发（元）"), "#" + _("按规则重算"),
              "!" + _("比较"), _("缺什么")), rows,
        [Cell(_("合计 %(n)s 户") % {"n": f"{counts.households:,}"}), *blanks(6)],
        _("签署存量建账确认书后，逐户核对列在这里。"), _("双轨核对"),
    )  # fmt: skip
    lead = _("一致 %(same)s 户，不一致 %(differing)s 户，缺情况不能判断 %(unjudged)s 户。") % {
        "same": f"{counts.same:,}", "differing": f"{counts.differing:,}", "unjudged": f"{counts.unjudged:,}",
    }  # fmt: skip
    page = ListPage(_("双轨核对"), lead, table, choices=tabs("dual-track"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _judged(row: DualTrackRow) -> list[Cell]:
    if row.recomputed_fen is None:
        return [Cell("—"), Cell(_("不能判断"), tone="warn"), text(row.lacking)]
    same = row.recomputed_fen == row.paid_fen
    judged = Cell(_("一致"), tone="ok") if same else Cell(_("不一致"), tone="warn")
    return [money(row.recomputed_fen), judged, Cell("")]
