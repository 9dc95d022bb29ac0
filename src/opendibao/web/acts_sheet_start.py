"""立指标表: a year's sheet is begun with a form, with the province's rows, with last year's, or with a workbook."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opendibao.evaluation.actions import change_sheet, load_sheet
from opendibao.evaluation.goals import BadGoals, SheetTemplate, programme
from opendibao.evaluation.queries import indicators
from opendibao.evaluation.scoring import short
from opendibao.evaluation.sheet_entry import policy_entries, sheet_subject
from opendibao.evaluation.sheet_workbook import read_workbook, workbook_of
from opendibao.evaluation.year_sheets import SheetEntry, SheetTerms, SheetVersion, target_text, year_sheet
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import ActForm, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.acts_sheet import name_of, saved, version_of, way_to
from opendibao.web.sheet_form import REASON, Number, add_form, entry_of, form_pick

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOLE = re.compile(r"{(\w+)}")


@dataclass(frozen=True)
class Hole:
    """A number of the province's sheet that the county fills in each year."""

    name: str
    template: SheetTemplate


def _started(year: int) -> str:
    """Why the year's sheet cannot be begun any more; empty where it can."""
    return _("这一年的指标表已经录入，请在指标表页上改。") if year_sheet(year, settings.OPENDIBAO_COUNTY) else ""


def _act(year: int, **parts: Any) -> Act:
    return Act(way=way_to(year), subject=sheet_subject(year), closed=_started(year), **parts)


@takes_a_form
def started_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """从表样起: a form and the first row."""

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        entry, terms = entry_of(given["indicator"], given), SheetTerms.of_form(given["form"])
        load_sheet(year, settings.OPENDIBAO_COUNTY, [entry], terms=terms, at=at)
        return saved(year, _("已立表，第一项是“%(name)s”，") % {"name": name_of(given["indicator"])})

    return answer(
        request,
        _act(
            year, title=_("从表样立 %(year)s 年度指标表") % {"year": year}, button=_("立表"), do=do,
            form=add_form(frozenset(), is_first=True), notes=[_("先定表样和第一项，其余各项在指标表页上一项一项加。")],
        ),
    )  # fmt: skip


@takes_a_form
def sheet_from_province(request: HttpRequest, year: int) -> HttpResponse:
    """按省里的表: its rows and weights; the year's numbers are typed in."""
    holes = _holes()

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        values = {hole.name: short(given[hole.name]) for hole in holes}
        county, terms = settings.OPENDIBAO_COUNTY, SheetTerms.of_form(given["form"])
        load_sheet(year, county, policy_entries(county, values), terms=terms, at=at)
        return saved(year, _("已按省里的表立表，"))

    fields: dict[str, forms.Field] = {"form": form_pick(), **{hole.name: _hole_field(hole) for hole in holes}}
    return answer(
        request,
        _act(
            year, title=_("按省里的表立 %(year)s 年度指标表") % {"year": year}, button=_("立表"), do=do,
            form=type("ProvinceForm", (ActForm,), fields), initial={"form": "ninety"},
            notes=[_("其余指标值是制度要求，立表后可以逐项改。")],
        ),
    )  # fmt: skip


def _holes() -> list[Hole]:
    """The numbers the province's sheet leaves to the year, each once."""
    try:
        rows = programme(settings.OPENDIBAO_COUNTY).sheet
    except BadGoals as missing:
        raise Http404(str(missing)) from None
    found: dict[str, Hole] = {}
    for row in rows:
        for name in HOLE.findall(row.target):
            found.setdefault(name, Hole(name, row))
    return list(found.values())


def _hole_field(hole: Hole) -> Number:
    one = indicators()[hole.template.indicator]
    said = _("%(name)s的年度指标值（%(unit)s）") % {"name": _(one.name), "unit": one.unit}
    return Number(said, hint=HOLE.sub("…", hole.template.text))


@takes_a_form
def sheet_from_last_year(request: HttpRequest, year: int) -> HttpResponse:
    """接续上年: last year's rows and terms; every target is to be looked at again."""
    former = year_sheet(year - 1, settings.OPENDIBAO_COUNTY)
    if former is None:
        raise Http404(f"{year - 1}年度没有指标表，不能接续")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        county, entries = settings.OPENDIBAO_COUNTY, former.entries
        entries = [_retargeted(one, given) if one.indicator in given else one for one in entries]
        load_sheet(year, county, entries, terms=former.terms, at=at)
        return saved(year, _("已接续上年，指标值按您核对的写，"))

    measured = [one for one in former.entries if one.target is not None]
    fields: dict[str, forms.Field] = {one.indicator: _target_field(one.indicator, one.target_text) for one in measured}
    return answer(
        request,
        _act(
            year, title=_("接续 %(year)s 年度指标表") % {"year": year - 1}, button=_("立表"), do=do,
            form=type("LastYearForm", (ActForm,), fields),
            initial={one.indicator: short(one.target) for one in measured if one.target is not None},
            facts=_former_facts(former),
            notes=[_("指标值照上年列出，请逐项核对；方向、分值和给分办法照上年，立表后可以改。")],
        ),
    )  # fmt: skip


def _former_facts(former: SheetVersion) -> list[tuple[str, str]]:
    said = _("%(n)s 项，分值合计 %(weights)s") % {"n": len(former.rows), "weights": short(former.weights)}
    return [(_("上年"), said), (_("表样"), _(former.form.zh))]


def _target_field(code: str, text: str) -> Number:
    one = indicators()[code]
    label = _("%(name)s（%(unit)s）") % {"name": _(one.name), "unit": one.unit} if one.unit else _(one.name)
    return Number(label, hint=_("上年写作 %(text)s") % {"text": text})


def _retargeted(one: SheetEntry, given: Mapping[str, Decimal]) -> SheetEntry:
    """The row with its new target; the printed form follows where the number changed."""
    target = given[one.indicator]
    if target == one.target:
        return one
    return replace(one, target=target, target_text=target_text(one.direction, target, indicators()[one.indicator].unit))


class Workbook(forms.FileField):
    """A workbook; what is in it is read by the action."""

    def __init__(self) -> None:
        widget = forms.FileInput(attrs={"class": "in", "accept": ".xlsx"})
        super().__init__(
            label=gettext_lazy("Excel 文件"), widget=widget, required=False,
            help_text=gettext_lazy("从“导出 Excel”得来、改过的文件，xlsx，最多 2 MB"),
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The file. Raises ValidationError where none was chosen."""
        found = super().clean(data, initial)
        if not found:
            raise ValidationError(_("请选择“%(label)s”") % {"label": self.label})
        return found


class ImportForm(ActForm):
    """A workbook, and why the sheet is changed."""

    workbook = Workbook()
    reason = Words(gettext_lazy("为什么改"), REASON, rows=2)


class FirstImportForm(ActForm):
    """A workbook that begins the year's sheet."""

    workbook = Workbook()


@takes_a_form
def imported_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """从 Excel 导入: all rows or none; a wrong cell is named."""
    former = year_sheet(year, settings.OPENDIBAO_COUNTY)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        read = read_workbook(given["workbook"].read(), year)
        county = settings.OPENDIBAO_COUNTY
        if former is None:
            load_sheet(year, county, read.entries, terms=read.terms, at=at)
        else:
            change_sheet(year, county, read.entries, terms=read.terms, reason=given["reason"], at=at)
        return saved(year, _("已导入 %(n)s 项，") % {"n": len(read.entries)})

    return answer(
        request,
        Act(
            title=_("从 Excel 导入指标表"), button=_("导入"), form=ImportForm if former else FirstImportForm, do=do,
            way=way_to(year), subject=sheet_subject(year),
            notes=[_("有一处不对就一项也不录入，并逐格说明哪里不对、应当怎么写。")],
        ),
    )  # fmt: skip


def exported_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """导出 Excel."""
    version = version_of(year)
    name = _("%(year)s年度绩效指标表-第%(version)s版.xlsx") % {"year": year, "version": version.sheet.version}
    response = HttpResponse(workbook_of(version), content_type=XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
