"""跨省请求清单: the requests by how they stand and by province, as a page and as a workbook; those of one case."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.intake.queries import CaseFile
from opendibao.verification.matching import ANSWERED_IN
from opendibao.verification.requests.provinces import province_zh, provinces
from opendibao.verification.requests.queries import (
    ProvinceRow,
    RequestRow,
    requests,
    requests_by_province,
    requests_counts,
    requests_of,
    unanswered_of,
)
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.paging import pager
from opendibao.web.places import Places, places
from opendibao.web.table_files import table_file
from opendibao.web.tables import (
    Cell,
    Choice,
    Choices,
    Crumb,
    ListPage,
    Table,
    count,
    day,
    heads,
    household,
    text,
)
from opendibao.web.verification.known_case import known_case, way_of
from opendibao.web.verification.match_tabs import match_tabs
from opendibao.web.verification.requests_words import (
    ASKERS,
    MESSAGE_READERS,
    SENDERS,
    VIEWS,
    source_words,
    state_cell,
)


def region_requests(request: HttpRequest) -> HttpResponse:
    """One view of the requests, and beside them how the provinces answer."""
    view, province = _asked(request)
    today = today_in_county()
    counts = requests_counts(today, province=province)
    found = pager(request, counts[view])
    rows = requests(view, today, province=province, offset=found.offset)
    _seen(request, rows)
    options = [
        Choice(f"{words} {counts[key]:,}", _address("", key, province), key == view)
        for key, words in VIEWS.items()
        if counts[key] or key in ("", view)
    ]
    where = _("%(province)s：") % {"province": province_zh(province)} if province else ""
    lead = where + _("%(n)s 项，对方逾期未答 %(late)s 项。到期没有答复的，案件照办，案卷写明“未核到”。") % {
        "n": f"{counts['']:,}", "late": f"{counts['overdue']:,}",
    }  # fmt: skip
    page = ListPage(
        _("跨省核对请求"), lead, _table(rows, today), acts=_acts(request, view, province),
        choices=[match_tabs(request, "region-requests"), Choices(_("看哪些请求"), options)],
        breakdown=_provinces(requests_by_province(today), view),
        notes=[_("答复期限、到期天数和再发间隔是有日期的本地参数，没有与原文核对。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def region_requests_file(request: HttpRequest) -> HttpResponse:
    """The whole view as a workbook."""
    view, province = _asked(request)
    today = today_in_county()
    rows = requests(view, today, province=province, limit=None)
    _seen(request, rows)
    return table_file(_("跨省核对请求 %(day)s") % {"day": today}, _table(rows, today))


def case_requests(request: HttpRequest, case_id: int) -> HttpResponse:
    """The requests of one case, and what is to be printed of them."""
    file, today = known_case(case_id), today_in_county()
    record_view(f"案件 {file.number}", file.division, "跨省核对请求", at=now_in_county())
    rows = requests_of(file.id)
    acts = []
    if may(request, ASKERS) and may_ask(file):
        acts.append(Crumb(_("提出跨省核对"), reverse("new-region-request", args=[file.id])))
    page = ListPage(
        _("跨省核对请求"), _("案件 %(number)s：%(n)s 项。") % {"number": file.number, "n": len(rows)},
        _table(rows, today), [*way_of(file), Crumb(_("跨省核对请求"))], acts=acts,
        notes=[one.words for one in unanswered_of(file.id)],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": pager(request, len(rows))})


def may_ask(file: CaseFile) -> bool:
    """Whether a case may still ask another province."""
    return file.accepted_on is not None and file.state in ANSWERED_IN


def _asked(request: HttpRequest) -> tuple[str, str]:
    """View and province. Raises BadQuestion."""
    view, province = request.GET.get("view", ""), request.GET.get("province", "")
    if view not in VIEWS:
        raise BadQuestion(_("没有“%(view)s”这种看法，请从列出的里面选") % {"view": view})
    if province and province not in provinces():
        raise BadQuestion(_("没有代码是“%(province)s”的省份，请从列出的里面选") % {"province": province})
    return view, province


def _address(page: str, view: str, province: str) -> str:
    return f"{page}?{urlencode({'view': view, **({'province': province} if province else {})})}"


def _acts(request: HttpRequest, view: str, province: str) -> list[Crumb]:
    acts = []
    if may(request, SENDERS):
        acts = [
            Crumb(_("发送"), reverse("send-region-requests")),
            Crumb(_("收答复"), reverse("receive-region-message")),
            Crumb(_("清理到期"), reverse("end-region-requests")),
        ]
    if may(request, MESSAGE_READERS):
        acts.append(Crumb(_("报文"), reverse("region-messages")))
    return [*acts, Crumb(_("导出表格"), _address(reverse("region-requests-file"), view, province))]


def _seen(request: HttpRequest, rows: Sequence[RequestRow]) -> None:
    if rows:
        viewer = request.viewer  # type: ignore[attr-defined]
        record_view("跨省核对请求名单", viewer.division, "跨省核对请求", at=now_in_county())


def _table(rows: Sequence[RequestRow], today: date) -> Table:
    names = places()
    return Table(
        heads("!" + _("问谁"), "!" + _("户编号"), _("村社区"), "!" + _("省份"), "!" + _("来源"), "!" + _("状态"),
              "!" + _("发出"), "!" + _("答复期限"), "!" + _("到期"), "#" + _("发送次数"), "!" + _("下次发送")),
        [_line(row, names, today) for row in rows], caption=_("跨省核对请求"), nothing=_("这里没有跨省请求"),
        empty=_("家里有人在外省生活、务工、参保的，从案件页提出，县里发给那个省，会列在这里。"),
    )  # fmt: skip


def _line(row: RequestRow, names: Places, today: date) -> list[Cell]:
    return [
        Cell(row.person, reverse("region-request", args=[row.id])), household(row.household),
        text(names.full(row.division)), Cell(province_zh(row.province)), Cell(source_words(row.source)),
        state_cell(row, today), day(row.sent_on), day(row.due_on), day(row.expires_on), count(row.attempts),
        day(row.next_try_on),
    ]  # fmt: skip


def _provinces(rows: Sequence[ProvinceRow], view: str) -> Table | None:
    if not rows:
        return None
    cells = [
        [Cell(province_zh(row.province), _address("", view, row.province)), count(row.all), count(row.waiting),
         count(row.overdue)]
        for row in rows
    ]  # fmt: skip
    return Table(heads(_("省份"), "#" + _("请求"), "#" + _("等答复"), "#" + _("逾期")), cells, caption=_("按省份"))
