"""一份送达数据: its manifest, the state of its id numbers, the rows that go back; nothing of a row in the clear."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.verification.deliveries.filing import subject_of
from opendibao.verification.deliveries.manifest import REQUEST
from opendibao.verification.deliveries.queries import (
    DeliveryRow,
    FlagCount,
    RejectRow,
    current_deliveries,
    delivery_of,
    flags_of,
    rejects_of,
)
from opendibao.verification.deliveries.workbooks import reject_cells, rejects_workbook
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.context import now_in_county, today_in_county
from opendibao.web.downloads import KINDS
from opendibao.web.labels import DELIVERY_COVERS, DELIVERY_LAYOUTS, DEPARTMENTS, ID_FLAGS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.tables import Cell, Crumb, Table, count, heads, text
from opendibao.web.verification.deliveries_list import standing

GOOD_FLAGS = ("ok", "legacy15")


def one_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The delivery, its counts and its rejects page by page."""
    row = known_delivery(delivery_id)
    record_view(subject_of(row.id), settings.OPENDIBAO_COUNTY, "送达数据", at=now_in_county())
    rejects = rejects_of(row.id)
    found = pager(request, len(rejects))
    words, tone = _standing(row)
    shown = {
        "row": row, "title": _("%(source)s数据，截至 %(day)s") % {"source": _source(row), "day": row.as_of},
        "crumbs": [Crumb(_("送达数据"), reverse("deliveries")), Crumb(_source(row))],
        "standing": Cell(words, tone=tone), "facts": list(_facts(row)), "acts": list(_acts(request, row)),
        "flags": _flags(flags_of(row.id), row.accepted),
        "rejects": _rejects(rejects[found.offset : found.offset + ROWS_A_PAGE], row), "pager": found,
    }  # fmt: skip
    return render(request, "web/delivery.html", shown)


def delivery_rejects(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The rows that go back, as a workbook for the department."""
    row = known_delivery(delivery_id)
    if not row.rejected:
        raise Http404("这份送达数据没有退回行")
    record_view(subject_of(row.id), settings.OPENDIBAO_COUNTY, "退回行", at=now_in_county())
    name = quote(_("%(source)s退回行 %(day)s.xlsx") % {"source": _source(row), "day": row.as_of})
    response = HttpResponse(rejects_workbook(row.id), content_type=KINDS[".xlsx"][1])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def known_delivery(delivery_id: int) -> DeliveryRow:
    """A delivery. Raises Http404 where there is none in sight."""
    found = delivery_of(delivery_id)
    if found is None:
        raise Http404(f"没有送达数据 {delivery_id}")
    return found


def _source(row: DeliveryRow) -> str:
    return DEPARTMENTS.get(row.source, row.source)


def _standing(row: DeliveryRow) -> tuple[str, str]:
    if row.purged_on:
        return _("%(day)s 已清除") % {"day": row.purged_on}, ""
    current = current_deliveries(today_in_county()).get(row.source)
    if current is None or current.id != row.id:
        return _("有更新的数据，这份不用来核对"), ""
    return standing(row, row.source)


def _facts(row: DeliveryRow) -> Iterator[tuple[str, str]]:
    yield _("部门"), row.department
    yield _("法律依据"), row.legal_basis
    yield _("用途"), row.purpose
    yield _("授权编号"), row.authorisation
    listed = _("，答复到 %(day)s 的名单") % {"day": row.list_of} if row.covers == REQUEST else ""
    yield _("数据范围"), DELIVERY_COVERS[row.covers] + listed
    if row.older_because:
        yield _("收下旧数据的理由"), row.older_because
    yield _("收到"), _("%(day)s，%(who)s") % {"day": row.received_on, "who": row.received_by}
    yield _("文件"), f"{row.file_name}（{DELIVERY_LAYOUTS[row.layout]}{_encoding(row)}，{row.size:,} B）"
    yield "SHA-256", row.sha256


def _encoding(row: DeliveryRow) -> str:
    return f"，{row.encoding}" if row.encoding else ""


def _acts(request: HttpRequest, row: DeliveryRow) -> Iterator[Crumb]:
    if may(request, CONFIRMERS) and not row.purged_on:
        words = _("再比对一次") if row.linked_at else _("和人员比对")
        yield Crumb(words, reverse("link-delivery", args=[row.id]))
    if row.rejected and not row.purged_on:
        yield Crumb(_("退回行（Excel）"), reverse("delivery-rejects", args=[row.id]))
    if may(request, CONFIRMERS) and row.source in DEPARTMENTS:
        yield Crumb(_("收下新数据"), f"{reverse('receive-delivery')}?source={row.source}")
    if row.source in DEPARTMENTS:
        yield Crumb(_("列和样例"), reverse("source-layout", args=[row.source]))


def _flags(found: Sequence[FlagCount], accepted: int) -> Table:
    rows = [
        [Cell(ID_FLAGS[one.id_flag], tone="ok" if one.id_flag in GOOD_FLAGS else "warn"), count(one.rows),
         text(_said(one))]
        for one in found
    ]  # fmt: skip
    totals = [Cell(_("合计")), count(accepted), Cell("")] if rows else []
    named = heads(_("证件号码"), "#" + _("行数"), _("怎么认人"))
    return Table(named, rows, totals, _("名单上的人都没有记录。"), _("证件号码的状况"), _("没有入库的行"))


def _said(one: FlagCount) -> str:
    if not one.is_keyed:
        return _("只有姓名，认不出是谁；同名的人记为“未核到”")
    if one.id_flag in GOOD_FLAGS:
        return _("按证件号码和姓名")
    return _("按出生日期、姓名、电话等，拿不准的由人认定")


def _rejects(rows: Sequence[RejectRow], delivery: DeliveryRow) -> Table:
    made = [[Cell(cell) if cell else text("") for cell in reject_cells(row)] for row in rows]
    named = heads("#" + _("行号"), "!" + _("字段"), _("退回理由"), "!" + _("证件号码"), "!" + _("姓名"))
    nothing = _("没有退回行")
    return Table(named, made, empty=_("每一行都收下了。"), caption=_("退回行"), nothing=nothing)
