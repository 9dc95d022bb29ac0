"""上报清单: what waits for the superior system, by township and by the days that are left."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.decision.outbox_queries import (
    EntryLine,
    entries_by_township,
    entry_lines,
    entry_lines_count,
)
from opendibao.kernel.ids import is_division, reach_of
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import today_in_county
from opendibao.web.decision.outbox_words import (
    CORRECTORS,
    SENDERS,
    STATES,
    left_words,
    state_cell,
    tabs,
)
from opendibao.web.labels import DECISIONS
from opendibao.web.paging import pager
from opendibao.web.places import Places, places
from opendibao.web.table_files import table_file
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
    household,
    text,
)


def outbox(request: HttpRequest) -> HttpResponse:
    """Decisions on their way into the superior system."""
    state, division, today = *_asked(request), today_in_county()
    reach = reach_of(division) if division else ""
    found = pager(request, entry_lines_count(state=state, reach=reach))
    may_correct = may(request, CORRECTORS)
    table = _table(entry_lines(state=state, reach=reach, offset=found.offset), today, may_correct=may_correct)
    within = f"&division={division}" if division else ""
    states = [Choice(str(words), f"?state={key}{within}", key == state) for key, words in STATES.items()]
    where = _("%(place)s：") % {"place": places().full(division)} if division else ""
    lead = where + _("%(n)s 条。每个决定在期限内报上去、拿到回执才算录入；撤销的决定不上报。") % {
        "n": f"{found.rows:,}"
    }
    acts = [Crumb(_("下载清单"), f"{reverse('outbox-list')}?state={state}{within}")]
    if may(request, SENDERS):
        made = Crumb(_("生成上报文件"), reverse("make-reporting-file") + (f"?division={division}" if division else ""))
        acts = [made, Crumb(_("导入回执"), reverse("import-receipts")), *acts]
    page = ListPage(
        _("上报上级系统"), lead, table, acts=acts, choices=[tabs("outbox"), Choices(_("哪些事项"), states)],
        breakdown=_towns(today, state),
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def outbox_list(request: HttpRequest) -> HttpResponse:
    """The same list whole, as a workbook."""
    state, division = _asked(request)
    lines = entry_lines(state=state, reach=reach_of(division) if division else "", limit=None)
    return table_file(_("上报清单"), _table(lines, today_in_county(), may_correct=False))


def _asked(request: HttpRequest) -> tuple[str, str]:
    """State and place. Raises BadQuestion."""
    state, division = request.GET.get("state", ""), request.GET.get("division", "")
    if state not in STATES:
        raise BadQuestion(_("没有“%(state)s”这种上报状态，请从列出的里面选") % {"state": state})
    if division and not is_division(division):
        raise BadQuestion(_("“%(code)s”不是区划代码，请从列出的乡镇里选") % {"code": division})
    return state, division


def _table(lines: list[EntryLine], today: date, *, may_correct: bool) -> Table:
    names = places()
    return Table(
        heads("!" + _("决定"), _("户编号"), _("村社区"), _("种类"), "!" + _("决定日期"), "!" + _("期限"),
              "!" + _("还剩"),
              "!" + _("状态"), _("回执或退回原因"), "!" + _("上报文件")),
        [_line(line, names, today, may_correct=may_correct) for line in lines],
        caption=_("上报事项"), nothing=_("这里没有上报事项"), empty=_("每个决定都会在这里排队，等着报给上级系统。"),
    )  # fmt: skip


def _line(line: EntryLine, names: Places, today: date, *, may_correct: bool) -> list[Cell]:
    state = state_cell(line, today)
    if line.state == "returned" and may_correct:
        state = Cell(_("退回，去改正"), reverse("correct-return", args=[line.decision_id]), tone="bad")
    return [
        text(line.decision), household(line.household), text(names.full(line.division)), text(DECISIONS[line.kind]),
        day(line.happened_on), day(line.due_on), Cell(left_words(line, today)), state,
        Cell(line.receipt or line.reason), Cell(line.file),
    ]  # fmt: skip


def _towns(today: date, state: str) -> Table:
    names = places()
    rows = [
        [Cell(names.full(row.township), f"?state={state}&division={row.township}"), count(row.waiting),
         count(row.returned), count(row.sent), count(row.overdue)]
        for row in entries_by_township(today)
    ]  # fmt: skip
    return Table(
        heads(_("乡镇"), "#" + _("等上报"), "#" + _("退回"), "#" + _("等回执"), "#" + _("超期")), rows,
        caption=_("按乡镇"), nothing=_("都已接收"), empty=_("没有拿到回执的事项按乡镇数在这里。"),
    )  # fmt: skip
