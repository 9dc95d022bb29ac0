"""近亲属备案办理: the register of members who are near relatives of officials, its entry and its workbook."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.decision.relatives_register import RelativeRow, relatives, relatives_count, relatives_of
from opendibao.intake.official_relatives import LENGTHS, register_relative
from opendibao.intake.states import ENDED
from opendibao.kernel.duties import CASEWORK
from opendibao.registry.queries import members_on
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.context import today_in_county
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.intake.case_ways import case_facts, done_at, found_case, subject_of, way_to_case
from opendibao.web.paging import pager
from opendibao.web.places import places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Crumb, ListPage, Table, day, heads, household, text

NOTERS = CASEWORK


def _form(names: Sequence[str]) -> type[ActForm]:
    class RelativeForm(ActForm):
        """Who is related to whom."""

        member = Pick(gettext_lazy("家庭成员"), {name: name for name in names})
        official = Words(gettext_lazy("工作人员姓名"), LENGTHS["official"][1])
        post = Words(
            gettext_lazy("职务"), LENGTHS["post"][1], hint=gettext_lazy("低保经办人员，或者村（居）民委员会成员")
        )
        relation = Words(gettext_lazy("亲属关系"), LENGTHS["relation"][1], hint=gettext_lazy("例如：兄弟、父子、岳父"))

    return RelativeForm


@takes_a_form
def registered_relative(request: HttpRequest, case_id: int) -> HttpResponse:
    """登记近亲属备案."""
    file, now = found_case(case_id), today_in_county()
    names = [one.name for one in members_on(file.household_id, now)]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        said = {name: given[name] for name in ("member", "official", "post", "relation")}
        register_relative(case_id, **said, on=now, at=at)
        return done_at(file, _("已单独备案；县民政局要入户核查后才能确认。"), "relatives")

    return answer(
        request,
        Act(
            title=_("登记近亲属备案"), button=_("单独备案"), form=_form(names), do=do, way=way_to_case(file),
            subject=subject_of(file), values=lambda: _now(case_id), facts=case_facts(file),
            closed=_("案件已办结，不能再备案。") if file.state in ENDED else "",
            notes=[_("成员和低保经办人员或者村（居）委会成员是近亲属的，单独备案（57号第十一条），县里必须入户（第二十条）。")],
        ),
    )  # fmt: skip


def official_relatives(request: HttpRequest) -> HttpResponse:
    """近亲属备案登记簿."""
    found = pager(request, relatives_count())
    lead = _("%(n)s 条。县民政局入户核查后才能确认（57号第十一条、第二十条）。") % {"n": f"{found.rows:,}"}
    acts = [Crumb(_("导出 Excel"), reverse("relatives-file"))] if found.rows else []
    page = ListPage(
        _("近亲属备案登记簿"), lead, _table(relatives(offset=found.offset)), choices=[case_tabs("relatives")], acts=acts
    )
    return render(request, "web/rows.html", {"page": page, "pager": found})


def relatives_file(request: HttpRequest) -> HttpResponse:
    """The whole register as a workbook."""
    return table_file(_("近亲属备案登记簿 %(day)s") % {"day": today_in_county()}, _table(relatives(limit=None)))


def _table(rows: Sequence[RelativeRow]) -> Table:
    names = places()
    cells = [
        [day(row.registered_on), Cell(row.case, reverse("case", args=[row.case_id])), household(row.household),
         text(names.full(row.division)), text(row.member), text(row.official), text(row.post), text(row.relation),
         text(row.registered_by), _visited(row)]
        for row in rows
    ]  # fmt: skip
    named = heads(
        "!" + _("备案"), "!" + _("案号"), "!" + _("户编号"), _("村社区"), "!" + _("家庭成员"), "!" + _("工作人员"),
        _("职务"), "!" + _("亲属关系"), "!" + _("备案人"), "!" + _("县级入户"),
    )  # fmt: skip
    return Table(
        named, cells, caption=_("近亲属备案"), nothing=_("还没有备案"),
        empty=_("家庭成员和经办人员、村干部是近亲属的，登记后列在这里。"),
    )  # fmt: skip


def _visited(row: RelativeRow) -> Cell:
    if row.visited_on:
        return Cell(str(row.visited_on), tone="ok")
    return text("") if row.state in ENDED else Cell(_("等县里入户"), tone="warn")


def _now(case_id: int) -> dict[str, str]:
    rows = relatives_of(case_id)
    return {"official": _("、").join(row.official for row in rows)} if rows else {}
