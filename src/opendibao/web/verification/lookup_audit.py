"""查询审计: whose looking at files audit should ask about, by limits that are data; and what he opened that day."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from opendibao.audit.actions import record_view
from opendibao.policy.reader import pack_of_division
from opendibao.verification.privacy.unusual import (
    KIN,
    MANY,
    NAMESAKE,
    NIGHT,
    Limits,
    Unusual,
    glances,
    limits_on,
    unusual_lookups,
)
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.labels import Labels
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, heads, text
from opendibao.web.verification.match_tabs import match_tabs

KINDS = Labels({
    MANY: gettext_noop("打开得特别多"), NIGHT: gettext_noop("夜间打开"), KIN: gettext_noop("打开备案亲属的档案"),
    NAMESAKE: gettext_noop("打开同名人的档案"),
})  # fmt: skip
PERIODS = (30, 90, 365)


def lookup_audit(request: HttpRequest) -> HttpResponse:
    """Days of officers that audit asks about."""
    days, until = _days(request), today_in_county()
    limits = limits_on(until, settings.OPENDIBAO_COUNTY)
    rows = unusual_lookups(until - timedelta(days=days - 1), until, limits)
    found = pager(request, len(rows))
    page = ListPage(
        title=_("查询审计"), lead=_lead(rows, days), table=_table(rows[found.offset : found.offset + ROWS_A_PAGE]),
        crumbs=[Crumb(_("全县"), reverse("county")), Crumb(_("查询审计"))],
        choices=[match_tabs(request, "lookup-audit"), _periods(days)],
        notes=_limits(limits, pack_of_division(settings.OPENDIBAO_COUNTY).word("lookup.secrecy", until)),
        acts=[Crumb(_("导出 Excel"), f"{reverse('lookup-audit-file')}?days={days}")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def lookup_audit_file(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    days, until = _days(request), today_in_county()
    limits = limits_on(until, settings.OPENDIBAO_COUNTY)
    rows = unusual_lookups(until - timedelta(days=days - 1), until, limits)
    return table_file(_("查询审计 %(day)s") % {"day": until}, _table(rows))


def lookup_audit_day(request: HttpRequest) -> HttpResponse:
    """What one officer opened on one day (?officer=…&day=…); whoever audits is on record too."""
    officer, day = request.GET.get("officer", "").strip(), _day(request)
    if not officer:
        raise BadQuestion(_("请写明查哪一位工作人员"))
    record_view(f"查询审计 {officer} {day}", settings.OPENDIBAO_COUNTY, "查询审计", at=now_in_county())
    rows = glances(officer, day)
    found = pager(request, len(rows))
    shown = rows[found.offset : found.offset + ROWS_A_PAGE]
    table = Table(
        heads("!" + _("时间"), _("打开了什么")), [[Cell(f"{row.at:%H:%M}"), text(row.what)] for row in shown],
        caption=_("当天打开的档案和记录"), nothing=_("这一天没有打开过"), empty=_("请核对姓名和日期。"),
    )  # fmt: skip
    page = ListPage(
        title=_("%(officer)s %(day)s 打开的档案") % {"officer": officer, "day": day},
        lead=_("共 %(n)s 次。看谁、为什么看，请向本人核实。") % {"n": len(rows)}, table=table,
        crumbs=[Crumb(_("查询审计"), reverse("lookup-audit")), Crumb(officer)],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _days(request: HttpRequest) -> int:
    typed = request.GET.get("days", str(PERIODS[0]))
    if typed not in map(str, PERIODS):
        raise BadQuestion(_("“%(text)s”不是可选的时间，请从页上的几项里选") % {"text": typed})
    return int(typed)


def _day(request: HttpRequest) -> date:
    typed = request.GET.get("day", "")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise BadQuestion(_("“%(text)s”不是日期，应写成 2024-12-31 这样") % {"text": typed}) from None


def _periods(days: int) -> Choices:
    options = [Choice(_("近 %(n)s 天") % {"n": each}, f"?days={each}", each == days) for each in PERIODS]
    return Choices(_("看多久"), options)


def _lead(rows: Sequence[Unusual], days: int) -> str:
    said = _("近 %(days)s 天有 %(n)s 条要核实，涉及 %(officers)s 名工作人员。列在这里不等于违规。")
    return said % {"days": days, "n": len(rows), "officers": len({row.officer for row in rows})}


def _table(rows: Sequence[Unusual]) -> Table:
    made = [
        [Cell(str(row.day), f"{reverse('lookup-audit-day')}?{urlencode({'officer': row.officer, 'day': row.day})}"),
         text(row.officer), Cell(KINDS[row.kind], tone="warn"), count(row.times), Cell(_said(row))]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("日期"), "!" + _("工作人员"), _("为什么列出"), "#" + _("次数"), _("说明"))
    return Table(
        named, made, empty=_("打开得比同事多得多、夜间打开、打开亲属或同名人档案的会列在这里。"),
        caption=_("要核实的查询"), nothing=_("没有要核实的查询"),
    )  # fmt: skip


def _said(row: Unusual) -> str:
    if row.kind == MANY:
        named = {"n": row.times, "usual": row.usual}
        return _("一天打开 %(n)s 份，同事当天的中位数是 %(usual)s 份") % named
    if row.kind == KIN:
        return _("家里的 %(member)s 备案为本人亲属（%(relation)s）") % {"member": row.member, "relation": row.relation}
    if row.kind == NAMESAKE:
        return _("家里有与本人同名的 %(member)s") % {"member": row.member}
    return _("%(n)s 份在夜间打开") % {"n": row.times}


def _limits(limits: Limits, secrecy: str) -> Sequence[str]:
    """The limits in words, so that nobody wonders."""
    named = {"many": limits.many, "times": limits.times, "from": limits.night_from, "until": limits.night_until}
    return [
        _("一天打开 %(many)s 份以上并达到同事中位数 %(times)s 倍的，%(from)s 点到次日 %(until)s 点打开的，"
          "打开备案亲属或同名人档案的，都列出来；成批核对不算。这些线是可改的数据。") % named,
        _("知悉的个人信息要保密，非法查询与申请无关的个人信息要依法处理（%(clause)s）。") % {"clause": secrecy},
    ]  # fmt: skip
