"""谁查过这家人: what was asked about a family, when, by whom and on what right, to be shown and printed for it."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.policy.reader import pack_of_division
from opendibao.registry.queries import household as household_of
from opendibao.registry.queries import members_on
from opendibao.verification.privacy.queries import (
    LookupRow,
    Opening,
    counts_of_household,
    lookups_of_household,
    openings_of_household,
)
from opendibao.web.clock import COUNTY_TIME, now_in_county, today_in_county
from opendibao.web.labels import DEPARTMENTS, LOOKUP_PURPOSES
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Crumb, Table, count, heads, text


def household_lookups(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked about a family and who opened its file, page by page; to look is itself on record."""
    found, now = household_of(number), now_in_county()
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    record_view(number, found.division, "查询登记", at=now)
    counts = counts_of_household(found.id)
    paged = pager(request, counts.questions)
    rows = lookups_of_household(found.id, limit=ROWS_A_PAGE, offset=paged.offset)
    members = members_on(found.id, today_in_county())
    shown = {
        "number": number,
        "head": next((row.name for row in members if row.relation == "head"), number),
        "counts": counts,
        "pager": paged,
        "table": _table(rows, found.division),
        "openings": _openings(openings_of_household(found.id, number)),
        "printed": now,
        "secrecy": pack_of_division(found.division).word("lookup.secrecy", now.date()),
        "crumbs": [Crumb(_("家庭 %(number)s") % {"number": number}, reverse("household", args=[number])),
                   Crumb(_("谁查过这家人"))],
        "file": reverse("household-lookups-file", args=[number]),
    }  # fmt: skip
    return render(request, "web/household_lookups.html", shown)


def household_lookups_file(request: HttpRequest, number: str) -> HttpResponse:
    """All that was asked about a family, as a workbook."""
    found = household_of(number)
    if found is None:
        raise Http404(f"没有家庭“{number}”")
    record_view(number, found.division, "查询登记", at=now_in_county())
    rows = lookups_of_household(found.id)
    return table_file(_("查询登记 %(number)s") % {"number": number}, _table(rows, found.division))


def _table(rows: Sequence[LookupRow], division: str) -> Table:
    made = [
        [Cell(f"{localtime(row.at, COUNTY_TIME):%Y-%m-%d %H:%M}"), text(row.person),
         Cell(_("、").join(DEPARTMENTS.get(source, source) for source in row.sources)),
         Cell(LOOKUP_PURPOSES[row.purpose], reverse("case", args=[row.case_id]) if row.case_id else ""),
         Cell(right_words(row, division)), text(row.officer)]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("时间"), "!" + _("查谁"), _("问了哪些部门"), _("为什么查"), _("凭什么查"), "!" + _("谁查的"))
    return Table(
        named, made, empty=_("提请核对、定期核查时，问了谁、问了哪个部门会记在这里。"), caption=_("向部门查询的登记"),
        nothing=_("还没有向部门查询过"),
    )  # fmt: skip


def right_words(row: LookupRow, division: str) -> str:
    """The authorisation a question rests on, with its clause of that day; or the clause alone."""
    pack = pack_of_division(division)
    if row.signer:
        who = row.signer if row.signer == row.person else _("%(who)s（家庭成员）") % {"who": row.signer}
        named = {"who": who, "day": row.signed_on, "clause": pack.word("lookup.ground_consent", row.asked_on)}
        return _("%(who)s %(day)s 签的核对授权书（%(clause)s）") % named
    if row.ground:
        return _("在保家庭定期核查（%(clause)s）") % {"clause": pack.word("lookup.ground_review", row.asked_on)}
    return _("办理案件 %(number)s") % {"number": row.case}


def _openings(rows: Sequence[Opening]) -> Table:
    made = [[Cell(str(row.day)), text(row.officer), text(row.page), count(row.times)] for row in rows]
    named = heads("!" + _("日期"), "!" + _("谁打开的"), _("打开了什么"), "#" + _("次"))
    return Table(named, made, empty=_("工作人员打开这家人的页面和案卷会记在这里。"), caption=_("打开档案的登记"),
                 nothing=_("还没有人打开过"))  # fmt: skip
