"""跨省报文: every message that went out or came in, as it was, and which of its lines were not taken."""

import json
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.verification.requests.provinces import province_zh
from opendibao.verification.requests.queries import (
    MessageRow,
    message_bytes,
    message_of,
    messages,
    requests_of_message,
)
from opendibao.web.access import may
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, text
from opendibao.web.verification.requests_words import KINDS, SENDERS, source_words, state_cell, way

SHOWN, NUMBER_SHOWN = 200, 12


def region_messages(request: HttpRequest) -> HttpResponse:
    """The latest messages out and in."""
    rows = [
        [Cell(row.message_id[:NUMBER_SHOWN], reverse("region-message", args=[row.id])),
         Cell(_("发出") if row.direction == "out" else _("收到")), Cell(KINDS[row.kind]),
         Cell(province_zh(row.province)), day(row.passed_on), text(row.passed_by), Cell(row.transport),
         count(row.items), _refused_cell(row), Cell(row.sha256[:16])]
        for row in messages(SHOWN)
    ]  # fmt: skip
    table = Table(
        heads("!" + _("报文编号"), "!" + _("收发"), "!" + _("种类"), "!" + _("省份"), "!" + _("日期"), _("经手人"),
              _("方式"), "#" + _("项"), "!" + _("没有收的"), "!SHA-256"),
        rows, caption=_("跨省报文"), nothing=_("还没有报文"),
        empty=_("发出的请求和收到的签收、答复，每一份原样留在这里。"),
    )  # fmt: skip
    acts = []
    if may(request, SENDERS):
        acts = [
            Crumb(_("发送"), reverse("send-region-requests")),
            Crumb(_("收答复"), reverse("receive-region-message")),
            Crumb(_("收交换目录"), reverse("collect-region-messages")),
        ]
    lead = _("最近 %(n)d 份。点开报文可以看它的每一项，发出的在那里下载。") % {"n": len(rows)}
    page = ListPage(_("跨省报文"), lead, table, way(Crumb(_("报文"))), acts=acts)
    return render(request, "web/rows.html", {"page": page})


def _refused_cell(row: MessageRow) -> Cell:
    number = len(json.loads(row.refused))
    return Cell(_("%(n)d 行") % {"n": number}, tone="warn") if number else text("")


def region_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message: what it was about, and which lines were not taken."""
    row, today = _known(message_id), today_in_county()
    record_view(f"跨省报文 {row.message_id}", row.division, "跨省报文", at=now_in_county())
    cells = [
        [Cell(one.person, reverse("region-request", args=[one.id])), Cell(source_words(one.source)),
         state_cell(one, today), day(one.due_on)]
        for one in requests_of_message(row.id)
    ]  # fmt: skip
    table = Table(
        heads(_("问谁"), _("来源"), "!" + _("状态"), "!" + _("答复期限")), cells, caption=_("报文里的请求"),
        nothing=_("这份报文只登记了签收"), empty=_("签收记在各项请求里。"),
    )  # fmt: skip
    refused = json.loads(row.refused)
    lines = Table(
        heads("#" + _("行号"), _("为什么没有收")), [[count(line), Cell(why)] for line, why in refused],
        caption=_("没有收的行，请告诉对方"),
    )  # fmt: skip
    shown = {
        "row": row, "kind": KINDS[row.kind], "province": province_zh(row.province), "table": table, "lines": lines,
        "may_download": may(request, SENDERS), "crumbs": way(
            Crumb(_("报文"), reverse("region-messages")), Crumb(row.message_id[:NUMBER_SHOWN])
        ),
    }  # fmt: skip
    return render(request, "web/region_message.html", shown)


def region_message_file(request: HttpRequest, message_id: int) -> HttpResponse:
    """A message byte for byte."""
    row = _known(message_id)
    record_view(f"跨省报文 {row.message_id}", row.division, "下载跨省报文", at=now_in_county())
    response = HttpResponse(message_bytes(row.id), content_type="application/x-ndjson")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file_name)}"
    return response


def _known(message_id: int) -> MessageRow:
    row = message_of(message_id)
    if row is None:
        raise Http404(f"没有跨省报文 {message_id}")
    return row
