"""评价资料页: the list of documents by kind, which of them have come, and the list as a workbook."""

from collections.abc import Sequence
from io import BytesIO
from urllib.parse import quote

import xlsxwriter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opendibao.evaluation.materials import Material, material, materials
from opendibao.web.access import EVALUATORS, may
from opendibao.web.asking import Asked
from opendibao.web.county import asked_of
from opendibao.web.downloads import KINDS as FILE_KINDS
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.goals import parts
from opendibao.web.labels import MATERIAL_KINDS
from opendibao.web.tables import Cell, Crumb, Table, day, heads, text

WIDTHS = (10, 44, 22, 12, 20, 12, 24)


def materials_page(request: HttpRequest) -> HttpResponse:
    """The list of a year."""
    question = asked_of(request)
    listed = materials(question.year, settings.OPENDIBAO_COUNTY)
    may_write = may(request, EVALUATORS)
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "goals", question.year),
        "parts": parts(request, "materials", question),
        "lead": count_words(listed),
        "table": materials_table(listed, acts=may_write),
        "is_empty": not listed,
        "may_write": may_write,
        "crumbs": [*way_to_materials(question)[:-1], Crumb(_("评价资料"))],
    }
    return render(request, "web/materials.html", shown)


def way_to_materials(question: Asked, *further: Crumb) -> list[Crumb]:
    """The way to a page about the documents."""
    tail = f"?year={question.year}"
    return [
        Crumb(_("绩效评价"), reverse("evaluation") + tail), Crumb(_("评价资料"), reverse("materials") + tail), *further,
    ]  # fmt: skip


def found_material(material_id: int) -> Material:
    """One document; raises Http404."""
    found = material(material_id)
    if found is None:
        raise Http404(f"没有资料 {material_id}")
    return found


def count_words(listed: Sequence[Material]) -> str:
    """How many documents are on the list, how many of each kind have come."""
    kept = [one for one in listed if not one.is_withdrawn]
    if not kept:
        return ""
    came = sum(one.received_on is not None for one in kept)
    said = _("%(n)d 份，收到 %(came)d 份，还缺 %(missing)d 份") % {
        "n": len(kept), "came": came, "missing": len(kept) - came,
    }  # fmt: skip
    kinds = []
    for kind, words in MATERIAL_KINDS.items():
        own = [one for one in kept if one.kind == kind]
        if own:
            kinds.append(f"{words} {sum(one.received_on is not None for one in own)}/{len(own)}")
    return said + _("（") + _("，").join(kinds) + _("）。")


def materials_table(listed: Sequence[Material], *, acts: bool) -> Table:
    """The list; with `acts` each row leads to what can be done to it."""
    rows = []
    for one in listed:
        name = Cell(one.title, reverse("change-material", args=[one.pk])) if acts else Cell(one.title)
        rows.append(
            [name, Cell(MATERIAL_KINDS[one.kind]), text(one.document_number), day(one.issued_on), text(one.provider),
             state_cell(one), *(_ways(one) if acts else [])]
        )  # fmt: skip
    named = [_("名称"), "!" + _("种类"), _("文号"), "!" + _("发文日期"), _("提供单位"), "!" + _("收到")]
    return Table(
        heads(*named, *(["!" + _("办理"), "!" + _("采用")] if acts else [])), rows, caption=_("评价资料"),
        nothing=_("还没有列资料"), empty=_("列上政策文件、数据资料、项目报告，收到一份登记一份，缺哪份一看就知道。"),
    )  # fmt: skip


def state_cell(one: Material) -> Cell:
    """Whether it is here."""
    if one.is_withdrawn:
        return Cell(_("不再采用"))
    return Cell(str(one.received_on), tone="ok") if one.received_on else Cell(_("还没有收到"), tone="warn")


def _ways(one: Material) -> list[Cell]:
    if one.is_withdrawn:
        return [Cell(""), Cell(pgettext("按钮", "恢复"), reverse("restore-material", args=[one.pk]))]
    came = (
        Cell(_("撤销收到"), reverse("return-material", args=[one.pk]))
        if one.received_on
        else Cell(_("登记收到"), reverse("receive-material", args=[one.pk]))
    )
    return [came, Cell(_("不再采用"), reverse("withdraw-material", args=[one.pk]))]


def materials_file(request: HttpRequest) -> HttpResponse:
    """The list as a workbook."""
    question = asked_of(request)
    listed = materials(question.year, settings.OPENDIBAO_COUNTY)
    name = _("%(year)s 年度评价资料清单") % {"year": question.year}
    response = HttpResponse(_workbook(listed), content_type=FILE_KINDS[".xlsx"][1])
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def _workbook(listed: Sequence[Material]) -> bytes:
    """All documents as text cells; a name that begins with = is never a formula."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        page, bold = book.add_worksheet(_("评价资料")), book.add_format({"bold": True})
        for column, head in enumerate(
            (_("种类"), _("名称"), _("文号"), _("发文日期"), _("提供单位"), _("收到日期"), _("备注"))
        ):
            page.write_string(0, column, head, bold)
            page.set_column(column, column, WIDTHS[column])
        for number, one in enumerate(listed, 1):
            for column, cell in enumerate(_cells(one)):
                page.write_string(number, column, cell)
        page.freeze_panes(1, 0)
    return made.getvalue()


def _cells(one: Material) -> tuple[str, ...]:
    missing = "" if one.received_on else _("还没有收到")
    return (
        MATERIAL_KINDS[one.kind], one.title, one.document_number, str(one.issued_on or ""), one.provider,
        str(one.received_on or ""), _("不再采用") if one.is_withdrawn else missing,
    )  # fmt: skip
