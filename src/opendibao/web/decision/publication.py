"""长期公布: which villages' lists are of this month, one village's list, and the list as a workbook."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.notice_queries import supervision_phone
from opendibao.decision.publication_queries import Published, VillageMonth, village_months
from opendibao.decision.publication_queries import published as list_of
from opendibao.kernel.month import NotAMonth, month_of, month_text, parse_month
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.decision.village_tabs import REVIEWERS, asked_village, tabs, way
from opendibao.web.downloads import KINDS as FILE_KINDS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import Places, places
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, money, text

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}


def asked_month(said: str) -> date:
    """A month of the address, not later than this one. Raises BadQuestion."""
    this = month_of(today_in_county())
    try:
        month = parse_month(said) if said else this
    except NotAMonth as fault:
        raise BadQuestion(str(fault)) from None
    if month > this:
        raise BadQuestion(_("%(month)s 还没有到，到当月再公布") % {"month": said})
    return month


def publications(request: HttpRequest) -> HttpResponse:
    """All villages with covered households, those whose list is not of this month first."""
    month, today, names = asked_month(request.GET.get("month", "")), today_in_county(), places()
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = village_months(month, today, reach=viewer.reach)
    found = pager(request, len(rows))
    late = sum(row.month != month for row in rows)
    said = {"month": month_text(month), "n": len(rows), "late": late}
    lead = _(
        "%(n)d 个村（社区）有在保家庭，%(month)s 的名单还有 %(late)d 个没有更新。"
        "每月更新一次，在村（社区）公布（57号第二十四条）。"
    )
    cells = [_row(row, month, names) for row in rows[found.offset : found.offset + ROWS_A_PAGE]]
    table = Table(
        heads(_("村社区"), "#" + _("在保户数"), "#" + _("在保人数"), "!" + _("最近公布的月份"), "!" + _("张贴"),
              _("本月")), cells, caption=_("各村长期公布"), nothing=_("还没有在保家庭"),
        empty=_("有家庭在保以后，各村会列在这里。"),
    )  # fmt: skip
    page = ListPage(_("长期公布"), lead % said, table, choices=tabs("publications"))
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _row(row: VillageMonth, month: date, names: Places) -> list[Cell]:
    href = reverse("publication", args=[row.division, month_text(month)])
    done = Cell(_("已更新"), href, tone="ok") if row.month == month else Cell(_("没有更新"), href, tone="warn")
    return [
        Cell(names.full(row.division), href), count(row.households), count(row.persons),
        text(month_text(row.month) if row.month else ""), day(row.posted_on), done,
    ]  # fmt: skip


def publication(request: HttpRequest, division: str, month: str) -> HttpResponse:
    """A village's list of a month: name of the head, persons, amount, and nothing else."""
    found = _asked(request, division, month)
    record_view(f"公布 {division} {month}", division, "长期公布", at=now_in_county())
    shown = {
        "found": found, "place": places().full(division), "month": month, "phone": supervision_phone(found.as_of),
        "crumbs": [*way("publications"), Crumb(f"{places().full(division)} {month}")],
        "may_post": may(request, REVIEWERS) and found.row is None, "table": _lines(found),
        "poster": reverse("publication-poster", args=[division, month]),
    }  # fmt: skip
    return render(request, "web/publication.html", shown)


def _asked(request: HttpRequest, division: str, month: str) -> Published:
    return list_of(asked_village(request, division), asked_month(month), today_in_county())


def _lines(found: Published) -> Table:
    rows = [[count(n), text(line.group), text(line.name), count(line.persons), money(line.fen)]
            for n, line in enumerate(found.lines, 1)]  # fmt: skip
    homes = Cell(_("%(n)d 户") % {"n": len(found.lines)})
    totals = [Cell(_("合计")), Cell(""), homes, count(found.persons), money(found.fen)] if rows else []
    return Table(
        heads("#" + _("序号"), _("村组"), _("姓名"), "#" + _("人数"), "#" + _("每月（元）")), rows, totals,
        caption=_("在保家庭"), nothing=_("这个月没有在保家庭"), empty=_("有家庭在保以后会列在这里。"),
    )  # fmt: skip


def publication_file(request: HttpRequest, division: str, month: str) -> HttpResponse:
    """The list as .xlsx; no cell is ever a formula."""
    found = _asked(request, division, month)
    record_view(f"公布 {division} {month}", division, "长期公布表格", at=now_in_county())
    made = BytesIO()
    with xlsxwriter.Workbook(made, SAFE) as book:
        page, bold = book.add_worksheet(_("在保家庭")), book.add_format({"bold": True})
        amount = book.add_format({"num_format": "#,##0.00"})
        page.write_row(0, 0, [_("序号"), _("村组"), _("姓名"), _("人数"), _("每月（元）")], bold)
        for n, line in enumerate(found.lines, 1):
            page.write_row(n, 0, [n, line.group, line.name, line.persons])
            page.write_number(n, 4, Decimal(line.fen) / 100, amount)
        page.freeze_panes(1, 0)
        page.set_column(1, 2, 14)
        page.set_column(4, 4, 12)
    name = quote(_("%(place)s%(month)s在保家庭公布.xlsx") % {"place": places().full(division), "month": month})
    response = HttpResponse(made.getvalue(), content_type=FILE_KINDS[".xlsx"][1])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response
