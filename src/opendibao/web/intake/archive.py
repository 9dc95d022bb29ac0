"""档案的页: the files of the township, what is missing or lent, and one file with its contents."""

from datetime import date
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.audit.actions import record_view
from opendibao.intake.archive_queries import (
    STATES,
    Archive,
    ArchiveRow,
    ItemRow,
    LoanRow,
    archive,
    archives,
    archives_count,
    items_of,
    loans_of,
)
from opendibao.kernel.duties import Duty
from opendibao.kernel.ids import township_of
from opendibao.registry.queries import heads_of
from opendibao.reporting.archive_contents import archive_paper
from opendibao.web.access import may
from opendibao.web.asking import BadQuestion
from opendibao.web.clock import now_in_county, today_in_county
from opendibao.web.intake.case_tabs import case_tabs
from opendibao.web.paging import pager
from opendibao.web.places import Places, places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, day, heads, household, text

KEEPERS = frozenset({Duty.ACCEPT, Duty.CONFIRM})
"""Who keeps the files."""
WHICH = {
    "": gettext_lazy("全部"), "open": gettext_lazy("在办卷"), "unchecked": gettext_lazy("未核对页数"),
    "lent": gettext_lazy("借出"), "overdue": gettext_lazy("逾期未还"), "closed": gettext_lazy("已归档"),
}  # fmt: skip
FORM_WORDS = {"original": gettext_lazy("原件"), "copy": gettext_lazy("复印件"), "scan": gettext_lazy("扫描件")}
LONGEST = 60


def archive_list(request: HttpRequest) -> HttpResponse:
    """The files, by state and by what is searched for."""
    state, sought, today = *_asked(request), today_in_county()
    found = pager(request, archives_count(today, state=state, sought=sought))
    rows = archives(today, state=state, sought=sought, offset=found.offset)
    tail = f"&{urlencode({'sought': sought})}" if sought else ""
    options = [Choice(str(words), f"?state={key}{tail}", key == state) for key, words in WHICH.items()]
    page = ListPage(
        _("一户一档"), _("%(n)s 卷。每户一份，材料入卷、核对页数、年底归档编号，借出要还。") % {"n": f"{found.rows:,}"},
        _table(rows, today), acts=[Crumb(_("下载清单"), f"{reverse('archives-file')}?state={state}{tail}")],
        choices=[case_tabs("archives"), Choices(_("哪些档案"), options)],
    )  # fmt: skip
    return render(request, "web/archives.html", {"page": page, "pager": found, "sought": sought, "state": state})


def archives_file(request: HttpRequest) -> HttpResponse:
    """The same list whole, as a workbook."""
    state, sought = _asked(request)
    today = today_in_county()
    return table_file(_("档案清单"), _table(archives(today, state=state, sought=sought, limit=None), today))


def _asked(request: HttpRequest) -> tuple[str, str]:
    """State and search. Raises BadQuestion."""
    state, sought = request.GET.get("state", ""), request.GET.get("sought", "").strip()
    if state not in STATES:
        raise BadQuestion(_("没有“%(state)s”这种档案，请从列出的里面选") % {"state": state})
    if len(sought) > LONGEST or "\x00" in sought:
        raise BadQuestion(_("要找的内容太长，请输入户编号、档号或者存放位置"))
    return state, sought


def _table(rows: list[ArchiveRow], today: date) -> Table:
    names = places()
    return Table(
        heads("!" + _("档案"), _("户编号"), _("村社区"), "!" + _("档号"), _("存放位置"), "#" + _("材料"),
              "#" + _("页数"), "!" + _("核对"), "!" + _("借阅"), "!" + _("保管期至")),
        [_row(row, names, today) for row in rows], caption=_("档案"), nothing=_("这里没有档案"),
        empty=_("在家庭页点“立档”，这一户的档案就列在这里。"),
    )  # fmt: skip


def _row(row: ArchiveRow, names: Places, today: date) -> list[Cell]:
    state = Cell(_("已归档"), tone="ok") if row.closed_on else _checked(row)
    return [
        Cell(_("第 %(n)d 卷") % {"n": row.volume}, reverse("archive", args=[row.id])), household(row.household),
        text(names.full(row.division)), Cell(row.number), text(row.location), count(row.items), count(row.pages), state,
        _lent(row.borrower, row.due_on, today), day(row.keep_until),
    ]  # fmt: skip


def _checked(row: ArchiveRow) -> Cell:
    if row.checked_on is None:
        return Cell(_("还没有核对"), tone="warn")
    if row.counted != row.pages:
        return Cell(_("差 %(n)d 页，要再核对") % {"n": abs(row.counted - row.pages)}, tone="bad")
    return Cell(_("%(day)s 相符") % {"day": row.checked_on}, tone="ok")


def _lent(borrower: str, due_on: date | None, today: date) -> Cell:
    if due_on is None:
        return Cell("")
    said = {"who": borrower, "day": due_on}
    if due_on < today:
        return Cell(_("%(who)s，应于 %(day)s 归还，逾期") % said, tone="bad")
    return Cell(_("%(who)s，%(day)s 前归还") % said, tone="warn")


def found_archive(archive_id: int) -> Archive:
    """One file; raises Http404."""
    found = archive(archive_id)
    if found is None:
        raise Http404(f"没有档案 {archive_id}")
    return found


def way_to_archive(file: Archive) -> list[Crumb]:
    """Back to a file."""
    return [Crumb(_("一户一档"), reverse("archives")), Crumb(name_of(file), reverse("archive", args=[file.id]))]


def name_of(file: Archive) -> str:
    """A file in words."""
    return _("%(household)s 第 %(n)d 卷") % {"household": file.household, "n": file.volume}


def one_archive(request: HttpRequest, archive_id: int) -> HttpResponse:
    """One file: where it stands, what lies in it, who had it, and what can be done."""
    file = found_archive(archive_id)
    record_view(file.subject, file.division, "档案", at=now_in_county())
    items, loans = items_of(archive_id), loans_of(archive_id)
    is_out, may_keep = any(loan.returned_on is None for loan in loans), may(request, KEEPERS)
    shown = {
        "title": _("档案 %(name)s") % {"name": name_of(file)}, "file": file, "place": places().full(file.division),
        "head": heads_of([file.household]).get(file.household, ""),
        "crumbs": [Crumb(_("一户一档"), reverse("archives")), Crumb(name_of(file))],
        "pages": sum(item.pages for item in items if not item.withdrawn_on),
        "count": sum(not item.withdrawn_on for item in items),
        "contents": _contents(items, may_take_out=may_keep and not file.closed_on), "loans": _loans(loans),
        "acts": _acts(file, is_out=is_out) if may_keep else [],
    }  # fmt: skip
    return render(request, "web/archive.html", shown)


def _acts(file: Archive, *, is_out: bool) -> list[Crumb]:
    lent = ("return-archive", _("登记归还")) if is_out else ("lend-archive", _("借出"))
    ways = [lent]
    if not file.closed_on:
        ways = [("fill-archive", _("从案件放入材料")), ("add-paper", _("手工放入一份")),
                ("check-archive", _("核对页数")), ("close-archive", _("归档编号")), lent]  # fmt: skip
    return [Crumb(words, reverse(route, args=[file.id])) for route, words in ways]


def _contents(items: list[ItemRow], *, may_take_out: bool) -> Table:
    rows = [
        [count(row.sequence), text(row.title), day(row.dated_on), count(row.pages), text(FORM_WORDS[row.form]),
         _of_case(row), _out(row, may=may_take_out)]
        for row in items
    ]  # fmt: skip
    return Table(
        heads("#" + _("序号"), _("题名"), "!" + _("材料日期"), "#" + _("页数"), "!" + _("形式"), "!" + _("案件"),
              _("抽出")),
        rows, caption=_("卷内目录"), nothing=_("卷里还没有材料"),
        empty=_("点“从案件放入材料”，申请、授权、调查、评议、公示、决定和发放凭证会自动列出来。"),
    )  # fmt: skip


def _of_case(row: ItemRow) -> Cell:
    """The case a paper is of; a scan lies among its attachments."""
    if not row.case_id:
        return text("")
    return Cell(row.case, reverse("case", args=[row.case_id]) + ("#attachments" if row.form == "scan" else ""))


def _out(row: ItemRow, *, may: bool) -> Cell:
    if row.withdrawn_on:
        return Cell(_("%(day)s 抽出：%(why)s") % {"day": row.withdrawn_on, "why": row.withdrawn_reason}, tone="warn")
    return Cell(_("抽出"), reverse("take-out-paper", args=[row.id])) if may else Cell("")


def _loans(loans: list[LoanRow]) -> Table:
    rows = [
        [day(row.lent_on), text(row.borrower), text(row.unit), text(row.purpose), text(row.lent_by), day(row.due_on),
         day(row.returned_on), text(row.returned_to)]
        for row in loans
    ]  # fmt: skip
    return Table(
        heads("!" + _("借出"), _("借阅人"), _("单位"), _("用途"), _("经办人"), "!" + _("应还"), "!" + _("归还"),
              _("收回人")),
        rows, caption=_("借阅记录"), nothing=_("没有借出过"), empty=_("谁借、为什么借、什么时候还，都记在这里。"),
    )  # fmt: skip


def archive_print(request: HttpRequest, archive_id: int) -> HttpResponse:
    """卷皮和卷内目录, on A4."""
    file, names = found_archive(archive_id), places()
    record_view(file.subject, file.division, "档案", at=now_in_county())
    made = archive_paper(
        file, items_of(archive_id), head=heads_of([file.household]).get(file.household, ""),
        place=names.full(file.division), office=names.full(township_of(file.division)),
    )  # fmt: skip
    response = HttpResponse(made, content_type="application/pdf")
    name = quote(_("卷内目录 %(name)s") % {"name": f"{file.household}-{file.volume}"})
    response.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{name}.pdf"
    return response
