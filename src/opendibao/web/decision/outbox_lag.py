"""录入用时: from the decision to the superior system's acceptance, in working days, by month and by township."""

from itertools import pairwise

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.outbox_queries import STEPS, Lag, entry_lag
from opendibao.web.asking import Asked, BadQuestion
from opendibao.web.county import asked_of
from opendibao.web.decision.outbox_words import tabs
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, heads, text

WAYS = ("month", "township")


def lag_page(request: HttpRequest) -> HttpResponse:
    """How long entry took."""
    question, by = _asked(request)
    words = {"month": _("按月"), "township": _("按乡镇")}
    ways = [Choice(words[one], f"?year={question.year}&by={one}", one == by) for one in WAYS]
    rows = entry_lag(question.year, by=by)
    lead = _(
        "%(year)s 年作出的决定，从决定到上级系统回执接收的工作日；期限以接收日期为准，自己点过上报不算。"
    ) % {"year": question.year}  # fmt: skip
    file = f"{reverse('entry-lag-file')}?year={question.year}&by={by}"
    page = ListPage(
        _("录入用时"), lead, _table(rows, by), acts=[Crumb(_("下载表格"), file)],
        choices=[tabs("entry-lag"), Choices(_("怎样分"), ways)],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": pager(request, 0), "asked": question})


def lag_file(request: HttpRequest) -> HttpResponse:
    """The same as a workbook, the whole year in its last line."""
    question, by = _asked(request)
    table = _table(entry_lag(question.year, by=by), by)
    whole = Table(table.heads, [*table.rows, *([table.totals] if table.totals else [])])
    return table_file(_("%(year)s 年录入用时") % {"year": question.year}, whole)


def _asked(request: HttpRequest) -> tuple[Asked, str]:
    by = request.GET.get("by", "month")
    if by not in WAYS:
        raise BadQuestion(_("录入用时只能按月或按乡镇看，不能按“%(by)s”") % {"by": by})
    return asked_of(request), by


def _table(rows: list[Lag], by: str) -> Table:
    names = places()
    lines = [_line(names.full(row.key) if by == "township" else row.key, row) for row in rows if row.key]
    whole = next((row for row in rows if not row.key), None)
    classes = [_("%(n)d 日内") % {"n": STEPS[0]}]
    classes += [_("%(first)d 至 %(last)d 日") % {"first": low + 1, "last": high} for low, high in pairwise(STEPS)]
    classes += [_("%(n)d 日以上") % {"n": STEPS[-1]}]
    first = "!" + _("决定月份") if by == "month" else _("乡镇")
    return Table(
        heads(first, "#" + _("决定"), "#" + _("已接收"), "#" + _("期限内接收"), "#" + _("期限内占比"),
              "#" + _("退回次"), "#" + _("中位（工作日）"), "#" + _("最长（工作日）"),
              *["#" + words for words in classes]),
        lines, _line(_("全年"), whole) if whole else [], caption=_("录入用时"), nothing=_("这一年还没有决定"),
        empty=_("有了决定和回执，这里算出每个月、每个乡镇用了几个工作日。"),
    )  # fmt: skip


def _line(name: str, row: Lag) -> list[Cell]:
    share = f"{row.in_time * 10_000 // row.entries / 100:.2f}%"
    return [
        Cell(name), count(row.entries), count(row.accepted), count(row.in_time), Cell(share), count(row.returns),
        text(row.median if row.median is not None else ""), text(row.longest if row.longest is not None else ""),
        *[count(number) for number in row.classes],
    ]  # fmt: skip
