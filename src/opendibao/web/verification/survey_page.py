"""一张调查表: as it was signed, as it was corrected, with its sheets, photographs and how the family lives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from opendibao.audit.actions import record_view
from opendibao.intake.queries import CaseFile, attachments_of
from opendibao.verification.differences import pieces
from opendibao.verification.survey_queries import SheetRow, SurveyFile, surveys_of
from opendibao.web.clock import COUNTY_TIME, now_in_county
from opendibao.web.intake.new_application_items import ANIMAL, CROP, SHOPS, TRADES, VEHICLES
from opendibao.web.tables import Cell, Crumb, Table, heads, text
from opendibao.web.verification.difference_table import said, what
from opendibao.web.verification.known_case import known_case, subject_of, way_of
from opendibao.web.verification.survey_sheets import counts_words, range_words
from opendibao.web.verification.survey_words import GRADES, HOME, SHEET_KINDS, WAYS

SORTS = ({**TRADES, **SHOPS}, CROP, ANIMAL, VEHICLES)


@dataclass(frozen=True)
class Corrected:
    """A correction: who, when, why, and both versions of what changed."""

    words: str
    reason: str
    table: Table


def survey(request: HttpRequest, case_id: int, sequence: int) -> HttpResponse:
    """The page of one signed form."""
    file = known_case(case_id)
    found = next((one for one in surveys_of(case_id) if one.sequence == sequence), None)
    if found is None:
        raise Http404(f"案件 {case_id} 没有第 {sequence} 次调查")
    record_view(subject_of(file), file.division, "入户调查表", at=now_in_county())
    shown = {
        "file": file,
        "survey": found,
        "crumbs": [*way_of(file), Crumb(_("第 %(n)s 次入户调查") % {"n": sequence})],
        "facts": list(_facts(found)),
        "home": [(HOME[name], words) for name, words in found.home.items() if name in HOME],
        "members": _members(found.home.get("members") or ()),
        "found": _found(found.found),
        "sheets": _sheets(found.sheets),
        "corrections": [_corrected(found, place) for place in range(len(found.corrections))],
        "photos": _pictures(file, "home"),
        "papers": attachments_of(file.id, "survey"),
    }
    return render(request, "web/survey.html", shown)


def _facts(one: SurveyFile) -> Iterator[tuple[str, str]]:
    arrived = one.started_at.astimezone(COUNTY_TIME).strftime(" %H:%M") if one.started_at else ""
    yield _("时间"), f"{one.surveyed_on}{arrived}"
    yield _("方式"), WAYS[one.way] + (f"：{one.way_reason}" if one.way_reason else "")
    yield _("地点"), one.place or "—"
    if one.latitude is not None:
        yield _("位置"), f"{one.latitude}, {one.longitude}"
    yield _("调查人"), _("、").join(one.surveyors)
    yield _("在场签字的家庭成员"), one.respondent
    yield _("结论"), one.conclusion or "—"
    yield _("录入人"), one.entered_by or "—"


def _members(seen: Sequence[Mapping[str, Any]]) -> Table:
    rows = [
        [text(one["name"]), Cell(_("见到了") if one["seen"] else _("没见到"), tone="" if one["seen"] else "warn"),
         text(one.get("note"))]
        for one in seen
    ]  # fmt: skip
    return Table(
        heads(_("姓名"), _("见到没有"), _("身体、劳动和上学")), rows, caption=_("见到的人"), empty=_("没有记。")
    )


def _found(facts: Mapping[str, Any]) -> Table:
    rows = [[Cell(what(key)), text(said(key, value))] for key, value in pieces(facts).items() if said(key, value)]
    return Table(heads(_("项目"), _("查明")), rows, caption=_("查明的情况"), empty=_("没有收入、财产和支出。"))


def _sheets(sheets: Sequence[SheetRow]) -> Table:
    rows = [
        [text(row.member), text(_about(row)), text(row.method), text(_("；").join(row.comparables)),
         text(range_words(row.low_fen, row.high_fen)), text(f"{GRADES[row.grade]}：{row.evidence}"),
         text(counts_words(row.kind))]
        for row in sheets
    ]  # fmt: skip
    named = heads(_("谁的"), _("什么"), _("怎么估的"), _("参照"), _("估价"), _("证据"), _("算不算"))
    return Table(named, rows, caption=_("核查单"), empty=_("没有核查单。"))


def _about(row: SheetRow) -> str:
    """What a sheet is about, in words: kind, sort, and the numbers that the rules read."""
    sorts = [str(row.values[name]) for name in ("trade", "crop", "animal", "kind") if row.values.get(name)]
    words = [next((known[sort] for known in SORTS if sort in known), "") for sort in sorts]
    numbers = [
        template % {"n": row.values[name]} for name, template in _numbers().items() if row.values.get(name) is not None
    ]
    return _("，").join(word for word in (SHEET_KINDS[row.kind], *words, *numbers) if word)


def _numbers() -> dict[str, str]:
    return {
        "days": _("%(n)s 天"), "months": _("%(n)s 个月"), "mu": _("%(n)s 亩"), "sold": _("卖 %(n)s 头（只）"),
        "area_m2": _("%(n)s 平方米"), "built": _("%(n)s 年建"), "bought": _("%(n)s 买"), "price": _("%(n)s 元买"),
        "day_wage": _("日工资 %(n)s 元"), "amount": _("%(n)s 元"),
    }  # fmt: skip


def _corrected(one: SurveyFile, place: int) -> Corrected:
    row = one.corrections[place]
    before, after = pieces(row.before), pieces(row.after)
    rows = [
        [Cell(what(key)), text(said(key, before.get(key))), Cell(said(key, after.get(key)) or "—", tone="warn")]
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]
    named = {"n": row.sequence, "day": row.corrected_on, "who": row.corrected_by, "agreed": row.agreed_by}
    words = _("第 %(n)s 次更正：%(day)s %(who)s，%(agreed)s 确认") % named
    table = Table(heads(_("项目"), _("更正前"), _("更正后")), rows, caption=words, empty=_("成员有增减。"))
    return Corrected(words, row.reason, table)


def _pictures(file: CaseFile, kind: str) -> list[Any]:
    return [row for row in attachments_of(file.id, kind) if row.media_type.startswith("image/")]
