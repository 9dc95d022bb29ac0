"""送达数据: per department what came last, whether it is fresh, what is missing; and every file that came."""

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.policy.reader import pack_of_division
from opendibao.verification.deliveries.freshness import fresh_until
from opendibao.verification.deliveries.queries import DeliveryRow, current_deliveries, deliveries
from opendibao.verification.sources import SOURCES, sources_on
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, text
from opendibao.web.verification.match_tabs import match_tabs

BY_SOURCE, FILES = "", "files"


def delivery_list(request: HttpRequest) -> HttpResponse:
    """The departments, or the files."""
    view = _view(request)
    table = _files_table(deliveries()) if view == FILES else _sources_table(request)
    found = pager(request, len(table.rows))
    shown = table.rows[found.offset : found.offset + ROWS_A_PAGE]
    page = ListPage(
        title=_("送达数据"), lead=_lead(), acts=list(_acts(request, view)),
        crumbs=[Crumb(_("今日工作"), reverse("today")), Crumb(_("送达数据"))],
        choices=[match_tabs(request, "deliveries"), _choices(view)],
        table=Table(table.heads, shown, empty=table.empty, caption=table.caption, nothing=table.nothing),
        notes=[_("核对只用各来源最近一份没有过期的数据；没有数据或已过期的来源，核对结果是“未核到”，不是“没有”。"),
               _("原文件和每一行都加密保存，页上不显示人员内容。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def delivery_list_file(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook."""
    if _view(request) == FILES:
        return table_file(_("送达数据文件 %(day)s") % {"day": today_in_county()}, _files_table(deliveries()))
    return table_file(_("送达数据 %(day)s") % {"day": today_in_county()}, _sources_table(request))


def _view(request: HttpRequest) -> str:
    view = request.GET.get("view", BY_SOURCE)
    if view not in (BY_SOURCE, FILES):
        raise BadQuestion(_("“%(text)s”不是送达数据的看法，请从页上的两项里选") % {"text": view})
    return view


def _choices(view: str) -> Choices:
    named = {BY_SOURCE: _("按来源"), FILES: _("全部文件")}
    options = [Choice(words, f"?view={code}" if code else "?", code == view) for code, words in named.items()]
    return Choices(_("怎么看"), options)


def _acts(request: HttpRequest, view: str) -> Iterator[Crumb]:
    if may(request, CONFIRMERS):
        yield Crumb(_("收下数据"), reverse("receive-delivery"))
    yield Crumb(_("导出 Excel"), reverse("deliveries-file") + (f"?view={view}" if view else ""))


def _lead() -> str:
    current, asked = current_deliveries(today_in_county()), sources_on(today_in_county())
    fresh = sum(standing(current.get(name), name)[1] == "ok" for name in asked)
    missing = sum(name not in current for name in asked)
    said = _("%(all)s 个来源，数据有效 %(fresh)s，过期 %(stale)s，没有数据 %(missing)s。")
    return said % {"all": len(asked), "fresh": fresh, "stale": len(asked) - fresh - missing, "missing": missing}


def standing(row: DeliveryRow | None, source: str) -> tuple[str, str]:
    """Words and tone of how a source's newest data stand today."""
    today, since = today_in_county(), SOURCES[source].since
    if row is None:
        if since and today < since:
            return _("%(day)s 起可以核对") % {"day": since}, ""
        return _("没有数据"), "bad"
    last = fresh_until(source, row.as_of, today, pack_of_division(settings.OPENDIBAO_COUNTY))
    if today > last:
        return _("已过期（%(day)s 止）") % {"day": last}, "bad"
    return _("有效至 %(day)s") % {"day": last}, "ok"


def _sources_table(request: HttpRequest) -> Table:
    current = current_deliveries(today_in_county())
    is_taker = may(request, CONFIRMERS)
    rows = [_source_line(name, current, is_taker=is_taker) for name in SOURCES]
    named = heads("!" + _("来源"), _("送数据的部门"), "!" + _("数据截止"), "!" + _("新旧"), "!" + _("收到"),
                  "#" + _("行数"), "#" + _("退回"), _("比对"), "!" + _("格式"),
                  *(["!" + _("收下")] if is_taker else []))  # fmt: skip
    return Table(named, rows, caption=_("各来源的数据"))


def _source_line(name: str, current: Mapping[str, DeliveryRow], *, is_taker: bool) -> list[Cell]:
    row, source = current.get(name), SOURCES[name]
    words, tone = standing(row, name)
    last = [Cell(_("列和样例"), reverse("source-layout", args=[name]))]
    if is_taker:
        last.append(_take(name))
    named = [Cell(DEPARTMENTS[name], reverse("delivery", args=[row.id]) if row else "")]
    if row is None:
        return [*named, text(source.department), text(""), Cell(words, tone=tone), text(""), text(""), text(""),
                text(""), *last]  # fmt: skip
    return [*named, text(row.department), day(row.as_of), Cell(words, tone=tone), day(row.received_on),
            count(row.rows), _rejected(row), _linked(row), *last]  # fmt: skip


def _take(name: str) -> Cell:
    """The way to take a source's data; what the law does not let be asked yet is not taken either."""
    if name not in sources_on(today_in_county()):
        return text("")
    return Cell(_("收下数据"), f"{reverse('receive-delivery')}?source={name}")


def _rejected(row: DeliveryRow) -> Cell:
    return Cell(f"{row.rejected:,}", reverse("delivery", args=[row.id]) + "#rejects" if row.rejected else "")


def _linked(row: DeliveryRow) -> Cell:
    if row.purged_on:
        return Cell(_("%(day)s 已清除") % {"day": row.purged_on})
    return Cell(_("已比对"), tone="ok") if row.linked_at else Cell(_("未比对"), tone="warn")


def _files_table(rows: Sequence[DeliveryRow]) -> Table:
    current = {row.id for row in current_deliveries(today_in_county()).values()}
    made = [
        [Cell(row.file_name, reverse("delivery", args=[row.id])), text(DEPARTMENTS.get(row.source, row.source)),
         day(row.as_of), day(row.received_on), text(row.received_by), count(row.rows), count(row.accepted),
         _rejected(row), _linked(row), Cell(_("在用"), tone="ok") if row.id in current else Cell(_("不用"))]
        for row in rows
    ]  # fmt: skip
    named = heads(_("文件"), "!" + _("来源"), "!" + _("数据截止"), "!" + _("收到"), "!" + _("接收人"), "#" + _("行数"),
                  "#" + _("入库"), "#" + _("退回"), _("比对"), "!" + _("核对"))  # fmt: skip
    return Table(named, made, empty=_("部门送来数据文件，按“收下数据”入库。"), caption=_("收到的文件"),
                 nothing=_("还没有收到过数据"))  # fmt: skip
