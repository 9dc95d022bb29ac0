"""问责核查的页: decisions found wrong, what is being looked into, what came of it, and what is to be trained."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.decision.accountable import Hand, hands_on
from opendibao.decision.beyond_queries import InquiryRow, inquiries, inquiries_count, inquiry, training_topics
from opendibao.decision.inquiries import EXEMPT, EXEMPTION
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.beyond_access import INQUIRERS
from opendibao.web.labels import EXEMPTIONS, HANDS, INQUIRY_FINDINGS, INQUIRY_OUTCOMES, INQUIRY_SOURCES
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, household, text

VIEWS = {"open": gettext_lazy("核查中"), "closed": gettext_lazy("已办结"), "all": gettext_lazy("全部")}


def inquiry_list(request: HttpRequest) -> HttpResponse:
    """One view of the inquiries, and beside them what is to be trained."""
    view, topic, today = _asked(request), request.GET.get("topic", ""), today_in_county()
    found = pager(request, inquiries_count(view, topic=topic))
    table = _table(inquiries(view, topic=topic, offset=found.offset), today)
    _seen(request, table)
    options = [
        Choice(f"{words} {inquiries_count(code, topic=topic):,}", _of_topic("", topic, code), code == view)
        for code, words in VIEWS.items()
    ]
    lead = _("决定错了，查清是谁的哪一步、有没有过错。经手的人不能办结；尽职的依法免责（57号第三十九条）。")
    topics = topics_table()
    page = ListPage(
        _("问责核查"), lead, table, choices=[Choices(_("看哪些核查"), options)],
        breakdown=topics if topics.rows else None,
        acts=[Crumb(_("导出表格"), _of_topic(reverse("inquiries-file"), topic, view))],
        notes=[_("从案件页的“责任链”立项。核查期限是有日期的本地参数，没有与原文核对。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def inquiries_file(request: HttpRequest) -> HttpResponse:
    """The whole view as a workbook."""
    view, today = _asked(request), today_in_county()
    table = _table(inquiries(view, topic=request.GET.get("topic", ""), limit=None), today)
    _seen(request, table)
    return table_file(_("问责核查 %(view)s %(day)s") % {"view": VIEWS[view], "day": today}, table)


def topics_table(*, may_open: bool = True) -> Table:
    """What closed inquiries say is to be trained and was not yet; a number opens these inquiries for who may."""
    closed = reverse("inquiries")
    rows = [
        [Cell(row.words), count(row.inquiries, _of_topic(closed, row.words) if may_open else ""), day(row.since)]
        for row in training_topics()
    ]
    return Table(
        heads(_("主题"), "#" + _("核查（件）"), "!" + _("最近办结")), rows, caption=_("待培训的主题"),
        nothing=_("没有待培训的主题"), empty=_("核查办结时写明的培训主题，补训以前列在这里。"),
    )  # fmt: skip


def _of_topic(page: str, topic: str, view: str = "closed") -> str:
    return f"{page}?{urlencode({'view': view, 'topic': topic} if topic else {'view': view})}"


def _asked(request: HttpRequest) -> str:
    view = request.GET.get("view", "open")
    if view not in VIEWS:
        raise BadQuestion(_("没有“%(view)s”这种看法，请从列出的里面选") % {"view": view})
    return view


def _seen(request: HttpRequest, table: Table) -> None:
    if table.rows:
        viewer = request.viewer  # type: ignore[attr-defined]
        record_view("问责核查名单", viewer.division, "问责核查", at=now_in_county())


def _table(rows: Sequence[InquiryRow], today: date) -> Table:
    names = places()
    cells = [
        [Cell(row.decision, reverse("inquiry", args=[row.id])), household(row.household),
         text(names.full(row.division)), text(INQUIRY_FINDINGS[row.finding]), text(INQUIRY_SOURCES[row.source]),
         day(row.opened_on), _due(row, today), text(_outcome(row))]
        for row in rows
    ]  # fmt: skip
    return Table(
        heads("!" + _("决定"), "!" + _("户编号"), _("村社区"), _("发现的问题"), _("发现来源"), "!" + _("立项日期"),
              "!" + _("核查期限"), _("结论")), cells,
        caption=_("问责核查"), nothing=_("这里没有核查"),
        empty=_("复核、投诉、核对、抽查或审计发现决定有错，从案件页立项，会列在这里。"),
    )  # fmt: skip


def _due(row: InquiryRow, today: date) -> Cell:
    if row.closed_on is None and row.due_on < today:
        return Cell(_("%(day)s 已逾期") % {"day": row.due_on}, tone="bad")
    return day(row.due_on)


def _outcome(row: InquiryRow) -> str:
    if row.closed_on is None:
        return ""
    return _("%(day)s %(outcome)s") % {"day": row.closed_on, "outcome": INQUIRY_OUTCOMES[row.outcome]}


def hands_table(hands: Sequence[Hand]) -> Table:
    """Who did what on which day."""
    rows = [[text(HANDS[hand.did]), text(hand.name), day(hand.day)] for hand in hands]
    return Table(heads(_("哪一步"), _("谁"), "!" + _("日期")), rows, caption=_("责任链"))


def one_inquiry(request: HttpRequest, inquiry_id: int) -> HttpResponse:
    """One inquiry: the finding, the hands, the outcome with its reason."""
    row = known_inquiry(inquiry_id)
    viewer = request.viewer  # type: ignore[attr-defined]
    hands = hands_on(row.decision_id)
    mine = any(hand.name == viewer.name for hand in hands)
    shown = {
        "row": row,
        "place": places().full(row.division),
        "finding": INQUIRY_FINDINGS[row.finding],
        "source": INQUIRY_SOURCES[row.source],
        "outcome": INQUIRY_OUTCOMES[row.outcome] if row.outcome else "",
        "conditions": [EXEMPTIONS[code] for code in row.conditions],
        "exemption": EXEMPTION if row.outcome == EXEMPT else "",
        "is_late": row.closed_on is None and row.due_on < today_in_county(),
        "table": hands_table(hands),
        "may_close": row.closed_on is None and may(request, INQUIRERS) and not mine,
        "is_mine": mine and row.closed_on is None,
        "crumbs": [Crumb(_("问责核查"), reverse("inquiries")), Crumb(row.decision)],
    }
    return render(request, "web/inquiry.html", shown)


def known_inquiry(inquiry_id: int) -> InquiryRow:
    """An inquiry in the viewer's sight, its opening recorded. Raises Http404."""
    row = inquiry(inquiry_id)
    if row is None:
        raise Http404(f"没有核查 {inquiry_id}")
    record_view(f"问责核查 {row.id}", row.division, "问责核查", at=now_in_county())
    return row
