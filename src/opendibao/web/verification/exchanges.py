"""核对名单: the lists that went to departments, one list with who stands in it, and its files."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.kernel.ids import mask_id_number
from opendibao.verification.privacy.exchange_queries import (
    ExchangeRow,
    ListLine,
    exchange,
    exchanges,
    lines_of,
    list_file,
)
from opendibao.verification.privacy.exchanges import subject_of
from opendibao.verification.sources import SOURCES
from opendibao.web.access import CONFIRMERS, may
from opendibao.web.clock import now_in_county
from opendibao.web.labels import DEPARTMENTS, EXCHANGE_FORMS
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Crumb, ListPage, Table, count, day, heads, text
from opendibao.web.verification.match_tabs import match_tabs


def exchange_list(request: HttpRequest) -> HttpResponse:
    """All lists, newest first."""
    rows = exchanges()
    found = pager(request, len(rows))
    waiting = sum(row.answer_id is None for row in rows)
    acts = [Crumb(_("制作名单"), reverse("make-exchange"))] if may(request, CONFIRMERS) else []
    page = ListPage(
        title=_("核对名单"), crumbs=[Crumb(_("今日工作"), reverse("today")), Crumb(_("核对名单"))], acts=acts,
        choices=[match_tabs(request, "exchanges")],
        lead=_("共 %(n)s 份，等部门答复 %(waiting)s 份。") % {"n": len(rows), "waiting": waiting},
        table=_lists(rows[found.offset : found.offset + ROWS_A_PAGE]),
        notes=[_("名单只列要核对的人，列入谁都有登记。用标识码的名单不写证件号码，密钥另外交给部门，只交付一次。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def one_exchange(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """One list: who stands in it, numbers masked, and what can be done with it."""
    row = known_exchange(exchange_id)
    lines = lines_of(row.id)
    found = pager(request, len(lines))
    page = ListPage(
        title=row.number, lead=_standing(row),
        crumbs=[Crumb(_("核对名单"), reverse("exchanges")), Crumb(row.number)],
        acts=list(_acts(request, row)), table=_persons(lines[found.offset : found.offset + ROWS_A_PAGE]),
        notes=list(_notes(row)),
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def exchange_workbook(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """The list as a workbook for the department: whole numbers, or tokens; whoever takes it is on record."""
    row = known_exchange(exchange_id)
    _on_record(row)
    lines = lines_of(row.id)
    table = _token_table(lines) if row.has_tokens else _clear_table(lines)
    return table_file(_("核对名单 %(number)s %(source)s") % {"number": row.number, "source": _source(row)}, table)


def exchange_ndjson(request: HttpRequest, exchange_id: int) -> HttpResponse:
    """The list as NDJSON for the department; whoever takes it is on record."""
    row = known_exchange(exchange_id)
    _on_record(row)
    response = HttpResponse(list_file(row, SOURCES[row.source].department), content_type="application/x-ndjson")
    name = quote(_("核对名单 %(number)s") % {"number": row.number} + ".ndjson")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def known_exchange(exchange_id: int) -> ExchangeRow:
    """A list. Raises Http404 where there is none in sight."""
    found = exchange(exchange_id)
    if found is None:
        raise Http404(f"没有核对名单 {exchange_id}")
    return found


def _on_record(row: ExchangeRow) -> None:
    record_view(subject_of(row.id), settings.OPENDIBAO_COUNTY, "导出核对名单", at=now_in_county())


def _source(row: ExchangeRow) -> str:
    return DEPARTMENTS.get(row.source, row.source)


def _lists(rows: Sequence[ExchangeRow]) -> Table:
    made = [
        [Cell(row.number, reverse("exchange", args=[row.id])), Cell(_source(row)), Cell(EXCHANGE_FORMS[row.form]),
         count(row.persons), day(row.made_on), text(row.made_by), _key(row), _answer(row)]
        for row in rows
    ]  # fmt: skip
    named = heads("!" + _("名单编号"), "!" + _("来源"), "!" + _("写的是"), "#" + _("人数"), "!" + _("制作日期"),
                  "!" + _("制作人"), _("密钥"), _("答复"))  # fmt: skip
    return Table(
        named, made, empty=_("要请部门按名单核对时，先在这里制作名单。"), caption=_("发给部门的名单"),
        nothing=_("还没有制作过名单"),
    )  # fmt: skip


def _key(row: ExchangeRow) -> Cell:
    if not row.has_tokens:
        return Cell(_("不用密钥"))
    if row.key_shown_on is None:
        return Cell(_("还没有交付"), tone="warn")
    return Cell(_("%(day)s 交给%(who)s") % {"day": row.key_shown_on, "who": row.key_given_to}, tone="ok")


def _answer(row: ExchangeRow) -> Cell:
    if row.answer_id is None:
        return Cell(_("按送达数据登记") if not row.has_tokens else _("等部门答复"))
    return Cell(_("%(day)s 答复 %(n)s 行") % {"day": row.answered_on, "n": row.answer_rows}, tone="ok")


def _standing(row: ExchangeRow) -> str:
    named = {"source": _source(row), "n": row.persons, "day": row.made_on, "who": row.made_by, "why": row.purpose}
    said = _("%(source)s，%(n)s 人，%(day)s 由%(who)s制作，用途：%(why)s。") % named
    return said + (_("写的是标识码。") if row.has_tokens else _("写的是证件号码。"))


def _acts(request: HttpRequest, row: ExchangeRow) -> Iterator[Crumb]:
    if not may(request, CONFIRMERS):
        return
    yield Crumb(_("下载名单（Excel）"), reverse("exchange-workbook", args=[row.id]))
    yield Crumb(_("下载名单（NDJSON）"), reverse("exchange-ndjson", args=[row.id]))
    if row.has_tokens and row.key_shown_on is None:
        yield Crumb(_("交付密钥"), reverse("hand-over-key", args=[row.id]))
    if row.has_tokens and row.answer_id is None:
        yield Crumb(_("登记答复"), reverse("answer-exchange", args=[row.id]))


def _notes(row: ExchangeRow) -> Iterator[str]:
    if row.has_tokens:
        yield _("名单和密钥走两条路：名单用文件传，密钥当面或打电话告诉对方。部门用密钥算出自己记录的标识码，"
                "与名单相符的才答复。")  # fmt: skip
    else:
        yield _("名单里有完整的证件号码，请用加密介质或专网传送，部门用完销毁。")
    yield _("页上只显示部分证件号码；下载名单有登记。")


def _persons(lines: Sequence[ListLine]) -> Table:
    made = [[count(line.line_no), text(line.name), text(mask_id_number(line.id_number)), count(len(line.tokens))]
            for line in lines]  # fmt: skip
    named = heads("#" + _("序号"), "!" + _("姓名"), _("证件号码"), "#" + _("标识码"))
    return Table(named, made, caption=_("名单里的人"))


def _clear_table(lines: Sequence[ListLine]) -> Table:
    sexes = {"male": _("男"), "female": _("女")}
    made = [[text(line.line_no), text(line.name), text(line.id_number), text(sexes[line.sex]), text(line.born)]
            for line in lines]  # fmt: skip
    return Table(heads(_("序号"), _("姓名"), _("证件号码"), _("性别"), _("出生日期")), made)


def _token_table(lines: Sequence[ListLine]) -> Table:
    made = [[text(line.line_no), Cell(" ".join(line.tokens))] for line in lines]
    return Table(heads(_("序号"), _("标识码")), made)
