"""来源的列: what a department is asked to deliver, column by column, an empty workbook and a sample to give to it."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.verification.deliveries.workbooks import layout_rows, sample_file, template_workbook
from opendibao.verification.sources import SOURCES
from opendibao.verification.sources.adapter import Source
from opendibao.web.context import today_in_county
from opendibao.web.downloads import KINDS
from opendibao.web.labels import DEPARTMENTS
from opendibao.web.tables import Cell, Crumb, ListPage, Table, heads, text

CSV = "text/csv; charset=utf-8"


def source_layout(request: HttpRequest, source: str) -> HttpResponse:
    """The columns of a source."""
    known, name = _known(source), DEPARTMENTS[source]
    rows = [[Cell(zh), text(also), text(said), text(needed), text(width)]
            for zh, also, said, needed, width in layout_rows(known)]  # fmt: skip
    named = heads("!" + _("列名"), _("也认得的列名"), _("填什么"), _("必须有内容"), "#" + _("定长文本字节数"))
    acts = [Crumb(_("空表（Excel）"), reverse("source-template", args=[source]))]
    if sample_file(known):
        acts.append(Crumb(_("样例（CSV）"), reverse("source-sample", args=[source])))
    page = ListPage(
        title=_("%(source)s的列和样例") % {"source": name}, lead=_lead(known), acts=acts,
        crumbs=[Crumb(_("送达数据"), reverse("deliveries")), Crumb(name)],
        table=Table(named, rows, caption=_("要送的列")), notes=_notes(known),
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page})


def source_template(request: HttpRequest, source: str) -> HttpResponse:
    """The empty workbook of a source."""
    name = _("%(source)s空表.xlsx") % {"source": DEPARTMENTS[_known(source).name]}
    return _file(template_workbook(_known(source)), name, str(KINDS[".xlsx"][1]))


def source_sample(request: HttpRequest, source: str) -> HttpResponse:
    """The sample of a source, with fictional people."""
    found = sample_file(_known(source))
    if found is None:
        raise Http404(f"来源 {source} 没有样例")
    # with the mark by which a spreadsheet knows that it is UTF-8
    data = found if found.startswith(b"\xef\xbb\xbf") else b"\xef\xbb\xbf" + found
    return _file(data, _("%(source)s样例.csv") % {"source": DEPARTMENTS[source]}, CSV)


def _known(source: str) -> Source:
    if source not in SOURCES:
        raise Http404(f"没有来源 {source}")
    return SOURCES[source]


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _lead(source: Source) -> str:
    said = [source.department, source.holds, source.basis_on(today_in_county())]
    if source.since:
        said.append(_("%(day)s 起可以核对") % {"day": source.since})
    return "。".join(part for part in said if part)


def _notes(source: Source) -> list[str]:
    notes = [
        _("Excel、CSV（GB18030 或 UTF-8）、NDJSON 都按列名认列，先后不论，多出的列不入库；证件号码要用文本格式，"
          "数字格式会丢掉末几位。"),
        _("证件号码、姓名尽量都给；没有号码的，给出生日期和电话也能认人。"),
    ]  # fmt: skip
    if source.widths:
        total = sum(width for _name, width in source.widths)
        notes.append(
            _("定长文本没有表头，一行一条，每行 %(n)s 字节（按 GB18030 数，一个汉字 2 字节），各列的先后和字节数："
              "%(order)s。") % {"n": total, "order": _order(source)}
        )  # fmt: skip
    return notes


def _order(source: Source) -> str:
    named = {column.name: column.zh for column in (*source.identity, *source.columns)}
    return "、".join(f"{named[name]} {width}" for name, width in source.widths)
