"""数据留存: how long what departments delivered is kept, what may be cleared by now, and the form that clears it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.kernel.duties import Duty
from opendibao.verification.privacy.purging import REASON_LENGTH, purge_delivery, subject_of
from opendibao.verification.privacy.retention import Retained, retained, retained_delivery
from opendibao.web.access import may, takes_a_form
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.clock import today_in_county
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, text
from opendibao.web.verification.match_tabs import match_tabs

PURGERS = frozenset({Duty.OPERATE})


class PurgeForm(ActForm):
    """Why a delivery is cleared."""

    reason = Words(gettext_lazy("清除理由"), REASON_LENGTH, rows=2, hint=gettext_lazy("例如：留存到期，按制度清除"))


def retention(request: HttpRequest) -> HttpResponse:
    """All deliveries with the day on which each may be cleared; what is due stands first."""
    today = today_in_county()
    rows = sorted(retained(today), key=lambda row: (row.stored.purged_on is not None, row.due_on, row.stored.id))
    found = pager(request, len(rows))
    page = ListPage(
        title=_("数据留存"), lead=_lead(rows, today),
        crumbs=[Crumb(_("今日工作"), reverse("today")), Crumb(_("数据留存"))],
        choices=[match_tabs(request, "retention")],
        table=_table(request, rows[found.offset : found.offset + ROWS_A_PAGE], today), notes=list(_notes(rows)),
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


@takes_a_form
def purged_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """清除到期的送达数据."""
    today = today_in_county()
    found = retained_delivery(delivery_id, today)
    if found is None:
        raise Http404(f"没有送达数据 {delivery_id}")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        note = purge_delivery(delivery_id, reason=given["reason"], on=today, at=at)
        said = _("已清除 %(records)s 行数据和 %(rejects)s 行退回行，行数和哈希留着。")
        return Done(reverse("retention"), said % {"records": note.records, "rejects": note.rejects})

    row = found.stored
    return answer(
        request,
        Act(
            title=_("清除送达数据"), button=_("清除，不能恢复"), form=PurgeForm, do=do,
            way=[Crumb(_("数据留存"), reverse("retention"))], subject=subject_of(delivery_id),
            values=lambda: {"reason": _reason(delivery_id, today)}, closed=_closed(found, today),
            facts=[(_("来源"), _department(row.source)), (_("部门"), row.department),
                   (_("收到日期"), str(row.received_on)),
                   (_("可清除日期"), str(found.due_on)), (_("行数"), f"{row.accepted + row.rejected:,}"),
                   (_("SHA-256"), row.sha256[:16] + "…")],
            notes=[_("清除后原文件、每一行内容和用来找人的标识都没有了，不能恢复；清单、行数、哈希、认人的依据和案件里的核对结果"
                     "留着。备份里的旧数据按备份的保存期另行清除。")],
        ),
    )  # fmt: skip


def _reason(delivery_id: int, today: date) -> str:
    found = retained_delivery(delivery_id, today)
    return found.stored.reason if found else ""


def _closed(found: Retained, today: date) -> str:
    row = found.stored
    if row.purged_on:
        named = {"day": row.purged_on, "who": row.purged_by, "why": row.reason}
        return _("%(day)s 已由%(who)s清除：%(why)s") % named
    if found.due_on > today:
        return _("还没有到期，%(day)s 起才能清除。") % {"day": found.due_on}
    return _("还有没处置完的核对结果或待认定的记录用着它，办完再清除。") if found.needed else ""


def _department(source: str) -> str:
    return DEPARTMENTS.get(source, source)


def _lead(rows: Sequence[Retained], today: date) -> str:
    due = sum(row.is_due(today) for row in rows)
    purged = sum(row.stored.purged_on is not None for row in rows)
    said = _("共 %(n)s 份送达数据，到期可以清除 %(due)s 份，已清除 %(purged)s 份。系统不会自己清除。")
    return said % {"n": len(rows), "due": due, "purged": purged}


def _table(request: HttpRequest, rows: Sequence[Retained], today: date) -> Table:
    clears = may(request, PURGERS)
    made = [
        [Cell(_department(row.stored.source)), text(row.stored.department), day(row.stored.received_on),
         count(row.stored.accepted + row.stored.rejected), Cell(_("%(n)s 个月") % {"n": row.months}), day(row.due_on),
         _standing(row, today, clears)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        "!" + _("来源"), _("部门"), "!" + _("收到"), "#" + _("行数"), "!" + _("留存"), "!" + _("到期"), _("情况")
    )
    return Table(
        named, made, empty=_("部门送来数据以后，每一份留到哪一天会列在这里。"), caption=_("送达数据的留存"),
        nothing=_("还没有送达数据"),
    )  # fmt: skip


def _standing(row: Retained, today: date, clears: bool) -> Cell:
    stored = row.stored
    if stored.purged_on:
        return Cell(_("%(day)s 由%(who)s清除") % {"day": stored.purged_on, "who": stored.purged_by}, tone="ok")
    if row.due_on > today:
        return Cell(_("留存中"))
    if row.needed:
        named = {"hits": stored.open_hits, "links": stored.waiting_links}
        return Cell(_("到期，但还有 %(hits)s 条待处置、%(links)s 条待认定") % named, tone="warn")
    there = reverse("purge-delivery", args=[stored.id]) if clears else ""
    return Cell(_("到期，可以清除"), there, tone="bad")


def _notes(rows: Sequence[Retained]) -> Iterator[str]:
    yield _("清除只由负责系统运行的人写明理由后办理，数据库不让提前清除。")
    if any(not row.is_verified for row in rows):
        yield _("留存月数还没有与本地制度核对，是可改的数据。")
