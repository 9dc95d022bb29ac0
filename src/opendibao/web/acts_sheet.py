"""改指标表: a row is added, changed, moved or taken out, the terms are changed, a version is taken back."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from opendibao.evaluation.actions import change_sheet, undo_sheet
from opendibao.evaluation.queries import indicators
from opendibao.evaluation.scoring import short
from opendibao.evaluation.sheet_entry import sheet_subject
from opendibao.evaluation.year_sheets import SheetEntry, SheetVersion, sheet_versions, with_position, year_sheet
from opendibao.web.access import takes_a_form
from opendibao.web.act_fields import Pick, Words
from opendibao.web.acts import Act, Done, answer
from opendibao.web.sheet_form import (
    DIRECTIONS,
    GRADES,
    OVER,
    REASON,
    SCORINGS,
    EditRowForm,
    ReasonForm,
    TermsForm,
    add_form,
    entry_of,
    terms_of,
)
from opendibao.web.tables import Crumb

FIRST = "first"


def sheet_page(year: int) -> str:
    """Where a year's sheet is."""
    return f"{reverse('sheet')}?year={year}"


def way_to(year: int) -> list[Crumb]:
    """The way to a year's sheet."""
    return [
        Crumb(_("绩效评价"), f"{reverse('evaluation')}?year={year}"),
        Crumb(_("%(year)s 年度指标表") % {"year": year}, sheet_page(year)),
    ]


def version_of(year: int) -> SheetVersion:
    """The year's sheet as it counts; raises Http404 where there is none."""
    found = year_sheet(year, settings.OPENDIBAO_COUNTY)
    if found is None:
        raise Http404(f"{year}年度还没有指标表")
    return found


def place_of(version: SheetVersion, code: str) -> int:
    """The place of a row, from nought; raises Http404 where it is not on the sheet."""
    place = with_position(version.rows, code)
    if place is None:
        raise Http404(f"{version.sheet.year}年度指标表没有“{code}”")
    return place


def name_of(code: str) -> str:
    """An indicator's name, in the language of the page where it has one."""
    return _(indicators()[code].name)


def saved(year: int, said: str) -> Done:
    """Back to the sheet, with what was done and which version that made."""
    version = version_of(year).sheet.version
    return Done(sheet_page(year), _("%(said)s存为第 %(version)s 版。") % {"said": said, "version": version})


Entries = list[SheetEntry]


def _change(year: int, entries: Sequence[SheetEntry], version: SheetVersion, reason: str, at: datetime) -> None:
    change_sheet(year, settings.OPENDIBAO_COUNTY, entries, terms=version.terms, reason=reason, at=at)


def _act(year: int, **parts: Any) -> Act:
    return Act(way=way_to(year), subject=sheet_subject(year), **parts)


@takes_a_form
def added_row(request: HttpRequest, year: int) -> HttpResponse:
    """加一项: at the end of its block, before what is only measured."""
    version = version_of(year)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        entries = with_row(version, entry_of(given["indicator"], given))
        _change(year, entries, version, given["reason"], at)
        return saved(year, _("已加入“%(name)s”，") % {"name": name_of(given["indicator"])})

    taken = frozenset(row.indicator for row in version.rows)
    return answer(
        request,
        _act(
            year, title=_("加一项指标"), button=_("加入"), form=add_form(taken, is_first=False), do=do,
            facts=[(_("表样"), _(version.form.zh))],
        ),
    )  # fmt: skip


def with_row(version: SheetVersion, entry: SheetEntry) -> Entries:
    """The rows with one more, at the end of its block; without weight it stands at the very end."""
    entries, known, form = version.entries, indicators(), version.form
    if not entry.weight:
        return [*entries, entry]
    order = form.order(known[entry.indicator].level1)
    place = 0
    for number, one in enumerate(entries, 1):
        if one.weight and form.order(known[one.indicator].level1) <= order:
            place = number
    return [*entries[:place], entry, *entries[place:]]


@takes_a_form
def edited_row(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """改一项."""
    version = version_of(year)
    place = place_of(version, code)
    entry = version.entries[place]

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        entries = version.entries
        entries[place] = entry_of(code, given)
        _change(year, entries, version, given["reason"], at)
        return saved(year, _("已改“%(name)s”，") % {"name": name_of(code)})

    return answer(
        request,
        _act(
            year, title=_("改“%(name)s”") % {"name": name_of(code)}, button=_("保存"), form=EditRowForm, do=do,
            values=_row_values(year, code), initial=_row_fields(entry), facts=_row_facts(code),
            notes=[_("改动存成新版本，原来的版本留着，可以退回。")],
        ),
    )  # fmt: skip


def _row_fields(entry: SheetEntry) -> dict[str, object]:
    return {
        "scoring": entry.scoring, "direction": entry.direction,
        "target": "" if entry.target is None else short(entry.target), "target_text": entry.target_text,
        "weight": short(entry.weight),
    }  # fmt: skip


def _row_values(year: int, code: str) -> Callable[[], dict[str, str]]:
    """The row as it stands when it is asked, in words."""

    def values() -> dict[str, str]:
        version = version_of(year)
        place = with_position(version.rows, code)
        if place is None:
            return {}
        fields = {name: str(value) for name, value in _row_fields(version.entries[place]).items()}
        return {
            **fields, "scoring": SCORINGS[fields["scoring"]], "direction": DIRECTIONS.get(fields["direction"], ""),
        }  # fmt: skip

    return values


def _row_facts(code: str) -> list[tuple[str, str]]:
    one = indicators()[code]
    facts = [(_("指标"), f"{_(one.level1)} › {_(one.level2)} › {_(one.name)}"), (_("口径"), one.definition)]
    return [*facts, (_("单位"), one.unit)] if one.unit else facts


@takes_a_form
def removed_row(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """移出一项."""
    version = version_of(year)
    place_of(version, code)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        _change(year, [one for one in version.entries if one.indicator != code], version, given["reason"], at)
        return saved(year, _("已移出“%(name)s”，") % {"name": name_of(code)})

    return answer(
        request,
        _act(
            year, title=_("移出“%(name)s”") % {"name": name_of(code)}, button=_("移出"), form=ReasonForm, do=do,
            facts=_row_facts(code), notes=[_("指标仍在指标库里照常测量，只是不再计分。")],
        ),
    )  # fmt: skip


@takes_a_form
def placed_row(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """挪一项: after another row of the sheet."""
    version = version_of(year)
    place = place_of(version, code)
    others = [row.indicator for row in version.rows if row.indicator != code]
    options = {FIRST: str(_("放在最前")), **{one: _("“%(name)s”之后") % {"name": name_of(one)} for one in others}}
    fields = {
        "after": Pick(gettext_lazy("放到哪里"), options),
        "reason": Words(gettext_lazy("为什么改"), REASON, rows=2),
    }

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        rest = [one for one in version.entries if one.indicator != code]
        to = 0 if given["after"] == FIRST else others.index(given["after"]) + 1
        _change(year, [*rest[:to], version.entries[place], *rest[to:]], version, given["reason"], at)
        return saved(year, _("已挪动“%(name)s”，") % {"name": name_of(code)})

    return answer(
        request,
        _act(
            year, title=_("挪动“%(name)s”") % {"name": name_of(code)}, button=_("保存"), do=do,
            form=type("PlaceForm", (ReasonForm,), fields),
            notes=[_("同一个一级指标的各项排在一起，小计才连着。")],
        ),
    )  # fmt: skip


@takes_a_form
def changed_terms(request: HttpRequest, year: int) -> HttpResponse:
    """换表样和办法."""
    version = version_of(year)

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        change_sheet(
            year, settings.OPENDIBAO_COUNTY, version.entries, terms=terms_of(given), reason=given["reason"], at=at
        )
        return saved(year, _("已换表样和办法，"))

    return answer(
        request,
        _act(
            year, title=_("表样和办法"), button=_("保存"), form=TermsForm, do=do, initial=_terms_fields(version),
            values=lambda: _terms_values(year),
        ),
    )  # fmt: skip


def _terms_fields(version: SheetVersion) -> dict[str, object]:
    terms = version.terms
    return {
        "form": terms.form, "grade_scheme": terms.grade_scheme, "over_completion": terms.over_completion,
        "execution_weight": short(terms.execution_weight),
    }  # fmt: skip


def _terms_values(year: int) -> dict[str, str]:
    version = version_of(year)
    terms = version.terms
    return {
        "form": version.form.zh, "grade_scheme": GRADES[terms.grade_scheme],
        "over_completion": OVER[terms.over_completion], "execution_weight": short(terms.execution_weight),
    }  # fmt: skip


@takes_a_form
def undone_sheet(request: HttpRequest, year: int) -> HttpResponse:
    """退回上一版."""
    versions = sheet_versions(year, settings.OPENDIBAO_COUNTY)
    if not versions:
        raise Http404(f"{year}年度还没有指标表")

    def do(given: Mapping[str, Any], at: datetime) -> Done:
        undo_sheet(year, settings.OPENDIBAO_COUNTY, reason=given["reason"], at=at)
        return saved(year, _("已退回，"))

    facts = [
        (_("第 %(n)s 版") % {"n": one.sheet.version}, _about(one)) for one in versions[:2]
    ]  # fmt: skip
    closed = "" if len(versions) > 1 else _("只有一个版本，没有可以退回的。")
    return answer(
        request,
        _act(
            year, title=_("退回上一版"), button=pgettext("按钮", "退回"), form=ReasonForm, do=do, facts=facts,
            closed=closed, notes=[_("退回也是一个新版本，现在这一版仍然查得到。")],
        ),
    )  # fmt: skip


def _about(one: SheetVersion) -> str:
    said = _("%(n)s 项，分值合计 %(weights)s，%(officer)s %(day)s")
    about = said % {
        "n": len(one.rows), "weights": short(one.weights), "officer": one.sheet.officer, "day": one.sheet.entered_on,
    }  # fmt: skip
    return f"{about}；{one.sheet.reason}" if one.sheet.reason else about
