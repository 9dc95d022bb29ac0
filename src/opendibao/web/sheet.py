"""指标表页: the year's sheet as it counts, what of it does not fit, where each row stands, and its versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.evaluation import scale
from opendibao.evaluation.indicator import Indicator
from opendibao.evaluation.queries import given_scores, indicators, latest_snapshot
from opendibao.evaluation.scored_rows import ScoredRow
from opendibao.evaluation.scoring import short
from opendibao.evaluation.sheet_forms import sheet_forms
from opendibao.evaluation.snapshot import conclusion_of
from opendibao.evaluation.year_sheets import (
    GivenScore,
    Judgement,
    SheetRow,
    SheetVersion,
    judgements,
    sheet_versions,
    weight_faults,
    year_sheet,
)
from opendibao.web.access import EVALUATORS, may
from opendibao.web.acts_sheet import way_to
from opendibao.web.county import asked_of
from opendibao.web.evaluation_tabs import evaluation_tabs
from opendibao.web.sheet_form import GRADES, JUDGED, OVER, SCORINGS
from opendibao.web.tables import Cell, Crumb, Table, count, heads, text


@dataclass(frozen=True)
class Line:
    """A row of the sheet as the page shows it; `level1` and `level2` only where they begin."""

    row: SheetRow
    indicator: Indicator
    level1: str
    level2: str
    scoring: str
    locked: ScoredRow | None
    given: GivenScore | None
    judged: Judgement | None

    @property
    def is_judged(self) -> bool:
        """Whether a person judges it."""
        return self.row.scoring == JUDGED

    @property
    def weight(self) -> str:
        """Its weight without idle zeros."""
        return short(self.row.weight)

    @property
    def given_score(self) -> str:
        """The score a person gave, without idle zeros; empty where nobody did."""
        return short(self.given.score) if self.given else ""

    @property
    def judged_percent(self) -> str:
        """The judged share of the weight, in percent."""
        return short(self.judged.ratio * 100) if self.judged else ""


def sheet(request: HttpRequest) -> HttpResponse:
    """The year's sheet."""
    question = asked_of(request)
    year, county = question.year, settings.OPENDIBAO_COUNTY
    shown = {
        "asked": question,
        "tabs": evaluation_tabs(request, "sheet", year),
        "may_change": may(request, EVALUATORS),
        "crumbs": [*way_to(year)[:1], Crumb(_("指标表"))],
    }
    version = year_sheet(year, county)
    if version is None:
        has_former = year_sheet(year - 1, county) is not None
        return render(request, "web/sheet_none.html", {**shown, "forms": _forms(), "has_former": has_former})
    known, snapshot = indicators(), latest_snapshot(year, county)
    said = conclusion_of(snapshot) if snapshot else None
    locked = {row.code: row for row in (*said.rows, *said.beside)} if said else {}
    execution, full = version.terms.execution_weight, scale.number("full_marks")
    versions = sheet_versions(year, county)
    shown |= {
        "version": version,
        "snapshot": snapshot,
        "is_stale": said is not None and said.sheet_version != version.sheet.version,
        "lines": list(_lines(version, known, locked)),
        "faults": weight_faults(version, known),
        "weights": short(version.weights),
        "is_whole": version.weights == full,
        "execution": short(execution),
        "whole": short(version.weights + execution),
        "full": short(full),
        "grades": GRADES[version.terms.grade_scheme],
        "over": OVER[version.terms.over_completion],
        "beside": sum(not row.weight for row in version.rows),
        "versions": _versions(versions),
        "has_former": len(versions) > 1,
    }
    return render(request, "web/sheet.html", shown)


def _forms() -> Table:
    rows = [
        [Cell(_(one.zh)), text(_("；").join(_block(_(each.level1), each.weight) for each in one.blocks)),
         Cell(short(one.execution_weight) if one.execution_weight else "—"), text(_(one.note)), text(one.source)]
        for one in sheet_forms().values()
    ]  # fmt: skip
    named = heads(_("表样"), _("各块分值"), "#" + _("预算执行率"), _("什么时候用"), _("出处（未与原文核对）"))
    return Table(named, rows, caption=_("表样"))


def _block(level1: str, weight: Decimal | None) -> str:
    return f"{level1} {short(weight)}" if weight is not None else _("%(level)s 由县里定") % {"level": level1}


def _lines(version: SheetVersion, known: Mapping[str, Indicator], locked: Mapping[str, ScoredRow]) -> Iterator[Line]:
    """Rows in order, the names of their groups only where these begin."""
    year, county = version.sheet.year, version.sheet.division
    given, judged = given_scores(year, county), judgements(year, county)
    above = ("", "")
    for row in version.rows:
        one = known[row.indicator]
        level1, level2 = version.form.place(one.level1, one.level2)
        yield Line(
            row, one, level1 if level1 != above[0] else "", level2 if (level1, level2) != above else "",
            SCORINGS[row.scoring], locked.get(row.indicator), given.get(row.indicator),
            judged.get(row.indicator) if row.scoring == JUDGED else None,
        )  # fmt: skip
        above = (level1, level2)


def _versions(found: Sequence[SheetVersion]) -> Table:
    former = [*found[1:], None]
    rows = [
        [Cell(_("第 %(n)s 版") % {"n": one.sheet.version}), text(one.sheet.entered_on.isoformat()),
         text(one.sheet.officer), count(len(one.rows)), Cell(short(one.weights)),
         text(one.sheet.reason or _("首次录入")), text(_difference(one, before) if before else "")]
        for one, before in zip(found, former, strict=True)
    ]  # fmt: skip
    named = heads(
        _("版本"), "!" + _("日期"), "!" + _("录入人"), "#" + _("项数"), "#" + _("分值合计"), _("理由"), _("改了什么"),
    )  # fmt: skip
    return Table(named, rows, caption=_("指标表的各个版本"))


def _difference(now: SheetVersion, before: SheetVersion) -> str:
    """What one version changed of the one before, in words."""
    old, new = ({row.indicator: row for row in one.rows} for one in (before, now))
    said = [_("加入%(name)s") % {"name": _name(code)} for code in new if code not in old]
    said += [_("移出%(name)s") % {"name": _name(code)} for code in old if code not in new]
    for code, row in new.items():
        if code in old:
            said += _changes(old[code], row)
    if not said and [*old] != [*new]:
        said.append(_("先后次序"))
    if now.terms != before.terms:
        said.append(_("表样和办法"))
    return _("；").join(said)


def _changes(old: SheetRow, row: SheetRow) -> Iterator[str]:
    parts = (
        (old.target_text, row.target_text), (short(old.weight), short(row.weight)),
        (SCORINGS[old.scoring], SCORINGS[row.scoring]),
    )  # fmt: skip
    said = _("%(name)s：%(before)s 改为 %(now)s")
    for before, now in parts:
        if before != now:
            yield said % {"name": _name(row.indicator), "before": before, "now": now}


def _name(code: str) -> str:
    known = indicators()
    return _(known[code].name) if code in known else code
