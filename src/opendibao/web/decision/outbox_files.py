"""上报文件和回执: what went up, byte for byte, and how much of it was answered."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.outbox_queries import SentFile, sent_file, sent_files, sent_files_count, taken_files
from opendibao.decision.reporting_layouts import layouts
from opendibao.web.access import may
from opendibao.web.clock import now_in_county
from opendibao.web.decision.outbox_words import SENDERS, tabs
from opendibao.web.paging import pager
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, text

TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def reporting_files(request: HttpRequest) -> HttpResponse:
    """The files that went up, and beside them the files of receipts that came."""
    found = pager(request, sent_files_count())
    table = Table(
        heads(_("上报文件"), "!" + _("上报日期"), _("上报人"), _("版式"), "#" + _("事项"), "#" + _("接收"),
              "#" + _("退回"), "#" + _("没有回执"), "!SHA-256"),
        [_file(file) for file in sent_files(offset=found.offset)], caption=_("上报文件"),
        nothing=_("还没有上报文件"), empty=_("生成的上报文件都留在这里，随时可以原样再下载一次。"),
    )  # fmt: skip
    came = Table(
        heads(_("回执文件"), "!" + _("导入日期"), _("导入人"), "#" + _("接收"), "#" + _("退回"), "#" + _("已知")),
        [[text(row.name), day(row.taken_on), text(row.taken_by), count(row.accepted), count(row.returned),
          count(row.known)] for row in taken_files()],
        caption=_("最近的回执文件"), nothing=_("还没有导入回执"), empty=_("上级系统给的回执文件导入后列在这里。"),
    )  # fmt: skip
    acts = []
    if may(request, SENDERS):
        acts = [
            Crumb(_("生成上报文件"), reverse("make-reporting-file")),
            Crumb(_("导入回执"), reverse("import-receipts")),
        ]
    lead = _("文件按上报时的字节保存；没有回执的事项多，说明回执只来了一部分，请向上级系统再要一次。")
    page = ListPage(_("上报文件和回执"), lead, table, acts=acts, choices=[tabs("reporting-files")], breakdown=came)
    return render(request, "web/outbox_files.html", {"page": page, "pager": found})


def _file(file: SentFile) -> list[Cell]:
    layout = layouts().get(file.layout)
    missing = Cell(f"{file.unanswered:,}", tone="warn") if file.unanswered else count(0)
    return [
        Cell(file.name, reverse("reporting-file", args=[file.pk])), day(file.sent_on), text(file.sent_by),
        text(layout.zh if layout else file.layout), count(file.events), count(file.accepted), count(file.returned),
        missing, Cell(file.sha256[:16]),
    ]  # fmt: skip


def reporting_file(request: HttpRequest, file_id: int) -> HttpResponse:
    """One file as it went up."""
    file = sent_file(file_id)
    if file is None:
        raise Http404(f"没有上报文件 {file_id}")
    record_view(f"上报文件 {file.name}", file.division, "上报文件", at=now_in_county())
    response = HttpResponse(bytes(file.content), content_type=TYPES[file.name.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
    return response
