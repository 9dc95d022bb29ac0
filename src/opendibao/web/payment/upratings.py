"""提标: the upratings of the county, one of them with its sums and families, and one family's difference explained."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.decision.refusal import DecisionRefused
from opendibao.decision.standard_change import StandardChange
from opendibao.decision.uprating_queries import (
    Difference,
    UpratingLineRow,
    UpratingRow,
    UpratingSum,
    difference,
    uprating,
    uprating_line_count,
    uprating_lines,
    uprating_sums,
    upratings,
    villages_to_deliver,
    waiting_for_review,
)
from opendibao.kernel.month import month_text
from opendibao.registry.queries import heads_of
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county
from opendibao.web.decision.approval_access import DELIVERERS
from opendibao.web.labels import AREAS, UPRATING_RESULTS, UPRATING_STATES, UPRATING_STEPS
from opendibao.web.paging import pager
from opendibao.web.payment.uprating_money import back_pay_part
from opendibao.web.places import places
from opendibao.web.standards_law import amount_words
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
    money,
    more,
    text,
)


def found_uprating(uprating_id: int) -> UpratingRow:
    """The uprating of an address. Raises Http404 where there is none."""
    found = uprating(uprating_id)
    if found is None:
        raise Http404(f"没有提标 {uprating_id}")
    return found


def all_upratings(request: HttpRequest) -> HttpResponse:
    """The upratings, the newest first."""
    table = Table(
        heads(_("执行月"), _("状态"), "#" + _("在保（户）"), "#" + _("增发（户）"), "#" + _("转复核（户）"),
              "#" + _("提标前（元/月）"), "#" + _("提标后（元/月）"), "#" + _("相差（元/月）"), "!" + _("批准日期")),
        [[Cell(month_text(row.effective_month), reverse("uprating", args=[row.id])), text(UPRATING_STATES[row.state]),
          count(row.households), count(row.increased), count(row.to_review), money(row.before_fen),
          money(row.after_fen), more(row.difference_fen), day(row.approved_on)] for row in upratings()],
        caption=_("提标"), nothing=_("还没有办过提标"),
        empty=_("新标准排定以后，在这里编制：全县在保家庭按新标准重新核算，另一人批准后每户一个决定。"),
    )  # fmt: skip
    acts = [Crumb(_("编制提标"), reverse("prepare-uprating"))] if may(request, CONFIRMERS) else []
    crumbs = [Crumb(_("发放批次"), reverse("pay-runs")), Crumb(_("提标"))]
    lead = _("标准调整后，全县在保家庭从执行月起按新标准发；晚办的月份另行补差。")
    return render(request, "web/rows.html", {"page": ListPage(_("提标"), lead, table, crumbs, acts=acts)})


def one_uprating(request: HttpRequest, uprating_id: int) -> HttpResponse:
    """One uprating: the numbers it rests on, the month before and after, its families, and what is owed besides."""
    row, result = found_uprating(uprating_id), request.GET.get("result", "")
    if result and result not in UPRATING_RESULTS:
        raise BadQuestion(_("没有“%(text)s”这种结果，请从列出的里面选") % {"text": result})
    found = pager(request, uprating_line_count(uprating_id, result=result))
    lines = uprating_lines(uprating_id, result=result, offset=found.offset)
    return render(request, "web/uprating.html", {
        "row": row, "state": UPRATING_STATES[row.state], "basis": _basis(row.changes), "sums": _sums(row),
        "table": _families(row, lines), "pager": found, "choices": _choices(row, result),
        "money": back_pay_part(request, row), "waiting": _waiting(row),
        "may_decide": row.state == "prepared" and may(request, CONFIRMERS),
        "may_deliver": bool(row.state == "approved" and may(request, DELIVERERS) and villages_to_deliver(uprating_id)),
        "crumbs": [Crumb(_("提标"), reverse("upratings")), Crumb(month_text(row.effective_month))],
    })  # fmt: skip


def uprating_way(row: UpratingRow) -> list[Crumb]:
    """From the list of upratings to one of them."""
    return [
        Crumb(_("提标"), reverse("upratings")),
        Crumb(month_text(row.effective_month), reverse("uprating", args=[row.id])),
    ]


def _waiting(row: UpratingRow) -> int:
    return len(waiting_for_review(row.id)) if row.state == "approved" and row.to_review else 0


def _basis(changes: Sequence[StandardChange]) -> Table:
    return Table(
        heads(_("参数"), "!" + _("起始日"), "#" + _("原来"), "#" + _("现在"), _("依据"), "!" + _("核对")),
        [[Cell(one.zh, reverse("standard", args=[one.path])), day(one.since), Cell(amount_words(one.before, one.unit)),
          Cell(amount_words(one.after, one.unit)), text(one.source),
          Cell(_("已核对"), tone="ok") if one.is_verified else Cell(_("未与原文核对"), tone="warn")]
         for one in changes],
        caption=_("所依据的标准调整"),
    )  # fmt: skip


def _sums(row: UpratingRow) -> Table:
    rows = uprating_sums(row.id)
    return Table(
        heads(_("城乡"), _("结果"), "#" + _("户"), "#" + _("人"), "#" + _("提标前（元/月）"),
              "#" + _("标准带来（元/月）"), "#" + _("年龄等带来（元/月）"), "#" + _("提标后（元/月）")),
        [[text(AREAS[one.area]), text(UPRATING_RESULTS[one.result]), *_figures([one])] for one in rows],
        [text(_("合计")), text(""), *_figures(rows)], caption=_("相差的钱从哪里来"),
    )  # fmt: skip


def _figures(rows: Sequence[UpratingSum]) -> list[Cell]:
    return [
        count(sum(one.households for one in rows)), count(sum(one.persons for one in rows)),
        money(sum(one.before_fen for one in rows)), more(sum(one.by_standard_fen for one in rows)),
        more(sum(one.by_age_fen for one in rows)), money(sum(one.after_fen for one in rows)),
    ]  # fmt: skip


def _choices(row: UpratingRow, current: str) -> Choices:
    numbers = {
        "increase": row.increased, "reduce": row.reduced, "keep": row.kept, "review": row.to_review, "ended": row.ended,
    }  # fmt: skip
    here = reverse("uprating", args=[row.id])
    options = [Choice(_("全部"), here, not current)]
    options += [
        Choice(f"{UPRATING_RESULTS[key]} {number:,}", f"{here}?result={key}", key == current)
        for key, number in numbers.items()
        if number
    ]
    return Choices(_("按结果看"), options)


def _families(row: UpratingRow, lines: Sequence[UpratingLineRow]) -> Table:
    names, where = heads_of([one.household for one in lines]), places()
    return Table(
        heads(_("家庭"), _("村社区"), _("结果"), "#" + _("原来（元/月）"), "#" + _("现在（元/月）"),
              "#" + _("相差（元/月）"), _("说明")),
        [[Cell(names.get(one.household, one.household), reverse("uprating-line", args=[row.id, one.id])),
          text(where.full(one.division)), text(UPRATING_RESULTS[one.result]), money(one.former_fen),
          money(one.amount_fen) if one.amount_fen else text(""),
          more(one.amount_fen - one.former_fen) if one.amount_fen else text(""), text(one.reason)] for one in lines],
        caption=_("逐户结果"), nothing=_("没有这样的家庭"),
    )  # fmt: skip


def uprating_line(request: HttpRequest, uprating_id: int, line_id: int) -> HttpResponse:
    """One family's difference, step by step."""
    row = found_uprating(uprating_id)
    line = next((one for one in uprating_lines(uprating_id, line=line_id)), None)
    if line is None:
        raise Http404(f"提标 {uprating_id} 没有明细 {line_id}")
    record_view(line.household, line.division, "提标明细", at=now_in_county())
    head = heads_of([line.household]).get(line.household, line.household)
    told, unknown = _difference(line_id)
    return render(request, "web/uprating_line.html", {
        "row": row, "line": line, "head": head, "place": places().full(line.division),
        "result": UPRATING_RESULTS[line.result], "steps": _steps(told) if told else None,
        "basis": _basis(told.changes) if told else None,
        "unknown": unknown, "crumbs": [*uprating_way(row), Crumb(head)],
    })  # fmt: skip


def _difference(line_id: int) -> tuple[Difference | None, str]:
    """The difference step by step; else why it cannot be told any more ("" where the rules gave no amount)."""
    try:
        return difference(line_id), ""
    except DecisionRefused as refusal:
        return None, str(refusal)


def _steps(told: Difference) -> Table:
    return Table(
        heads(_("一步"), "#" + _("按原标准（元）"), "#" + _("按新标准（元）"), "#" + _("相差（元）")),
        [[text(UPRATING_STEPS[step.name]), money(step.before_fen), money(step.after_fen), more(step.difference_fen)]
         for step in told.steps],
        caption=_("同一天、同样的情况，按两个标准各算一遍"),
    )  # fmt: skip
