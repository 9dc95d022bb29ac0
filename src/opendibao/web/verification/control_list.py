"""入户控制: the list on which every family that needs a visit stands until it was visited, and how many were."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from opendibao.kernel.ids import is_division, reach_of, township_of
from opendibao.registry.queries import cards
from opendibao.web.asking import BadQuestion
from opendibao.web.context import today_in_county
from opendibao.web.decision.village_tabs import tabs
from opendibao.web.paging import ROWS_A_PAGE, pager
from opendibao.web.places import Places, is_village, places
from opendibao.web.table_files import table_file
from opendibao.web.tables import Cell, Choice, Choices, Crumb, ListPage, Table, count, heads, household, text
from opendibao.web.verification.control_rows import (
    AWAY,
    HOME,
    STANDINGS,
    WAITING,
    ControlRow,
    control_rows,
    counts_of,
)
from opendibao.web.viewing import Viewer

TONES = {HOME: "ok", AWAY: "warn", WAITING: ""}
LATE = "late"


@dataclass(frozen=True)
class ControlQuestion:
    """Which part of the list is asked for: a place ("" all that is seen) and how it stands ("" every one)."""

    division: str
    standing: str

    def but(self, **changes: str) -> str:
        """The same question with some parts changed, as the tail of a link."""
        parts = {"division": self.division, "standing": self.standing, **changes}
        kept = {name: value for name, value in parts.items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def surveys(request: HttpRequest) -> HttpResponse:
    """The control list, page by page."""
    question, today = _question(request), today_in_county()
    rows = control_rows(_reach(request, question), today)
    shown = _standing_rows(rows, question.standing)
    found = pager(request, len(shown))
    page = ListPage(
        title=_("入户控制"), lead=_lead(rows), table=_table(shown[found.offset : found.offset + ROWS_A_PAGE]),
        crumbs=[Crumb(_("今日工作"), reverse("today")), Crumb(_("入户控制"))],
        choices=[*tabs("surveys"), _choices(question)],
        breakdown=_breakdown(rows, question), acts=list(_acts(rows, question)),
        notes=[_("受理了还没有办结的案件、到期的定期复核都在这里，调查了才算；电话、视频要有理由（57号第十六条）。")],
    )  # fmt: skip
    return render(request, "web/rows.html", {"page": page, "pager": found})


def _acts(rows: Sequence[ControlRow], question: ControlQuestion) -> Iterator[Crumb]:
    """The list as a workbook; of one village the forms of all who wait, to take along."""
    yield Crumb(_("导出 Excel"), reverse("surveys-file") + question.but())
    if is_village(question.division) and any(row.standing == WAITING for row in rows):
        words = _("%(place)s入户表册") % {"place": places().names.get(question.division, question.division)}
        yield Crumb(words, reverse("village-pack", args=[question.division]))


def surveys_file(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    question, today = _question(request), today_in_county()
    rows = _standing_rows(control_rows(_reach(request, question), today), question.standing)
    return table_file(_("入户控制名单 %(day)s") % {"day": today}, _table(rows))


def _question(request: HttpRequest) -> ControlQuestion:
    division, standing = request.GET.get("division", ""), request.GET.get("standing", "")
    if division and not is_division(division):
        raise BadQuestion(_("“%(text)s”不是区划代码，应为 12 位数字") % {"text": division})
    if standing and standing not in (*STANDINGS, LATE):
        raise BadQuestion(_("“%(text)s”不是入户情况，请从页上的几项里选") % {"text": standing})
    return ControlQuestion(division, standing)


def _reach(request: HttpRequest, question: ControlQuestion) -> str:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return reach_of(question.division) if question.division else viewer.reach


def _standing_rows(rows: Sequence[ControlRow], standing: str) -> list[ControlRow]:
    return [row for row in rows if not standing or row.standing == standing or (standing == LATE and row.late)]


def _lead(rows: Sequence[ControlRow]) -> str:
    counts = counts_of(rows)
    said = _("%(all)s 户，已入户 %(home)s，电话、视频（有理由）%(away)s，未入户 %(waiting)s；其中逾期 %(late)s。")
    named = {"all": counts.all, "home": counts.home, "away": counts.away, "waiting": counts.waiting}
    return said % {name: f"{number:,}" for name, number in {**named, "late": counts.late}.items()}


def _choices(question: ControlQuestion) -> Choices:
    named = [("", _("全部")), *STANDINGS.items(), (LATE, _("逾期"))]
    options = [Choice(words, question.but(standing=code), code == question.standing) for code, words in named]
    return Choices(_("看哪些"), options)


def _table(rows: Sequence[ControlRow]) -> Table:
    names, known = places(), cards([row.household_id for row in rows])
    made = [
        [household(known[row.household_id].number), text(known[row.household_id].head),
         text(names.full(row.division)),
         Cell(row.what, reverse("case", args=[row.case_id]) if row.case_id else ""),
         Cell(STANDINGS[row.standing], tone=TONES[row.standing]), text(row.surveyors), text(row.days),
         count(row.waits) if row.standing == WAITING else text(""),
         Cell(row.late, tone="bad" if row.late else ""), text(row.note)]
        for row in rows
    ]  # fmt: skip
    named = heads(_("户编号"), "!" + _("户主"), _("村社区"), _("为什么去"), "!" + _("情况"), _("谁去"),
                  "!" + _("哪几天"),
                  "#" + _("已等工作日"), _("逾期"), _("说明"))  # fmt: skip
    return Table(named, made, empty=_("受理了申请、复核到期时，要入户的家庭会列在这里。"), caption=_("要入户的家庭"),
                 nothing=_("现在没有要入户的家庭"))  # fmt: skip


def _breakdown(rows: Sequence[ControlRow], question: ControlQuestion) -> Table | None:
    """By township; within one, by village."""
    if is_village(question.division):
        return None
    towns = {township_of(row.division) for row in rows}
    by_village = bool(question.division and not question.division.endswith("000000")) or len(towns) == 1
    where = Counter[tuple[str, str]]()
    for row in rows:
        where[row.division if by_village else township_of(row.division), row.standing] += 1
    lines = [_line(code, where, places(), question) for code in sorted({code for code, _standing in where})]
    parts = Counter(row.standing for row in rows)
    totals = [Cell(_("合计")), *(count(parts[standing]) for standing in STANDINGS), count(len(rows))]
    named = heads(_("地方"), "#" + _("入户"), "#" + _("电话"), "#" + _("未去"), "#" + _("户"))
    caption = _("各村社区") if by_village else _("各乡镇")
    return Table(named, lines, totals, _("这里没有要入户的家庭。"), caption)


def _line(code: str, where: Mapping[tuple[str, str], int], names: Places, question: ControlQuestion) -> list[Cell]:
    parts = [where[code, standing] for standing in STANDINGS]
    name = Cell(names.names.get(code, code), question.but(division=code))
    return [name, *(count(number) for number in parts), count(sum(parts))]
